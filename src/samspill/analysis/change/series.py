"""A number in every wave, and among the units that answered it every time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from samspill.analysis.results import FieldResult
from samspill.errors import SamspillError
from samspill.statistics.intervals import require_level, wilson

if TYPE_CHECKING:
    from samspill.analysis.change.waves import Waves

WEIGHTED = ("estimate_weighted", "low_weighted", "high_weighted")
SCHEMA: dict[str, type[pl.DataType]] = {
    "indicator": pl.String,
    "field": pl.String,
    "wave": pl.String,
    "kind": pl.String,
    "n": pl.Int64,
    "total": pl.Float64,
    "estimate": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "n_panel": pl.Int64,
    "total_panel": pl.Float64,
    "panel": pl.Float64,
    "panel_low": pl.Float64,
    "panel_high": pl.Float64,
    "provenance": pl.String,
    **dict.fromkeys(WEIGHTED, pl.Float64),
}


def series(
    waves: Waves, indicator: str, fields: Sequence[str] | None = None, level: float = 0.95
) -> FieldResult:
    """A share or a mean in every wave, by field.

    The frame, one row per field and wave: indicator, field, wave, kind (``share`` or ``mean``), n
    and total (Σy) of all that answered, estimate with low and high (Wilson's interval of a share,
    Student's of a mean), n_panel and total_panel of the followed units that answered the question
    in every wave, panel with panel_low and panel_high, provenance, and where the wave declares
    weights estimate_weighted, low_weighted, high_weighted.

    Raises SamspillError for an indicator that is yes or no in some waves and not in others, and
    for what a wave lacks.
    """
    require_level(level)
    asked = waves.asked([indicator], fields)
    kinds = {each.is_binary(indicator) for each in waves.analyses}
    if len(kinds) > 1:
        raise SamspillError(
            f"'{indicator}' is yes or no in some waves and a number in others.",
            "Choose an indicator that is of one kind in every wave.",
        )
    binary = kinds == {True}
    rows = waves.rows([indicator], asked).drop_nulls(list(waves.names))
    told = []
    for name, analysis in zip(waves.names, waves.analyses, strict=True):
        found = analysis.shares if binary else analysis.means
        frame = found(indicator, fields=asked if asked != ("",) else None, level=level).frame
        for row in frame.filter(pl.col("n") > 0, pl.col("field").is_in(list(asked))).to_dicts():
            panel = rows.filter(pl.col("field") == row["field"])[name].to_numpy()
            told.append(_row(row, name, binary, panel, level))
    order = {field: place for place, field in enumerate(asked)}
    frame = pl.DataFrame(told, schema=SCHEMA).sort(
        pl.col("field").replace_strict(order, return_dtype=pl.Int64),
        pl.col("wave").replace_strict(
            {name: place for place, name in enumerate(waves.names)}, return_dtype=pl.Int64
        ),
        maintain_order=True,
    )
    return FieldResult(frame, f"{indicator} in {', '.join(waves.names)}")


def _row(
    row: dict[str, Any], wave: str, binary: bool, panel: np.ndarray, level: float
) -> dict[str, Any]:
    value = "share" if binary else "mean"
    low, high = mean_limits(panel, level, binary=binary)
    return {
        "indicator": row["indicator"],
        "field": row["field"],
        "wave": wave,
        "kind": value,
        "n": row["n"],
        "total": float(row["count"] if binary else row["sum"]),
        "estimate": row[value],
        "low": row["low"],
        "high": row["high"],
        "n_panel": panel.size,
        "total_panel": float(panel.sum()),
        "panel": float(panel.mean()) if panel.size else None,
        "panel_low": low,
        "panel_high": high,
        "provenance": row["provenance"],
        "estimate_weighted": row.get(f"{value}_weighted"),
        "low_weighted": row.get("low_weighted"),
        "high_weighted": row.get("high_weighted"),
    }


def mean_limits(
    values: np.ndarray, level: float = 0.95, *, binary: bool = False
) -> tuple[float | None, float | None]:
    """Wilson's limits of the share of ones, or Student's of the mean; None where there are none."""
    from scipy.special import stdtrit

    if not values.size:
        return None, None
    mean = float(values.mean())
    if binary:
        low, high = wilson(np.array([mean]), np.array([1 / values.size]), level)
        return float(low[0]), float(high[0])
    if values.size < 2 or not values.std() > 0:
        return None, None
    half = float(stdtrit(values.size - 1, (1 + level) / 2)) * float(values.std(ddof=1))
    half /= math.sqrt(values.size)
    return mean - half, mean + half
