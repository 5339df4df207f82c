"""What a maintainer runs each winter: are the tables still in date, is a new edition sound?"""

from pathlib import Path

import pytest

from tools import check_edition, freshness

PLUS = Path(__file__).parent.parent / "src" / "alin_core" / "law" / "data" / "plus.toml"
INDEX = "145.77/144.51"


@pytest.mark.parametrize(
    ("day", "status", "told"),
    [
        ("2026-11-30", 0, ""),
        ("2026-12-01", 0, "warning: plus.toml stops on 2026-12-31"),
        ("2026-12-31", 0, "warning: plus.toml stops on 2026-12-31"),
        ("2027-01-01", 1, "plus.toml: answers no day after 2026-12-31"),
    ],
)
def test_december_warns_and_january_fails(
    day: str, status: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert freshness.main(day) == status
    printed = capsys.readouterr().out
    assert told in printed
    assert ("1. Copy the new figures from the arrêté" in printed) is bool(told)
    assert "Publish a data release" in printed or not told


def test_each_kind_of_table_has_its_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "housing_aid").mkdir()
    for name, last in (("plus.toml", "2027-12-31"), ("housing_aid/rls.toml", "2026-12-31")):
        (tmp_path / name).write_text(f"checked_until = {last}\n", encoding="utf-8")
    monkeypatch.setattr(freshness, "_DATA", tmp_path)
    assert freshness.main("2026-11-30") == 0
    assert capsys.readouterr().out == ""
    assert freshness.main("2027-01-01") == 1
    printed = capsys.readouterr().out
    assert printed.startswith("rls.toml: answers no day after 2026-12-31\n## Add figures of the ")
    assert "Add January's table" not in printed
    assert freshness.main("2027-12-31") == 1
    printed = capsys.readouterr().out
    assert "warning: plus.toml stops on 2027-12-31" in printed
    assert "## Add January's table" in printed
    assert "## Add figures of the housing aid" in printed


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
