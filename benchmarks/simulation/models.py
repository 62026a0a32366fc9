"""What clusters do to an interval: policies adopted by whole counties, and counties that differ."""

from __future__ import annotations

import numpy as np
import polars as pl

from benchmarks.simulation.judging import Row, judged
from benchmarks.simulation.population import cells_of, each
from samspill.statistics import ols

QUESTION = "A difference between whole counties"
COUNTIES, EACH, TRUE, SPREAD = 40, (4, 19), 0.12, 0.12


def run(draws: int, random: np.random.Generator) -> list[Row]:
    """The truth is the mean difference of all counties that might have been."""
    units = random.integers(*EACH, COUNTIES)
    policy = (np.arange(COUNTIES) % 2).astype(np.int64)
    frame = pl.DataFrame({"county": np.arange(COUNTIES), "policy": policy})
    chance = 0.35 + TRUE * policy + random.normal(0, SPREAD, (draws, COUNTIES))
    n = np.broadcast_to(units, chance.shape)
    cells = cells_of(frame, n, random.binomial(n, np.clip(chance, 0, 1)), ("county", "policy"))
    cells = type(cells)(cells.frame.with_columns(sum_squares=pl.col("sum").cast(float)), cells.key)
    situation = (
        f"{COUNTIES} counties with {EACH[0]}–{EACH[1] - 1} units, half of them with a policy"
    )
    rows = []
    for name, options in {
        "cluster-robust": {"covariance": "cluster", "cluster": "county"},
        "robust, clusters left out of account": {"covariance": "HC1"},
    }.items():
        fits = [
            ols(one, one.outcomes[0], "policy", **options).frame  # type: ignore[arg-type]
            for one in each(cells)
        ]
        found = pl.concat(fits).filter(pl.col("term") == "policy")
        rows.append(
            judged(
                QUESTION,
                situation,
                name,
                estimate=found["estimate"],
                low=found["low"],
                high=found["high"],
                truth=TRUE,
            )
        )
    return rows
