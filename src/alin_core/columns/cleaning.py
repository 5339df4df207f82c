"""What a row holds, as integers without null: codes, counts, days and cents."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from math import floor
from typing import Any

import narwhals as nw

from alin_core.columns import places, tables
from alin_core.columns.kinds import CODES, DAYS, FLAGS, is_null
from alin_core.columns.stages import choose, number, ranges, speaks_sql
from alin_core.values.amounts import euros
from alin_core.values.housing import Typology

__all__ = ["cleaned", "day_number"]

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
#: The first and the last second; a finer one fits no column of seconds.
_SECONDS = datetime.combine(date.min, time()), datetime.combine(date.max, time(23, 59, 59))
#: What Python strips from a text; each engine has its own mind of it.
_SPACES = "".join(filter(str.isspace, map(chr, range(0x3001))))

#: The lowest value that is zero, and what is added before hundredths are cut: an amount is rounded
#: half up, a headcount is not (CSS R130-1), but for a rounding error.
_HALF_UP, _CUT = (-0.005, 0.5), (0.0, 0.0001)


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
        if name not in found or schema[found[name]] == nw.Unknown:
            row[name] = number(0 if name in FLAGS else -1)
        elif name == "commune":
            given = _without_marks(nw.col(found[name]), schema[found[name]])
            row[name] = _zone(given, merged_communes_keep_their_zone, engine)
        else:
            row[name] = _clean(name, nw.col(found[name]), schema[found[name]], engine)
    return row


def _clean(name: str, given: nw.Expr, dtype: Any, engine: nw.Implementation) -> nw.Expr:
    if name in DAYS:
        return day_number(given, dtype, engine)
    if name in _AMOUNTS or name in _COUNTS:
        if dtype == nw.Object:
            return given.map_batches(partial(_integers, name), nw.Int64())
        return _whole(name, given, _read(name, given, dtype))
    given = _without_marks(given, dtype)
    if name in FLAGS:
        return choose((given == nw.lit(True), number(1)), otherwise=number(0))
    return _employed(given) if name == "employed" else _code(given, CODES[name])


def _without_marks(given: nw.Expr, dtype: Any) -> nw.Expr:
    """Among objects of pandas, `NA` is neither a number nor a day."""
    return nw.when(~given.is_null()).then(given) if dtype == nw.Object else given


def _or_not(given: nw.Expr, known: nw.Expr, value: nw.Expr) -> nw.Expr:
    """The value where it is known, else -1 where nothing is given and -2 where it is refused."""
    lacking = given.is_null().cast(nw.Int64) - 2
    return nw.when(known).then(value).otherwise(lacking).cast(nw.Int64)


def _read(name: str, given: nw.Expr, dtype: Any) -> nw.Expr:
    """The number as a float, null where it is none: a cast is asked of what it can turn alone."""
    if dtype == nw.String:
        return _written(name, given)
    if dtype.is_integer():  # PyArrow turns literals and not the column, which must then hold them
        kind = dtype if dtype in (nw.UInt64, nw.UInt128) else nw.Int64
        least, most = (nw.lit(bound, dtype=kind) for bound in (0, tables.LARGEST))
        given = nw.when(given.is_between(least, most)).then(given)
    return given.cast(nw.Float64)


#: As `euros` and `Typology.parse` read them.
_AMOUNT = "^[0-9]{1,12}(?:[.][0-9]{1,2})?$"
_TYPOLOGY = f"^(?:T|F|TYPE)[{_SPACES}]*[1-9][0-9]{{0,3}}(?:[{_SPACES}]*BIS)?$"


def _written(name: str, text: nw.Expr) -> nw.Expr:
    # To Python, `$` also stands before a line feed at the end.
    plain = ~text.str.contains("[^0-9.]") & text.str.contains(_AMOUNT)
    amount = nw.when(plain).then(text).cast(nw.Float64)
    if name != "rooms":
        return amount
    words = _word(text)
    typology = nw.when(words.str.contains(_TYPOLOGY)).then(words)
    rooms = typology.str.replace_all("[^0-9]", "").cast(nw.Float64)
    return choose((plain, amount), (words == nw.lit("STUDIO"), nw.lit(1.0)), otherwise=rooms)


def _word(given: nw.Expr) -> nw.Expr:
    """A text as scalars compare it; null where another character than one of ASCII is capital."""
    plain = ~given.str.contains(f"[^!-~{_SPACES}]")
    return nw.when(plain).then(given.str.strip_chars(_SPACES).str.to_uppercase())


def _whole(name: str, given: nw.Expr, value: nw.Expr) -> nw.Expr:
    """Hundredths of an amount; a count as it is."""
    if name in _COUNTS:
        known = value.is_between(*_COUNTS[name]) & (value == value.floor())
        return _or_not(given, known, value)
    least, added = _CUT if name == "headcount" else _HALF_UP
    known = value.is_between(least, tables.LARGEST, closed="left")
    return _or_not(given, known, (value * 100 + added).floor())


def _integers(name: str, values: Any) -> Any:
    import numpy as np  # pandas has brought it

    return np.array([_integer(name, value) for value in values.to_list()], dtype=np.int64)


def _integer(name: str, value: Any) -> int:
    """An object of pandas, as `_whole` has it: a cast of the column would stop at the first odd."""
    if is_null(value):
        return -1
    try:
        if isinstance(value, str):
            value = _rooms(value) if name == "rooms" else euros(value)
        read = float(value)
    except (ValueError, OverflowError):  # a text, a signalling NaN; more than any float
        return -2
    if name in _COUNTS:
        least, most = _COUNTS[name]
        return int(read) if least <= read <= most and read.is_integer() else -2
    zero, added = _CUT if name == "headcount" else _HALF_UP
    return floor(read * 100 + added) if zero <= read < tables.LARGEST else -2


def _rooms(text: str) -> int | Decimal:
    return euros(text) if text[:1].isdecimal() else Typology.parse(text).rooms


def _code(given: nw.Expr, names: Sequence[str | None]) -> nw.Expr:
    words = _word(given.cast(nw.String))
    cases = [(words == nw.lit(str(name)), number(code)) for code, name in enumerate(names) if name]
    return choose(*cases, otherwise=given.is_null().cast(nw.Int64) - 2)


def _zone(
    given: nw.Expr, merged_communes_keep_their_zone: bool, engine: nw.Implementation
) -> nw.Expr:
    """Codes listed one by one, then the start of the code, which says the department."""
    lacking = given.is_null().cast(nw.Int64) - 2
    words = _word(given.cast(nw.String))
    # `1004 ` has lost its zero: its start is that of another department.
    five = words.str.contains("^[0-9][0-9AB][0-9][0-9][0-9]$")
    if engine.is_duckdb():  # where comparing costs less than searching a list of texts
        known = ranges(words, places.zone_ranges(merged_communes_keep_their_zone))
        return choose((five, known), otherwise=lacking)
    listed, started = places.zones(merged_communes_keep_their_zone)
    start = words.str.slice(0, 3)
    cases = [(words.is_in(codes), number(zone)) for zone, codes in listed.items()]
    cases += [(start.is_in(codes), number(zone)) for zone, codes in started.items()]
    return choose((~five, lacking), *cases, otherwise=lacking)


def day_number(given: nw.Expr, dtype: Any, engine: nw.Implementation) -> nw.Expr:
    """20261123 for 23 November 2026, so that ages subtract; -1 and -2 as elsewhere."""
    if dtype == nw.Unknown:
        return number(-1)
    if dtype == nw.Object:  # pandas keeps days as objects
        given, dtype = _without_marks(given, dtype).cast(nw.Datetime), nw.Datetime("us")
    known = ~given.is_null()
    if dtype == nw.Date or dtype.time_unit != "ns":  # what no calendar has stops Polars
        first, last = (date.min, date.max) if dtype == nw.Date else _SECONDS
        known = given.is_between(nw.lit(first, dtype=dtype), nw.lit(last, dtype=dtype))
    day = nw.when(known).then(given).dt
    # pandas has no number but a float for the year of a day that is missing.
    kind = nw.Int64 if speaks_sql(engine) else nw.Float64
    year, month, day_ = (part.cast(kind) for part in (day.year(), day.month(), day.day()))
    return _or_not(given, known, year * 10_000 + month * 100 + day_)


def _employed(given: nw.Expr) -> nw.Expr:
    """1 without an employer, 2 with one."""
    yes, no = nw.lit(True), nw.lit(False)
    return choose((given == yes, number(2)), (given == no, number(1)), otherwise=number(-1))
