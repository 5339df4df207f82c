"""Spark in local mode, for the long run alone: it takes a minute to begin."""

import os
import shutil
import warnings
from functools import cache
from importlib.util import find_spec
from typing import Any


def why_not() -> str:
    """Say why Spark is not started; empty when it is."""
    if os.environ.get("HYPOTHESIS_PROFILE") != "long":
        return "Spark runs with HYPOTHESIS_PROFILE=long"
    if shutil.which("java") is None:
        return "Spark needs Java"
    return "" if find_spec("pyspark") else "pip install pyspark"


@cache
def session() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyspark.sql import SparkSession

        settings = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2"}
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
        settings["spark.ui.showConsoleProgress"] = "false"
        started = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
        started.sparkContext.setLogLevel("ERROR")
        return started
