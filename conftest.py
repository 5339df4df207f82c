"""Every example of the pages and of the docstrings is a test."""

import os
from difflib import unified_diff

from hypothesis import settings
from sybil import Example, Sybil
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser
from sybil.sybil import SybilCollection

from tests.spark import why_not
from tests.terminal import replay, shortened

settings.register_profile("ci", derandomize=True, database=None, deadline=None, max_examples=50)
settings.register_profile("long", deadline=None, max_examples=20_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def console(example: Example) -> str:
    shown = str(example.parsed).splitlines(keepends=True)
    if not shown or not shown[0].startswith("$ "):
        return "a console block begins with a command: $ alin …"
    printed = shortened(list(replay(iter(shown))), shown)
    return "".join(unified_diff(shown, printed, "shown", "printed"))


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
