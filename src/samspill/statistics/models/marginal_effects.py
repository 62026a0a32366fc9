"""Average marginal effects of a logit: what a term does to the probability, on average."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.errors import SamspillError
from samspill.statistics.models.data import ModelCells
from samspill.statistics.models.design import Variable, label
from samspill.statistics.models.inference import coefficient_frame, wald
from samspill.statistics.models.likelihood import probabilities
from samspill.statistics.models.results import LogitFit, MarginalEffects

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Effect:
    """One effect and its gradient by the coefficients."""

    term: str
    contrast: str
    estimate: float
    gradient: Floats


def average_marginal_effects(
    fit: LogitFit, term: str | None = None, *, level: float | None = None
) -> MarginalEffects:
    """Average effect of ``term`` (a key column; None: every one) on the probability.

    Categorical: the mean over all answers of P(y = 1 | the category) − P(y = 1 | the reference),
    everything else as it is. Numeric: the mean derivative. Interactions follow along. Standard
    errors by the delta method, from the fit's covariance; means are weighted where the fit is.

    Source: Bartus (2005), Stata Journal 5; Leeper (2021), the R package margins.
    """
    variables = fit.model.design.variables
    if term is not None and term not in variables:
        raise SamspillError(
            f"{term!r} is no key column of this model.", f"Choose among {', '.join(variables)}."
        )
    chosen = variables.values() if term is None else [variables[term]]
    effects = [effect for variable in chosen for effect in _effects(fit, variable)]
    if not effects:
        raise SamspillError("The model has no terms.", "Fit it with at least one term.")
    gradients = np.stack([effect.gradient for effect in effects])
    variances = np.einsum("ij,jk,ik->i", gradients, fit.covariance, gradients)
    level = fit.level if level is None else level
    columns = wald(np.array([e.estimate for e in effects]), np.sqrt(variances), level)
    frame = coefficient_frame([effect.term for effect in effects], columns, fit.n)
    contrasts = pl.Series("contrast", [effect.contrast for effect in effects])
    points = {"": "estimate", "_low": "low", "_high": "high"}
    return MarginalEffects(
        frame.select(
            "term",
            contrasts,
            *columns,
            *((pl.col(c) * 100).alias(f"percentage_points{end}") for end, c in points.items()),
            "stars",
            "n",
        ),
        outcome=fit.outcome,
        level=level,
    )


def _effects(fit: LogitFit, variable: Variable) -> list[_Effect]:
    if variable.categories is None:
        return [_derivative(fit, variable.name)]
    base = _set_to(fit, variable, variable.reference)
    return [
        _discrete_change(variable, category, base, _set_to(fit, variable, category))
        for category in variable.categories[1:]
    ]


def _set_to(fit: LogitFit, variable: Variable, category: object) -> tuple[float, Floats]:
    """Mean probability with ``variable`` set to ``category`` everywhere, and its gradient."""
    model = fit.model
    dtype = model.frame.schema[variable.name]
    changed = model.frame.with_columns(pl.lit(category, dtype=dtype).alias(variable.name))
    X = model.design.matrix(changed)
    p = probabilities(X, fit.coefficients)
    shares = _shares(model)
    return float(shares @ p), (shares * p * (1.0 - p)) @ X


def _discrete_change(
    variable: Variable,
    category: object,
    base: tuple[float, Floats],
    other: tuple[float, Floats],
) -> _Effect:
    return _Effect(
        variable.name,
        f"{label(category)} − {label(variable.reference)}",
        other[0] - base[0],
        other[1] - base[1],
    )


def _derivative(fit: LogitFit, name: str) -> _Effect:
    model = fit.model
    X, dX = model.X, model.design.derivative(model.frame, name)
    p = probabilities(X, fit.coefficients)
    weights = _shares(model) * p * (1.0 - p)
    slope = dX @ fit.coefficients
    gradient = weights @ dX + (weights * (1.0 - 2.0 * p) * slope) @ X
    return _Effect(name, "dy/dx", float(weights @ slope), gradient)


def _shares(model: ModelCells) -> Floats:
    return np.asarray(model.population / model.population.sum())
