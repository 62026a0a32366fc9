"""Cells and a logit against the bare scan of the columns they need."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.measure import alternating, measured, verdict
from benchmarks.survey import KEY, WARM_UP, survey
from benchmarks.work import on_cells, scan

TITLE = "One logit against DuckDB's scan of the same four columns (the limit)"
RUNS = 5
BAR_ROWS, BAR_TIMES, BAR_MEGABYTES = 10**8, 1.3, 110.0


def run(sizes: list[int], folder: Path) -> list[dict[str, Any]]:
    return [_compare(rows, folder) for rows in sizes]


def _compare(rows: int, folder: Path) -> dict[str, Any]:
    path, small = survey(folder, rows), survey(folder, WARM_UP)
    columns = [*KEY, "y0"]
    measured(scan, path, columns, warm_up=(small, columns))
    limit, ours = alternating(
        RUNS,
        lambda: measured(scan, path, columns, warm_up=(small, columns)),
        lambda: measured(on_cells, path, ["y0"], "model", warm_up=(small, ["y0"], "model")),
    )
    least = measured(on_cells, small, ["y0"], "model", warm_up=(small, ["y0"], "model"))
    times = ours.seconds / limit.seconds
    figures = {
        "rows": rows,
        "scan, s": limit.seconds,
        "cells and logit, s": ours.seconds,
        "times the scan": times,
        "scan, MB": limit.peak,
        "cells and logit, MB": ours.peak,
        "the same on 1,000 rows, MB": least.peak,
    }
    if rows == BAR_ROWS:
        figures[f"bar {BAR_TIMES} times"] = verdict(times <= BAR_TIMES)
        figures[f"bar {BAR_MEGABYTES:.0f} MB"] = verdict(ours.peak <= BAR_MEGABYTES)
    return figures
