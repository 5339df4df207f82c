"""Which figures of the dated tables changed between two days, and which examples that flips."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import product

from attrs import field, fields

from alin_core.changes.examples import ExampleHousehold, example_households, example_offers
from alin_core.eligibility import Assessment, assess
from alin_core.errors import InvalidValue
from alin_core.frozen import frozen
from alin_core.housing_aid.affordability import aid_for
from alin_core.housing_aid.tables import AidEdition, AidLaw, aid_editions, aid_law
from alin_core.law.rulebook import Rulebook
from alin_core.law.tables import CeilingEdition, NotInForce
from alin_core.law.zones import Zone
from alin_core.rules.findings import Outcome
from alin_core.rules.income_ceiling import ceiling_column
from alin_core.values.amounts import CENT, day_field, divide, multiply, rounded_half_up, subtract
from alin_core.values.arguments import explained
from alin_core.values.housing import Offer, RentalNorm
from alin_core.values.languages import Explained

__all__ = ["Changes", "FigureChange", "Flip", "TableChange", "changes_between"]

_NORMS = (RentalNorm.PLUS, RentalNorm.PLAI, RentalNorm.PLS)
_ZONES = (Zone.PARIS_AND_ADJOINING, Zone.ILE_DE_FRANCE, Zone.OTHER_REGIONS)
_CATEGORIES = (*(f"category {number}" for number in range(1, 7)), "further")

#: The columns of the tables of the aid, each with its unit.
_BY_ZONE = (("zone 1", "euros"), ("zone 2", "euros"), ("zone 3", "euros"))
_COLUMNS: dict[str, tuple[tuple[str, str], ...]] = {
    "rent_ceiling": _BY_ZONE,
    "flat_charges": (("base", "euros"), ("each dependant", "euros")),
    "minimum_share": (("share", "percent"), ("least", "euros")),
    "family_rate": (("rate", "percent"),),
    "rent_rate": (("from", "percent"), ("rate", "percent")),
    "income_allowance": (("allowance", "euros"),),
    "taper": tuple((zone, "times") for zone, _ in _BY_ZONE),
    "flat_deduction": (("amount", "euros"),),
    "crds_rate": (("rate", "percent"),),
    "rls_share": (("share", "percent"),),
    "rls_income_ceiling": _BY_ZONE,
    "rls_amount": _BY_ZONE,
}
#: The rows of those that are not by family.
_ROWS = {
    "flat_charges": ("all",),
    "minimum_share": ("all",),
    "rent_rate": ("bracket 1", "bracket 2"),
    "taper": ("start", "end"),
    "flat_deduction": ("all",),
    "crds_rate": ("all",),
    "rls_share": ("all",),
}


@frozen(kw_only=True)
class FigureChange:
    """One figure on the two days.

    >>> change = FigureChange(row="category 3", column="OTHER_REGIONS", unit="euros",
    ...     before=Decimal(37_259), after=Decimal(37_584))
    >>> change.difference, change.percent
    (Decimal('325'), Decimal('0.87'))
    """

    row: str
    column: str
    #: `euros`, `percent` or `times`.
    unit: str
    before: Decimal
    after: Decimal

    @property
    def difference(self) -> Decimal:
        """In the unit of the figure."""
        return subtract(self.after, self.before)

    @property
    def percent(self) -> Decimal:
        """Of the first figure without its sign, rounded half up to two decimals."""
        times_hundred = multiply(self.difference, Decimal(100))
        return rounded_half_up(divide(times_hundred, self.before.copy_abs()), CENT)


@frozen(kw_only=True)
class TableChange:
    """The figures of one table that differ, and the texts that changed them."""

    #: A norm, or the name of a table of the housing aid.
    table: str
    #: The first day of each edition after the first of the two days, and its text.
    texts: tuple[tuple[date, str], ...]
    figures: tuple[FigureChange, ...]


@frozen
class Flip:
    """An example household whose verdict on an offer is another one."""

    household: ExampleHousehold
    offer: Offer
    before: Outcome
    after: Outcome
    #: The rules whose findings have another outcome.
    rules: tuple[str, ...]


@frozen(kw_only=True)
class Changes(Explained):
    """What two days do not have in common."""

    first: date = field(converter=day_field)
    last: date = field(converter=day_field)
    #: Those with a figure that differs.
    tables: tuple[TableChange, ...]
    #: Do the tables of the housing aid answer for both days? If not, no verdict counts an aid.
    with_aid: bool
    flips: tuple[Flip, ...]
    #: How many verdicts were compared.
    tried: int


@explained
def changes_between(first: date, last: date) -> Changes:
    """What changed in the dated tables from one day to a later one, and whom of the examples.

    PLS ceilings are computed from PLUS, hence change by the same texts.
    The tables of the housing aid are compared when they answer for both days.

    >>> changes = changes_between(date(2025, 12, 31), date(2026, 1, 1))
    >>> [(table.table, len(table.figures)) for table in changes.tables]
    [('PLUS', 21), ('PLAI', 21), ('PLS', 21), ('rls_income_ceiling', 27)]

    Raises `NotInForce` for a day without ceilings, `InvalidValue` for days in the wrong order, and
    `NotADate`.
    """
    ceilings = [_ceilings(norm, first, last) for norm in _NORMS]
    if last < first:
        raise InvalidValue("last", last, f"give a day from {first} on, the first")
    with_aid = _aid_answers(first) and _aid_answers(last)
    aid = [_aid(table.name, first, last) for table in fields(AidLaw)] if with_aid else []
    pairs = list(product(example_households(), example_offers()))
    flips = (_flip(*pair, (first, last), with_aid) for pair in pairs)
    return Changes(
        first=first,
        last=last,
        tables=tuple(table for table in (*ceilings, *aid) if table.figures),
        with_aid=with_aid,
        flips=tuple(flip for flip in flips if flip is not None),
        tried=len(pairs),
    )


_Figures = Mapping[tuple[str, str, str], Decimal]


def _ceilings(norm: RentalNorm, first: date, last: date) -> TableChange:
    before, after = (_ceiling_figures(norm, day) for day in (first, last))
    law = Rulebook.standard()
    editions = (law.plai if norm is RentalNorm.PLAI else law.plus).editions
    return _table(norm.value, editions, before, after, (first, last))


def _ceiling_figures(norm: RentalNorm, day: date) -> _Figures:
    columns = [(zone, ceiling_column(norm, zone, on=day)) for zone in _ZONES]
    return {
        (row, zone.value, "euros"): column[place][0]
        for place, row in enumerate(_CATEGORIES)
        for zone, column in columns
    }


def _aid(table: str, first: date, last: date) -> TableChange:
    before, after = (
        _aid_figures(table, dict(aid_law(day).editions)[table]) for day in (first, last)
    )
    return _table(table, aid_editions(table), before, after, (first, last))


def _aid_figures(table: str, edition: AidEdition) -> _Figures:
    rows = _ROWS.get(table) or _families(len(edition.rows))
    return {
        (row, *column): figure
        for row, figures in zip(rows, edition.rows, strict=True)
        for column, figure in zip(_COLUMNS[table], figures, strict=True)
    }


def _families(count: int) -> tuple[str, ...]:
    """One alone, a couple, each number of dependants, each further dependant."""
    return ("alone", "couple", *(f"dependants {number}" for number in range(1, count - 2)), "more")


def _table(
    name: str,
    editions: tuple[CeilingEdition, ...] | tuple[AidEdition, ...],
    before: _Figures,
    after: _Figures,
    days: tuple[date, date],
) -> TableChange:
    first, last = days
    figures = (
        FigureChange(row=row, column=column, unit=unit, before=before[key], after=after[key])
        for key in before
        for row, column, unit in (key,)
        if before[key] != after[key]
    )
    begun = ((one.in_force, one.text) for one in editions if first < one.in_force <= last)
    return TableChange(table=name, texts=tuple(begun), figures=tuple(figures))


def _aid_answers(day: date) -> bool:
    try:
        aid_law(day)
    except NotInForce:
        return False
    return True


def _flip(
    household: ExampleHousehold, offer: Offer, days: tuple[date, date], with_aid: bool
) -> Flip | None:
    before, after = (_assessed(household, offer, day, with_aid) for day in days)
    if before.outcome is after.outcome:
        return None
    return Flip(household, offer, before.outcome, after.outcome, tuple(_moved(before, after)))


def _moved(before: Assessment, after: Assessment) -> Iterator[str]:
    for then, now in zip(before.findings, after.findings, strict=True):
        if then.outcome is not now.outcome:
            yield now.rule_id


def _assessed(household: ExampleHousehold, offer: Offer, day: date, with_aid: bool) -> Assessment:
    demand = household.demand_on(day)
    aid = aid_for(demand, offer, day) if with_aid else None
    return assess(demand, offer, on=day, housing_aid=aid)
