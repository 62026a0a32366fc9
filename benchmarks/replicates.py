"""A thousand bootstrap replicates of a logit: drawing cells against drawing rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measure import best_of, verdict
from benchmarks.survey import KEY, TERMS, survey

TITLE = "1,000 bootstrap replicates of a logit, drawing cells; rows extrapolated from 3 replicates"
REPLICATES = 1000
ROW_REPLICATES = 3
BAR_MILLISECONDS = 0.3


def run(sizes: list[int], folder: Path) -> list[dict[str, Any]]:
    return [
        _compare(rows, name, terms, folder)
        for rows in sizes
        for name, terms in (("2 groups", ["policy"]), ("9 coefficients", TERMS))
    ]


def _compare(rows: int, name: str, terms: list[str], folder: Path) -> dict[str, Any]:
    from samspill.statistics.counting import cells
    from samspill.statistics.models import logit, logit_statistic
    from samspill.statistics.resampling import bootstrap

    path = survey(folder, rows)
    counted = cells(path, KEY, "y0")
    statistic = logit_statistic(counted, terms, categorical=KEY)
    seconds = best_of(3, lambda: bootstrap(counted, statistic, REPLICATES, seed=1))
    result = bootstrap(counted, statistic, REPLICATES, seed=1)
    fit = logit(counted, "y0", terms, categorical=KEY)
    errors = result.frame["standard_error"].to_numpy() / fit.frame["standard_error"].to_numpy()
    by_rows = _by_rows(path, terms)
    return {
        "rows": rows,
        "model": name,
        "cells, s": seconds,
        "a replicate, ms": 1000 * seconds / REPLICATES,
        f"bar {BAR_MILLISECONDS} ms": verdict(1000 * seconds / REPLICATES <= BAR_MILLISECONDS),
        "rows and statsmodels, s": by_rows * REPLICATES,
        "times faster": by_rows * REPLICATES / seconds,
        "largest departure of errors from the model's, %": 100 * float(np.abs(errors - 1).max()),
    }


def _by_rows(path: str, terms: list[str]) -> float:
    """Seconds for one replicate that draws rows and fits them with statsmodels."""
    import polars as pl
    from statsmodels.discrete.discrete_model import Logit

    rows = pl.read_parquet(path)
    columns = [np.ones(rows.height)]
    for name in terms:
        values = rows[name].to_numpy()
        columns += [(values == category).astype(float) for category in np.unique(values)[1:]]
    X, y = np.column_stack(columns), rows["y0"].to_numpy().astype(float)
    random = np.random.default_rng(1)

    def replicate() -> None:
        drawn = random.integers(0, len(y), len(y))
        Logit(y[drawn], X[drawn]).fit(disp=0)

    return best_of(ROW_REPLICATES, replicate)
