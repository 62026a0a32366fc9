"""The forty models of the founding study solved over all splits of 241, against brute force."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

TITLE = "The founding study's 40 logit models over all splits of 241, against brute force"
UNITS = 241
WINDOW = 0.005 + 1e-9


def run(_sizes: list[int], _folder: Path) -> list[dict[str, Any]]:
    from samspill.reconstruction import reconstruct

    table = _models()
    reconstruct(table)
    start = time.perf_counter()
    result = reconstruct(table)
    seconds = time.perf_counter() - start
    start = time.perf_counter()
    split, solved = _brute_force(_printed(table))
    brute = time.perf_counter() - start
    return [
        {
            "models": len(_printed(table)),
            "reconstruct, s": seconds,
            "brute force, s": brute,
            "times faster": brute / seconds,
            "brute force: split, models solved": f"{split}/{UNITS - split}, {solved}",
            "reconstruct: split, models solved": _solved(result.tables),
        }
    ]


def _solved(tables: pl.DataFrame) -> str:
    unique = tables.filter(pl.col("status") == "unique")
    return f"{unique['n0'][0]}/{unique['n1'][0]}, {unique.height}"


def _models() -> pl.DataFrame:
    from samspill import studies

    file = Path(next(iter(studies.__path__))) / "norway_2018" / "printed.csv"
    printed = pl.read_csv(file, infer_schema=False)
    return printed.filter(
        pl.col("statistic").is_in(["log_odds", "log_odds_ratio"]),
        pl.col("split") == "has_policy",
    )


def _printed(table: pl.DataFrame) -> list[tuple[float, float]]:
    """Intercept and slope of every model that prints both."""
    values: dict[tuple[str, str], dict[str, float]] = {}
    for row in table.iter_rows(named=True):
        text = row["printed"].rstrip("*").replace(",", ".").replace("–", "-").replace("−", "-")
        values.setdefault((row["indicator"], row["field"]), {})[row["statistic"]] = float(text)
    return [
        (pair["log_odds"], pair["log_odds_ratio"]) for pair in values.values() if len(pair) == 2
    ]


def _brute_force(models: list[tuple[float, float]]) -> tuple[int, int]:
    """Try every pair of counts in every split: the split that solves most models, and how many."""
    best = (0, 0)
    for reference in range(1, UNITS):
        solved = sum(_solvable(reference, UNITS - reference, *model) for model in models)
        best = max(best, (solved, reference))
    return best[1], best[0]


def _solvable(reference: int, group: int, intercept: float, slope: float) -> bool:
    first = np.arange(1, reference)
    second = np.arange(1, group)
    low = np.log(first / (reference - first))[:, None]
    high = np.log(second / (group - second))[None, :]
    fits = (np.abs(low - intercept) <= WINDOW) & (np.abs(high - low - slope) <= WINDOW)
    return bool(fits.any())
