"""What many draws say of an interval: does it cover the truth, and is its middle off?"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import ArrayLike

SCHEMA: dict[str, Any] = {
    "question": pl.String,
    "situation": pl.String,
    "method": pl.String,
    "draws": pl.Int64,
    "without": pl.Int64,
    "truth": pl.Float64,
    "bias": pl.Float64,
    "bias_error": pl.Float64,
    "spread": pl.Float64,
    "coverage": pl.Float64,
    "coverage_error": pl.Float64,
    "width": pl.Float64,
}
"""One row is a method in a situation. ``without``: draws that gave no interval, and cover nothing.
``truth``: its mean over draws. ``bias``: mean of estimate less truth; ``spread``: its standard
deviation. ``…_error``: Monte Carlo standard error. ``width``: median width of the intervals."""

Row = dict[str, Any]


def judged(
    question: str,
    situation: str,
    method: str,
    *,
    estimate: ArrayLike,
    low: ArrayLike,
    high: ArrayLike,
    truth: ArrayLike,
) -> Row:
    """One row of the table.

    The arrays have a value for each draw, NaN where there is none, or are of shape (draws, groups):
    then the numbers are over all groups, and their Monte Carlo errors from the draws' own.
    """
    estimate, low, high = (np.asarray(values, dtype=float) for values in (estimate, low, high))
    true = np.broadcast_to(np.asarray(truth, dtype=float), estimate.shape)
    off = estimate - true
    covered = (low <= true) & (true <= high)
    draws = len(estimate)
    return {
        "question": question,
        "situation": situation,
        "method": method,
        "draws": draws,
        "without": int((np.isnan(low) | np.isnan(high)).sum()),
        "truth": float(true.mean()),
        "bias": float(np.nanmean(off)),
        "bias_error": _error(off),
        "spread": float(np.nanstd(off)),
        "coverage": float(covered.mean()),
        "coverage_error": _error(covered.astype(float)),
        "width": float(np.nanmedian(high - low)),
    }


def _error(values: np.ndarray) -> float:
    """The standard error of the mean over draws, of values in all or of each draw's groups."""
    each = np.nanmean(values, axis=1) if values.ndim > 1 else values[np.isfinite(values)]
    return float(each.std() / np.sqrt(len(each)))


def table(rows: list[Row]) -> pl.DataFrame:
    """The rows, those of one question together."""
    questions = list(dict.fromkeys(row["question"] for row in rows))
    together = sorted(rows, key=lambda row: questions.index(row["question"]))
    return pl.DataFrame(together, schema=SCHEMA)
