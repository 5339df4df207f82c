"""The ceiling tables, whole: shape, yearly revision, every cell, first and last day."""

import copy
import pickle
import tomllib
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from alin_core.errors import AlinError, InvalidValue, NotADate, WrongType
from alin_core.law.rulebook import Rulebook
from alin_core.law.tables import (
    CeilingEdition,
    CeilingTable,
    NoTable,
    NotInForce,
    ceiling_table,
    exact_number,
)
from alin_core.law.zones import Zone
from alin_core.values.amounts import AmountError
from alin_core.values.housing import RentalNorm
from tests.costs import peak
from tests.days import LAST, NEWEST, day_after
from tools.check_edition import MARKS

CASES = Path(__file__).parent / "cases"
ZONES = [Zone.PARIS_AND_ADJOINING, Zone.ILE_DE_FRANCE, Zone.OTHER_REGIONS]
PLUS, PLAI = ceiling_table("plus"), ceiling_table("plai")
TABLES = [PLUS, PLAI]

each_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.norm.value)
each_edition = pytest.mark.parametrize(
    "edition",
    [edition for table in TABLES for edition in table.editions],
    ids=lambda edition: f"{edition.norm.value}-{edition.in_force.year}",
)


def cases(name: str) -> dict[str, Any]:
    return tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))


def amounts(edition: CeilingEdition, zone: Zone) -> list[Decimal]:
    return [edition.cell(zone, row)[0] for row in range(7)]


@each_table
def test_one_edition_each_first_of_january(table: CeilingTable) -> None:
    days = [date(year, 1, 1) for year in range(2010, NEWEST.year + 1)]
    assert [edition.in_force for edition in table.editions] == days
    assert table.checked_until == date(NEWEST.year, 12, 31)


def test_each_table_is_an_annex() -> None:
    assert (PLUS.norm, PLAI.norm) == (RentalNorm.PLUS, RentalNorm.PLAI)
    assert PLUS.text.endswith("annexe I")
    assert PLAI.text.endswith("annexe II")


def test_a_table_is_read_once() -> None:
    assert ceiling_table("plus") is PLUS


@each_edition
def test_three_columns_of_seven_marked_cells(edition: CeilingEdition) -> None:
    assert [len(column) for column in edition.columns] == [7, 7, 7]
    assert {mark for column in edition.columns for _, mark in column} <= MARKS


@each_edition
def test_an_edition_names_its_text(edition: CeilingEdition) -> None:
    assert edition.text.startswith("arrêté du ")
    assert edition.jorf is None or edition.jorf.startswith("JORFTEXT")
    assert edition.article.startswith("LEGIARTI")
    assert edition.nor is None or len(edition.nor) == 12
    assert all(edition.notes)


@each_edition
def test_columns_never_rise_from_paris_outwards(edition: CeilingEdition) -> None:
    for nearer, further in pairwise(ZONES):
        both = zip(amounts(edition, nearer), amounts(edition, further), strict=True)
        assert all(near >= far for near, far in both)


@each_edition
@pytest.mark.parametrize("zone", ZONES)
def test_rows_rise_with_the_category(edition: CeilingEdition, zone: Zone) -> None:
    *categories, further = amounts(edition, zone)
    assert all(lower < higher for lower, higher in pairwise(categories))
    assert 0 < further < categories[0]


@each_edition
@pytest.mark.parametrize("zone", ZONES)
def test_a_plai_ceiling_is_below_that_of_plus(edition: CeilingEdition, zone: Zone) -> None:
    plus = amounts(PLUS.on(edition.in_force), zone)
    plai = amounts(PLAI.on(edition.in_force), zone)
    assert all(low < high for low, high in zip(plai, plus, strict=True))


def half_up(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def quotient(factor: str) -> Fraction:
    above, _, below = factor.partition("/")
    return Fraction(above) / Fraction(below or 1)


@each_table
@pytest.mark.parametrize(("year", "factor"), cases("revisions")["factor"].items())
def test_each_year_follows_its_revision(
    table: CeilingTable, year: str, factor: str | dict[str, Any]
) -> None:
    before, after = table.on(date(int(year) - 1, 1, 1)), table.on(date(int(year), 1, 1))
    if isinstance(factor, str):
        lowest = highest = quotient(factor)
        tolerance = 0
    else:
        lowest, highest = Fraction(factor["lowest"]), Fraction(factor["highest"])
        tolerance = factor["tolerance"]
    for zone in ZONES:
        for old, new in zip(amounts(before, zone), amounts(after, zone), strict=True):
            least, most = half_up(int(old) * lowest), half_up(int(old) * highest)
            assert least - tolerance <= new <= most + tolerance


def test_every_revision_of_the_tables_is_known() -> None:
    assert list(cases("revisions")["factor"]) == [
        str(year) for year in range(2011, NEWEST.year + 1)
    ]


@each_table
@pytest.mark.parametrize("zone", ZONES)
def test_every_cell_and_its_mark(table: CeilingTable, zone: Zone) -> None:
    expected = cases("ceilings")
    lines = expected[table.norm.value][zone.value]
    marks = expected["marks"][table.norm.value][zone.value]
    assert list(lines) == list(marks) == [str(row.in_force.year) for row in table.editions]
    for edition in table.editions:
        year = str(edition.in_force.year)
        seven = [marks[year]] * 7 if isinstance(marks[year], str) else marks[year]
        cells = [edition.cell(zone, row) for row in range(7)]
        assert cells == list(zip(lines[year], seven, strict=True))


@each_table
def test_an_edition_answers_from_its_first_day_to_the_next(table: CeilingTable) -> None:
    for edition in table.editions:
        assert table.on(edition.in_force) is edition
        assert table.on(date(edition.in_force.year, 12, 31)) is edition


@each_table
def test_the_day_before_the_first_edition(table: CeilingTable) -> None:
    with pytest.raises(NotInForce) as e:
        table.on(date(2009, 12, 31))
    assert (e.value.table, e.value.on) == (table.norm.value, date(2009, 12, 31))
    assert (e.value.first, e.value.last) == (date(2010, 1, 1), LAST)


@each_table
def test_the_day_after_the_last_one_vouched_for(table: CeilingTable) -> None:
    last = table.checked_until
    assert table.on(last) is table.editions[-1]
    with pytest.raises(
        NotInForce, match=f"{table.norm.value}: no figure for {day_after(last)}, only "
    ):
        table.on(day_after(last))


def test_a_datetime_is_not_a_day() -> None:
    with pytest.raises(NotADate):
        PLUS.on(datetime(2026, 1, 1))  # noqa: DTZ001


@each_edition
def test_no_table_overseas(edition: CeilingEdition) -> None:
    with pytest.raises(NoTable) as e:
        edition.cell(Zone.OVERSEAS, 0)
    assert (e.value.norm, e.value.zone) == (edition.norm, Zone.OVERSEAS)
    assert str(e.value) == f"no table of the {edition.norm.value} ceilings in zone OVERSEAS"


@pytest.mark.parametrize("row", [-1, 7])
def test_a_row_that_no_table_has(row: int) -> None:
    with pytest.raises(InvalidValue, match="row: "):
        PLUS.editions[0].cell(Zone.OTHER_REGIONS, row)


@pytest.mark.parametrize(
    "error",
    [
        NotInForce("PLUS", date(2009, 1, 1), date(2010, 1, 1), date(2026, 12, 31)),
        NoTable(RentalNorm.PLI, Zone.ILE_DE_FRANCE),
    ],
    ids=lambda error: type(error).__name__,
)
def test_the_errors_carry_their_values(error: AlinError) -> None:
    copied = pickle.loads(pickle.dumps(error))
    assert isinstance(copied, LookupError)
    assert isinstance(copied, AlinError)
    assert str(copied) == str(error)


class TestScaled:
    """A reform: each figure times a factor, rounded half up to the euro."""

    @pytest.mark.parametrize("factor", [Decimal("1.05"), "0.5", 2, "1"])
    @each_table
    def test_each_figure(self, table: CeilingTable, factor: Decimal | int | str) -> None:
        scaled = table.scaled(factor)
        for before, after in zip(table.editions, scaled.editions, strict=True):
            for zone in ZONES:
                for row in range(7):
                    old, (new, mark) = before.cell(zone, row)[0], after.cell(zone, row)
                    exact = old * Decimal(factor)
                    assert new == exact.quantize(Decimal(1), ROUND_HALF_UP)
                    assert mark == "scaled"

    def test_half_a_euro_goes_up(self) -> None:
        day = date(2026, 6, 1)
        assert PLUS.on(day).cell(Zone.OTHER_REGIONS, 0)[0] == 23_403
        assert PLUS.scaled("0.5").on(day).cell(Zone.OTHER_REGIONS, 0)[0] == 11_702

    def test_the_decimal_context_of_the_caller_does_not_matter(self) -> None:
        with localcontext() as context:
            context.prec = 2
            scaled = PLUS.scaled("1.05")
        assert scaled == PLUS.scaled("1.05")

    def test_the_rest_stays(self) -> None:
        scaled = PLUS.scaled("1.05")
        assert (scaled.norm, scaled.text) == (PLUS.norm, PLUS.text)
        assert scaled.checked_until == PLUS.checked_until
        assert scaled.on(date(2026, 6, 1)).jorf == PLUS.on(date(2026, 6, 1)).jorf
        assert scaled != PLUS

    @pytest.mark.parametrize(
        "factor", [0, "-1", Decimal("NaN"), "Infinity", "more", True, 1.05, None, 1_000_000]
    )
    def test_what_is_no_factor(self, factor: Any) -> None:
        with pytest.raises(InvalidValue, match=r"factor: .* above zero"):
            PLUS.scaled(factor)

    @pytest.mark.parametrize(
        "factor", ["1_0", " 5 ", "5\n", "٣", "１", "1,05", "", ".", "e", "1e", "--1", "NaN", "inf"]
    )
    def test_a_number_is_written_in_ascii_without_spaces(self, factor: str) -> None:
        with pytest.raises(InvalidValue, match=r"factor: .* above zero"):
            PLUS.scaled(factor)

    @pytest.mark.parametrize(
        "factor", ["1e-16", "1e-5000", "1e-100000000", Decimal("1E-100000000"), f"1.{'1' * 16}"]
    )
    def test_a_number_has_fifteen_decimals_at_most(self, factor: Decimal | str) -> None:
        refused = "^factor: .* is refused; give at most 15 decimals$"
        assert peak(lambda: exact_number(factor, "factor")) < 100_000
        with pytest.raises(InvalidValue, match=refused):
            exact_number(factor, "factor")

    def test_the_finest_number(self) -> None:
        assert f"{exact_number('1e-15', 'factor'):f}" == "0.000000000000001"
        assert str(exact_number(f"1.5{'0' * 20}", "factor")) == "1.5"
        assert str(exact_number(Decimal("0E-100000000"), "factor", zero=True)) == "0"

    def test_the_largest_number(self) -> None:
        assert exact_number("999999.99", "factor") == Decimal("999999.99")


@pytest.mark.parametrize(("zero", "least"), [(False, "above zero"), (True, "zero or more")])
def test_the_least_number_is_told(zero: bool, least: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        exact_number("-1", "factor", zero=zero)
    assert str(caught.value).endswith(f'give a Decimal or a text like "1.05", {least}')


def test_a_tolerance_may_be_zero_and_a_multiple_may_not() -> None:
    assert evolve(Rulebook.standard(), rent_tolerance=0).rent_tolerance == 0
    with pytest.raises(InvalidValue, match=r"^rent_multiple: 0 is refused"):
        evolve(Rulebook.standard(), rent_multiple=0)


def test_zero_where_it_may_be() -> None:
    assert exact_number("0.00", "rent_tolerance", zero=True) == 0
    with pytest.raises(InvalidValue, match=r"rent_tolerance: '-0\.1' .* zero or more"):
        exact_number("-0.1", "rent_tolerance", zero=True)


@each_table
def test_a_table_is_a_value(table: CeilingTable) -> None:
    assert pickle.loads(pickle.dumps(table)) == table
    assert hash(copy.deepcopy(table)) == hash(table)
    assert copy.copy(table).on(NEWEST) == table.editions[-1]
    assert PLUS != PLAI


def test_a_table_shows_itself_in_one_line() -> None:
    assert f"editions=<{len(PLUS.editions)} editions>, " in repr(PLUS)
    assert len(repr(PLUS)) < 250


@pytest.mark.parametrize("editions", [
    (), PLUS.editions[::-1], PLUS.editions[:1] * 2, (*PLUS.editions[:2], PLUS.editions[0]),
])  # fmt: skip
def test_editions_out_of_order_are_no_table(editions: tuple[CeilingEdition, ...]) -> None:
    with pytest.raises(InvalidValue, match=r"editions: .* give editions from the oldest on"):
        evolve(PLUS, editions=editions)


def with_cells(edition: CeilingEdition, written: Any) -> CeilingEdition:
    """The same edition, each figure given as that function writes it."""
    columns = [[(written(amount), mark) for amount, mark in column] for column in edition.columns]
    return evolve(edition, columns=columns)


@pytest.mark.parametrize(
    "written",
    [int, str, float, "{}.00".format, Decimal("1.000").__mul__],
    ids=["integers", "texts", "floats", "texts with cents", "decimals with cents"],
)
@each_table
def test_a_cell_is_written_one_way_whatever_it_was_given_as(
    table: CeilingTable, written: Any
) -> None:
    same = with_cells(table.editions[-1], written)
    assert (same, repr(same)) == (table.editions[-1], repr(table.editions[-1]))


def test_a_cell_may_have_cents() -> None:
    for written in (lambda amount: f"{amount}.5", lambda amount: amount + Decimal("0.500")):
        cell = with_cells(PLUS.on(date(2026, 3, 1)), written).cell(Zone.OTHER_REGIONS, 0)
        assert repr(cell) == "(Decimal('23403.50'), 'two-sources')"


def test_a_scaled_table_and_one_of_its_own_figures_are_written_alike() -> None:
    day = date(2026, 3, 1)
    scaled = repr(PLUS.scaled(1).on(day).columns).replace("scaled", "two-sources")
    assert scaled == repr(PLUS.on(day).columns)


@pytest.mark.parametrize("amount", [-1, "52740.001", Decimal("NaN"), None, 10**12])
def test_a_cell_is_an_amount(amount: Any) -> None:
    with pytest.raises(AmountError, match=r"^columns: .* is not an amount in euros"):
        with_cells(PLUS.editions[-1], lambda _: amount)


@pytest.mark.parametrize("columns", [None, [1], [["26920"]], "PLUS", [[(1, "one-source", 2)]]])
def test_what_is_no_pair_is_no_cell(columns: Any) -> None:
    with pytest.raises(WrongType, match=r"^columns: .* give three columns of pairs"):
        evolve(PLUS.editions[-1], columns=columns)


def test_a_mark_is_a_text() -> None:
    columns: Any = [
        [(amount, None) for amount, _ in column] for column in PLUS.editions[-1].columns
    ]
    with pytest.raises(WrongType, match=r"^columns, a mark: "):
        evolve(PLUS.editions[-1], columns=columns)


@pytest.mark.parametrize("cut", [slice(2), slice(0)])
def test_an_annex_has_three_columns_of_seven_cells(cut: slice) -> None:
    newest = PLUS.editions[-1]
    for columns in (newest.columns[cut], [column[cut] for column in newest.columns]):
        with pytest.raises(InvalidValue, match=r"^columns: .* give three columns of seven cells"):
            evolve(newest, columns=columns)


@pytest.mark.parametrize("made", [PLUS, PLUS.editions[0]], ids=lambda made: type(made).__name__)
def test_a_norm_is_one_whatever_it_was_given_as(made: Any) -> None:
    assert evolve(made, norm="PLUS").norm is RentalNorm.PLUS
    with pytest.raises(InvalidValue, match=r"^norm: 'SOCIAL' is refused"):
        evolve(made, norm="SOCIAL")


def test_editions_are_kept_as_a_tuple() -> None:
    assert evolve(PLUS, editions=list(PLUS.editions)) == PLUS


def test_what_is_no_edition_is_told_as_one() -> None:
    editions: Any = ["2026"]
    with pytest.raises(WrongType, match=r"^editions: "):
        evolve(PLUS, editions=editions)


def test_an_edition_says_where_it_is_published_and_what_to_know_of_it() -> None:
    edition = PLAI.on(date(2026, 1, 1))
    assert (edition.nor, edition.jorf) == ("VLOL2534266A", "JORFTEXT000053159966")
    (typing_error,) = PLAI.on(date(2022, 1, 1)).notes
    assert "218805" in typing_error
