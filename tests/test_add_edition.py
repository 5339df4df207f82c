"""A year's edition enters the tables, the second keying and the revisions, or none of them."""

import tomllib
from pathlib import Path
from shutil import copy
from typing import Any

import pytest

from tools import add_edition

FROZEN = Path(__file__).parent / "cases" / "frozen"
ARRETE = (FROZEN / "arrete.toml").read_text(encoding="utf-8")
PLUS, PLAI = "src/alin_core/law/data/plus.toml", "src/alin_core/law/data/plai.toml"
CEILINGS, REVISIONS = "tests/cases/ceilings.toml", "tests/cases/revisions.toml"
FILES = (PLUS, PLAI, CEILINGS, REVISIONS)
Screen = pytest.CaptureFixture[str]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with two editions, and what was typed for a third."""
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        copy(FROZEN / Path(name).name, tmp_path / name)
    (tmp_path / "arrete.toml").write_text(ARRETE, encoding="utf-8")
    monkeypatch.setattr(add_edition, "_ROOT", tmp_path)
    return tmp_path


def texts(tree: Path) -> dict[str, str]:
    """Every file of the tree but what was typed."""
    return {
        path.relative_to(tree).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(tree.rglob("*"))
        if path.is_file() and path.name != "arrete.toml"
    }


def add(tree: Path, index: str = "1.01") -> int:
    return add_edition.main(str(tree / "arrete.toml"), index)


def read(tree: Path, name: str) -> dict[str, Any]:
    return tomllib.loads((tree / name).read_text(encoding="utf-8"))


def test_the_tables_hold_the_first_keying_and_answer_for_its_year(
    tree: Path, capsys: Screen
) -> None:
    typed = tomllib.loads(ARRETE)
    before = {name: read(tree, name) for name in (PLUS, PLAI)}
    assert add(tree) == 0
    assert capsys.readouterr().out == f"the edition of 2027-01-01 is in {', '.join(FILES)}\n"
    for norm, name in (("PLUS", PLUS), ("PLAI", PLAI)):
        after = read(tree, name)
        assert after.pop("checked_until") == typed["checked_until"]
        *editions, newest = after.pop("edition")
        assert editions == before[name].pop("edition")
        assert newest.pop("rows") == typed[norm]
        assert newest == {key: typed[key] for key in ("in_force", "text", "nor", "jorf", "article")}
        del before[name]["checked_until"]
        assert after == before[name]


def test_the_tests_hold_the_second_keying_and_the_revision(tree: Path) -> None:
    again = tomllib.loads(ARRETE)["again"]
    before, revisions = read(tree, CEILINGS), read(tree, REVISIONS)
    assert add(tree, "145.77/144.51") == 1
    assert add(tree) == 0
    for norm in ("PLUS", "PLAI"):
        for zone, figures in again[norm].items():
            before[norm][zone]["2027"] = figures
            before["marks"][norm][zone]["2027"] = again["marks"][norm][zone]
    assert read(tree, CEILINGS) == before
    revisions["factor"]["2027"] = "1.01"
    assert read(tree, REVISIONS) == revisions


def test_only_lines_are_added_and_the_last_day_moves(tree: Path) -> None:
    before = texts(tree)
    assert add(tree) == 0
    for name, text in texts(tree).items():
        gone = set(before[name].splitlines()) - set(text.splitlines())
        assert gone == ({"checked_until = 2026-12-31"} if name in (PLUS, PLAI) else set())
        assert text.endswith("\n")
        assert not text.endswith("\n\n")


def test_an_edition_may_have_neither_nor_nor_jorf(tree: Path) -> None:
    kept = [line for line in ARRETE.splitlines() if not line.startswith(("nor", "jorf"))]
    (tree / "arrete.toml").write_text("\n".join(kept), encoding="utf-8")
    assert add(tree) == 0
    assert read(tree, PLUS)["edition"][-1].keys() == {"in_force", "text", "article", "rows"}


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ("in_force = 2027-01-01", "in_force = 2026-01-01", "PLUS, in_force: 2026-01-01 is not the"),
        ("in_force = 2027-01-01", "in_force = 2028-01-01", "PLUS, in_force: 2028-01-01 is not the"),
        ("in_force = 2027-01-01", "", "PLUS, in_force: missing"),
        ("= 2027-12-31", "= 2026-12-31", "PLUS, checked_until: 2026-12-31 is not the end of the"),
        ("= 2027-12-31", "= 2027-12-30", "PLAI, checked_until: 2027-12-30 is not the end of the"),
        ("checked_until = 2027-12-31", "", "PLUS, checked_until: None is not the end of the year"),
        ("18 décembre 2026", "18 décembre 2016", "PLUS, text: 'arrêté du 18 décembre 2016' is not"),
        ("LEGIARTI000099990000", "LEGIARTI9", "PLUS, article: 'LEGIARTI9' is not LEGIARTI and"),
        ("LEGIARTI000099990000", "LEGIARTI000053307202", "PLUS, article: 'LEGIARTI000053307202'"),
        ("nor = ", "nro = ", "nro: unknown; known are in_force, text, nor, jorf, article, checked"),
        ("PLUS = [", "PLS = [", "PLUS, rows: missing"),
        ("PLAI = [", "PLAI = 3\nPLS = [", "PLAI, rows: 3 is no list of rows"),
        ('    [75_668, 69_263, 53_910, "two-sources"],\n', "", "PLUS, rows: 6 of 7"),
        ('60_758, "two-sources"]', "60_758]", "PLUS, category 6: 3 items, not three figures and"),
        ('60_758, "two-sources"]', '60_758, "seen"]', "PLUS, category 6: 'seen' is neither a mark"),
        (
            "[53_267, 48_846, 37_960,",
            "[53_267, 48_864, 37_960,",
            "PLUS, category 3, Île-de-France: 48864, the revision leads from 48362 to 48846",
        ),
        # Typed alike both times, or once: neither follows from the other.
        ("12_999", "12_998", "PLAI, category 1, other regions: 12998, the revision leads"),
        (
            "[27_189, 40_635, 48_846,",
            "[27_189, 40_635, 48_864,",
            "PLUS, Île-de-France, category 3: 48846 the first time, 48864 again",
        ),
        (
            "3_726]",
            "3_726.0]",
            "PLAI, other regions, further person: 3726 the first time, 3726.0 again",
        ),
        (
            'ILE_DE_FRANCE = "two-sources"',
            'ILE_DE_FRANCE = "one-source"',
            "PLUS, Île-de-France, mark, category 1: 'two-sources' the first time, 'one-s",
        ),
        (", 46_833,  5_218]", ", 46_833]", "again, PLAI, Paris: [14959, 24381, 31959, 34983,"),
        ("[again.PLAI]", "[again.PLA]", "again, PLAI, Paris: None is not one item for each of the"),
        ("[again.marks.PLUS]", "[again.mark.PLUS]", "PLUS, Paris, mark, category 1: 'two-sources'"),
    ],
)  # fmt: skip
def test_a_slip_is_refused_and_nothing_is_written(
    right: str, wrong: str, fault: str, tree: Path, capsys: Screen
) -> None:
    assert right in ARRETE
    (tree / "arrete.toml").write_text(ARRETE.replace(right, wrong), encoding="utf-8")
    before = texts(tree)
    assert add(tree) == 1
    printed = capsys.readouterr().out
    assert fault in printed
    assert printed.endswith(f"nothing is written; read {tree / 'arrete.toml'} against the arrêté\n")
    assert texts(tree) == before


def test_without_a_second_keying_nothing_is_written(tree: Path, capsys: Screen) -> None:
    once = ARRETE.partition("[again.")[0]
    (tree / "arrete.toml").write_text(once, encoding="utf-8")
    before = texts(tree)
    assert add(tree) == 1
    assert "again, PLUS, Paris: None is not one item for each of the 7 rows" in (
        capsys.readouterr().out
    )
    assert texts(tree) == before


@pytest.mark.parametrize(
    ("name", "right", "wrong", "fault"),
    [
        (CEILINGS, "[PLAI.ILE_DE_FRANCE]", "[PLI.ILE_DE_FRANCE]", "[PLAI.ILE_DE_FRANCE] is mi"),
        (CEILINGS, "[marks.PLAI.OTHER_REGIONS]\n", "[marks.PLAI.OTHER_REGIONS]\n2027 = 3\n",
         "[marks.PLAI.OTHER_REGIONS] is missing, or has a line such as '2027 = "),
        (REVISIONS, "[factor]\n", '[factor]\n2027 = "1.01"\n', "or has a line such as '2027 = "),
        (REVISIONS, "[factor]\n", "", "[factor] is missing"),
    ],
)  # fmt: skip
def test_an_edition_begun_by_hand_is_left_alone(
    name: str, right: str, wrong: str, fault: str, tree: Path, capsys: Screen
) -> None:
    text = (tree / name).read_text(encoding="utf-8")
    assert right in text
    (tree / name).write_text(text.replace(right, wrong, 1), encoding="utf-8")
    before = texts(tree)
    assert add(tree) == 2
    assert fault in capsys.readouterr().out
    assert texts(tree) == before


def test_an_edition_is_added_once(tree: Path, capsys: Screen) -> None:
    assert add(tree) == 0
    before = texts(tree)
    assert add(tree) == 1
    assert "PLUS, in_force: 2027-01-01 is not the 1 January after" in capsys.readouterr().out
    assert texts(tree) == before


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_written_leaves_the_others_as_they_were(
    name: str, tree: Path, capsys: Screen
) -> None:
    (tree / f"{name}.draft").mkdir()
    before = texts(tree)
    assert add(tree) == 2
    assert capsys.readouterr().out.startswith("nothing is written: ")
    assert texts(tree) == before


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ((), "'' is refused; give ARRETE.toml and a revision"),
        (("arrete.toml",), "'arrete.toml' is refused; give ARRETE.toml and a revision"),
        (("arrete.toml", "rise"), "'arrete.toml rise' is refused"),
        (("arrete.toml", "145.77/0"), "'arrete.toml 145.77/0' is refused"),
        (("nowhere.toml", "1.01"), "nothing is written: "),
        ((str(FROZEN.parent / "dossier.json"), "1.01"), "nothing is written: "),
    ],
)
def test_the_tool_says_what_to_give(given: tuple[str, ...], told: str, capsys: Screen) -> None:
    assert add_edition.main(*given) == 2
    assert told in capsys.readouterr().out
