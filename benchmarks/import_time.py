"""CPU time of `import alin_core` against `import attrs`, each in a fresh interpreter."""

import os
import sys
from collections.abc import Callable
from statistics import median

from interleaved import interleaved, print_table, print_versions, ratio

ROUNDS = 100
STATEMENTS = ("pass", "import attrs", "import alin_core")


def cpu_of(statement: str) -> Callable[[], float]:
    """A sampler of the CPU seconds, user and system, of one interpreter that runs `statement`."""
    command = [sys.executable, "-c", statement]

    def sample() -> float:
        child = os.posix_spawn(sys.executable, command, os.environ)
        _, status, used = os.wait4(child, 0)
        if status:
            raise SystemExit(f"{statement!r} failed")
        return used.ru_utime + used.ru_stime

    return sample


def main() -> None:
    print_versions("alin-core", "attrs")
    whole = interleaved({statement: cpu_of(statement) for statement in STATEMENTS}, ROUNDS)
    starts = whole["pass"]
    alone = {
        name: [cpu - start for cpu, start in zip(whole[name], starts, strict=True)]
        for name in STATEMENTS[1:]
    }
    rows = [("`pass`", f"{median(starts) * 1e3:.1f} ms", "", "", "")]
    rows += [
        (
            f"`{name}`",
            f"{median(whole[name]) * 1e3:.1f} ms",
            f"{ratio(whole, name, 'import attrs'):.2f}",
            f"{median(alone[name]) * 1e3:.1f} ms",
            f"{median(alone[name]) / median(alone['import attrs']):.2f}",
        )
        for name in alone
    ]
    header = ("statement", "CPU time", "against attrs", "without start", "against attrs")
    print_table(header, rows)
    print()


if __name__ == "__main__":
    main()
