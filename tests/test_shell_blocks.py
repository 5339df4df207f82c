"""What a page tells a reader to type is run, or stands in a list with the reason."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal import ROOT, replay, screen, shortened

PAGES = [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/*.md"))]
#: Those of a `console` block are run, with what they print, as the examples of its page.
LANGUAGES = {"console", "json", "python", "sh", "text", "toml"}

ENVIRONMENT = "makes the environment that this test runs in, with the network"
SUITE = "runs this suite"
#: The commands of `sh` blocks that are not run, and why.
NOT_RUN = {
    "python3 -m venv .venv": ENVIRONMENT,
    ".venv/bin/pip install --quiet .": ENVIRONMENT,
    ".venv/bin/pip install --quiet --editable '.[dev]'": ENVIRONMENT,
    ".venv/bin/pip install --editable '.[dev]'": ENVIRONMENT,
    "pip install 'alin-core[sne]'": ENVIRONMENT,
    ".venv/bin/python": "opens the prompt where the examples of its page are typed",
    ".venv/bin/pytest --cov -n auto --dist loadfile": SUITE,
    ".venv/bin/pytest tests/test_architecture.py -k imports_only": SUITE,
    ".venv/bin/pytest docs/design.md": SUITE,
}


def blocks(page: str) -> Iterator[tuple[str, str]]:
    """Give the language and the text of each fenced block; a directive, `{…}`, has none."""
    fence = r"^(?P<indent> *)```(?P<name>[^`\n]*)\n(?P<text>.*?)^(?P=indent)```$"
    for found in re.finditer(fence, page, re.MULTILINE | re.DOTALL):
        if not found["name"].startswith("{"):
            yield found["name"].strip(), found["text"]


def commands(page: str) -> Iterator[str]:
    """Give each command of the `sh` blocks, where `&&` and the end of a line part them."""
    for language, text in blocks(page):
        if language == "sh":
            lines = text.replace("\\\n", "").splitlines()
            yield from (each.strip() for line in lines for each in line.split("&&"))


TEXTS = {page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8") for page in PAGES}
COMMANDS = [(page, command) for page, text in TEXTS.items() for command in commands(text)]
ALIN = re.compile(r"^(\.venv/bin/)?(?=alin\b)")
RUN = [(page, ALIN.sub("", each)) for page, each in COMMANDS if ALIN.match(each)]


@pytest.mark.parametrize(("page", "command"), RUN)
def test_an_alin_command_of_a_shell_block_ends_with_0(
    page: str, command: str, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    status, printed = screen(command, tmp_path)
    assert (status, printed != "") == (0, True), f"{page}: {command}\n{printed}"


def test_every_other_command_is_listed_with_the_reason_and_none_that_is_gone() -> None:
    assert {each for _, each in COMMANDS if not ALIN.match(each)} == NOT_RUN.keys()
    assert RUN


def test_no_block_is_in_a_language_that_nobody_reads() -> None:
    """A command in a `bash` block would be neither run nor listed."""
    assert {language for text in TEXTS.values() for language, _ in blocks(text)} <= LANGUAGES


def test_the_commands_of_a_page() -> None:
    page = "```sh\na && .venv/bin/alin b \\\n  c\nd\n```\n\n1. e\n\n   ```sh\n   f\n   ```\n"
    assert list(commands(page)) == ["a", ".venv/bin/alin b   c", "d", "f"]
    assert list(commands("```python\na\n```\n```{code-cell} python\nb\n```\n")) == []


@pytest.mark.parametrize(("status", "printed", "told"), [
    (0, "done", []),
    (0, "alin: what is this?", ["(ends with 0)\n"]),
    (2, "alin: what is this?", []),
    (2, "usage: alin\nalin rank: error: what is this?", []),
    (1, "1 verdict made again", ["(ends with 1)\n"]),
    (2, "done", ["(ends with 2)\n"]),
])  # fmt: skip
def test_a_console_block_that_ends_otherwise_than_it_shows_is_told(
    status: int, printed: str, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def main(_: list[str]) -> int:
        print(printed)
        return status

    monkeypatch.setattr("alin_core.cli.main", main)
    shown = ["$ alin rank\n", *f"{printed}\n".splitlines(keepends=True)]
    assert list(replay(iter(shown))) == [*shown, *told]


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("from 2010 to …\n", "from 2010 to 2026\n", True),
        ("from 2010 to …\n", "from 2011 to 2026\n", False),
        ("from 2010 to 20…6\n", "from 2010 to 2026\n", False),
        ("from 2010 to\n", "from 2010 to 2026\n", False),
    ],
)
def test_the_last_sign_of_a_line_stands_for_the_rest_of_it(
    shown: str, printed: str, same: bool
) -> None:
    assert (shortened([printed], [shown]) == [shown]) is same
    assert shortened([printed, "more\n"], [shown])[1:] == ["more\n"]
    assert len(shortened([printed], [shown, "more\n"])) == 1
