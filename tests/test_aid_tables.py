"""The tables of the housing aid: shape, texts, yearly revision, first and last day."""

import copy
import pickle
import re
import tomllib
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import fields

from alin_core.errors import InvalidValue, NotADate
from alin_core.housing_aid import tables as aid_tables
from alin_core.housing_aid.tables import AidLaw, aid_editions, aid_law
from alin_core.law.catalogue import load
from alin_core.law.tables import NotInForce
from tests.days import LAST_OF_AID, day_after
from tests.worked import cases

#: Rows and columns of each table, as printed.
SHAPES = {
    "rent_ceiling": (4, 3),
    "flat_charges": (1, 2),
    "minimum_share": (1, 2),
    "family_rate": (9, 1),
    "rent_rate": (2, 2),
    "income_allowance": (9, 1),
    "taper": (2, 3),
    "flat_deduction": (1, 1),
    "crds_rate": (1, 1),
    "rls_share": (1, 1),
    "rls_income_ceiling": (9, 3),
    "rls_amount": (4, 3),
}
NOW = date(2026, 11, 23)
#: Every figure again, by table and column.
CELLS = tomllib.loads(
    (Path(__file__).parent / "cases" / "aid-tables.toml").read_text(encoding="utf-8"),
    parse_float=Decimal,
)
#: The months in which the articles changed, and by how much the rents, the charges and the
#: minimum share were raised.
REVISIONS = cases("aid-revisions")

each_table = pytest.mark.parametrize("table", SHAPES)


def test_one_table_per_article() -> None:
    assert [table.name for table in fields(AidLaw)] == list(SHAPES)


@each_table
def test_rows_and_columns_as_printed(table: str) -> None:
    for edition in aid_editions(table):
        rows, columns = SHAPES[table]
        assert [len(row) for row in edition.rows] == [columns] * rows


@each_table
def test_the_days_the_article_changed(table: str) -> None:
    starts = [edition.in_force for edition in aid_editions(table)]
    told = REVISIONS["months"].get(table, ["2019-10"])
    assert starts == [date.fromisoformat(f"{month}-01") for month in told]


@each_table
def test_every_edition_names_its_text(table: str) -> None:
    for edition in aid_editions(table):
        assert edition.text.split()[0] in {"arrêté", "décret", "ordonnance", "CCH"}
        assert edition.article.startswith(("JORFTEXT", "JORFARTI", "LEGIARTI"))
        assert edition.verified in {"two-sources", "one-source"}
        assert all(edition.notes)


def test_no_version_is_cited_before_the_one_that_it_replaced() -> None:
    """Légifrance numbers the versions as they are written: a later one never has a lower number."""
    cited: dict[date, set[str]] = {}
    for table in fields(AidLaw):
        for edition in aid_editions(table.name):
            if edition.article.startswith("LEGIARTI"):
                cited.setdefault(edition.in_force, set()).add(edition.article)
    days = [cited[day] for day in sorted(cited)]
    assert all(max(before) < min(after) for before, after in pairwise(days))


def test_one_article_of_the_arrete_has_one_identifier_on_one_day() -> None:
    cited: dict[tuple[date, str], set[str]] = {}
    for table in fields(AidLaw):
        for edition in aid_editions(table.name):
            article = re.sub(r",? \d°$", "", edition.text)
            if article.startswith("arrêté du 27 septembre 2019, art. "):
                cited.setdefault((edition.in_force, article), set()).add(edition.article)
    assert (date(2019, 10, 1), "arrêté du 27 septembre 2019, art. 14") in cited
    assert [article for article, ids in cited.items() if len(ids) > 1] == []


@each_table
def test_an_article_bears_the_text_that_amended_it_or_says_that_none_is_named(table: str) -> None:
    """« modifié » on these days only: our sources name the article, not what amended it."""
    first, *later = aid_editions(table)
    wrote = first.text.partition(",")[0]
    unnamed = [edition for edition in later if edition.text.endswith(", modifié")]
    assert [edition for edition in later if edition.text.startswith(wrote)] == unnamed
    days = [date(2020, 10, 1), date(2021, 10, 1), date(2022, 7, 1)]
    follows_rents = table in ("rent_ceiling", "flat_charges", "minimum_share")
    assert [edition.in_force for edition in unnamed] == (days if follows_rents else [])
    assert all(edition.article.startswith("LEGIARTI") for edition in unnamed)


@pytest.mark.parametrize("table", ["rent_ceiling", "flat_charges", "minimum_share"])
def test_each_revision_raises_every_amount_alike(table: str) -> None:
    for before, after in pairwise(aid_editions(table)):
        factor = Decimal(REVISIONS["factor"][str(after.in_force.year)])
        for old_row, new_row in zip(before.rows, after.rows, strict=True):
            for old, new in zip(old_row, new_row, strict=True):
                is_a_rate = (table, old) == ("minimum_share", Decimal("8.5"))
                assert abs(new - (old if is_a_rate else old * factor)) <= Decimal("0.011")


@pytest.mark.parametrize("table", ["rent_ceiling", "rls_income_ceiling", "rls_amount"])
def test_amounts_fall_from_zone_1_to_zone_3_and_grow_with_the_family(table: str) -> None:
    for edition in aid_editions(table):
        assert all(one > two > three for one, two, three in edition.rows)
        *families, _each = edition.rows
        assert all(smaller < larger for smaller, larger in pairwise(families))


@each_table
def test_every_figure_of_every_edition(table: str) -> None:
    expected = CELLS[table]
    for place, lines in enumerate(expected.values()):
        found = {
            str(edition.in_force): [row[place] for row in edition.rows]
            for edition in aid_editions(table)
        }
        assert found == lines
    assert len(expected) == SHAPES[table][1]


def test_the_figures_of_november_2026() -> None:
    """Keyed a second time, from the texts."""
    law = aid_law(NOW)
    assert [
        [str(figure) for figure in row] for row in zip(*law.rent_ceiling.rows, strict=True)
    ] == [
        ["336.97", "406.40", "459.32", "66.65"],
        ["293.68", "359.47", "404.49", "58.88"],
        ["275.25", "333.67", "374.13", "53.62"],
    ]
    assert law.flat_charges.rows == ((Decimal("61.29"), Decimal("13.90")),)
    assert law.minimum_share.rows == ((Decimal("8.5"), Decimal("40.01")),)
    allowance = [5235, 7501, 8947, 9148, 9498, 9851, 10202, 10554, 346]
    assert [row[0] for row in law.income_allowance.rows] == allowance
    rates = "2.83 3.15 2.70 2.38 2.01 1.85 1.79 1.73 -0.06"
    assert [str(row[0]) for row in law.family_rate.rows] == rates.split()
    assert [str(row[1]) for row in law.rls_amount.rows] == ["31.58", "38.56", "43.06", "6.26"]
    assert law.taper.rows[0] == (Decimal("3.4"), Decimal("2.5"), Decimal("2.5"))
    assert law.taper.rows[1] == (Decimal(4), Decimal("3.1"), Decimal("3.1"))


@pytest.mark.parametrize(
    ("couple", "dependants", "amount"),
    [
        (False, 0, "905"), (True, 0, "1104"), (False, 1, "1408"), (True, 1, "1408"),
        (False, 6, "2929"), (False, 7, "3211"), (True, 9, "3775"),
    ],
)  # fmt: skip
def test_a_family_reads_its_row(couple: bool, dependants: int, amount: str) -> None:
    assert aid_law(NOW).rls_income_ceiling.by_family(couple, dependants, 1) == Decimal(amount)


@pytest.mark.parametrize(
    ("day", "base"), [("2026-09-30", "60.59"), ("2026-10-01", "61.29"), ("2022-06-30", "54.22")]
)
def test_an_article_changes_on_its_day(day: str, base: str) -> None:
    assert aid_law(date.fromisoformat(day)).flat_charges.rows[0][0] == Decimal(base)


@each_table
def test_the_law_of_a_day_is_the_latest_edition_begun_of_each_article(table: str) -> None:
    editions = aid_editions(table)
    day = date(2020, 2, 1)
    while day <= LAST_OF_AID:
        begun = [edition for edition in editions if edition.in_force <= day]
        assert dict(aid_law(day).editions)[table] is begun[-1]
        day += timedelta(days=1)


@pytest.mark.parametrize("day", [date(2020, 1, 31), day_after(LAST_OF_AID)])
def test_no_figure_outside_the_days_that_were_checked(day: date) -> None:
    with pytest.raises(NotInForce, match=f"housing aid: no figure for {day}") as e:
        aid_law(day)
    assert (e.value.first, e.value.last) == (date(2020, 2, 1), LAST_OF_AID)


def test_the_first_and_the_last_day_answer() -> None:
    assert aid_law(date(2020, 2, 1)).rent_ceiling.rows[0][0] == Decimal("295.93")
    assert aid_law(date(2026, 12, 31)).rent_ceiling.rows[0][0] == Decimal("336.97")
    newest = [(table, aid_editions(table)[-1]) for table in SHAPES]
    assert list(aid_law(LAST_OF_AID).editions) == newest


def test_every_article_was_looked_up_until_the_same_day() -> None:
    assert {table["checked_until"] for table in load("housing_aid").values()} == {LAST_OF_AID}


def test_a_datetime_is_not_a_day() -> None:
    with pytest.raises(NotADate):
        aid_law(datetime(2026, 1, 1))  # noqa: DTZ001


def test_a_law_is_a_value() -> None:
    law = aid_law(NOW)
    assert pickle.loads(pickle.dumps(law)) == law
    assert hash(copy.deepcopy(law)) == hash(law)
    assert law is aid_law(NOW)


def test_the_estimate_answers_until_the_earliest_last_day(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = aid_tables._tables()
    earlier = tables | {"taper": (tables["taper"][0], date(2026, 9, 30))}
    monkeypatch.setattr(aid_tables, "_tables", lambda: earlier)
    assert aid_tables._calendar.__wrapped__()[-1] == date(2026, 9, 30)


def test_the_figure_of_a_family_is_that_of_the_first_column_unless_told() -> None:
    table = aid_law(date(2026, 11, 23)).rent_ceiling
    assert (table.by_family(False, 0), table.by_family(False, 0, 2)) == (
        table.rows[0][0], table.rows[0][2],
    )  # fmt: skip


def test_an_edition_shows_itself_without_its_figures_and_says_what_to_know_of_it() -> None:
    edition = aid_editions("rent_ceiling")[1]
    assert "rows" not in repr(edition)
    assert "the revision of 0.30 %" in "".join(edition.notes)
    with pytest.raises(TypeError, match="takes 1 positional argument"):
        AidLaw(edition)  # type: ignore[call-arg]


def test_a_table_that_there_is_not_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(InvalidValue, match="table: 'rents' is refused; give one of rent_ceiling, "):
        aid_editions("rents")
