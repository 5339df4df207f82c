"""Columns of our own, computed step by step beside those of the caller."""

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw

from alin_core.columns.tables import Table
from alin_core.errors import InvalidValue
from alin_core.frozen import frozen

__all__ = [
    "OURS",
    "LookUp",
    "Row",
    "at_least",
    "at_most",
    "cell",
    "choose",
    "engine_of",
    "flag",
    "number",
    "ranges",
    "speaks_sql",
    "with_stage",
]


@frozen(eq=False)
class LookUp:
    """The answers of a table at the whole numbers of a column; each is zero or more."""

    key: nw.Expr
    table: Table
    #: Where the table has no answer.
    default: int | str | None = -1
    dtype: Any = nw.Int64


#: New columns by name: expressions and `LookUp`.
#: No number among them is a null, so that every engine compares them alike.
Row = dict[str, Any]

#: How our columns begin.
OURS = "__alin_"
_name = f"{OURS}{{}}".format

#: On Spark, a stage that has more columns than this, or asks more tables, stays apart.
_COLUMNS, _TABLES = 4, 2
#: More than a frame has.
_PARTITIONS = 10**6


def cell(name: str) -> nw.Expr:
    """A column of our own."""
    return nw.col(_name(name))


def number(value: int) -> nw.Expr:
    """A literal: always 64 bits, because engines let smaller integers wrap."""
    return nw.lit(value, dtype=nw.Int64)


def choose(*cases: tuple[nw.Expr, nw.Expr], otherwise: nw.Expr) -> nw.Expr:
    """The value of the first condition that holds; a null condition does not."""
    for condition, value in reversed(cases):
        otherwise = nw.when(condition).then(value).otherwise(otherwise)
    return otherwise


def flag(condition: nw.Expr) -> nw.Expr:
    """1 where the condition, never null, holds, else 0."""
    return condition.cast(nw.Int64)


def at_least(value: nw.Expr, least: int) -> nw.Expr:
    """Not below that; `clip` would ask SQL about nulls, and there are none."""
    return nw.max_horizontal(value, number(least))


def at_most(value: nw.Expr, most: int) -> nw.Expr:
    """Not above that."""
    return nw.min_horizontal(value, number(most))


def engine_of(frame: Any) -> nw.Implementation:
    """The engine that holds the frame.

    Raises `InvalidValue` for a lazy one whose lists cannot be asked.
    """
    engine: nw.Implementation = frame.implementation
    lists = engine.is_polars() or speaks_sql(engine)
    if isinstance(frame, nw.LazyFrame) and not lists:
        known = "give a frame of Polars, pandas, PyArrow, DuckDB or PySpark"
        raise InvalidValue("frame", str(engine), known)
    return engine


def speaks_sql(engine: nw.Implementation) -> bool:
    """Is a frame of that engine a query in SQL?"""
    return engine.is_duckdb() or engine.is_spark_like()


def with_stage(frame: Any, stage: Row) -> Any:
    """The frame with columns of our own, which later stages read."""
    plain = {name: value for name, value in stage.items() if not isinstance(value, LookUp)}
    asked = {name: value for name, value in stage.items() if isinstance(value, LookUp)}
    engine = frame.implementation
    if not (engine.is_polars() or speaks_sql(engine)):
        return _with(frame, plain | {name: _replaced(value) for name, value in asked.items()})
    # A key is a column before the table is asked, because the engine is asked in its own words.
    keys = {id(value.key): value.key for value in asked.values()}
    frame = _with(frame, plain | {f"key_{name}": key for name, key in keys.items()})
    wide = len(plain) > _COLUMNS or len(asked) > _TABLES
    if wide and engine.is_spark_like():  # pragma: no cover - only the long run has Spark
        frame = _apart(frame)
    return _indexed(frame, asked) if asked else frame


def _with(frame: Any, row: Row) -> Any:
    named = {_name(name): value for name, value in row.items()}
    return frame.with_columns(**named) if named else frame


def _apart(frame: Any) -> Any:  # pragma: no cover - only the long run has Spark
    """Keep Spark from compiling all the stages as one method, too long for Java to compile.

    It compiles what is below a `coalesce` by itself; one to more partitions than there are keeps
    them as they are.
    """
    return nw.from_native(frame.to_native().coalesce(_PARTITIONS))


def _replaced(asked: LookUp) -> nw.Expr:
    old, new = list(asked.table), list(asked.table.values())
    if not old:  # pandas cannot replace nothing
        return asked.key * 0 + asked.default
    return asked.key.replace_strict(old, new, default=asked.default, return_dtype=asked.dtype)


def ranges(key: nw.Expr, starts: Sequence[tuple[Any, int]]) -> nw.Expr:
    """The answer of the last start that is not above the key, by comparisons that halve them."""
    if len(starts) == 1:
        return number(starts[0][1])
    middle = len(starts) // 2
    below, above = ranges(key, starts[:middle]), ranges(key, starts[middle:])
    return nw.when(key < nw.lit(starts[middle][0])).then(below).otherwise(above)


def _indexed(frame: Any, asked: Mapping[str, LookUp]) -> Any:
    """Each answer as the element of a list: that costs less than a join, and keeps the order.

    narwhals has no word for it that does not hold the whole column at once, so the engine is told
    in its own words.
    """
    native, engine = frame.to_native(), frame.implementation
    keyed = {_name(name): (value, _name(f"key_{id(value.key)}")) for name, value in asked.items()}
    if engine.is_polars():
        polars = nw.get_native_namespace(frame)
        elements = {name: _polars_element(polars, *value) for name, value in keyed.items()}
        return nw.from_native(native.with_columns(**elements))
    write = _duckdb_element if engine.is_duckdb() else _spark_element
    told = ["*", *(f"{write(*value)} AS {name}" for name, value in keyed.items())]
    done = native.project(", ".join(told)) if engine.is_duckdb() else native.selectExpr(*told)
    return nw.from_native(done)


def _answers(asked: LookUp) -> list[int | str | None]:
    """The answers at 0, 1, 2 and so on."""
    keys = range(max(asked.table, default=-1) + 1)
    return [asked.table.get(key, asked.default) for key in keys]


def _polars_element(polars: Any, asked: LookUp, key: str) -> Any:
    kinds = {nw.Int64: polars.Int64, nw.String: polars.String}
    kind = kinds.get(asked.dtype) or polars.Enum(asked.dtype.categories)
    # No key is below -1, which stands for none.
    answers = polars.lit([asked.default, *_answers(asked)], dtype=polars.List(kind))
    element = answers.list.get(polars.col(key) + 1, null_on_oob=True)
    return element if asked.default is None else element.fill_null(asked.default)


def _sql_list(asked: LookUp) -> str:
    return ", ".join("NULL" if answer is None else repr(answer) for answer in _answers(asked))


def _duckdb_element(asked: LookUp, key: str) -> str:
    kind = {nw.Int64: "BIGINT", nw.String: "VARCHAR"}.get(asked.dtype)
    kind = kind or f"ENUM({', '.join(map(repr, asked.dtype.categories))})"
    return _or_default(f"([{_sql_list(asked)}]::{kind}[])[{key} + 1]", asked)


def _spark_element(
    asked: LookUp, key: str
) -> str:  # pragma: no cover - only the long run has Spark
    kind = {nw.Int64: "BIGINT", nw.String: "STRING"}[asked.dtype]
    element = f"get(CAST(array({_sql_list(asked)}) AS ARRAY<{kind}>), CAST({key} AS INT))"
    return _or_default(element, asked)


def _or_default(element: str, asked: LookUp) -> str:
    return element if asked.default is None else f"coalesce({element}, {asked.default!r})"
