"""The figures of the housing aid: one table per article, and all those in force on a day."""

from bisect import bisect_right
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from attrs import field, fields

from alin_core.errors import InvalidValue
from alin_core.frozen import frozen
from alin_core.law.catalogue import load
from alin_core.law.tables import NotInForce
from alin_core.values.amounts import add, multiply, the_day
from alin_core.values.arguments import explained
from alin_core.values.household import check_count

__all__ = ["AidEdition", "AidLaw", "aid_editions", "aid_law"]

#: In January 2020 the rent was still rounded to the euro (décret n° 2020-17).
_FIRST_DAY = date(2020, 2, 1)


@frozen(kw_only=True)
class AidEdition:
    """One article, as one text left it."""

    in_force: date
    #: The text that set the figures; « modifié »: the one amended by a text that no source names.
    text: str
    #: Légifrance identifier of that version; of the text, or of the one that amended it, where no
    #: source names the version.
    article: str
    #: `two-sources`: two public codings of the article agree; `one-source`: read in one.
    verified: str
    #: What an auditor should know of these figures.
    notes: tuple[str, ...] = ()
    #: As printed.
    rows: tuple[tuple[Decimal, ...], ...] = field(repr=False)

    def by_family(self, couple: bool, dependants: int, column: int = 0) -> Decimal:
        """The figure of a family, where rows are: alone, couple, each number of dependants, more.

        A couple has its row without a dependant only.

        >>> aid_law(date(2026, 11, 23)).rent_ceiling.by_family(False, 3)
        Decimal('592.62')
        """
        check_count(dependants, "dependants")
        if not dependants:
            return self.rows[1 if couple else 0][column]
        printed = min(dependants, len(self.rows) - 3)
        further = multiply(self.rows[-1][column], Decimal(dependants - printed))
        return add(self.rows[1 + printed][column], further)


@frozen(kw_only=True)
class AidLaw:
    """Every article of the aid, in the edition of one day; the data bear the same names."""

    #: Euros per month, by family and zone.
    rent_ceiling: AidEdition
    #: Euros per month: base, each dependant.
    flat_charges: AidEdition
    #: Percent of rent and charges; euros per month.
    minimum_share: AidEdition
    #: Percent, by family.
    family_rate: AidEdition
    #: From which rent ratio, in percent; percent.
    rent_rate: AidEdition
    #: Euros per year, by family.
    income_allowance: AidEdition
    #: Multiples of the rent ceiling, by zone.
    taper: AidEdition
    #: Euros per month.
    flat_deduction: AidEdition
    #: Percent.
    crds_rate: AidEdition
    #: Percent.
    rls_share: AidEdition
    #: Euros per month, by family and zone.
    rls_income_ceiling: AidEdition
    #: Euros per month, by family and zone.
    rls_amount: AidEdition

    @property
    def editions(self) -> tuple[tuple[str, AidEdition], ...]:
        """Each edition after the name of its table."""
        return tuple((table.name, getattr(self, table.name)) for table in fields(AidLaw))


@explained
def aid_editions(table: str) -> tuple[AidEdition, ...]:
    """Every edition of one table, from the oldest on.

    >>> [str(edition.in_force) for edition in aid_editions("rls_income_ceiling")[:3]]
    ['2019-10-01', '2024-01-01', '2026-01-01']

    Raises `InvalidValue` for another name, with those that there are.
    """
    tables = _tables()
    if table not in tables:
        raise InvalidValue("table", table, f"give one of {', '.join(tables)}")
    return tables[table][0]


def aid_law(on: date) -> AidLaw:
    """The articles in force on a day.

    >>> aid_law(date(2026, 9, 30)).flat_charges.rows
    ((Decimal('60.59'), Decimal('13.74')),)

    Raises `NotInForce` before 1 February 2020 and after the last day the tables were checked for.
    """
    starts, laws, last = _calendar()
    if not _FIRST_DAY <= the_day(on) <= last:
        raise NotInForce("housing aid", on, _FIRST_DAY, last)
    return laws[bisect_right(starts, on) - 1]


@cache
def _calendar() -> tuple[tuple[date, ...], tuple[AidLaw, ...], date]:
    """The days on which any article changes, the law from each of them on, and the last day."""
    tables = _tables()
    starts = {edition.in_force for editions, _ in tables.values() for edition in editions}
    last = min(checked_until for _, checked_until in tables.values())
    days = tuple(sorted(starts))
    return days, tuple(_law(tables, day) for day in days), last


def _law(tables: dict[str, tuple[tuple[AidEdition, ...], date]], day: date) -> AidLaw:
    begun = {
        name: [edition for edition in editions if edition.in_force <= day]
        for name, (editions, _) in tables.items()
    }
    return AidLaw(**{name: editions[-1] for name, editions in begun.items()})


@cache
def _tables() -> dict[str, tuple[tuple[AidEdition, ...], date]]:
    """The editions of each shipped table, and the last day someone vouched for; read once."""
    return {
        name: (tuple(map(_edition, table["edition"])), table["checked_until"])
        for name, table in load("housing_aid").items()
    }


def _edition(row: dict[str, Any]) -> AidEdition:
    return AidEdition(
        in_force=row["in_force"],
        text=row["text"],
        article=row["article"],
        verified=row["verified"],
        notes=tuple(row.get("notes", ())),
        rows=tuple(tuple(map(Decimal, line)) for line in row["rows"]),
    )
