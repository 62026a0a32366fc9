"""Concentration: how unequally something is spread over those who might have had it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from samspill.errors import SamspillError
from samspill.statistics.cells import Cells
from samspill.statistics.intervals import require_level
from samspill.statistics.resampling import bootstrap
from samspill.statistics.results import Result

Floats = NDArray[np.float64]

TOP = 5
LEAST_DRAWN = 10
NOTHING = "nothing was given"
TOO_FEW = "fewer than 10: no interval by drawing"
ALL_AT_THE_TOP = "no more than the top itself: the share is 1 whatever the spread"

CONCENTRATION = {
    "statistic": pl.String,
    "n": pl.Int64,
    "receivers": pl.Int64,
    "total": pl.Float64,
    "estimate": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "note": pl.String,
}


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Concentration(Result):
    """The Gini coefficient and the share of the largest.

    ``frame``, a row for each ``statistic`` (``gini``, ``top_share``): ``n`` (all who might have
    had), ``receivers`` (those above 0), ``total``, ``estimate``, ``low``, ``high`` (0 to 1, null
    where there is none) and ``note`` (why, otherwise empty).
    """

    level: float = 0.95

    @property
    def heading(self) -> str:
        return f"Concentration with {100 * self.level:g} % intervals"


def gini(values: ArrayLike, counts: ArrayLike | None = None) -> Floats:
    """The Gini coefficient of ``values`` ≥ 0, shape (k,), of which there are ``counts``, (…, k).

    Σᵢ cᵢxᵢ(Fᵢ₋₁ + Fᵢ) / (N Σ cᵢxᵢ) − 1 over rising x, F the running count: half the mean absolute
    difference over the mean (Gini 1912; Sen 1973), 0 where all have the same and 1 − 1/N where one
    has everything. NaN where the total is 0. Raises SamspillError for a negative value.
    """
    x, c, order = _sorted(values, counts)
    c = c[..., order]
    running = np.cumsum(c, axis=-1)
    weighted = np.sum(c * x[order] * (2 * running - c), axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        total = running[..., -1] * np.sum(c * x[order], axis=-1) if x.size else np.nan
        result = weighted / total - 1
    return np.asarray(np.where(np.isfinite(result), np.maximum(result, 0.0), np.nan))


def top_share(values: ArrayLike, counts: ArrayLike | None = None, *, top: int = TOP) -> Floats:
    """The share of the total that the ``top`` largest have; arguments and errors as in ``gini``."""
    x, c, order = _sorted(values, counts)
    x, c = x[order][::-1], c[..., order[::-1]]
    before = np.cumsum(c, axis=-1) - c
    taken = np.clip(top - before, 0, c)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.sum(taken * x, axis=-1) / np.sum(c * x, axis=-1))


def lorenz(values: ArrayLike) -> pl.DataFrame:
    """Points of the Lorenz curve (Lorenz 1905): ``population`` and ``share``, from 0 to 1.

    The poorest share of the ``population`` has ``share`` of the total. Empty where that is 0.
    """
    x, _, order = _sorted(values, None)
    if not x.sum() > 0:
        return pl.DataFrame(schema={"population": pl.Float64, "share": pl.Float64})
    running = np.concatenate([[0.0], np.cumsum(x[order])])
    return pl.DataFrame(
        {"population": np.arange(x.size + 1) / x.size, "share": running / running[-1]}
    )


def concentration(
    values: ArrayLike,
    *,
    seed: int,
    top: int = TOP,
    level: float = 0.95,
    replicates: int = 1000,
) -> Concentration:
    """Gini and the share of the ``top`` largest, with percentile intervals.

    Those who might have had are drawn with replacement, ``replicates`` times; with fewer than
    ``LEAST_DRAWN`` there is no interval. Raises SamspillError for a negative value and a level
    outside 0 to 1.
    """
    require_level(level)
    x = np.asarray(values, dtype=np.float64)
    base = {"n": x.size, "receivers": int((x > 0).sum()), "total": float(x.sum())}
    estimates = {"gini": gini(x), "top_share": top_share(x, top=top)}
    limits = _limits(x, top, seed, level, replicates) if x.size >= LEAST_DRAWN else None
    rows = []
    for place, (statistic, value) in enumerate(estimates.items()):
        row = {"statistic": statistic, **base, "note": ""}
        if not base["total"]:
            rows.append(row | {"note": NOTHING})
            continue
        row["estimate"] = float(value)
        if statistic == "top_share" and x.size <= top:
            row["note"] = ALL_AT_THE_TOP
        elif limits is None:
            row["note"] = TOO_FEW
        else:
            row |= limits.row(place, named=True)
        rows.append(row)
    return Concentration(pl.DataFrame(rows, schema=CONCENTRATION), level)


def _limits(x: Floats, top: int, seed: int, level: float, replicates: int) -> pl.DataFrame:
    """``low`` and ``high`` of Gini and of the top share."""
    counted = pl.DataFrame({"value": x}).group_by("value").agg(n=pl.len().cast(pl.Int64))
    cells = Cells.from_counts(
        counted.with_columns(pl.lit("held").alias("outcome"), pl.col("n").alias("sum")), "value"
    )
    drawn = cells.frame["value"].to_numpy()

    def statistic(n: Floats, _: Floats) -> Floats:
        return np.stack([gini(drawn, n), top_share(drawn, n, top=top)], axis=-1)

    return bootstrap(cells, statistic, replicates, seed=seed, level=level).frame.select(
        "low", "high", "note"
    )


def _sorted(values: ArrayLike, counts: ArrayLike | None) -> tuple[Floats, Floats, NDArray[np.intp]]:
    x = np.asarray(values, dtype=np.float64)
    if (x < 0).any():
        raise SamspillError(
            "Concentration is not defined for negative amounts.",
            "Leave repayments out, or sum them with what they repay.",
        )
    c = np.ones_like(x) if counts is None else np.asarray(counts, dtype=np.float64)
    return x, c, np.argsort(x, kind="stable")
