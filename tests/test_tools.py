"""What a maintainer runs each winter: are the tables still in date, is a new edition sound?"""

from pathlib import Path

import pytest

from tools import check_edition, freshness

#: Copies that no edition is added to.
FROZEN = Path(__file__).parent / "cases" / "frozen"
PLUS = FROZEN / "plus.toml"
INDEX = "145.77/144.51"


@pytest.mark.parametrize(
    ("day", "before_a_release", "told"),
    [
        ("2026-11-30", 0, ""),
        ("2026-12-01", 0, "WARNING: plus.toml is not checked after 2026-12-31"),
        ("2026-12-31", 0, "WARNING: plus.toml is not checked after 2026-12-31"),
        ("2027-01-01", 1, "WARNING: plus.toml: not checked after 2026-12-31"),
        ("2030-01-01", 1, "WARNING: plus.toml: not checked after 2026-12-31"),
    ],
)
def test_december_warns_and_january_fails_but_a_release(
    day: str,
    before_a_release: int,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(freshness, "_DATA", FROZEN)
    assert freshness.main(day) == 0
    printed = capsys.readouterr().out
    assert freshness.main(day, "--release") == before_a_release
    assert capsys.readouterr().out == printed
    assert told in printed
    assert ("1. Type the arrêté into a file" in printed) is bool(told)
    assert "Publish a data release" in printed or not told


def test_each_kind_of_table_has_its_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    aid = "[rls]\nchecked_until = 2026-12-31\n"
    for name, text in (("plus", "checked_until = 2027-12-31\n"), ("housing_aid", aid)):
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(freshness, "_DATA", tmp_path)
    assert freshness.main("2026-11-30") == 0
    assert capsys.readouterr().out == ""
    assert freshness.main("2027-01-01", "--release") == 1
    printed = capsys.readouterr().out
    assert printed.startswith(
        "WARNING: housing_aid.toml, rls: not checked after 2026-12-31, answers no later day\n"
        "## Add figures of the "
    )
    assert "Add January's table" not in printed
    assert freshness.main("2027-12-31", "--release") == 1
    printed = capsys.readouterr().out
    assert "WARNING: plus.toml is not checked after 2027-12-31" in printed
    assert "## Add January's table" in printed
    assert "## Add figures of the housing aid" in printed


@pytest.mark.parametrize(
    ("day", "status", "told"),
    [
        ("2026-05-31", 0, ""),
        ("2026-06-01", 0, "WARNING: plus.toml is not checked after 2026-06-15"),
        ("2026-06-15", 0, "WARNING: plus.toml is not checked after 2026-06-15"),
        ("2026-06-16", 1, "WARNING: plus.toml: not checked after 2026-06-15"),
    ],
)
def test_the_month_of_the_last_day_warns(
    day: str,
    status: int,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "plus.toml").write_text("checked_until = 2026-06-15\n", encoding="utf-8")
    monkeypatch.setattr(freshness, "_DATA", tmp_path)
    assert freshness.main(day, "--release") == status
    assert capsys.readouterr().out.startswith(told)


def test_a_table_that_says_no_last_day_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(freshness, "_DATA", tmp_path)
    assert freshness.main("2026-11-27") == 1
    assert "no table with editions is there" in capsys.readouterr().out
    (tmp_path / "plus.toml").write_text("[[edition]]\n", encoding="utf-8")
    assert freshness.main("2026-11-27") == 1
    assert "plus.toml: checked_until is missing" in capsys.readouterr().out
    (tmp_path / "plus.toml").write_text('checked_until = "2026"\n', encoding="utf-8")
    assert freshness.main("2026-11-27") == 1
    assert "plus.toml: checked_until is 2026; give the last day" in capsys.readouterr().out


@pytest.mark.parametrize(
    "given",
    [
        *((), ("soon",), ("2026-12-01", "2026-12-02")),
        *(("--release",), ("--release", "2026-12-01"), ("2026-12-01", "--release", "--release")),
    ],
    ids=" ".join,
)
def test_freshness_asks_for_one_day(
    given: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert freshness.main(*given) == 2
    assert "is refused; give one day" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ((), "'' is refused; give a table and the revision"),
        ((str(PLUS),), "is refused; give a table and the revision"),
        ((str(PLUS), "rise"), "'rise' is refused; give the revision of the year"),
        ((str(PLUS), "145.77/0"), "'145.77/0' is refused"),
        ((str(PLUS), "145.77/"), "'145.77/' is refused"),
        ((str(PLUS), "-1"), "'-1' is refused"),
        (("nowhere.toml", INDEX), "'nowhere.toml' is refused; give a table of two editions"),
        ((str(FROZEN / "revisions.toml"), INDEX), "is refused; give a table of two editions"),
    ],
)
def test_the_check_of_an_edition_says_what_to_give(
    given: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check_edition.main(*given) == 2
    assert told in capsys.readouterr().out


@pytest.mark.parametrize("text", ["edition = 3", "edition = [1, 2]", "edition = {}"])
def test_a_table_without_editions_is_refused(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "plus.toml"
    table.write_text(text, encoding="utf-8")
    assert check_edition.main(str(table), INDEX) == 2
    assert "is refused; give a table of two editions at least" in capsys.readouterr().out


def test_the_newest_edition_follows_the_index(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_edition.main(str(PLUS), INDEX) == 0
    assert "the edition of 2026-01-01 follows the last one" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ("[40_233, 40_233, 31_254", "[40_233, 40_243, 31_254", "category 2: 40233, 40243, 31254"),
        ("[74_919,", "[84_919,", "Paris: the ceilings do not rise with the category"),
        ("[ 9_394,", "[ 9_395,", "further person, Paris: 9395, the revision leads from 9313 to"),
        ("= 2026-12-31", "= 2026-12-30", "checked_until: 2026-12-30 is not the end of the year"),
        ("in_force = 2026-01-01", "in_force = 2026-02-01", "in_force: 2026-02-01 is not the 1 Jan"),
        ('article = "LEGIARTI000053307202"', "", "article: missing"),
        ('"LEGIARTI000053307202"', '"x"', "article: 'x' is not LEGIARTI and twelve digits"),
        ('"JORFTEXT000053159966"', '"x"', "jorf: 'x' is not JORFTEXT and twelve digits"),
        ('"VLOL2534266A"', '"VLOL253426A"', "nor: 'VLOL253426A' is not four letters, seven digits"),
        (
            "arrêté du 19 décembre",
            "19 décembre",
            "text: '19 décembre 2025' is not an « arrêté du »",
        ),
        ("19 décembre 2025", "19 décembre 2052", "text: 'arrêté du 19 décembre 2052' is not of"),
        ("arrêté du 19 décembre 2025", "arrêté", "text: 'arrêté' is not of 2025 or 2026"),
        ('text = "arrêté du 19 décembre 2025"', "text = 3", "text: 3 is not of 2025 or 2026"),
        ("53307202", "50865366", "article: 'LEGIARTI000050865366' is that of the edition before"),
        ("[26_920, 26_920, 23_403", "1, [26_920, 26_920, 23_403", "is no list of rows"),
        (
            '60_156, "two-sources"',
            '60_156, ["one-source", {}, []]',
            "category 6: ['one-source', {}",
        ),
        ("in_force = 2026-01-01", "in_force = 2026", "in_force: 2025-01-01 and 2026 are not both"),
        ('nor = "VLOL2534266A"', 'nro = "x"', "nro: unknown; known are in_force, text, article"),
        ('[ 9_313,  8_524,  6_652, "two-sources"]', "[]", "the edition before, further person: 0"),
        ('60_156, "two-sources"]', "60_156]", "category 6: 3 items, not three figures and a mark"),
        ("[26_920, 26_920,", '["26920", 26_920,', "category 1: ['26920', 26920, 23403] are not"),
        ("[26_920, 26_920,", "[26_920.5, 26_920,", "category 1: [26920.5, 26920, 23403] are not"),
        ('60_156, "two-sources"', '60_156, "two-source"', "category 6: 'two-source' is neither a"),
        (
            "[26_920, 26_920, 23_403,",
            "[26_920, 26_920, 0,",
            "category 1: [26920, 26920, 0] are not",
        ),
        ('    [84_304, 77_171, 60_156, "two-sources"],\n', "", "rows: 6 of 7"),
    ],
)
def test_a_slip_of_the_pen_is_found(
    right: str, wrong: str, fault: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = PLUS.read_text(encoding="utf-8")
    assert right in text
    table = tmp_path / "plus.toml"
    table.write_text(text.replace(right, wrong), encoding="utf-8")
    assert check_edition.main(str(table), INDEX) == 1
    assert fault in capsys.readouterr().out
