"""Run the benchmarks and write what they print into README.md, each between its own marks."""

import re
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
README = FOLDER / "README.md"
MARKS = re.compile(r"<!-- (\w+\.py) -->\n.*?<!-- end -->", re.DOTALL)


def rewritten(page: str, name: str, printed: str) -> str:
    """The page with what that benchmark printed in the place of what it printed before."""
    block = f"<!-- {name} -->\n\n{printed.strip()}\n\n<!-- end -->"
    return MARKS.sub(lambda found: block if found[1] == name else found[0], page)


def main() -> None:
    """Those named, else all, in the order of the page."""
    for name in sys.argv[1:] or MARKS.findall(README.read_text(encoding="utf-8")):
        print(name, file=sys.stderr, flush=True)
        command = [sys.executable, str(FOLDER / name)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        page = README.read_text(encoding="utf-8")
        README.write_text(rewritten(page, name, done.stdout), encoding="utf-8")


if __name__ == "__main__":
    main()
