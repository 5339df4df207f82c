"""What a page shows of a terminal: the command `alin`, what it prints and how it ends."""

import io
import re
import shlex
from collections.abc import Iterable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from itertools import zip_longest
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
#: How a refusal begins, `alin: …`, and how that of an option does, `alin rank: error: …`.
_REFUSED = re.compile(r"^alin(?: [\w-]+: error)?: ", re.MULTILINE)


def screen(command: str, folder: Path = ROOT) -> tuple[int, str]:
    """Give how `alin …` ends and what it prints on a terminal of 80 columns, errors included."""
    from alin_core.cli import main

    name, *arguments = shlex.split(command)
    if name != "alin":
        raise ValueError(f"a console block runs only alin, got {command!r}")
    printed = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(printed), redirect_stderr(printed):
        patch.chdir(folder)
        patch.setenv("COLUMNS", "80")
        try:
            status = main(arguments)
        except SystemExit as ended:  # argparse, after --help or a bad option
            status = int(ended.code or 0)
    return status, printed.getvalue()


def replay(lines: Iterator[str]) -> Iterator[str]:
    """Run each command of a console block and print it with its output, as the block should.

    A page shows of the status only this: what refuses ends with 2, and all else with 0.
    """
    for line in lines:
        if line.startswith("$ "):
            status, printed = screen(line.removeprefix("$ "))
            yield line
            yield from printed.splitlines(keepends=True)
            if status != (2 if _REFUSED.search(printed) else 0):
                yield f"(ends with {status})\n"


def shortened(printed: Iterable[str], shown: Iterable[str]) -> list[str]:
    """Return what is printed, cut where the line shown ends in « … »: a table's last day moves."""
    return [
        cut if cut.endswith("…\n") and line.startswith(cut[:-2]) else line
        for line, cut in zip_longest(printed, shown, fillvalue="")
        if line
    ]
