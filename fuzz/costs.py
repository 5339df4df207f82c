"""Read each hostile text at n, 2n and 4n bytes in a process of bounded memory, and time it.

`python -m fuzz.costs [N]` prints a row a text, and fails where four times the text takes more than
five times the time, where a byte takes more than a hundred, or where the process ends otherwise
than by an answer or an error of the library. The tests do the same on short texts, counted in
calls; here the time of loops in C is seen too.
"""

import sys

from tests.costs import limited
from tests.hostile import SHAPES

#: A quarter of the longest text, under ten megabytes.
SIZE = 2_400_000
#: Seconds under which nothing is compared.
SOON = 1.0
HEADINGS = ("reader", "text", "bytes", "bytes of memory a byte", "seconds", "at 2n", "at 4n")

CODE = """
import gc
from time import process_time
from alin_core.errors import AlinError
from tests.hostile import READERS, SHAPES

def held():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1_024

gc.disable()  # its time follows what the process holds, and hides the loops of the reader
reader, shape, size = sys.argv[1:]
start = held()
for times in (1, 2, 4):
    text = SHAPES[reader][shape](times * int(size))
    spent = []
    for _ in range(2):
        began = process_time()
        try:
            READERS[reader](text)
        except AlinError:
            pass
        spent.append(process_time() - began)
    print(min(spent))
print(len(text.encode()), held() - start)
"""


def measured(reader: str, shape: str, size: int) -> tuple[list[str], bool]:
    """The row of a text, and whether it keeps to the bounds."""
    try:
        printed = limited(CODE, reader, shape, str(size)).split()
    except AssertionError as error:
        return [reader, shape, str(error).splitlines()[-1]], False
    seconds, (length, memory) = [float(each) for each in printed[:3]], map(int, printed[3:])
    kept = seconds[2] <= max(5 * seconds[0], SOON) and memory <= 100 * length + 10_000_000
    told = [f"{each:.2f}" for each in seconds]
    return [reader, shape, str(length), f"{memory / length:.0f}", *told], kept


def main() -> int:
    """Measure every text; the status says whether one is past the bounds."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else SIZE
    print("| " + " | ".join(HEADINGS) + " |")
    print("|" + " --- |" * len(HEADINGS), flush=True)
    failures = 0
    for reader, shapes in SHAPES.items():
        for shape in shapes:
            row, kept = measured(reader, shape, size)
            failures += not kept
            print("| " + " | ".join(row) + (" |" if kept else " | PAST THE BOUNDS"), flush=True)
    return min(failures, 1)


if __name__ == "__main__":
    sys.exit(main())
