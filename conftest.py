"""Every example of the pages and of the docstrings is a test."""

import io
import os
import shlex
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from difflib import unified_diff
from pathlib import Path

import pytest
from hypothesis import settings
from sybil import Example, Sybil
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser
from sybil.sybil import SybilCollection

from tests.spark import why_not

ROOT = Path(__file__).parent

settings.register_profile("ci", derandomize=True, database=None, deadline=None, max_examples=50)
settings.register_profile("long", deadline=None, max_examples=20_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def screen(command: str) -> str:
    """Give what `$ alin …` prints on a terminal of 80 columns, errors included."""
    from alin_core.cli import main

    name, *arguments = shlex.split(command.removeprefix("$ "))
    if name != "alin":
        raise ValueError(f"a console block runs only alin, got {command!r}")
    printed = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(printed), redirect_stderr(printed):
        patch.chdir(ROOT)
        patch.setenv("COLUMNS", "80")
        with suppress(SystemExit):  # argparse, after --help or a bad option
            main(arguments)
    return printed.getvalue()


def replay(lines: Iterator[str]) -> Iterator[str]:
    """Run each command of a console block and print it with its output, as the block should."""
    for line in lines:
        if line.startswith("$ "):
            yield line
            yield from screen(line).splitlines(keepends=True)


def console(example: Example) -> str:
    shown = str(example.parsed).splitlines(keepends=True)
    if not shown or not shown[0].startswith("$ "):
        return "a console block begins with a command: $ alin …"
    return "".join(unified_diff(shown, list(replay(iter(shown))), "shown", "printed"))


pytest_collect_file = SybilCollection(
    [
        Sybil(
            parsers=[
                SkipParser(),
                PythonCodeBlockParser(),
                CodeBlockParser("console", console),
            ],
            patterns=["*.md"],
            setup=lambda names: names.update(why_not=why_not),
        ),
        Sybil(parsers=[DocTestParser()], path="src/alin_core", patterns=["*.py"]),
    ]
).pytest()
