"""What the silent could make of a share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from samspill.errors import SamspillError
from samspill.statistics.cells import Cells, as_names
from samspill.statistics.results import Result
from samspill.statistics.shares import shares


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class ShareBounds(Result):
    """Shares, and where they could lie whatever those who did not answer are.

    ``frame``: ``outcome``, within…, ``n``, ``count``, ``share``, ``low``, ``high`` (Wilson),
    ``silent``, ``bound_low`` (no silent unit is a one), ``bound_high`` (every one is),
    ``reached_low``, ``reached_high`` (the interval about either bound), ``threshold``,
    ``above`` (the share is above it), ``shift_interval`` and ``shift_side`` (the smallest
    difference in share between the silent and those who answered at which the interval reaches
    the threshold, and at which the share does; null where none does), ``silent_share_side`` (the
    share among the silent then).
    """

    level: float = 0.95
    threshold: float = 0.5

    @property
    def heading(self) -> str:
        return f"Shares whatever the silent are, held against {100 * self.threshold:g} %"


def share_bounds(
    cells: Cells,
    population: int,
    *,
    within: str | Sequence[str] = (),
    threshold: float = 0.5,
    level: float = 0.95,
) -> ShareBounds:
    """Bounds of the share of ones among all ``population`` units, and its tipping points.

    Raises SamspillError for outcomes that are not 0/1, a threshold outside 0 to 1, and a
    population smaller than the answers.
    Source: Manski 2007, Identification for Prediction and Decision, chapter 2.
    """
    if not 0 < threshold < 1:
        raise SamspillError(f"The threshold is {threshold}.", "Give a share between 0 and 1.")
    within = as_names(within)
    found = shares(cells, within=within, level=level).frame
    if (found["n"] > population).any():
        raise SamspillError(
            f"A population of {population} is smaller than the number of answers.",
            "Correct the population, or name in within= what counts the same units anew.",
        )
    silent = population - pl.col("n")
    part = silent / population
    away = (pl.col("share") - threshold).abs()
    above = pl.col("share") > threshold
    nearest = pl.when(above).then(pl.col("low") - threshold).otherwise(threshold - pl.col("high"))
    room = pl.when(above).then(pl.col("share")).otherwise(1 - pl.col("share"))
    answered = (1 - part) * pl.col("share")

    def shift(distance: pl.Expr) -> pl.Expr:
        needed = distance / part
        return pl.when((part > 0) & (needed <= room)).then(needed)

    frame = found.with_columns(
        silent.alias("silent"),
        answered.alias("bound_low"),
        (answered + part).alias("bound_high"),
        (answered - pl.col("share") + pl.col("low")).clip(0, 1).alias("reached_low"),
        (answered + part - pl.col("share") + pl.col("high")).clip(0, 1).alias("reached_high"),
        pl.lit(threshold).alias("threshold"),
        above.alias("above"),
        pl.when(nearest > 0).then(shift(nearest)).alias("shift_interval"),
        shift(away).alias("shift_side"),
    ).with_columns(
        pl.when(above)
        .then(pl.col("share") - pl.col("shift_side"))
        .otherwise(pl.col("share") + pl.col("shift_side"))
        .alias("silent_share_side")
    )
    columns = (
        "n", "count", "share", "low", "high", "silent", "bound_low", "bound_high", "reached_low",
        "reached_high", "threshold", "above", "shift_interval", "shift_side", "silent_share_side",
        "note",
    )  # fmt: skip
    return ShareBounds(frame.select("outcome", *within, *columns), level, threshold)
