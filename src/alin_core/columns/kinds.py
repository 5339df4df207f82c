"""Which types of columns fit an input, and which objects of pandas, before any row is read."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from numbers import Integral, Real
from typing import Any

import narwhals as nw

from alin_core.columns import places, tables
from alin_core.errors import InvalidValue, shown

__all__ = ["CODES", "DAYS", "FLAGS", "check_kinds", "is_null"]

FLAGS = {"couple", "disabled", "visiting_child_disabled", "legal_priority"}
_BIRTHS = {"applicant_birth_date", "partner_birth_date"}
DAYS = {"on", *_BIRTHS}
CODES: dict[str, Sequence[str | None]] = {"norm": places.NORMS, "sector": tables.SECTORS}


def check_kinds(frame: Any, columns: Mapping[str, str], schema: nw.Schema) -> nw.Schema:
    """The schema: Object is a column of objects of pandas, Unknown one that holds nothing.

    Raises `InvalidValue` where a year would be a day of 1970, the text `True` a no, or midnight in
    Paris the day before, and for a type that no engine makes such values of.
    """
    kinds = dict(schema)
    pandas = frame.implementation.is_pandas_like()
    for name, column in columns.items():
        dtype = schema[column]
        due, fits, holds = _kind(name)
        # narwhals looks at the first hundred objects alone, and takes texts or nulls for texts.
        if pandas and (dtype == nw.Unknown or frame[column].to_native().dtype == object):
            values = frame[column].to_list()
            odd = _odd(values, holds)
            if odd is not None:
                zone = getattr(odd, "tzinfo", None)
                told = f"a value of type {type(odd).__name__}" if name in _BIRTHS else shown(odd)
                raise _refused(name, f"column {column} with {told}", due, zone)
            kinds[column] = nw.Unknown() if all(map(is_null, values)) else nw.Object()
        elif not fits(dtype) or _is_of_views(frame, column):
            if not _holds_nothing(frame, column, dtype):
                zone = getattr(dtype, "time_zone", None)
                raise _refused(name, f"column {column} of {dtype}", due, zone)
            kinds[column] = nw.Unknown()
    return nw.Schema(kinds)


def _is_of_views(frame: Any, column: str) -> bool:
    """Is it of Arrow's newer layout of texts, for which Arrow has few functions yet?"""
    native, engine = frame.to_native(), frame.implementation
    if engine.is_pyarrow():
        return str(native.schema.field(column).type) == "string_view"
    return bool(engine.is_pandas_like() and "string_view" in str(native[column].dtype))


def _holds_nothing(frame: Any, column: str, dtype: Any) -> bool:
    """Is it a column to which the engine gives the type of nulls?"""
    native, engine = frame.to_native(), frame.implementation
    if engine.is_pandas_like():  # pandas gives a column without values any type
        return bool(frame[column].is_null().all())
    if dtype != nw.Unknown:  # narwhals has no name for it
        return False
    if engine.is_polars():
        kind = native.collect_schema()[column]
    elif engine.is_pyarrow():
        kind = native.schema.field(column).type
    elif engine.is_duckdb():
        kind = native.types[native.columns.index(column)]
    else:  # pragma: no cover - only the long run has Spark
        kind = native.schema[column].dataType.typeName()
    return str(kind).strip('"').lower() in ("null", "void")


_Test = Callable[[Any], bool]


def _kind(name: str) -> tuple[str, _Test, _Test]:
    """What is due under that name, which types of columns fit, and which values among objects."""
    if name in FLAGS or name == "employed":
        return "booleans", lambda dtype: dtype == nw.Boolean, _is_bool
    if name in DAYS:
        return "days", _is_of_days, _is_a_day
    if name in CODES or name == "commune":  # of a float, a zero more may end the code
        return "texts", _is_of_codes, _is_a_code
    return "numbers or texts", lambda dtype: dtype.is_numeric() or dtype == nw.String, _is_a_number


def _odd(values: Sequence[object], holds: _Test) -> object:
    """The first value that is not as it should; None, which is no value, when all are."""
    # Looking at one value of each type is ten times as fast; times may differ in their zone.
    some = {type(value): value for value in values}.values()
    if all(value is None or (holds(value) and not isinstance(value, datetime)) for value in some):
        return None
    return next((value for value in values if not (is_null(value) or holds(value))), None)


def is_null(value: object) -> bool:
    """As pandas has it, which asks a signalling NaN whether it is itself, and fails."""
    if isinstance(value, Decimal):
        return value.is_qnan()
    if isinstance(value, Real):
        return value != value
    return value is None or type(value).__name__ in ("NAType", "NaTType")


def _is_of_days(dtype: Any) -> bool:
    return dtype == nw.Date or (dtype == nw.Datetime and dtype.time_zone is None)


def _is_of_codes(dtype: Any) -> bool:
    # Before 1.5, DuckDB says that nulls are integers.
    return dtype in (nw.String, nw.Categorical, nw.Enum) or dtype.is_integer()


def _is_bool(value: object) -> bool:
    return type(value).__name__ in ("bool", "bool_")  # `bool_` is that of NumPy 1


def _is_a_day(value: object) -> bool:
    return isinstance(value, date) and getattr(value, "tzinfo", None) is None


def _is_a_code(value: object) -> bool:
    return isinstance(value, str | Integral) and not _is_bool(value)


def _is_a_number(value: object) -> bool:
    return isinstance(value, str | Real | Decimal) and not _is_bool(value)


def _refused(name: str, told: str, due: str, zone: object) -> InvalidValue:
    first = ": convert to dates in Europe/Paris first" if due == "days" and zone else ""
    return InvalidValue(name, told, f"give a column of {due}{first}")
