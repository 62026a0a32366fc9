"""Firth's penalised likelihood for the logit, on cells.

Firth (1993, Biometrika 80): the likelihood times the square root of |I(β)|, finite under
separation and free of first-order bias. Profile penalised-likelihood intervals and tests as in
Heinze and Schemper (2002, Statistics in Medicine 21) and the R package logistf: the penalty keeps
the information of all coefficients when one of them is held fixed.

One outcome at a time: ``s`` and ``n`` of the `Counts` have shape (cells,).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from samspill.statistics.models.likelihood import (
    Counts,
    information,
    inverse,
    log_likelihood,
    probabilities,
    weighted_gram,
)

Floats = NDArray[np.float64]
Information = Literal["augmented", "plain"]

_DECREMENT = 1e-20
_ITERATIONS = 500
_HALVINGS = 30


@dataclass(frozen=True, slots=True)
class PenalisedMaximum:
    """Where the penalised likelihood has its maximum."""

    coefficients: Floats
    penalised_log_likelihood: float
    converged: bool
    iterations: int


def penalised_log_likelihood(counts: Counts, coefficients: Floats) -> float:
    """Log-likelihood of the rows plus ½ log |I(β)|."""
    info = information(counts.X, counts.n, probabilities(counts.X, coefficients))
    sign, log_determinant = np.linalg.slogdet(info)
    if sign <= 0:
        return -np.inf
    return float(log_likelihood(counts, coefficients) + 0.5 * log_determinant)


def maximise_penalised(
    counts: Counts,
    *,
    fixed: int | None = None,
    start: Floats | None = None,
) -> PenalisedMaximum:
    """Maximise the penalised likelihood; the coefficient ``fixed`` keeps its value in ``start``."""
    beta = np.zeros(counts.X.shape[1]) if start is None else start.copy()
    free = np.arange(counts.X.shape[1]) != (-1 if fixed is None else fixed)
    current = penalised_log_likelihood(counts, beta)
    if not free.any():
        return PenalisedMaximum(beta, current, True, 0)
    for iteration in range(1, _ITERATIONS + 1):
        score, augmented = _modified_score(counts, beta)
        step = np.zeros_like(beta)
        step[free] = np.linalg.lstsq(augmented[np.ix_(free, free)], score[free], rcond=None)[0]
        decrement = float(step @ score)
        beta, current = _halve(counts, beta, step, current)
        if decrement < _DECREMENT:
            return PenalisedMaximum(beta, current, True, iteration)
    return PenalisedMaximum(beta, current, decrement < np.sqrt(_DECREMENT), _ITERATIONS)


def covariance(counts: Counts, coefficients: Floats, kind: Information) -> Floats:
    """Inverse information, in one of the two conventions in use.

    ``plain``: I(β) at the penalised estimate (brglm2, logistf before 1.24). ``augmented``: each
    row weighted 1 + h, h its leverage, as in the augmented data that give the same estimate
    (logistf from 1.24, firthmodels); the smaller of the two.
    """
    p = probabilities(counts.X, coefficients)
    weights = counts.n if kind == "plain" else counts.n + _leverage(counts, p)
    return inverse(information(counts.X, weights, p))


def profile_test(counts: Counts, best: PenalisedMaximum) -> Floats:
    """Penalised likelihood ratio of each coefficient against zero; χ² with 1 degree of freedom."""
    ratios = np.empty(counts.X.shape[1])
    for index in range(counts.X.shape[1]):
        start = best.coefficients.copy()
        start[index] = 0.0
        null = maximise_penalised(counts, fixed=index, start=start)
        fall = best.penalised_log_likelihood - null.penalised_log_likelihood
        ratios[index] = max(0.0, 2.0 * fall)
    return ratios


def profile_intervals(
    counts: Counts,
    best: PenalisedMaximum,
    standard_errors: Floats,
    critical: float,
) -> Floats:
    """Where twice the fall of the profile is ``critical`` (a χ² quantile): shape (k, 2)."""
    limits = np.empty((counts.X.shape[1], 2))
    for index in range(counts.X.shape[1]):
        for side, sign in enumerate((-1.0, 1.0)):
            fall = _fall(counts, best, index, critical)
            first = sign * np.sqrt(critical) * standard_errors[index]
            limits[index, side] = _cross(fall, best.coefficients[index], first)
    return limits


def _fall(
    counts: Counts, best: PenalisedMaximum, index: int, critical: float
) -> Callable[[float], float]:
    """Twice the fall of the profile of one coefficient, less ``critical``; starts warm."""
    warm = best.coefficients.copy()

    def fall(value: float) -> float:
        warm[index] = value
        profile = maximise_penalised(counts, fixed=index, start=warm)
        warm[:] = profile.coefficients
        drop = best.penalised_log_likelihood - profile.penalised_log_likelihood
        return 2.0 * drop - critical

    return fall


def _cross(fall: Callable[[float], float], centre: float, reach: float) -> float:
    """The root of ``fall`` away from ``centre`` in the direction of ``reach``."""
    from scipy.optimize import brentq

    inner, outer = centre, centre + reach
    for _ in range(60):
        if fall(outer) >= 0:
            return float(brentq(fall, inner, outer, xtol=1e-10, rtol=1e-12))
        inner, outer = outer, centre + 2.0 * (outer - centre)
    return float(np.sign(reach) * np.inf)


def _modified_score(counts: Counts, beta: Floats) -> tuple[Floats, Floats]:
    """Firth's score Σ x [s − np + h(½ − p)] and the augmented information."""
    p = probabilities(counts.X, beta)
    leverage = _leverage(counts, p)
    score = counts.X.T @ (counts.s - counts.n * p + leverage * (0.5 - p))
    return score, weighted_gram(counts.X, (counts.n + leverage) * p * (1.0 - p))


def _leverage(counts: Counts, p: Floats) -> Floats:
    """Each cell's leverage, summed over its answers: n p(1−p) xᵀ I⁻¹ x."""
    weights = counts.n * p * (1.0 - p)
    root = np.sqrt(weights)[:, None] * counts.X
    orthonormal, _ = np.linalg.qr(root)
    return np.asarray((orthonormal**2).sum(axis=1))


def _halve(counts: Counts, beta: Floats, step: Floats, current: float) -> tuple[Floats, float]:
    largest = float(np.abs(step).max())
    scale = min(1.0, 5.0 / largest) if largest > 0 else 1.0
    slack = 1e-12 * (1.0 + abs(current))
    for _ in range(_HALVINGS):
        trial = beta + scale * step
        value = penalised_log_likelihood(counts, trial)
        if value >= current - slack:
            return trial, value
        scale /= 2.0
    return beta, current
