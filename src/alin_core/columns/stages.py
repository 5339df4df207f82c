"""Columns of our own, computed step by step beside those of the caller."""

from collections.abc import Sequence
from typing import Any

import narwhals as nw
from attrs import frozen

from alin_core.columns.tables import Table

__all__ = ["LookUp", "Row", "cell", "choose", "flag", "number", "speaks_sql", "with_stage"]


@frozen(eq=False)
class LookUp:
    """The answers of a table at the integer keys of a column."""

    key: nw.Expr
    table: Table
    #: Where the table has no answer.
    default: int = -1


#: New columns by name: expressions and `LookUp`.
#: None of them holds a null, so that every engine compares them alike.
Row = dict[str, Any]

_name = "__alin_{}".format
#: Up to so many runs of equal answers, comparisons cost less than a join; not on Spark, which
#: writes out each expression of a filter in full, down to the last join.
_FEW = 100


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
    """1 where the condition holds, else 0."""
    return choose((condition, number(1)), otherwise=number(0))


def speaks_sql(frame: Any) -> bool:
    """Is the frame a query of an SQL engine?"""
    return isinstance(frame, nw.LazyFrame) and not frame.implementation.is_polars()


def with_stage(frame: Any, stage: Row, source: Any) -> Any:
    """The frame with columns of our own, which later stages read.

    `source` is the caller's frame: an SQL engine makes our tables where that one lives.
    """
    plain = {name: value for name, value in stage.items() if not isinstance(value, LookUp)}
    asked = {name: value for name, value in stage.items() if isinstance(value, LookUp)}
    if not speaks_sql(frame):
        plain |= {name: _replaced(value) for name, value in asked.items()}
        return _with(frame, plain)
    # A key is a column before it is compared: an engine would work it out at each comparison.
    frame = _with(frame, plain | {f"key_{name}": value.key for name, value in asked.items()})
    few = 0 if frame.implementation.is_pyspark() else _FEW
    runs = {name: _runs(value) for name, value in asked.items()}
    compared = {name: known for name, known in runs.items() if len(known) <= few}
    frame = _with(
        frame, {name: _halved(cell(f"key_{name}"), known) for name, known in compared.items()}
    )
    for name, value in asked.items():
        if name not in compared:
            frame = _joined(frame, name, value, source)
    return frame


def _with(frame: Any, row: Row) -> Any:
    named = {_name(name): value for name, value in row.items()}
    return frame.with_columns(**named) if named else frame


def _replaced(asked: LookUp) -> nw.Expr:
    old, new = list(asked.table), list(asked.table.values())
    if not old:  # pandas cannot replace nothing
        return asked.key * 0 + asked.default
    return asked.key.replace_strict(old, new, default=asked.default, return_dtype=nw.Int64)


def _runs(asked: LookUp) -> list[tuple[int, int]]:
    """The keys from which the answer is another one, and that answer."""
    runs = [(-1, asked.default)]
    for key in (key for known in sorted(asked.table) for key in (known, known + 1)):
        answer = asked.table.get(key, asked.default)
        if answer != runs[-1][1]:
            runs.append((key, answer))
    return runs


def _halved(key: nw.Expr, runs: Sequence[tuple[int, int]]) -> nw.Expr:
    """Comparisons, each halving what is left: narwhals would have SQL scan the whole table."""
    if len(runs) == 1:
        return number(runs[0][1])
    middle = len(runs) // 2
    below, above = _halved(key, runs[:middle]), _halved(key, runs[middle:])
    return nw.when(key < number(runs[middle][0])).then(below).otherwise(above)


def _joined(frame: Any, name: str, asked: LookUp, source: Any) -> Any:
    """A join, where there would be too many comparisons."""
    key, value = _name(f"key_{name}"), _name(name)
    keys, values = list(asked.table), list(asked.table.values())
    if frame.implementation.is_duckdb():
        columns = f"unnest({keys})::BIGINT AS {key}, unnest({values})::BIGINT AS {value}"
        answers = source.query("alin_asked", f"SELECT {columns}")
    else:  # pragma: no cover - Spark, which only the long run starts
        pairs = list(zip(keys, values, strict=True))
        answers = source.sparkSession.createDataFrame(pairs, f"{key} BIGINT, {value} BIGINT")
    joined = frame.join(nw.from_native(answers), on=key, how="left")
    return joined.with_columns(nw.col(value).fill_null(asked.default))
