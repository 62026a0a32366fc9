"""The same cells counted by each data engine, against the bare scan of the columns they need.

Each engine counts in a process of its own, a survey of 1,000 rows first and then the file some
times over, of which the median counts; memory is that of the process and of those it started
(Spark's Java).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.measure import measured
from benchmarks.survey import KEY, WARM_UP, outcome_names, survey
from benchmarks.work import scan

TITLE = "Engines: cells of one file, against DuckDB's scan of the same columns"
RUNS = 5
UNITS = 100_000
SHAPES = ((1, 0), (10, 0), (1, UNITS))
"""Outcomes, and units: where there are any they are the key, a cell each."""
LARGEST_WIDE = 10**7
BARE_SCAN = "the bare scan"


def run(sizes: list[int], folder: Path) -> list[dict[str, Any]]:
    return [
        figures
        for size in sizes
        for outcomes, units in SHAPES
        if (outcomes == 1 and not units) or size <= LARGEST_WIDE
        for figures in _compare(size, outcomes, units, folder)
    ]


def work(engine: str, path: str, small: str, outcomes: int, units: int) -> dict[str, Any]:
    """Count the small file, then the file ``RUNS`` times; ``digest`` is of all cells' contents."""
    start = time.perf_counter()
    done = _once(engine, small, outcomes, units)
    first, taken = time.perf_counter() - start, []
    for _ in range(RUNS):
        start = time.perf_counter()
        done = _once(engine, path, outcomes, units)
        taken.append(time.perf_counter() - start)
    return {"first": first, "seconds": median(taken), "cells": done[0], "digest": done[1]}


def _once(engine: str, path: str, outcomes: int, units: int) -> tuple[int, int]:
    from samspill.statistics.counting import cells

    names = outcome_names(outcomes)
    if engine == BARE_SCAN:
        scan(path, [*_key(units), *names])
        return 0, 0
    frame = cells(ENGINES[engine](path), _key(units), names).frame
    return frame.height // outcomes, int(frame.hash_rows(seed=1).sum())


def _compare(rows: int, outcomes: int, units: int, folder: Path) -> list[dict[str, Any]]:
    path, small = (survey(folder, n, outcomes, 0.03, units) for n in (rows, WARM_UP))
    done = {
        engine: measured(work, engine, path, small, outcomes, units, warm_up=None)
        for engine in (BARE_SCAN, *ENGINES)
    }
    limit = done.pop(BARE_SCAN)
    reference = done["DuckDB"].value["digest"]
    return [
        {
            "rows": rows,
            "outcomes": outcomes,
            "cells": one.value["cells"],
            "engine": engine,
            "s": one.value["seconds"],
            "the scan, s": limit.value["seconds"],
            "times the scan": one.value["seconds"] / limit.value["seconds"],
            "MB": one.peak,
            "the scan, MB": limit.peak,
            "first cells of a process, s": one.value["first"],
            "cells identical": "yes" if one.value["digest"] == reference else "NO",
        }
        for engine, one in done.items()
    ]


def _key(units: int) -> list[str]:
    return ["unit"] if units else KEY


def _polars(path: str) -> Any:
    import polars as pl

    return pl.scan_parquet(path)


def _ibis(path: str) -> Any:
    import ibis

    return ibis.duckdb.connect().read_parquet(path)


def _spark(path: str) -> Any:
    return _session().read.parquet(path)


@cache
def _session() -> Any:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[*]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.ui.showConsoleProgress", "false")
    session = builder.config("spark.driver.host", "127.0.0.1").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


ENGINES: dict[str, Callable[[str], Any]] = {
    "DuckDB": str,
    "Polars, lazy": _polars,
    "Ibis on DuckDB": _ibis,
    "Spark, local": _spark,
}
