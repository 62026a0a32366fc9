"""Forty-four models with missing answers in each outcome, against the scan of their columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.measure import alternating, measured, verdict
from benchmarks.survey import KEY, WARM_UP, outcome_names, survey
from benchmarks.work import on_cells, scan

TITLE = "44 logits with 3 % missing in each outcome, against DuckDB's scan of the 47 columns"
MODELS = 44
MISSING = 0.03
RUNS = 5
BAR_TIMES = 1.3


def run(sizes: list[int], folder: Path) -> list[dict[str, Any]]:
    return [_compare(rows, folder) for rows in sizes]


def _compare(rows: int, folder: Path) -> dict[str, Any]:
    path, small = survey(folder, rows, MODELS, MISSING), survey(folder, WARM_UP, MODELS, MISSING)
    outcomes = outcome_names(MODELS)
    columns = [*KEY, *outcomes]
    measured(scan, path, columns, warm_up=(small, columns))
    limit, ours = alternating(
        RUNS,
        lambda: measured(scan, path, columns, warm_up=(small, columns)),
        lambda: measured(on_cells, path, outcomes, "model", warm_up=(small, outcomes, "model")),
    )
    times = ours.seconds / limit.seconds
    return {
        "rows": rows,
        "scan, s": limit.seconds,
        "44 models, s": ours.seconds,
        "times the scan": times,
        f"bar {BAR_TIMES} times": verdict(times <= BAR_TIMES),
        "44 models, MB": ours.peak,
        "all converged": ours.value["converged"],
    }
