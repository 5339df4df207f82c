"""Columns: time and memory a row, against the same plan and against code written by hand."""

import datetime
import sys
import time
from collections.abc import Callable
from resource import RUSAGE_SELF, getrusage
from statistics import median
from typing import Any

import by_hand
import by_numpy
import by_sql
import duckdb
import polars as pl
import region
from interleaved import interleaved, print_table, print_versions, ratio

from alin_core.frames import assess_frame, cross_assess

ON = datetime.date(2026, 11, 23)
CODES = {"MET": 0, "BORDERLINE": 1, "UNKNOWN": 2, "NOT_MET": 3}


def timed(run: Callable[[], Any]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def contestants(frame: pl.DataFrame) -> dict[str, Callable[[], Any]]:
    """Each assesses every row and holds all columns, old and new, at the end."""
    plan = assess_frame(frame.lazy(), on=ON)
    gathered = frame.lazy().with_columns(
        **{f"hand_{name}": value for name, value in by_hand.gathered().items()}
    )
    arrays = {
        name: frame[name].to_numpy()
        if frame[name].dtype != pl.String
        else frame[name].to_numpy().astype("U12")
        for name in frame.columns
    }
    link = duckdb.connect()
    link.register("given", frame.to_arrow())
    link.execute("CREATE TABLE rows_ AS SELECT * FROM given")
    for name, amounts in by_sql.TABLES.items():
        link.execute(
            f"CREATE TABLE {name} AS SELECT unnest({list(range(len(amounts)))}) AS key, "
            f"unnest({amounts}) AS amount"
        )

    def duck() -> None:
        assess_frame(link.table("rows_"), on=ON).create_view("ours", replace=True)
        link.execute("CREATE OR REPLACE TABLE done AS SELECT * FROM ours")

    def sql() -> None:
        link.execute(f"CREATE OR REPLACE TABLE done AS {by_sql.by_hand()}")

    return {
        "alin_core, Polars": lambda: assess_frame(frame, on=ON),
        "the same plan, native Polars": lambda: plan.collect(engine="streaming"),
        "by hand, Polars, gather": lambda: gathered.collect(engine="streaming"),
        "by hand, Polars, gather, in memory": lambda: gathered.collect(engine="in-memory"),
        "by hand, NumPy": lambda: by_numpy.by_hand(arrays),
        "alin_core, DuckDB": duck,
        "by hand, DuckDB": sql,
    }


def check(frame: pl.DataFrame) -> None:
    """Who is measured must agree."""
    ours = assess_frame(frame, on=ON)
    theirs = frame.select(**by_hand.gathered())
    for name in ("income_ceiling", "typology", "affordability"):
        codes = ours[f"{name}_outcome"].cast(pl.String).replace_strict(CODES)
        assert (codes == theirs[name]).all(), name
    assert (ours["category"].cast(pl.Int64) == theirs["category"]).all()
    assert (ours["ceiling"] == theirs["ceiling"]).all()
    assert (ours["rent_multiple"] - theirs["rent_multiple"]).abs().max() < 0.001
    arrays = {name: frame[name].to_numpy() for name in frame.columns}
    for text in ("commune", "norm", "sector"):
        arrays[text] = arrays[text].astype("U12")
    assert (by_numpy.by_hand(arrays)["outcome"] == theirs["outcome"].to_numpy()).all()


AGAINST = {
    "alin_core, Polars": "alin_core, Polars",
    "the same plan, native Polars": "alin_core, Polars",
    "by hand, Polars, gather": "alin_core, Polars",
    "by hand, Polars, gather, in memory": "alin_core, Polars",
    "by hand, NumPy": "alin_core, Polars",
    "alin_core, DuckDB": "alin_core, DuckDB",
    "by hand, DuckDB": "alin_core, DuckDB",
}


def measure(rows: int) -> None:
    frame = region.rows(rows)
    runs = contestants(frame)
    rounds = 5 if rows <= 1_000_000 else 2
    samples = interleaved({name: (lambda f=run: timed(f)) for name, run in runs.items()}, rounds)
    table = [
        [
            name,
            f"{median(samples[name]) / rows * 1e9:,.0f} ns",
            f"{ratio(samples, AGAINST[name], name):.2f}",
        ]
        for name in runs
    ]
    print(f"\n### {rows:,} rows\n")
    print_table(["", "a row", "alin_core takes × that"], table)


def cross(demand_rows: int = 100_000, offer_rows: int = 100) -> None:
    """Memory is the growth of the highest use of the process; it is told once, so it comes first.

    The identifiers of what passes are kept, as a caller would who asks who may apply where.
    """
    demands = region.demands(demand_rows).with_row_index("demand").lazy()
    offers = region.offers(offer_rows).with_row_index("offer").lazy()
    pairs = demand_rows * offer_rows
    kept = cross_assess(demands, offers, on=ON).select("demand", "offer")
    before = getrusage(RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    rows = len(kept.collect(engine="streaming"))
    spent = time.perf_counter() - start
    grown = (getrusage(RUSAGE_SELF).ru_maxrss - before) * 1024
    told = f"{spent / pairs * 1e9:.0f} ns and {grown / pairs:.0f} bytes a pair"
    print(f"{pairs:,} pairs, {rows:,} kept: {told}\n")


if __name__ == "__main__":
    print("## Columns\n")
    print_versions("alin-core", "narwhals", "polars", "duckdb", "numpy")
    cross()
    check(region.rows(20_000))
    for size in [int(float(word)) for word in sys.argv[1:]] or [10**4, 10**5, 10**6, 10**7]:
        measure(size)
