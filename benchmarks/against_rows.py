"""Cells against statsmodels on rows: time, peak memory, largest differences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measure import alternating, measured, verdict
from benchmarks.survey import WARM_UP, survey
from benchmarks.work import on_cells, on_rows, on_rows_by_formula

TITLE = "One logit (9 coefficients) from a parquet file: cells against statsmodels on rows"
RUNS = 3
LONG = 10**7
BARS = {10**6: 100, 10**7: 680}

PEERS = {
    "Logit": (on_rows, ("model",)),
    "Logit, HC0": (on_rows, ("HC0",)),
    "GLM by formula": (on_rows_by_formula, ()),
}


def run(sizes: list[int], folder: Path) -> list[dict[str, Any]]:
    return [_compare(rows, peer, folder) for rows in sizes for peer in PEERS]


def _compare(rows: int, peer: str, folder: Path) -> dict[str, Any]:
    path, small = survey(folder, rows), survey(folder, WARM_UP)
    work, more = PEERS[peer]
    covariance = more[0] if more else "model"
    (ours,) = alternating(
        RUNS,
        lambda: measured(on_cells, path, ["y0"], covariance, warm_up=(small, ["y0"], covariance)),
    )
    (theirs,) = alternating(
        RUNS if rows < LONG else 1,
        lambda: measured(work, path, "y0", *more, warm_up=(small, "y0", *more)),
    )
    times = theirs.seconds / ours.seconds
    figures = {
        "rows": rows,
        "statsmodels'": peer,
        "cells, s": ours.seconds,
        "statsmodels, s": theirs.seconds,
        "times faster": times,
        "cells, MB": ours.peak,
        "statsmodels, MB": theirs.peak,
        "largest difference, coefficients": _largest(ours.value, theirs.value, "coefficients"),
        "largest difference, standard errors": _largest(ours.value, theirs.value, "errors"),
    }
    if rows in BARS:
        figures[f"bar {BARS[rows]} times"] = verdict(times >= BARS[rows])
    return figures


def _largest(ours: dict[str, Any], theirs: dict[str, Any], name: str) -> float:
    return float(np.abs(ours[name] - theirs[name]).max())
