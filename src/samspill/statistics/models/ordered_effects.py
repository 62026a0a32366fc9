"""What an ordered logit says in shares: its distribution, and effects on each category."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.errors import SamspillError
from samspill.statistics.intervals import normal_quantile
from samspill.statistics.models.design import Variable, label
from samspill.statistics.models.inference import wald
from samspill.statistics.models.ordered import OrderedFit
from samspill.statistics.models.ordered_likelihood import OrderedCounts, steps
from samspill.statistics.results import Result
from samspill.statistics.significance import stars

Floats = NDArray[np.float64]

_LEAST = 1e-12


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class PredictedDistribution(Result):
    """``frame``: the key columns of the model's cells, ``category``, ``n``, ``count``, ``observed``
    (share), ``share`` (predicted), ``low``, ``high`` (by the delta method on the log odds)."""

    level: float

    @property
    def heading(self) -> str:
        return "Distribution that the ordered logit predicts, beside the one observed"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class OrderedEffects(Result):
    """Average marginal effects on the share of each category.

    ``frame``: ``term``, ``contrast``, ``category``, ``estimate``, ``standard_error``,
    ``statistic`` (z), ``p``, ``low``, ``high``, then ``percentage_points``,
    ``percentage_points_low``, ``percentage_points_high``, ``stars``, ``n``. The estimates of a
    contrast add up to zero.
    """

    outcome: str
    level: float

    @property
    def heading(self) -> str:
        return f"Average marginal effects on each category of {self.outcome}"


def predicted_distribution(fit: OrderedFit, *, level: float | None = None) -> PredictedDistribution:
    """The share of each category in every cell of the model, predicted and observed."""
    level = fit.level if level is None else level
    p, gradient = _probabilities(fit, fit.counts.X)
    variance = np.einsum("cjk,kl,cjl->cj", gradient, fit.covariance, gradient)
    inside = np.clip(p, _LEAST, 1.0 - _LEAST)
    error = np.sqrt(variance) / (inside * (1.0 - inside))
    centre = np.log(inside) - np.log1p(-inside)
    half = normal_quantile(level) * error
    low, high = (np.exp(-np.logaddexp(0.0, -(centre + way * half))) for way in (-1.0, 1.0))
    keys = list(fit.model.design.variables)
    parts = []
    for j, category in enumerate(fit.categories):
        count = fit.counts.Y[:, j]
        parts.append(
            fit.model.frame.select(
                *keys,
                pl.lit(category).alias("category"),
                "n",
                pl.Series("count", count.astype(np.int64)),
                pl.Series("observed", count / fit.model.n),
                pl.Series("share", p[:, j]),
                pl.Series("low", low[:, j]),
                pl.Series("high", high[:, j]),
            )
        )
    return PredictedDistribution(pl.concat(parts), level)


def ordered_marginal_effects(
    fit: OrderedFit, term: str | None = None, *, level: float | None = None
) -> OrderedEffects:
    """Average effect of ``term`` (a key column; None: every one) on the share of each category.

    Categorical: the mean over all answers of P(category | the term's category) less that at its
    reference, all else as it is; numeric: the mean derivative. Standard errors by the delta
    method, from the fit's covariance.
    """
    variables = fit.model.design.variables
    if term is not None and term not in variables:
        raise SamspillError(
            f"{term!r} is no key column of this model.", f"Choose among {', '.join(variables)}."
        )
    level = fit.level if level is None else level
    rows: list[dict[str, Any]] = []
    for variable in variables.values() if term is None else [variables[term]]:
        for contrast, estimate, gradient in _contrasts(fit, variable):
            errors = np.sqrt(np.einsum("jk,kl,jl->j", gradient, fit.covariance, gradient))
            columns = wald(estimate, errors, level)
            for j, category in enumerate(fit.categories):
                values = {name: float(column[j]) for name, column in columns.items()}
                rows.append(
                    {"term": variable.name, "contrast": contrast, "category": category, **values}
                )
    points = {"": "estimate", "_low": "low", "_high": "high"}
    frame = pl.DataFrame(rows).with_columns(
        *((pl.col(c) * 100).alias(f"percentage_points{end}") for end, c in points.items()),
        pl.Series("stars", [stars(row["p"]) for row in rows], dtype=pl.String),
        pl.lit(fit.n).alias("n"),
    )
    return OrderedEffects(frame, fit.outcome, level)


def _contrasts(fit: OrderedFit, variable: Variable) -> list[tuple[str, Floats, Floats]]:
    if variable.categories is None:
        return [("dy/dx", *_derivative(fit, variable.name))]
    base = _set_to(fit, variable, variable.reference)
    found = []
    for category in variable.categories[1:]:
        other = _set_to(fit, variable, category)
        named = f"{label(category)} − {label(variable.reference)}"
        found.append((named, other[0] - base[0], other[1] - base[1]))
    return found


def _set_to(fit: OrderedFit, variable: Variable, category: object) -> tuple[Floats, Floats]:
    dtype = fit.model.frame.schema[variable.name]
    changed = fit.model.frame.with_columns(pl.lit(category, dtype=dtype).alias(variable.name))
    return _mean(fit, fit.model.design.matrix(changed)[:, 1:])


def _mean(fit: OrderedFit, X: Floats) -> tuple[Floats, Floats]:
    """Mean share of each category with the design ``X``, (J,), and its gradient."""
    shares = fit.model.n / fit.model.n.sum()
    p, gradient = _probabilities(fit, X)
    return shares @ p, np.einsum("c,cjk->jk", shares, gradient)


def _derivative(fit: OrderedFit, name: str) -> tuple[Floats, Floats]:
    """The mean derivative by a numeric term, by a symmetric difference of the design."""
    X = fit.counts.X
    slope = fit.model.design.derivative(fit.model.frame, name)[:, 1:]
    step = 1e-5 * max(1.0, float(np.abs(X).max()))
    up, down = _mean(fit, X + step * slope), _mean(fit, X - step * slope)
    return (up[0] - down[0]) / (2.0 * step), (up[1] - down[1]) / (2.0 * step)


def _probabilities(fit: OrderedFit, X: Floats) -> tuple[Floats, Floats]:
    """Shares (cells, J) and their gradient by thresholds and slopes (cells, J, parameters)."""
    counts = OrderedCounts(X, np.zeros((len(X), len(fit.categories))))
    at = steps(counts, np.concatenate([fit.thresholds, fit.slopes]))
    k = counts.boundaries
    by_boundary = np.zeros((len(X), k + 1, k))
    for j in range(k):
        by_boundary[:, j, j] = at.f[:, j]
        by_boundary[:, j + 1, j] = -at.f[:, j]
    by_slope = -by_boundary.sum(axis=2)[:, :, None] * X[:, None, :]
    return at.p, np.concatenate([by_boundary, by_slope], axis=2)
