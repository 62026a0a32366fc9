"""The forty models of the founding study solved over all splits of 241, against brute force."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from benchmarks.measure import best_of

TITLE = "The founding study's 40 logit models over all splits of 241, against brute force"
UNITS = 241
MANY = 100_000
WINDOW = 0.005 + 1e-9


def run(_sizes: list[int], _folder: Path) -> list[dict[str, Any]]:
    from samspill.reconstruction import reconstruct

    table = _models()
    reconstruct(table)
    start = time.perf_counter()
    result = reconstruct(table)
    seconds = time.perf_counter() - start
    solving = best_of(5, _solving(table))
    start = time.perf_counter()
    split, solved = _brute_force(_printed(table))
    brute = time.perf_counter() - start
    many = _invented_models(MANY, 61_234)
    start = time.perf_counter()
    large = reconstruct(many)
    seconds_many = time.perf_counter() - start
    return [
        {
            "models": len(_printed(table)),
            "reconstruct, s": seconds,
            "brute force, s": brute,
            "times faster": brute / seconds,
            "solving alone, s": solving,
            "solving alone, times faster": brute / solving,
            "brute force: split, models solved": f"{split}/{UNITS - split}, {solved}",
            "reconstruct: split, models solved": _solved(result.tables),
            f"40 models of {MANY:,} units over all splits, s": seconds_many,
            f"{MANY:,} units: split": _chosen(large.groups),
        }
    ]


def _solved(tables: pl.DataFrame) -> str:
    unique = tables.filter(pl.col("status") == "unique")
    return f"{unique['n0'][0]}/{unique['n1'][0]}, {unique.height}"


def _solving(table: pl.DataFrame) -> Callable[[], object]:
    """The scan of all splits without reading, evidence, chance and frames."""
    from samspill.reconstruction.printed_table import statistics_of
    from samspill.reconstruction.rounding import RoundingConvention
    from samspill.reconstruction.sizes import solutions_by_size
    from samspill.reconstruction.tables import gather

    models = [one.constraints(RoundingConvention.HALF_UP) for one in gather(statistics_of(table))]
    first = np.arange(1, UNITS)
    return lambda: solutions_by_size(models, first, UNITS - first)


def _chosen(groups: pl.DataFrame) -> str:
    return ", ".join(f"{a}/{b}" for a, b in groups.filter("chosen").select("n0", "n1").rows())


def _invented_models(units: int, reference: int) -> pl.DataFrame:
    """Forty models with four decimals, computed from seeded counts."""
    draw = np.random.default_rng(UNITS)
    rows = []
    for model in range(40):
        first = int(draw.integers(1000, reference - 1000))
        second = int(draw.integers(1000, units - reference - 1000))
        constant = np.log(first / (reference - first))
        slope = np.log(second / (units - reference - second)) - constant
        for group, statistic, value in (
            ("no", "log_odds", constant),
            ("", "log_odds_ratio", slope),
        ):
            rows.append(
                {
                    "id": f"{model}/{statistic}",
                    "indicator": f"indicator {model}",
                    "split": "group",
                    "group": group,
                    "statistic": statistic,
                    "printed": f"{value:.4f}",
                    "observations": str(units),
                }
            )
    return pl.DataFrame(rows)


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
