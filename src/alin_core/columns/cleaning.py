"""What a row holds, as integers without null: codes, counts, days and cents."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from numbers import Number
from typing import Any

import narwhals as nw

from alin_core.columns import places, tables
from alin_core.columns.stages import choose, number, ranges, speaks_sql
from alin_core.errors import InvalidValue, shown

__all__ = ["check_kinds", "cleaned", "day_number"]


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
_DAYS = {"on", "applicant_birth_date", "partner_birth_date"}
_CODES: dict[str, Sequence[str | None]] = {"norm": places.NORMS, "sector": tables.SECTORS}

#: The lowest value that is zero, and what is added before hundredths are cut: an amount is rounded
#: half up, a headcount is not (CSS R130-1), but for a rounding error.
_HALF_UP, _CUT = (-0.005, 0.5), (0.0, 0.0001)


def check_kinds(frame: Any, columns: Mapping[str, str], schema: nw.Schema) -> nw.Schema:
    """The schema, where every column of objects of pandas is one.

    Raises `InvalidValue` where a year would be a day of 1970, the text `True` a no, or midnight in
    Paris the day before.
    """
    kinds = dict(schema)
    pandas = frame.implementation.is_pandas_like()
    for name, column in columns.items():
        dtype = schema[column]
        due, fits, holds = _kind(name)
        # narwhals looks at the first hundred objects alone, and takes texts or nulls for texts.
        if pandas and (dtype == nw.Unknown or frame[column].to_native().dtype == object):
            odd = _odd(frame[column].drop_nulls().to_list(), holds)
            if odd is not None:
                zone = getattr(odd, "tzinfo", None)
                raise _refused(name, f"column {column} with {shown(odd)}", due, zone)
            kinds[column] = nw.Object()
        elif not (fits(dtype) or dtype in (nw.Object, nw.Unknown)) and not (
            # pandas gives a column without values any type.
            pandas and frame[column].is_null().all()
        ):
            zone = getattr(dtype, "time_zone", None)
            raise _refused(name, f"column {column} of {dtype}", due, zone)
    return nw.Schema(kinds)


_Test = Callable[[Any], bool]


def _kind(name: str) -> tuple[str, _Test, _Test]:
    """What is due under that name, which types of columns fit, and which values among objects."""
    if name in _FLAGS or name == "employed":
        return "booleans", lambda dtype: dtype == nw.Boolean, _is_bool
    if name in _DAYS:
        return "days", _is_of_days, _is_a_day
    return "numbers or texts", _is_of_numbers, _is_a_number


def _odd(values: Sequence[object], holds: _Test) -> object:
    """The first value that is not as it should; None, which is no value, when all are."""
    # Looking at one value of each type is ten times as fast; times may differ in their zone.
    some = {type(value): value for value in values}.values()
    if all(holds(value) and not isinstance(value, datetime) for value in some):
        return None
    return next((value for value in values if not holds(value)), None)


def _is_of_days(dtype: Any) -> bool:
    return dtype == nw.Date or (dtype == nw.Datetime and dtype.time_zone is None)


def _is_of_numbers(dtype: Any) -> bool:
    return dtype != nw.Boolean and not dtype.is_temporal()


def _is_bool(value: object) -> bool:
    return type(value).__name__ in ("bool", "bool_")  # `bool_` is that of NumPy 1


def _is_a_day(value: object) -> bool:
    return isinstance(value, date) and getattr(value, "tzinfo", None) is None


def _is_a_number(value: object) -> bool:
    return isinstance(value, str | Number) and not _is_bool(value)


def _refused(name: str, told: str, due: str, zone: object) -> InvalidValue:
    first = ": convert to dates in Europe/Paris first" if due == "days" and zone else ""
    return InvalidValue(name, told, f"give a column of {due}{first}")


def cleaned(
    found: dict[str, str],
    schema: nw.Schema,
    names: Iterable[str],
    *,
    merged_communes_keep_their_zone: bool,
    engine: nw.Implementation,
) -> dict[str, nw.Expr]:
    """The inputs of those names: -1 where there is none, -2 where no value could hold it."""
    row = {}
    for name in names:
        if name not in found:
            row[name] = number(0 if name in _FLAGS else -1)
        elif name == "commune":
            row[name] = _zone(nw.col(found[name]), merged_communes_keep_their_zone, engine)
        else:
            row[name] = _clean(name, nw.col(found[name]), schema[found[name]], engine)
    return row


def _clean(name: str, given: nw.Expr, dtype: Any, engine: nw.Implementation) -> nw.Expr:
    given = _without_marks(given, dtype)
    if name in _AMOUNTS:
        return _hundredths(given, *(_CUT if name == "headcount" else _HALF_UP))
    if name in _COUNTS:
        return _count(given, dtype, _COUNTS[name])
    if name in _FLAGS:
        return choose((given == nw.lit(True), number(1)), otherwise=number(0))
    if name in _CODES:
        return _code(given.cast(nw.String), _CODES[name])
    return _employed(given) if name == "employed" else day_number(given, dtype, engine)


def _without_marks(given: nw.Expr, dtype: Any) -> nw.Expr:
    """Among objects of pandas, `NA` is neither a number nor a day."""
    return nw.when(~given.is_null()).then(given) if dtype == nw.Object else given


def _or_not(given: nw.Expr, known: nw.Expr, value: nw.Expr) -> nw.Expr:
    """The value where it is known, else -1 where nothing is given and -2 where it is refused."""
    lacking = given.is_null().cast(nw.Int64) - 2
    return nw.when(known).then(value).otherwise(lacking).cast(nw.Int64)


def _hundredths(given: nw.Expr, least: float, added: float) -> nw.Expr:
    euros = given.cast(nw.Float64)
    known = euros.is_between(least, tables.LARGEST, closed="left")
    return _or_not(euros, known, (euros * 100 + added).floor())


def _count(given: nw.Expr, dtype: Any, bounds: tuple[int, int]) -> nw.Expr:
    given = given.cast(nw.Int64 if dtype.is_integer() else nw.Float64)
    known = given.is_between(*bounds)
    if not dtype.is_integer():  # pandas keeps counts that may be missing as floats
        known = known & (given == given.floor())
    return _or_not(given, known, given)


def _code(given: nw.Expr, names: Sequence[str | None]) -> nw.Expr:
    cases = [(given == nw.lit(str(name)), number(code)) for code, name in enumerate(names) if name]
    return choose(*cases, otherwise=given.is_null().cast(nw.Int64) - 2)


def _zone(
    given: nw.Expr, merged_communes_keep_their_zone: bool, engine: nw.Implementation
) -> nw.Expr:
    """Codes listed one by one, then the start of the code, which says the department."""
    given = given.cast(nw.String)
    lacking = given.is_null().cast(nw.Int64) - 2
    # `1004 ` has lost its zero: its start is that of another department.
    five = (given.str.len_chars() == 5) & given.str.contains("^...[0-9][0-9]")
    if engine.is_duckdb():  # where comparing costs less than searching a list of texts
        known = ranges(given, places.zone_ranges(merged_communes_keep_their_zone))
        return choose((five, known), otherwise=lacking)
    listed, started = places.zones(merged_communes_keep_their_zone)
    start = given.str.slice(0, 3)
    cases = [(given.is_in(codes), number(zone)) for zone, codes in listed.items()]
    cases += [(start.is_in(codes), number(zone)) for zone, codes in started.items()]
    return choose((~five, lacking), *cases, otherwise=lacking)


def day_number(given: nw.Expr, dtype: Any, engine: nw.Implementation) -> nw.Expr:
    """20261123 for 23 November 2026, so that ages subtract."""
    if dtype not in (nw.Date, nw.Datetime):  # pandas keeps days as objects
        given = _without_marks(given, dtype).cast(nw.Datetime)
    # pandas has no number but a float for the year of a day that is missing.
    kind = nw.Int64 if speaks_sql(engine) else nw.Float64
    year, month, day = (
        part.cast(kind) for part in (given.dt.year(), given.dt.month(), given.dt.day())
    )
    return (year * 10_000 + month * 100 + day).fill_null(-1).cast(nw.Int64)


def _employed(given: nw.Expr) -> nw.Expr:
    """1 without an employer, 2 with one."""
    yes, no = nw.lit(True), nw.lit(False)
    return choose((given == yes, number(2)), (given == no, number(1)), otherwise=number(-1))
