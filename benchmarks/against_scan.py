"""Cells and a logit against the bare scan of the columns they need."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.measure import measured
from benchmarks.survey import KEY, WARM_UP, survey
from benchmarks.work import on_cells, scan

TITLE = "One logit against DuckDB's scan of the same four columns (the limit)"
TIMES = 3


def run(sizes: list[int], folder: Path) -> list[dict[str, Any]]:
    return [_compare(rows, folder) for rows in sizes]


def _compare(rows: int, folder: Path) -> dict[str, Any]:
    path, small = survey(folder, rows), survey(folder, WARM_UP)
    columns = [*KEY, "y0"]
    measured(scan, path, columns, warm_up=(small, columns))
    limits = [measured(scan, path, columns, warm_up=(small, columns)) for _ in range(TIMES)]
    fits = [
        measured(on_cells, path, ["y0"], "model", warm_up=(small, ["y0"], "model"))
        for _ in range(TIMES)
    ]
    limit, ours = (min(runs, key=lambda run: run.seconds) for runs in (limits, fits))
    least = measured(on_cells, small, ["y0"], "model", warm_up=(small, ["y0"], "model"))
    return {
        "rows": rows,
        "scan, s": limit.seconds,
        "cells and logit, s": ours.seconds,
        "times the scan": ours.seconds / limit.seconds,
        "scan, MB": limit.peak,
        "cells and logit, MB": ours.peak,
        "the same on 1,000 rows, MB": least.peak,
    }
