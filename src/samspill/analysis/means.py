"""Means of numbers that a study holds, with their intervals: the work behind ``means``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from samspill.analysis import weighted_numbers
from samspill.analysis.results import FieldResult
from samspill.statistics.intervals import require_level

if TYPE_CHECKING:
    from samspill.analysis.opened import OpenedStudy

TOO_FEW = "fewer than two answers: no interval"
ALIKE = "all answers are alike: no interval by this method"


def means(
    analysis: OpenedStudy,
    names: Sequence[str],
    by: str | None,
    fields: Sequence[str],
    level: float,
) -> FieldResult:
    """See ``StudyAnalysis.means``."""
    require_level(level)
    split = [by] if by else []
    cells = analysis.cells(names, by).frame.rename({"outcome": "indicator"})
    if "sum_squares" not in cells.columns:
        cells = cells.with_columns(pl.col("sum").alias("sum_squares"))
    asked = cells.filter(pl.col("field").is_in(list(fields)), pl.col("n") > 0)
    told = pl.DataFrame([_mean(row, level) for row in asked.to_dicts()], schema=_NUMBERS)
    provenance = [
        analysis.provenance.of_number(name, field, by)
        for name, field in asked.select("indicator", "field").iter_rows()
    ]
    frame = asked.select(
        "indicator", "field", *split, "n", pl.col("sum").cast(pl.Float64)
    ).with_columns(*told, pl.Series("provenance", provenance, dtype=pl.String))
    orders: dict[str, Sequence[str]] = {"indicator": names, "field": fields}
    if by:
        orders[by] = analysis.groups(by)
    frame = frame.sort(
        [
            pl.col(column).replace_strict(
                {value: place for place, value in enumerate(values)},
                default=len(values),
                return_dtype=pl.Int64,
            )
            for column, values in orders.items()
        ]
    )
    if analysis.weighting is not None:
        beside = weighted_numbers.means(analysis, names, by, fields, level)
        keys = ["indicator", "field", *split]
        frame = frame.join(beside, on=keys, how="left", nulls_equal=True, maintain_order="left")
    title = f"Means of {', '.join(names)}{f' by {by}' if by else ''}, {100 * level:g} % intervals"
    return FieldResult(frame, title)


_NUMBERS: dict[str, type[pl.DataType]] = {
    "mean": pl.Float64,
    "standard_deviation": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "method": pl.String,
    "note": pl.String,
}


def _mean(row: dict[str, Any], level: float) -> dict[str, Any]:
    """A mean from n, Σy and Σy², with Student's interval."""
    from scipy.special import stdtrit

    n, mean = row["n"], row["sum"] / row["n"]
    told = {"mean": mean, "method": "student", "note": ""}
    if n < 2:
        return told | {"note": TOO_FEW}
    variance = max(0.0, row["sum_squares"] - n * mean**2) / (n - 1)
    deviation = float(np.sqrt(variance))
    if variance <= 1e-12 * max(1.0, mean**2):
        return told | {"standard_deviation": 0.0, "note": ALIKE}
    half = float(stdtrit(n - 1, (1 + level) / 2)) * deviation / float(np.sqrt(n))
    return told | {"standard_deviation": deviation, "low": mean - half, "high": mean + half}
