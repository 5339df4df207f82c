"""What a row holds, as integers without null: codes, counts, days and cents."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any

import narwhals as nw

from alin_core.columns import tables
from alin_core.columns.stages import cell, choose, flag, number
from alin_core.columns.tables import Zones

__all__ = ["any_of", "cleaned", "day_number", "or_zero"]


_AMOUNTS = {
    "reference_tax_income",
    "last_year_tax_income",
    "last_twelve_months",
    "monthly_income",
    "housing_aid",
    "headcount",
    "rent",
    "charges",
}
#: The smallest and the largest.
_COUNTS = {
    "adults": (1, 9999),
    "dependants": (0, 9999),
    "visiting_children": (0, 9999),
    "unborn": (0, 9999),
    "category": (1, 6),
    "further_persons": (0, 9999),
    "persons": (1, 9999),
    "rooms": (1, 9999),
}
_FLAGS = {"couple", "disabled", "visiting_child_disabled", "legal_priority"}
_CODES: dict[str, Sequence[str | None]] = {"norm": tables.NORMS, "sector": tables.SECTORS}


def or_zero(name: str) -> nw.Expr:
    """A column of our own; what is not given counts for nothing."""
    return choose((cell(name) > number(0), cell(name)), otherwise=number(0))


def any_of(conditions: Iterable[nw.Expr]) -> nw.Expr:
    """Does one of them hold?"""
    return reduce(or_, conditions, nw.lit(False))


def cleaned(
    found: dict[str, str],
    schema: nw.Schema,
    names: Iterable[str],
    *,
    zones: tuple[Zones, Zones],
    sql: bool,
) -> dict[str, nw.Expr]:
    """The inputs of those names: -1 where there is none, or where no value could hold it."""
    row = {}
    for name in names:
        if name not in found:
            row[name] = number(0 if name in _FLAGS else -1)
        elif name == "commune":
            row[name] = _zone(nw.col(found[name]).cast(nw.String), *zones, sql=sql)
        else:
            row[name] = _clean(name, nw.col(found[name]), schema[found[name]])
    return row


def _clean(name: str, given: nw.Expr, dtype: Any) -> nw.Expr:
    if name in _AMOUNTS:
        return _hundredths(given)
    if name in _COUNTS:
        return _count(given, dtype, _COUNTS[name])
    if name in _FLAGS:
        return flag(given == nw.lit(True))
    if name in _CODES:
        return _code(given.cast(nw.String), _CODES[name])
    return _employed(given) if name == "employed" else day_number(given, dtype)


def _hundredths(given: nw.Expr) -> nw.Expr:
    """Rounded half up: a float that is one cent off by a rounding error falls back on its cent."""
    euros = given.cast(nw.Float64)
    known = euros.is_between(0, tables.LARGEST, closed="left")
    return nw.when(known).then((euros * 100 + 0.5).floor()).otherwise(number(-1)).cast(nw.Int64)


def _count(given: nw.Expr, dtype: Any, bounds: tuple[int, int]) -> nw.Expr:
    given = given.cast(nw.Int64 if dtype.is_integer() else nw.Float64)
    known = given.is_between(*bounds)
    if not dtype.is_integer():  # pandas keeps counts that may be missing as floats
        known = known & (given == given.floor())
    return nw.when(known).then(given).otherwise(number(-1)).cast(nw.Int64)


def _code(given: nw.Expr, names: Sequence[str | None]) -> nw.Expr:
    cases = [(given == nw.lit(str(name)), number(code)) for code, name in enumerate(names) if name]
    return choose(*cases, otherwise=number(-1))


def _zone(given: nw.Expr, listed: Zones, started: Zones, *, sql: bool) -> nw.Expr:
    """Codes listed one by one, then the start of the code, which says the department."""
    cases = [(given.str.len_chars() != number(5), number(-1))]
    cases += [(given.is_in(codes), number(zone)) for zone, codes in listed.items()]
    start = given.str.slice(0, 3)
    if sql:  # where a text cannot be looked up in a table
        cases += [(start.is_in(codes), number(zone)) for zone, codes in started.items()]
        return choose(*cases, otherwise=number(-1))
    answers = {code: zone for zone, codes in started.items() for code in codes}
    old, new = list(answers), list(answers.values())
    looked_up = start.replace_strict(old, new, default=-1, return_dtype=nw.Int64)
    return choose(*cases, otherwise=looked_up)


def day_number(given: nw.Expr, dtype: Any) -> nw.Expr:
    """20261123 for 23 November 2026, so that ages subtract."""
    if dtype not in (nw.Date, nw.Datetime):  # pandas keeps days as objects
        given = given.cast(nw.Datetime)
    parts = (given.dt.year(), 10_000), (given.dt.month(), 100), (given.dt.day(), 1)
    year, month, day = (part.fill_null(0).cast(nw.Int64) * unit for part, unit in parts)
    return choose((given.is_null(), number(-1)), otherwise=year + month + day)


def _employed(given: nw.Expr) -> nw.Expr:
    """1 without an employer, 2 with one."""
    yes, no = nw.lit(True), nw.lit(False)
    return choose((given == yes, number(2)), (given == no, number(1)), otherwise=number(-1))
