"""Dated tables: what was in force on a day, and the last day someone vouched for."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

from attrs import Attribute, Converter, evolve, field

from alin_core.errors import AlinError, InvalidValue, WrongType, must_be
from alin_core.frozen import frozen
from alin_core.law.catalogue import load
from alin_core.law.zones import Zone
from alin_core.values.amounts import (
    EURO,
    Amount,
    euros,
    multiply,
    rounded_down,
    rounded_half_up,
    the_day,
)
from alin_core.values.housing import RentalNorm

__all__ = [
    "CeilingEdition",
    "CeilingTable",
    "Cell",
    "NoTable",
    "NotInForce",
    "Written",
    "ceiling_table",
    "exact_number",
    "number_field",
    "number_or_zero_field",
]

#: Euros per year, and the mark that says how the figure was verified.
Cell = tuple[Decimal, str]

#: What a factor, a share or a threshold may be given as.
Written = Decimal | int | str

#: ASCII alone, where `Decimal` reads the digits of every script, spaces and underscores.
_NUMBER = re.compile(r"[0-9.eE+-]+")
#: A technical bound, not law: a rent times two such numbers is exact in 50 digits.
_FINEST = Decimal("1E-15")

_COLUMN = {Zone.PARIS_AND_ADJOINING: 0, Zone.ILE_DE_FRANCE: 1, Zone.OTHER_REGIONS: 2}


@frozen
class NotInForce(AlinError, LookupError):
    """A day before the first edition of a table, or after the last day it was checked for."""

    table: str
    on: date
    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.table}: no figure for {self.on}, only from {self.first} to {self.last}"


@frozen
class NoTable(AlinError, LookupError):
    """No table gives the ceilings of that norm in that zone."""

    norm: RentalNorm
    zone: Zone

    def __str__(self) -> str:
        return f"no table of the {self.norm.value} ceilings in zone {self.zone.value}"


def _columns(value: Iterable[Iterable[tuple[Amount, str]]]) -> tuple[tuple[Cell, ...], ...]:
    """Return the cells, each figure written one way: equal tables give one verdict."""
    try:
        given = [[(amount, mark) for amount, mark in column] for column in value]
    except (TypeError, ValueError):  # not iterable, or not made of pairs
        due = "three columns of pairs, euros and a mark"
        raise WrongType("columns", type(value), due) from None
    if [len(column) for column in given] != [7, 7, 7]:
        sizes = tuple(map(len, given))
        raise InvalidValue("columns", sizes, "give three columns of seven cells")
    return tuple(
        tuple((_figure(amount), must_be(mark, str, "columns, a mark")) for amount, mark in column)
        for column in given
    )


def _figure(amount: Amount) -> Decimal:
    """Return the euros of a cell, as the annexes print them: without cents where there are none."""
    exact = euros(amount, "columns")
    whole = rounded_down(exact, EURO)
    return whole if whole == exact else exact


@frozen(kw_only=True)
class CeilingEdition:
    """One annex of the arrêté du 29 juillet 1987, as one revision left it.

    Raises `AmountError` for a cell that is no amount, `InvalidValue` for another shape.
    """

    norm: RentalNorm = field(converter=RentalNorm)
    in_force: date
    #: The arrêté that revised the figures.
    text: str
    nor: str | None
    jorf: str | None
    #: Légifrance identifier of that version of the annex.
    article: str
    #: What an auditor should know of these figures.
    notes: tuple[str, ...]
    #: Paris and adjoining communes, Île-de-France, other regions; in each, categories 1 to 6
    #: and then the amount « par personne supplémentaire ».
    columns: tuple[tuple[Cell, ...], ...] = field(converter=_columns)

    def cell(self, zone: Zone, row: int) -> Cell:
        """Row 0 is category 1, row 6 the amount of each further person.

        >>> ceiling_table("plus").on(date(2026, 3, 1)).cell(Zone.OTHER_REGIONS, 2)
        (Decimal('37584'), 'two-sources')

        Raises `NoTable` overseas.
        """
        zone = Zone(zone)
        column = _COLUMN.get(zone)
        if column is None:
            raise NoTable(self.norm, zone)
        if not 0 <= must_be(row, int, "row") <= 6:
            raise InvalidValue("row", row, "give 0 for category 1, up to 6 for a further person")
        return self.columns[column][row]


def exact_number(value: Written, name: str, *, zero: bool = False) -> Decimal:
    """A number above zero, or zero where it may be, and below a million.

    >>> exact_number("1.050", "factor")
    Decimal('1.05')

    Raises `InvalidValue` for anything else, a float included: its decimals are not those written.
    """
    number = _decimal(value)
    if number is None or not 0 <= number < 1_000_000 or (number == 0 and not zero):
        least = "zero or more" if zero else "above zero"
        raise InvalidValue(name, value, f'give a Decimal or a text like "1.05", {least}')
    exact = rounded_down(number, _FINEST)
    if exact != number:
        raise InvalidValue(name, value, "give at most 15 decimals")
    # Without zeros at the end: equal rulebooks write the same verdict.
    return Decimal(f"{exact:f}".rstrip("0").rstrip("."))


def _decimal(value: object) -> Decimal | None:
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        return None
    if not isinstance(value, Decimal | int | str) or isinstance(value, bool):
        return None
    try:
        number = Decimal(value)
    except ArithmeticError:  # signs that make no number
        return None
    return number if number.is_finite() else None


def _field_number(value: Written, attribute: "Attribute[Any]") -> Decimal:
    return _or_default(exact_number(value, attribute.name), attribute)


def _field_number_or_zero(value: Written, attribute: "Attribute[Any]") -> Decimal:
    return _or_default(exact_number(value, attribute.name, zero=True), attribute)


def _or_default(number: Decimal, attribute: "Attribute[Any]") -> Decimal:
    """Return a default as it is written, with its zeros."""
    return cast(Decimal, attribute.default) if number == attribute.default else number


# Converters of the fields that hold a number; an error then names the field.
if TYPE_CHECKING:  # mypy knows converters only as functions of one argument

    def number_field(value: Written) -> Decimal: ...
    def number_or_zero_field(value: Written) -> Decimal: ...
else:
    number_field = Converter(_field_number, takes_field=True)
    number_or_zero_field = Converter(_field_number_or_zero, takes_field=True)


def _editions(value: Iterable[CeilingEdition]) -> tuple[CeilingEdition, ...]:
    editions = tuple(must_be(edition, CeilingEdition, "editions") for edition in value)
    days = [edition.in_force for edition in editions]
    if not days or any(earlier >= later for earlier, later in pairwise(days)):
        raise InvalidValue("editions", days, "give editions from the oldest on, each day once")
    return editions


@frozen(kw_only=True)
class CeilingTable:
    """The ceilings of one norm, year after year.

    Raises `InvalidValue` for editions that are out of order, and for none.
    """

    norm: RentalNorm = field(converter=RentalNorm)
    text: str
    #: From the oldest on.
    editions: tuple[CeilingEdition, ...] = field(
        converter=_editions, repr=lambda rows: f"<{len(rows)} editions>"
    )
    #: The last day someone vouched for.
    checked_until: date
    # For bisect, once.
    _starts: tuple[date, ...] = field(init=False, eq=False, repr=False)

    @_starts.default
    def _dates(self) -> tuple[date, ...]:
        return tuple(edition.in_force for edition in self.editions)

    def on(self, day: date) -> CeilingEdition:
        """The edition in force on that day.

        >>> ceiling_table("plai").on(date(2025, 12, 31)).in_force
        datetime.date(2025, 1, 1)

        Raises `NotInForce` before the first edition and after `checked_until`.
        """
        place = bisect_right(self._starts, the_day(day))
        if place == 0 or day > self.checked_until:
            raise NotInForce(self.norm.value, day, self._starts[0], self.checked_until)
        return self.editions[place - 1]

    def scaled(self, factor: Written) -> "CeilingTable":
        """The same table, each figure times the factor, rounded half up to the euro.

        >>> ceiling_table("plus").scaled("1.05").on(date(2026, 3, 1)).cell(Zone.OTHER_REGIONS, 2)
        (Decimal('39463'), 'scaled')

        The mark becomes « scaled »: nobody verified these figures.
        """
        number = exact_number(factor, "factor")
        return evolve(self, editions=tuple(_scaled(edition, number) for edition in self.editions))


def _scaled(edition: CeilingEdition, factor: Decimal) -> CeilingEdition:
    columns = tuple(
        tuple((rounded_half_up(multiply(amount, factor)), "scaled") for amount, _ in column)
        for column in edition.columns
    )
    return evolve(edition, columns=columns)


@cache
def ceiling_table(name: str) -> CeilingTable:
    """The shipped table `plus` or `plai`, read once."""
    data = load(name)
    norm = RentalNorm(data["norm"])
    return CeilingTable(
        norm=norm,
        text=data["text"],
        editions=tuple(_edition(norm, row) for row in data["edition"]),
        checked_until=data["checked_until"],
    )


def _edition(norm: RentalNorm, data: dict[str, Any]) -> CeilingEdition:
    lines = [_cells(*line) for line in data["rows"]]
    return CeilingEdition(
        norm=norm,
        in_force=data["in_force"],
        text=data["text"],
        nor=data.get("nor"),
        jorf=data.get("jorf"),
        article=data["article"],
        notes=tuple(data.get("notes", ())),
        columns=tuple(zip(*lines, strict=True)),
    )


def _cells(paris: int, ile_de_france: int, others: int, marks: str | list[str]) -> list[Cell]:
    """One printed row; one mark stands for its three cells."""
    each = [marks] * 3 if isinstance(marks, str) else marks
    amounts = (Decimal(paris), Decimal(ile_de_france), Decimal(others))
    return list(zip(amounts, each, strict=True))
