"""Columns: time and memory a row, against the same plan and against code written by hand."""

import datetime
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import by_hand
import by_numpy
import by_sql
import duckdb
import numpy as np
import polars as pl
import region
from interleaved import interleaved, print_table, print_versions, ratio
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_france import FranceTaxBenefitSystem
from peak import grown

from alin_core.frames import assess_frame

ON = datetime.date(2026, 11, 23)
CODES = {"MET": 0, "BORDERLINE": 1, "UNKNOWN": 2, "NOT_MET": 3}
SIZES = [10**4, 10**5, 10**6, 10**7]

#: Whom each is held against.
AGAINST = {
    "alin_core, Polars": "alin_core, Polars",
    "the same plan, native Polars": "alin_core, Polars",
    "by hand, Polars, gather": "alin_core, Polars",
    "by hand, Polars, gather, in memory": "alin_core, Polars",
    "by hand, NumPy": "alin_core, Polars",
    "the given columns, copied": "alin_core, Polars",
    "alin_core, DuckDB": "alin_core, DuckDB",
    "by hand, DuckDB, the same answers": "alin_core, DuckDB",
    "by hand, DuckDB": "alin_core, DuckDB",
}


def timed(run: Callable[[], Any]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def contestants(frame: pl.DataFrame, only: str = "") -> dict[str, Callable[[], Any]]:
    """Each assesses every row and holds all columns, old and new, at the end.

    With `only`, nothing is prepared for engines that it does not name.
    """
    plan = assess_frame(frame.lazy(), on=ON)
    gathered = frame.lazy().with_columns(
        **{f"hand_{name}": value for name, value in by_hand.gathered().items()}
    )
    arrays = as_arrays(frame if "NumPy" in (only or "NumPy") else frame[:0])
    size = frame.estimated_size() if "copied" in (only or "copied") else 0
    whole = np.ones(int(size), np.uint8)
    link = connected(frame if "DuckDB" in (only or "DuckDB") else frame[:0])

    def duck() -> None:
        assess_frame(link.table("rows_"), on=ON).create_view("ours", replace=True)
        link.execute("CREATE OR REPLACE TABLE done AS SELECT * FROM ours")

    def sql(query: str) -> Callable[[], Any]:
        return lambda: link.execute(f"CREATE OR REPLACE TABLE done AS {query}")

    runs = (
        lambda: assess_frame(frame, on=ON),
        lambda: plan.collect(engine="streaming"),
        lambda: gathered.collect(engine="streaming"),
        lambda: gathered.collect(engine="in-memory"),
        lambda: by_numpy.by_hand(arrays),
        whole.copy,
        duck,
        sql(by_sql.same_answers()),
        sql(by_sql.by_hand()),
    )
    return dict(zip(AGAINST, runs, strict=True))


def as_arrays(frame: pl.DataFrame) -> dict[str, np.ndarray]:
    arrays = {name: frame[name].to_numpy() for name in frame.columns}
    return arrays | {name: arrays[name].astype("U12") for name in ("commune", "norm", "sector")}


def connected(frame: pl.DataFrame) -> duckdb.DuckDBPyConnection:
    """The frame as a table of DuckDB, beside the tables of the SQL written by hand."""
    link = duckdb.connect()
    link.register("given", frame.to_arrow())
    link.execute("CREATE TABLE rows_ AS SELECT * FROM given")
    for name, amounts in by_sql.TABLES.items():
        link.execute(
            f"CREATE TABLE {name} AS SELECT unnest({list(range(len(amounts)))}) AS key, "
            f"unnest({amounts}) AS amount"
        )
    return link


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
    numpy = contestants(frame)["by hand, NumPy"]()
    assert (numpy["outcome"] == theirs["outcome"].to_numpy()).all()
    for given in (frame, region.with_nulls(frame)):
        told = connected(given).sql(by_sql.same_answers()).pl()
        same, due = (
            answers.with_columns(pl.col(pl.Enum).cast(pl.String)).sort(given.columns)
            for answers in (told, assess_frame(given, on=ON))
        )
        for name in due.columns:
            assert same[name].cast(due[name].dtype).equals(due[name], null_equal=True), name


def measure(sizes: list[int]) -> None:
    """A row each contestant, a column each size; in brackets, how many times that ours takes."""
    columns = [column(rows) for rows in sizes]
    told = [[name, *(cells[name] for cells in columns)] for name in AGAINST]
    print_table(["time a row", *(f"{rows:,} rows" for rows in sizes)], told)


def column(rows: int) -> dict[str, str]:
    runs = contestants(region.rows(rows))
    rounds = 7 if rows <= 1_000_000 else 3
    samples = interleaved({name: (lambda f=run: timed(f)) for name, run in runs.items()}, rounds)
    return {
        name: f"{median(samples[name]) / rows * 1e9:,.0f} ns"
        f" ({ratio(samples, AGAINST[name], name):.2f})"
        for name in runs
    }


def memory(sizes: list[int]) -> None:
    """Each contestant in a process of its own."""
    told: dict[str, list[str]] = {name: [name] for name in AGAINST}
    with tempfile.TemporaryDirectory() as folder:
        for rows in sizes:
            path = Path(folder) / "rows.parquet"
            region.rows(rows).write_parquet(path)
            for name, cells in told.items():
                command = [sys.executable, __file__, "--alone", name, str(path)]
                done = subprocess.run(command, capture_output=True, text=True, check=True)
                cells.append(f"{float(done.stdout):,.0f} bytes")
    print_table(["memory a row", *(f"{rows:,} rows" for rows in sizes)], list(told.values()))


def alone(name: str, path: str) -> None:
    """How much the process grows at most; the engine is warm, the frame is there."""
    contestants(region.rows(1_000))[name]()
    frame = pl.read_parquet(path)
    print(grown(contestants(frame, name)[name])[0] / len(frame))


def openfisca(rows: int = 100_000, rounds: int = 3) -> None:
    """Its own variable over persons alone, in one simulation; as many demands on our side."""
    france = FranceTaxBenefitSystem()
    month = f"{ON:%Y-%m}"
    demands = region.rows(rows).with_columns(
        adults=pl.lit(1), couple=pl.lit(False), dependants=pl.lit(0)
    )
    arrays = as_arrays(demands)

    def theirs(*, counted: bool) -> Any:
        simulation = SimulationBuilder().build_default_simulation(france, rows)
        simulation.set_input("date_naissance", "ETERNITY", arrays["applicant_birth_date"])
        for year in range(ON.year - 2, ON.year + 1):
            simulation.set_input("rfr", str(year), arrays["reference_tax_income"])
        simulation.set_input("depcom", month, arrays["commune"].astype("S5"))
        if counted:
            simulation.set_input("al_nb_personnes_a_charge", month, np.zeros(rows, dtype=int))
        return simulation.calculate("logement_social_eligible", month)

    runs = {
        "alin_core, Polars": lambda: assess_frame(demands, on=ON),
        "OpenFisca-France": lambda: theirs(counted=False),
        "OpenFisca-France, dependants given": lambda: theirs(counted=True),
    }
    samples = interleaved({name: (lambda f=run: timed(f)) for name, run in runs.items()}, rounds)
    told = [
        [
            name,
            f"{median(samples[name]) / rows * 1e9:,.0f} ns",
            f"{ratio(samples, name, 'alin_core, Polars'):.1f}",
        ]
        for name in runs
    ]
    print_table([f"{rows:,} households at once", "a household", "× alin_core"], told)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--alone"]:
        alone(*sys.argv[2:])
        raise SystemExit
    print_versions("alin-core", "narwhals", "polars", "duckdb", "numpy", "OpenFisca-France")
    check(region.rows(20_000))
    asked = [int(float(word)) for word in sys.argv[1:]] or SIZES
    measure(asked)
    print()
    memory([rows for rows in asked if rows >= 10**6])
    print()
    openfisca()
