"""The columns on Spark in local mode, against Spark SQL written by hand."""

import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import by_sql
import region
from interleaved import interleaved, print_table, print_versions, ratio

if shutil.which("java") is None:
    sys.exit("Spark needs Java; not measured")

from datetime import date
from statistics import median

from pyspark.sql import SparkSession

from alin_core.frames import assess_frame

ON = date(2026, 11, 23)


def session() -> SparkSession:
    settings = {"spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1"}
    settings |= {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.memory": "6g"}
    settings["spark.ui.showConsoleProgress"] = "false"
    started = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    started.sparkContext.setLogLevel("ERROR")
    return started


def timed(make: Callable[[], Any]) -> float:
    """The frame is made and every column of every row is computed, then forgotten."""
    start = time.perf_counter()
    make().write.format("noop").mode("overwrite").save()
    return time.perf_counter() - start


def counted(frame: Any) -> Counter[Any]:
    """The rows of one in a hundred, whatever their order, and how many are the same."""
    some = frame.where("hash(applicant_birth_date, headcount) % 100 = 0")
    return Counter(map(tuple, some.collect()))


def main(rows: int = 500_000) -> None:
    spark = session()
    print_versions("alin-core", "narwhals", "pyspark")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.parquet"
        region.rows(rows).write_parquet(path)
        given = spark.read.parquet(str(path)).cache()
        given.count()
        given.createOrReplaceTempView("rows_")
        for name, amounts in by_sql.TABLES.items():
            pairs = list(enumerate(amounts))
            spark.createDataFrame(pairs, "key INT, amount BIGINT").createOrReplaceTempView(name)
        clean, same = map(by_sql.for_spark, (by_sql.by_hand(), by_sql.same_answers()))
        start = time.perf_counter()
        made = assess_frame(given, on=ON)
        building = time.perf_counter() - start
        print(f"Making the query takes {building:.1f} s, whatever the number of rows.\n")
        assert counted(made) == counted(spark.sql(same).select(*made.columns)) != Counter()
        runs = {
            "alin_core, Spark": lambda: made,
            "by hand, Spark SQL, the same answers": lambda: spark.sql(same),
            "by hand, Spark SQL": lambda: spark.sql(clean),
        }
        samples = interleaved({name: (lambda f=run: timed(f)) for name, run in runs.items()}, 9)
        told = [
            [
                name,
                f"{median(samples[name]) / rows * 1e9:,.0f} ns",
                f"{ratio(samples, 'alin_core, Spark', name):.2f}",
            ]
            for name in runs
        ]
        print_table([f"{rows:,} rows", "a row", "alin_core to it"], told)
    spark.stop()


if __name__ == "__main__":
    main()
