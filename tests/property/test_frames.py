"""The columns say what the scalar rules say, row by row, on every engine."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from itertools import product
from operator import itemgetter
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from attrs import evolve
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from alin_core.frames import assess_frame, cross_assess
from alin_core.law.catalogue import rule
from alin_core.law.rulebook import Rulebook
from alin_core.values.housing import TypologyRange
from tests import strategies as some
from tests.row_by_row import answers
from tests.spark import session, why_not

STANDARD = Rulebook.standard()
MONEY = ("ceiling", "ceiling_margin", "rent_multiple")
TYPES = {
    "adults": pa.int64(),
    "couple": pa.bool_(),
    "applicant_birth_date": pa.date32(),
    "partner_birth_date": pa.date32(),
    "dependants": pa.int8(),
    "visiting_children": pa.uint8(),
    "unborn": pa.int32(),
    "disabled": pa.bool_(),
    "visiting_child_disabled": pa.bool_(),
    "reference_tax_income": pa.float64(),
    "last_year_tax_income": pa.decimal128(12, 2),
    "last_twelve_months": pa.float64(),
    "monthly_income": pa.float64(),
    "housing_aid": pa.float64(),
    "employed": pa.bool_(),
    "sector": pa.string(),
    "headcount": pa.float64(),
    "legal_priority": pa.bool_(),
    "commune": pa.string(),
    "norm": pa.string(),
    "rooms": pa.int16(),
    "rent": pa.float64(),
    "charges": pa.float64(),
    "on": pa.date32(),
}


def table(rows: Sequence[dict[str, Any]]) -> pa.Table:
    def cell(value: Any, kind: pa.DataType) -> Any:
        return float(value) if isinstance(value, Decimal) and kind == pa.float64() else value

    columns = {
        name: pa.array([cell(row[name], kind) for row in rows], kind)
        for name, kind in TYPES.items()
    }
    return pa.table(columns)


#: Each engine: how it gets a table, how its answer is read.
ENGINES: dict[str, tuple[Callable[[pa.Table], Any], Callable[[Any], list[dict[str, Any]]]]] = {
    "polars": (pl.from_arrow, pl.DataFrame.to_dicts),
    "polars lazy": (lambda t: pl.LazyFrame(pl.from_arrow(t)), lambda f: f.collect().to_dicts()),
    "pandas numpy": (
        lambda t: t.to_pandas(date_as_object=False),
        lambda f: f.to_dict("records"),
    ),
    "pandas objects": (
        lambda t: pd.DataFrame(t.to_pylist(), dtype=object),
        lambda f: f.to_dict("records"),
    ),
    "pandas nullable": (
        lambda t: t.to_pandas(date_as_object=False).convert_dtypes(),
        lambda f: f.to_dict("records"),
    ),
    "pandas arrow": (
        lambda t: t.to_pandas(types_mapper=pd.ArrowDtype),
        lambda f: f.to_dict("records"),
    ),
    "pyarrow": (lambda t: t, pa.Table.to_pylist),
    "duckdb": (duckdb.from_arrow, lambda f: f.to_arrow_table().to_pylist()),
}


def plain(name: str, value: Any) -> Any:
    """One null for every engine, and money as `Decimal`."""
    if value is None or value is pd.NA or value != value:
        return None
    if name in MONEY:
        return Decimal(str(value))
    return int(value) if isinstance(value, float) else value


def told(engine: str, rows: Sequence[dict[str, Any]], **asked: Any) -> list[dict[str, Any]]:
    make, read = ENGINES[engine]
    done = read(assess_frame(make(table(rows)), **asked))
    return [{name: plain(name, row[name]) for name in row if name not in TYPES} for row in done]


def agree(said: Sequence[dict[str, Any]], rows: Sequence[dict[str, Any]], expected: Any) -> None:
    assert len(said) == len(rows)
    for answer, row, due in zip(said, rows, expected, strict=True):
        assert answer == due, {name: value for name, value in row.items() if value is not None}


def several(rows: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(rows, min_size=20, max_size=30)


# A frame holds many rows, so that few frames are enough: building a query costs most.
# Shrinking one takes minutes; `agree` shows the first row that differs.
few = settings(max_examples=settings().max_examples // 10, phases=[Phase.explicit, Phase.generate])
frames = several(some.frame_rows.map(lambda row: {**row, "on": None}))
dated_frames = several(
    st.builds(lambda row, on: {**row, "on": on}, some.frame_rows, st.none() | some.edge_days)
)


@pytest.mark.parametrize("engine", ENGINES)
@few
@given(frames, some.edge_days)
def test_each_row_gets_the_scalar_answers(
    engine: str, rows: list[dict[str, Any]], on: date
) -> None:
    agree(told(engine, rows, on=on), rows, (answers(row, on, STANDARD) for row in rows))


@pytest.mark.parametrize("engine", ENGINES)
@few
@given(dated_frames)
def test_each_row_is_read_on_its_day(engine: str, rows: list[dict[str, Any]]) -> None:
    expected = (answers(row, row["on"], STANDARD) for row in rows)
    agree(told(engine, rows, on="on"), rows, expected)


@pytest.mark.skipif(bool(why_not()), reason=why_not())
@pytest.mark.filterwarnings("ignore")
@settings(few, max_examples=100)  # some three seconds each
@given(dated_frames, st.just("on") | some.edge_days)
def test_spark_gives_each_row_the_scalar_answers(rows: list[dict[str, Any]], on: Any) -> None:
    given = table(rows).append_column("row", pa.array(range(len(rows)), pa.int64()))
    place = given.column_names.index("visiting_children")  # Spark has no unsigned integer
    counts = given["visiting_children"].cast(pa.int16())
    given = session().createDataFrame(given.set_column(place, "visiting_children", counts))
    done = sorted(assess_frame(given, on=on).toArrow().to_pylist(), key=itemgetter("row"))
    said = [
        {name: plain(name, row[name]) for name in row if name not in {*TYPES, "row"}}
        for row in done
    ]
    expected = (answers(row, row["on"] if on == "on" else on, STANDARD) for row in rows)
    agree(said, rows, expected)


#: Another value for each figure and each reading that a verdict rests on; the tables are scaled.
REFORMED: dict[str, st.SearchStrategy[Any]] = {
    "pls_factor": st.sampled_from(["1.3", "1.2345"]),
    "income_drop": st.sampled_from(["0.9", "0.85", "1"]),
    "young_couple_ages": st.sampled_from([0, 55, 56, 70]),
    "shifts_stack": st.booleans(),
    "single_parent_further_from": st.sampled_from([6, 7]),
    "disability_shift_past_six": st.booleans(),
    "young_household_is_a_couple": st.booleans(),
    "visiting_children_count": st.booleans(),
    "unborn_count_for_rooms": st.booleans(),
    "unborn_count_for_ceilings": st.booleans(),
    "merged_communes_keep_their_zone": st.booleans(),
    "alternatives_only_if_needed": st.booleans(),
    "typologies": st.sampled_from(
        [
            STANDARD.typologies,
            (TypologyRange("T1", "T1"), TypologyRange("T1", "T9")),
            (TypologyRange("T1", None),),
        ]
    ),
    "rent_multiple": st.sampled_from(["3", "2.5", "2.75"]),
    "rent_tolerance": st.sampled_from(["0", "0.1", "0.333"]),
    "company_headcount": st.sampled_from(["1", "10", "9.995", "60"]),
    "agricultural_headcount": st.sampled_from(["1", "50", "10"]),
    "priority_order": st.sampled_from([("LEGAL", "COMPANY"), ("COMPANY", "LEGAL")]),
}
TABLES = {"plus", "plai"}
reforms = st.builds(
    evolve, st.sampled_from([STANDARD, STANDARD.scaled_ceilings("1.05")]), **REFORMED
)


def test_no_parameter_of_a_verdict_is_forgotten() -> None:
    assessed = ("typology", "household-category", "income-ceiling", "zone", "affordability")
    read = (rule(name).parameters for name in (*assessed, "legal-priority", "company-priority"))
    assert set().union(*read) == REFORMED.keys() | TABLES


@settings(few, max_examples=settings().max_examples // 2)
@given(dated_frames, reforms)
def test_a_reform_reaches_the_columns(rows: list[dict[str, Any]], rulebook: Rulebook) -> None:
    expected = (answers(row, row["on"], rulebook) for row in rows)
    agree(told("polars", rows, on="on", rulebook=rulebook), rows, expected)


_OFFERED = ("commune", "norm", "rooms", "rent", "charges")
_pairs = st.tuples(several(some.frame_rows), several(some.frame_rows))


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@few
@given(_pairs, some.edge_days, st.just(STANDARD) | reforms)
def test_what_is_kept_of_all_pairs_is_what_passes(
    engine: str, sides: Any, on: date, rulebook: Rulebook
) -> None:
    make, read = ENGINES[engine]
    demands, offers = map(table, ([{**row, "on": None} for row in side] for side in sides))
    asked = make(demands.drop_columns([*_OFFERED, "on"])), make(offers.select(_OFFERED))
    every, kept = (
        sorted(map(str, read(cross_assess(*asked, on=on, rulebook=rulebook, everything=whole))))
        for whole in (True, False)
    )
    assert kept == [row for row in every if "'outcome': 'MET'" in row or "'outcome': 'BORD" in row]


def test_households_of_every_size_read_the_scalar_category() -> None:
    """The tables stop at three adults and eight persons; households do not."""
    empty = dict.fromkeys(TYPES)
    rows = [
        {**empty, "adults": adults, "dependants": dependants, "disabled": disabled}
        for adults in range(1, 14)
        for dependants in (*range(14), 120)
        for disabled in (False, True)
    ]
    rows = [{**row, "commune": "75056", "norm": "PLUS", "rooms": 5} for row in rows]
    on = date(2026, 11, 23)
    for stack, from_, past in product((False, True), (6, 7), (False, True)):
        rulebook = evolve(
            STANDARD,
            shifts_stack=stack,
            single_parent_further_from=from_,
            disability_shift_past_six=past,
        )
        expected = (answers(row, on, rulebook) for row in rows)
        agree(told("polars", rows, on=on, rulebook=rulebook), rows, expected)
