"""Pairs of groups to be compared, and the tests of no difference between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.errors import SamspillError
from samspill.statistics.cells import Cells
from samspill.statistics.groups import group_shares
from samspill.statistics.population import Population
from samspill.statistics.significance import two_sided_p

Floats = NDArray[np.float64]
Test = Literal["score", "score_n_minus_1", "wald", "fisher"]

FULL_COUNT = "both groups are fully counted: nothing is uncertain"


@dataclass(frozen=True, slots=True)
class Pairs:
    """Groups set against a reference group; arrays have one element per pair.

    ``frame``: outcome, within…, split, group, reference, the n, count and share of both, and
    note. ``m1``, ``m2`` are one divided by the effective numbers of answers.
    """

    frame: pl.DataFrame
    x1: Floats
    n1: Floats
    p1: Floats
    m1: Floats
    x2: Floats
    n2: Floats
    p2: Floats
    m2: Floats

    @property
    def usable(self) -> NDArray[np.bool_]:
        """Where both groups have a share."""
        return ~(np.isnan(self.p1) | np.isnan(self.p2))


def pairs(
    cells: Cells,
    by: str,
    reference: Any,
    within: Sequence[str],
    population: Population | None,
) -> Pairs:
    """Every other group of ``by`` beside ``reference`` (by default the first in order).

    Units whose group is missing are left out. Raises SamspillError where there are fewer than
    two groups or no such reference.
    """
    groups = group_shares(cells, (by,), within, population).filter(pl.col(by).is_not_null())
    values = groups[by].unique().sort().to_list()
    if len(values) < 2:
        raise SamspillError(
            f"{by!r} has fewer than two groups to compare.",
            "Choose a column with at least two values.",
        )
    base = values[0] if reference is None else reference
    if base not in values:
        raise SamspillError(
            f"{by!r} has no group {base!r}.",
            f"Choose a reference among {', '.join(repr(value) for value in values)}.",
        )
    others = groups.filter(pl.col(by) != pl.lit(base))
    bases = groups.filter(pl.col(by) == pl.lit(base)).drop(by, "population")
    joined = others.join(
        bases,
        on=["outcome", *within],
        how="inner",
        nulls_equal=True,
        suffix="_reference",
        maintain_order="left",
    )
    arrays = [
        joined[name + suffix].cast(pl.Float64).fill_null(np.nan).to_numpy()
        for suffix in ("", "_reference")
        for name in ("count", "n", "share", "inverse_n")
    ]
    no_share = pl.concat_str(
        pl.when(pl.col("note") != "").then(pl.format("{}: {}", by, "note")),
        pl.when(pl.col("note_reference") != "").then(
            pl.format("{}: {}", pl.lit(str(base)), "note_reference")
        ),
        separator="; ",
        ignore_nulls=True,
    )
    frame = joined.select(
        "outcome",
        *within,
        pl.lit(by).alias("split"),
        pl.col(by).alias("group"),
        pl.lit(base, dtype=groups.schema[by]).alias("reference"),
        "n",
        "count",
        "share",
        "n_reference",
        "count_reference",
        "share_reference",
        no_share.alias("note"),
    )
    return Pairs(frame, *arrays)


def p_values(pair: Pairs, test: Test, measure: str) -> Floats:
    """Two-sided p-values of no difference.

    ``score`` is Pearson's χ² without continuity correction (variance pooled over the groups),
    ``score_n_minus_1`` the same times (N − 1)/N (Campbell 2007, Statistics in Medicine
    26:3661–3675), ``wald`` the estimate over its standard error on the scale of ``measure``
    (difference, log risk ratio or log odds ratio), ``fisher`` Fisher's exact test. NaN where the
    test is undefined.
    """
    if test == "fisher":
        return _fisher(pair)
    with np.errstate(divide="ignore", invalid="ignore"):
        if test == "wald":
            z = _wald(pair, measure)
        else:
            pooled = (pair.p1 * pair.m2 + pair.p2 * pair.m1) / (pair.m1 + pair.m2)
            variance = pooled * (1 - pooled) * (pair.m1 + pair.m2)
            if test == "score_n_minus_1":
                variance = variance * (pair.n1 + pair.n2) / (pair.n1 + pair.n2 - 1)
            z = (pair.p1 - pair.p2) / np.sqrt(variance)
    return two_sided_p(np.where(np.isfinite(z), z, np.nan))


def log_odds_ratio_variance(pair: Pairs) -> Floats:
    """Woolf's 1/a + 1/b + 1/c + 1/d at the effective numbers of answers."""
    first = pair.m1 / (pair.p1 * (1 - pair.p1))
    return first + pair.m2 / (pair.p2 * (1 - pair.p2))


def log_risk_ratio_variance(pair: Pairs) -> Floats:
    """Katz's 1/a − 1/n₁ + 1/c − 1/n₂ at the effective numbers of answers."""
    first = pair.m1 * (1 - pair.p1) / pair.p1
    return first + pair.m2 * (1 - pair.p2) / pair.p2


def _wald(pair: Pairs, measure: str) -> Floats:
    if measure == "difference":
        variance = pair.p1 * (1 - pair.p1) * pair.m1 + pair.p2 * (1 - pair.p2) * pair.m2
        return (pair.p1 - pair.p2) / np.sqrt(variance)
    if measure == "risk_ratio":
        return np.log(pair.p1 / pair.p2) / np.sqrt(log_risk_ratio_variance(pair))
    odds_ratio = pair.p1 * (1 - pair.p2) / ((1 - pair.p1) * pair.p2)
    return np.log(odds_ratio) / np.sqrt(log_odds_ratio_variance(pair))


def _fisher(pair: Pairs) -> Floats:
    from scipy.stats import fisher_exact

    values = np.full(pair.x1.size, np.nan)
    for row in np.flatnonzero(pair.usable):
        values[row] = fisher_exact(table(pair, int(row))).pvalue
    return values


def table(pair: Pairs, row: int) -> list[list[int]]:
    """The 2×2 table of a pair: ones and zeros of the group, then of the reference."""
    a, n1, c, n2 = (int(values[row]) for values in (pair.x1, pair.n1, pair.x2, pair.n2))
    return [[a, n1 - a], [c, n2 - c]]
