"""The long check changes every figure, one at a time, and says what sees it."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, fields

from alin_core.law.rulebook import Rulebook
from tools import mutate_thresholds
from tools.figure_mutants import Mutant, constant_mutants, field_mutants, mutants
from tools.mutate_thresholds import main

ROOT = Path(__file__).parent.parent
STANDARD = Rulebook.standard()
FIELDS = list(field_mutants())
DATA = [mutant for mutant in mutants() if mutant.path.endswith(".toml")]

CONFTEST = """
from sybil import Sybil
from sybil.parsers.myst import PythonCodeBlockParser
pytest_collect_file = Sybil(parsers=[PythonCodeBlockParser()], patterns=["*.md"]).pytest()
"""
TEST = """
from figures import SEEN, TOLD

def test_seen(): assert SEEN == 1
"""
PAGE = """
```python
>>> from figures import SEEN, SHOWN
>>> SEEN, SHOWN
(1, 1)
```
"""


def leaves(value: Any) -> Iterator[Any]:
    held = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in held:
        if isinstance(inner, dict | list):
            yield from leaves(inner)
        else:
            yield key, inner


def test_every_field_has_a_change_and_the_ceilings_are_changed_in_their_tables() -> None:
    changed = {mutant.name.partition(" ")[0] for mutant in FIELDS}
    assert changed == {held.name for held in fields(Rulebook)} - {"plus", "plai"}


@pytest.mark.parametrize("mutant", FIELDS, ids=lambda mutant: mutant.name)
def test_a_change_moves_one_field_of_the_rulebook(mutant: Mutant) -> None:
    namespace: dict[str, Any] = {"__name__": Rulebook.__module__}
    exec(compile(mutant.text, mutant.path, "exec"), namespace)
    other = namespace["Rulebook"]()
    name, _, value = mutant.name.partition(" = ")
    moved = [
        held.name
        for held in fields(Rulebook)
        if getattr(other, held.name) != getattr(STANDARD, held.name)
    ]
    assert moved == [name]
    assert str(getattr(other, name)) == value


def test_every_edition_and_every_last_day_is_changed() -> None:
    last_days = 0
    for path in (ROOT / "src").glob("**/*.toml"):
        own = [mutant for mutant in DATA if mutant.path == path.relative_to(ROOT).as_posix()]
        ends = len(re.findall(r"(?m)^checked_until = ", read(path)))
        editions = len(re.findall(r"(?m)^\[\[(?:\w+\.)?edition\]\]$", read(path)))
        assert not ends or len(own) == ends + 2 * editions
        last_days += ends
    assert last_days == 14


@pytest.mark.parametrize("mutant", DATA, ids=lambda mutant: mutant.name)
def test_a_change_moves_one_figure_of_a_table(mutant: Mutant) -> None:
    before = list(leaves(tomllib.loads(read(ROOT / mutant.path))))
    after = list(leaves(tomllib.loads(mutant.text)))
    assert sum(old != new for old, new in zip(before, after, strict=True)) == 1


def test_a_constant_is_changed_where_it_stands() -> None:
    for mutant in constant_mutants():
        before, after = read(ROOT / mutant.path).splitlines(), mutant.text.splitlines()
        ((old, new),) = (both for both in zip(before, after, strict=True) if both[0] != both[1])
        assert old.partition(" = ")[0] == new.partition(" = ")[0]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_what_a_change_breaks_is_told_and_what_nothing_sees_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {
        "conftest.py": CONFTEST, "README.md": "", "docs/page.md": PAGE, "tests/test_it.py": TEST,
        "src/figures.py": "SEEN = 1\nSHOWN = 1\nTOLD = 1\n",
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    seen, shown, told = (
        Mutant(
            name=name,
            path="src/figures.py",
            text=files["src/figures.py"].replace(f"{name} = 1", f"{name} = 2"),
            about=("tests", "docs"),
        )
        for name in ("SEEN", "SHOWN", "TOLD")
    )
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # quicker, and none is needed
    monkeypatch.setattr(mutate_thresholds, "_ROOT", tmp_path)
    monkeypatch.setattr(
        mutate_thresholds,
        "mutants",
        lambda: [seen, shown, told, evolve(seen, ignored=("docs/page.md",))],
    )
    assert main("SEEN") == 1
    both, page_left_out, *_ = capsys.readouterr().out.splitlines()
    assert both == "SEEN: tests/test_it.py::test_seen, docs/page.md::line:4,column:1"
    assert page_left_out == "SEEN: tests/test_it.py::test_seen, NO PAGE"
    assert main("O") == 1
    out = capsys.readouterr().out
    assert "SHOWN: NO TEST, docs/page.md::line:4,column:1\nTOLD: NO TEST, NO PAGE\n" in out
    assert out.endswith("figures.py                         2          0          1\n")
    assert read(tmp_path / "src" / "figures.py") == files["src/figures.py"]
    (tmp_path / "src" / "figures.py").write_text(seen.text, encoding="utf-8")
    assert main("SEEN") == 2
    told_first = "broken before any change: tests/test_it.py::test_seen, docs/page.md::line:4,"
    assert capsys.readouterr().out.startswith(told_first)
