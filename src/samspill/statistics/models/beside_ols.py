"""An ordered logit beside the least-squares line of the same answer.

The line needs a number for each category and takes the steps between them as equally long. The
ordered logit needs only their order, and says where the boundaries lie.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.errors import SamspillError
from samspill.statistics.models.ordered import OrderedFit
from samspill.statistics.models.ordered_effects import predicted_distribution
from samspill.statistics.models.results import OlsFit
from samspill.statistics.results import Result

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class BesideOls(Result):
    """The two models of one answer, term by term.

    ``frame``: ``term``, ``ols`` (difference in category scores), ``ols_low``, ``ols_high``,
    ``ols_p``, ``log_odds_ratio`` with ``low``, ``high``, ``p``, ``odds_ratio``, ``same_sign``,
    ``same_verdict`` (both or neither below 1 − level).

    ``means``, one row per cell: its key columns, ``n``, ``observed`` (mean score), ``ols`` and
    ``ordered`` (mean score that each model predicts), ``outside`` (the line leaves the scale).

    ``widths``: ``category``, ``width``: how wide each inner category is on the latent scale, in
    units of the mean width; the line takes all as 1. Outer categories have no width.
    """

    means: pl.DataFrame
    widths: pl.DataFrame

    @property
    def heading(self) -> str:
        return "Ordered logit beside least squares"


def beside_ols(fit: OrderedFit, line: OlsFit, scores: Sequence[float] | None = None) -> BesideOls:
    """Lay an ordered logit and a line on the same terms and answers beside each other.

    ``scores`` are the categories' numbers that the line was fitted to, lowest first; by default
    the categories read as numbers. Raises SamspillError where the two are not of the same answers.
    """
    if line.n != fit.n or line.model.design.names != fit.model.design.names:
        raise SamspillError(
            "The ordered logit and the line are not of the same answers and terms.",
            "Fit both on the same cells with the same terms.",
        )
    values = _scores(fit, scores)
    slopes = fit.frame.filter(pl.col("kind") == "slope")
    lines = line.frame[1:]
    alpha = 1.0 - fit.level
    frame = pl.DataFrame(
        {
            "term": slopes["term"],
            "ols": lines["estimate"],
            "ols_low": lines["low"],
            "ols_high": lines["high"],
            "ols_p": lines["p"],
            "log_odds_ratio": slopes["estimate"],
            "low": slopes["low"],
            "high": slopes["high"],
            "p": slopes["p"],
        }
    ).with_columns(
        pl.col("log_odds_ratio").exp().alias("odds_ratio"),
        (pl.col("ols").sign() == pl.col("log_odds_ratio").sign()).alias("same_sign"),
        ((pl.col("ols_p") < alpha) == (pl.col("p") < alpha)).alias("same_verdict"),
    )
    return BesideOls(frame, _means(fit, line, values), _widths(fit))


def _scores(fit: OrderedFit, scores: Sequence[float] | None) -> Floats:
    try:
        values = np.array([float(s) for s in (fit.categories if scores is None else scores)])
    except ValueError:
        values = np.empty(0)
    if len(values) != len(fit.categories):
        raise SamspillError(
            "The categories have no numbers that a line could be fitted to.",
            "Give scores, one for each category.",
        )
    return values


def _means(fit: OrderedFit, line: OlsFit, values: Floats) -> pl.DataFrame:
    predicted = predicted_distribution(fit).frame
    keys = list(fit.model.design.variables)
    share = predicted["share"].to_numpy().reshape(len(fit.categories), -1)
    fitted = fit.model.design.matrix(fit.model.frame) @ line.coefficients
    outside = (fitted < values.min()) | (fitted > values.max())
    return fit.model.frame.select(
        *keys,
        "n",
        pl.Series("observed", fit.counts.Y @ values / fit.model.n),
        pl.Series("ols", fitted),
        pl.Series("ordered", values @ share),
        pl.Series("outside", outside),
    )


def _widths(fit: OrderedFit) -> pl.DataFrame:
    widths = np.diff(fit.thresholds)
    relative = widths / widths.mean() if len(widths) else widths
    return pl.DataFrame(
        {"category": list(fit.categories[1:-1]), "width": relative.tolist()},
        schema={"category": pl.String, "width": pl.Float64},
    )
