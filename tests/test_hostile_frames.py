"""No name of a column, no number and no text takes a frame away from the scalar rules."""

from collections.abc import Callable
from datetime import date
from typing import Any

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from alin_core.columns.names import reason_names
from alin_core.errors import InvalidValue, WrongType
from alin_core.frames import assess_frame, compare_rulebooks, cross_assess
from alin_core.law.rulebook import Rulebook

ON = date(2026, 11, 23)
STANDARD = Rulebook.standard()
ROW: dict[str, Any] = {
    "adults": 1,
    "applicant_birth_date": date(1990, 5, 2),
    "partner_birth_date": None,
    "dependants": 1,
    "reference_tax_income": 31_000.0,
    "monthly_income": 2_450.0,
    "sector": "PRIVATE",
    "headcount": 42.0,
    "commune": "94041",
    "norm": "PLUS",
    "rooms": 3,
    "rent": 612.40,
    "charges": 85.0,
}
DAYS = {"applicant_birth_date": pa.date32(), "partner_birth_date": pa.date32()}

#: How each engine gets a table.
ENGINES: dict[str, Callable[[pa.Table], Any]] = {
    "polars": pl.from_arrow,
    "polars lazy": lambda table: pl.LazyFrame(pl.from_arrow(table)),
    "pandas": lambda table: table.to_pandas(date_as_object=False),
    "pandas nullable": lambda table: table.to_pandas(date_as_object=False).convert_dtypes(),
    "pandas arrow": lambda table: table.to_pandas(types_mapper=pd.ArrowDtype),
    "pandas objects": lambda table: pd.DataFrame(table.to_pylist(), dtype=object),
    "pyarrow": lambda table: table,
    "duckdb": duckdb.from_arrow,
}
#: What the answers of two frames differ in, where their inputs do.
ANSWERS = ("ceiling", "typology_outcome", "rent_multiple", "tier", "outcome", "reasons")
every_engine = pytest.mark.parametrize("engine", ENGINES)


def polars(given: pa.Table) -> pl.DataFrame:
    frame = pl.from_arrow(given)
    assert isinstance(frame, pl.DataFrame)
    return frame


def table(**columns: pa.Array) -> pa.Table:
    """Rows of one demand and one offer, but for these columns."""
    rows = max(map(len, columns.values()), default=1)
    due = {name: pa.array([value] * rows, DAYS.get(name)) for name, value in ROW.items()}
    return pa.table(due | columns)


def told(done: Any) -> list[dict[str, Any]]:
    """The answers, row by row, nulls alike."""
    answers = nw.from_native(done).select(*ANSWERS).lazy().collect("pyarrow")
    return list(answers.rows(named=True))


def reasons(done: Any) -> list[tuple[str, ...]]:
    return [reason_names(int(row["reasons"]), on=ON) for row in told(done)]


class TestNames:
    """Who writes the header of a file decides no verdict."""

    @pytest.mark.parametrize("name", ["__alin_outcome", "__Alin_outcome", "__ALIN_RENT"])
    def test_no_column_bears_a_name_of_ours_in_any_case(self, name: str) -> None:
        """To SQL these are our own columns: a row would be MET whatever it holds."""
        forged = duckdb.from_arrow(table(**{name: pa.array(["MET"])}))
        refused = f"'{name}' is refused; rename this column: ours begin as it does"
        with pytest.raises(InvalidValue, match=refused):
            assess_frame(forged, on=ON)
        with pytest.raises(InvalidValue, match=refused):
            compare_rulebooks(forged, STANDARD, STANDARD, on=ON)
        demand = table().drop_columns(["commune", "norm", "rooms", "rent", "charges"])
        offer = table().select(["commune", "norm", "rooms", "rent", "charges"])
        sides = map(duckdb.from_arrow, (demand, offer.append_column(name, pa.array([1]))))
        with pytest.raises(InvalidValue, match=refused):
            cross_assess(*sides, on=ON)

    @pytest.mark.parametrize("letter", ["ı", "İ"])
    def test_java_takes_other_letters_for_ours(self, letter: str) -> None:
        given = table(**{f"__al{letter}n_rent": pa.array([1])})
        with pytest.raises(InvalidValue, match="ours begin as it does"):
            assess_frame(duckdb.from_arrow(given), on=ON)

    def test_where_case_counts_other_letters_are_another_name(self) -> None:
        given = polars(table(__ALIN_outcome=pa.array(["MET"]), Rent=pa.array([1])))
        assert assess_frame(given, on=ON)["outcome"].to_list() == ["MET"]

    @every_engine
    @pytest.mark.parametrize("name", ["*", "^x$", "^__alin.*$", "^rent$"])
    def test_no_column_bears_a_name_that_an_engine_expands(self, engine: str, name: str) -> None:
        """To Polars it was every column, none, or sixty-six of ours."""
        given = ENGINES[engine](table(**{name: pa.array([1])}))
        with pytest.raises(InvalidValue, match="is refused; rename this column: an engine"):
            assess_frame(given, on=ON)

    @every_engine
    def test_another_odd_name_is_kept(self, engine: str) -> None:
        names = ["^x", "x$", "COLUMNS(*)", "; DROP", "#1", "'"]
        names += ["a.b", '"', "`"] if engine != "duckdb" else []
        odd = {name: pa.array([7]) for name in names}
        done = assess_frame(ENGINES[engine](table(**odd)), on=ON)
        frame = nw.from_native(done).lazy().collect("pyarrow")
        assert frame.select(*odd).rows() == [(7,) * len(odd)]
        assert frame["outcome"].to_list() == ["MET"]

    @pytest.mark.parametrize("name", ["a.b", "a.", '"', 'x"y', "`x`"])
    def test_to_sql_a_dot_names_a_field_and_a_quote_ends_a_name(self, name: str) -> None:
        """DuckDB 1.4 gave the field `b` of a column `a` for the column `a.b`."""
        given = duckdb.from_arrow(table(a=pa.array([{"b": 1}]), **{name: pa.array([7])}))
        with pytest.raises(InvalidValue, match="is refused; rename this column: an engine"):
            assess_frame(given, on=ON)

    def test_what_is_no_frame_is_told(self) -> None:
        wrong: Any
        for wrong in (None, [ROW], "frame"):
            with pytest.raises(
                WrongType, match=r"frame: a value of type .* is refused; give a fra"
            ):
                assess_frame(wrong, on=ON)
