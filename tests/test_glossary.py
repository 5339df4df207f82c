"""Every name that the glossary gives is one of the library."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from tests.test_architecture import TREES, exported

PAGE = (Path(__file__).parent.parent / "docs" / "glossary.md").read_text(encoding="utf-8")
ROWS = [line.split("|")[1:-1] for line in PAGE.splitlines() if line.startswith("| ")][2:]
NAMES = [name for row in ROWS for name in re.findall(r"`([^`]+)`", row[1])]
HOMES = {name: module for module, tree in TREES.items() for name in exported(tree) or []}


def test_each_row_has_its_four_cells_and_a_name() -> None:
    assert {len(row) for row in ROWS} == {4}
    assert all(cell.strip() for row in ROWS for cell in row)
    assert len(NAMES) >= len(ROWS)


def test_french_has_its_apostrophe() -> None:
    assert [row for row in ROWS if "'" in row[0] + row[2]] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_the_glossary_exists(name: str) -> None:
    thing, _, part = name.partition(".")
    found = getattr(import_module(HOMES[thing]), thing)
    assert not part or hasattr(found, part)
