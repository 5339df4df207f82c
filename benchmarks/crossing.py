"""Demands × offers: time and memory a pair, against Polars on sides reduced beforehand."""

import datetime
import subprocess
import sys
import time

import polars as pl
import region
from interleaved import print_table, print_versions
from peak import grown

from alin_core.frames import assess_frame, cross_assess

ON = datetime.date(2026, 11, 23)
RUNS = ("alin_core", "Polars, sides reduced beforehand")
SIZES = ((100_000, 100), (1_000_000, 100))


def sides(demands: int, offers: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    return (
        region.demands(demands).with_row_index("demand"),
        region.offers(offers).with_row_index("offer"),
    )


def ours(demands: pl.DataFrame, offers: pl.DataFrame) -> pl.LazyFrame:
    """The identifiers of what passes, as a caller would who asks who may apply where."""
    pairs = cross_assess(demands.lazy(), offers.lazy(), on=ON)
    return pairs.select("demand", "offer")


def reduced(demands: pl.DataFrame, offers: pl.DataFrame) -> pl.LazyFrame:
    """By hand: three conditions on columns that hold only what the question needs.

    What a demand comes to at each place is prepared with `assess_frame`, and is not measured.
    """
    places = offers.select("commune", "norm").unique(maintain_order=True).with_row_index("bit")
    fits = pl.lit(0)
    for bit, commune, norm in places.rows():
        beside = demands.with_columns(
            commune=pl.lit(commune), norm=pl.lit(norm), rooms=1, rent=0.0, charges=0.0
        )
        met = assess_frame(beside, on=ON)["income_ceiling_outcome"].cast(pl.String) == "MET"
        fits = fits + met.cast(pl.Int32) * 2**bit
    persons = pl.col("adults") + pl.col("dependants")
    means = pl.col("monthly_income") + pl.col("housing_aid")
    left = demands.select(
        "demand",
        fits=fits.cast(pl.Int32),
        fewest=pl.min_horizontal(persons, 5).cast(pl.Int16),
        most=pl.when(persons < 5).then(persons + 1).otherwise(99).cast(pl.Int16),
        highest=((means * 100).round().cast(pl.Int64) * 10 // 27).cast(pl.Int32),
    )
    right = offers.join(places, on=["commune", "norm"], maintain_order="left").select(
        "offer",
        place=2 ** pl.col("bit").cast(pl.Int32),
        rooms=pl.col("rooms").cast(pl.Int16),
        rent=((pl.col("rent") + pl.col("charges")) * 100).round().cast(pl.Int32),
    )
    pairs = left.lazy().join(right.lazy(), how="cross")
    rooms = (pl.col("rooms") >= pl.col("fewest")) & (pl.col("rooms") <= pl.col("most"))
    rent = pl.col("rent") - pl.col("highest") <= 0
    kept = pairs.filter(((pl.col("fits") & pl.col("place")) > 0) & rooms & rent)
    return kept.select("demand", "offer")


def alone(name: str, demands: int, offers: int) -> None:
    """Time, rows kept and growth of the highest use of this process, once its engine is warm."""
    make = dict(zip(RUNS, (ours, reduced), strict=True))[name]
    make(*sides(1_000, 10)).collect(engine="streaming")
    plan = make(*sides(demands, offers))
    start = time.perf_counter()
    memory, kept = grown(lambda: plan.collect(engine="streaming"))
    spent = time.perf_counter() - start
    pairs = demands * offers
    print(spent / pairs * 1e9, memory / pairs, len(kept))


def main() -> None:
    print_versions("alin-core", "narwhals", "polars")
    for demands, offers in SIZES:
        rows = []
        for name in RUNS:
            drawn = []
            for _ in range(5):
                command = [sys.executable, __file__, name, str(demands), str(offers)]
                done = subprocess.run(command, capture_output=True, text=True, check=True)
                drawn.append(tuple(map(float, done.stdout.split())))
            time_, memory, kept = sorted(drawn)[2]
            rows.append([name, f"{time_:.1f} ns", f"{memory:.1f} bytes", f"{kept:,.0f}"])
        print_table([f"{demands:,} × {offers}", "a pair", "memory a pair", "kept"], rows)
        print()


if __name__ == "__main__":
    if len(sys.argv) == 4:
        alone(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
