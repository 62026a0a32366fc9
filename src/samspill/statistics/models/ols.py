"""Least squares on cells, from n, Σy and Σy² of each cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from samspill.errors import SamspillError
from samspill.statistics.cells import Cells
from samspill.statistics.models.covariance import (
    ClusterFactor,
    cluster_factor,
    cluster_meat,
    require_cluster,
    rows_factor,
    sandwich,
)
from samspill.statistics.models.data import ModelCells, left_out_note, select
from samspill.statistics.models.inference import coefficient_frame, require_choice, wald
from samspill.statistics.models.likelihood import inverse, weighted_gram
from samspill.statistics.models.results import OlsFit

Floats = NDArray[np.float64]
Covariance = Literal["auto", "classical", "HC0", "HC1", "HC2", "HC3", "linearised", "cluster"]


@dataclass(frozen=True, slots=True)
class _Sums:
    """Sums of one outcome per cell, weighted where the cells are.

    ``weights``, ``y`` and ``squares`` are Σw, Σwy, Σwy²; ``meat_*`` are Σw², Σw²y, Σw²y². Without
    weights every w is 1.
    """

    weights: Floats
    y: Floats
    squares: Floats
    meat_weights: Floats
    meat_y: Floats
    meat_squares: Floats

    @property
    def total_sum_of_squares(self) -> float:
        """Σw(y − mean)² over the rows, within and between cells."""
        means = self.y / self.weights
        mean = self.y.sum() / self.weights.sum()
        return float((self.within + self.weights * (means - mean) ** 2).sum())

    @property
    def within(self) -> Floats:
        """Σw(y − mean of the cell)² of each cell."""
        return np.maximum(self.squares - self.y**2 / self.weights, 0.0)

    def residual_squares(self, fitted: Floats) -> Floats:
        """Σw(y − fitted)² of each cell."""
        return self.within + self.weights * (self.y / self.weights - fitted) ** 2

    def meat(self, fitted: Floats) -> Floats:
        """Σw²(y − fitted)² of each cell."""
        means = self.meat_y / self.meat_weights
        within = np.maximum(self.meat_squares - self.meat_y**2 / self.meat_weights, 0.0)
        return within + self.meat_weights * (means - fitted) ** 2


@dataclass(frozen=True, slots=True)
class _Fit:
    """Estimates before inference: coefficients, (XᵀWX)⁻¹ and fitted values of the cells."""

    coefficients: Floats
    bread: Floats
    fitted: Floats


def ols(
    cells: Cells,
    outcome: str,
    terms: Sequence[str] | str,
    *,
    where: Mapping[str, object] | None = None,
    covariance: Covariance = "auto",
    cluster: str | None = None,
    cluster_factor: ClusterFactor = "CR1S",
    level: float = 0.95,
    reference: Mapping[str, object] | None = None,
    categorical: Sequence[str] = (),
) -> OlsFit:
    """Regress ``outcome`` on ``terms``, key columns of ``cells``, by least squares.

    Terms, ``where``, ``reference`` and ``categorical`` are as in `logit`. The cells must have been
    counted with ``squares=True``.

    ``covariance``: ``classical``, ``HC0`` to ``HC3`` (exact from cells: all rows of a cell have
    the same leverage), ``cluster`` (the ``cluster`` in the key) or ``linearised`` (sampling
    weights). ``auto`` is ``cluster`` where one is named, ``linearised`` where the cells hold
    weights, else ``classical``. Tests use t with n − k degrees of freedom, G − 1 for G clusters.

    Source: MacKinnon and White (1985), Journal of Econometrics 29; Cameron and Miller (2015),
    Journal of Human Resources 50.
    """
    require_choice("covariance", covariance, get_args(Covariance))
    require_cluster(covariance, cluster, cluster_factor)
    names = [terms] if isinstance(terms, str) else list(terms)
    model = select(
        cells.of(outcome),
        names,
        where=where,
        cluster=cluster,
        reference=reference,
        categorical=categorical,
    )
    kind = _covariance_kind(model, covariance)
    sums = _sums(model, outcome)
    fit = _least_squares(model.X, sums)
    covariances = _covariance(model, sums, fit, kind, cluster_factor)
    return _result(model, outcome, sums, fit, covariances, kind, level)


def _result(
    model: ModelCells,
    outcome: str,
    sums: _Sums,
    fit: _Fit,
    covariance: Floats,
    kind: Covariance,
    level: float,
) -> OlsFit:
    rows, k = model.rows, model.X.shape[1]
    freedom = model.cluster_count - 1 if kind == "cluster" else rows - k
    columns = wald(fit.coefficients, np.sqrt(np.diag(covariance)), level, freedom)
    residual = float(sums.residual_squares(fit.fitted).sum())
    total = sums.total_sum_of_squares
    r_squared = 1.0 - residual / total if total > 0 else float("nan")
    f, f_p = _f_test(fit.coefficients, covariance, freedom)
    return OlsFit(
        frame=coefficient_frame(model.design.names, columns, rows),
        outcome=outcome,
        covariance_kind=kind,
        coefficients=fit.coefficients,
        covariance=covariance,
        level=level,
        r_squared=r_squared,
        adjusted_r_squared=1.0 - (1.0 - r_squared) * (rows - 1) / (rows - k),
        f_statistic=f,
        f_degrees_of_freedom=(k - 1, freedom),
        f_p=f_p,
        residual_standard_error=None if model.weighted else float(np.sqrt(residual / (rows - k))),
        degrees_of_freedom=freedom,
        n=rows,
        cells_used=len(model.X),
        note=left_out_note(model),
        model=model,
    )


def _least_squares(X: Floats, sums: _Sums) -> _Fit:
    """Weighted least squares of the cells' means, by QR."""
    root = np.sqrt(sums.weights)
    orthonormal, triangle = np.linalg.qr(root[:, None] * X)
    beta = np.linalg.solve(triangle, orthonormal.T @ (root * sums.y / sums.weights))
    half = inverse(triangle)
    return _Fit(np.asarray(beta, dtype=np.float64), half @ half.T, X @ beta)


def _covariance(
    model: ModelCells, sums: _Sums, fit: _Fit, kind: Covariance, factor: ClusterFactor
) -> Floats:
    X, rows = model.X, model.rows
    scale = rows_factor(rows, X.shape[1])
    if kind == "classical":
        mean_square = float(sums.residual_squares(fit.fitted).sum()) / rows * scale
        return mean_square * fit.bread
    if kind == "cluster":
        assert model.clusters is not None  # noqa: S101
        residuals = sums.y - sums.weights * fit.fitted
        meat = cluster_meat(X, residuals, model.clusters)
        scale = cluster_factor(factor, model.cluster_count, rows, X.shape[1])
        return scale * sandwich(fit.bread, meat)
    squares = sums.meat(fit.fitted)
    lost = {"HC1": X.shape[1], "linearised": 1}.get(kind, 0)
    if kind in {"HC2", "HC3"}:
        squares = squares / _unleveraged(X, fit.bread, model) ** (1 if kind == "HC2" else 2)
    return rows_factor(rows, lost) * sandwich(fit.bread, weighted_gram(X, squares))


def _unleveraged(X: Floats, bread: Floats, model: ModelCells) -> Floats:
    """1 − h of the rows of each cell."""
    left = 1.0 - np.einsum("ci,ij,cj->c", X, bread, X)
    if (left < 1e-10).any():
        cell = model.frame.row(int(np.argmin(left)), named=True)
        values = ", ".join(f"{name}={cell[name]}" for name in model.design.variables)
        raise SamspillError(
            f"The single answer with {values} decides its own fitted value.",
            "Use covariance='HC1', or merge categories.",
        )
    return np.asarray(left)


def _f_test(
    coefficients: Floats, covariance: Floats, freedom: int
) -> tuple[float | None, float | None]:
    """Wald's F of all coefficients but the intercept; None where one has no variance."""
    from scipy.special import fdtrc

    tested = len(coefficients) - 1
    if tested == 0:
        return None, None
    errors = np.sqrt(np.diag(covariance)[1:])
    if not errors.all():
        return None, None
    correlations = covariance[1:, 1:] / np.outer(errors, errors)
    ratios = coefficients[1:] / errors
    f = float(ratios @ np.linalg.lstsq(correlations, ratios, rcond=None)[0]) / tested
    return f, float(fdtrc(tested, freedom, f))


def _sums(model: ModelCells, outcome: str) -> _Sums:
    measures = ("sum_w", "sum_wy", "sum_wy2") if model.weighted else ("n", "sum", "sum_squares")
    squared = ("sum_w2", "sum_w2y", "sum_w2y2") if model.weighted else measures
    return _Sums(
        *(_measure(model, name, outcome) for name in measures),
        *(_measure(model, name, outcome) for name in squared),
    )


def _measure(model: ModelCells, name: str, outcome: str) -> Floats:
    if name not in model.frame.columns:
        raise SamspillError(
            f"The cells do not hold the sum of squares of {outcome!r}.",
            "Count anew with squares=True.",
        )
    return model.measure(name)


def _covariance_kind(model: ModelCells, asked: Covariance) -> Covariance:
    if model.weighted and asked in {"classical", "HC2", "HC3"}:
        raise SamspillError(
            f"covariance={asked!r} knows no sampling weights.", "Use covariance='linearised'."
        )
    if asked == "linearised" and not model.weighted:
        raise SamspillError(
            "The cells hold no weights to linearise over.",
            "Use covariance='HC1', or count anew with weight=.",
        )
    if asked != "auto":
        return asked
    if model.clusters is not None:
        return "cluster"
    return "linearised" if model.weighted else "classical"
