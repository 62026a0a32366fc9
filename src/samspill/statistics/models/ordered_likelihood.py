"""Maximum likelihood for ordered answers on cells: the proportional-odds logit.

P(answer ≤ category j) = F(α_j − xβ), F the logistic function, α rising. ``Y`` (cells, J) counts
the answers of each category, ``X`` (cells, p) has no intercept; parameters are α (J − 1), then β.
The log-likelihood is concave in both (Pratt 1981, JASA 76:103–106).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samspill.statistics.models.likelihood import inverse

Floats = NDArray[np.float64]

_ITERATIONS = 100
_SETTLED = 1e-16
_HALVINGS = 50


@dataclass(frozen=True, slots=True)
class OrderedCounts:
    """Answers by cell and category."""

    X: Floats
    Y: Floats

    @property
    def boundaries(self) -> int:
        return int(self.Y.shape[1]) - 1


@dataclass(frozen=True, slots=True)
class OrderedMaximum:
    """Where the likelihood is highest; ``information`` is minus the Hessian there."""

    parameters: Floats
    information: Floats
    log_likelihood: float
    converged: bool
    iterations: int


@dataclass(frozen=True, slots=True)
class Steps:
    """At some parameters: cumulative F and density f at the boundaries, probabilities ``p``.

    ``f`` and ``curve`` (f′) have shape (cells, J − 1), ``p`` (cells, J).
    """

    f: Floats
    curve: Floats
    p: Floats


def steps(counts: OrderedCounts, parameters: Floats) -> Steps:
    """Probabilities of the categories in every cell."""
    k = counts.boundaries
    z = parameters[:k] - (counts.X @ parameters[k:])[:, None]
    cumulative = np.exp(-np.logaddexp(0.0, -z))
    f = cumulative * (1.0 - cumulative)
    ones = np.ones((len(z), 1))
    p = np.diff(np.hstack([0.0 * ones, cumulative, ones]), axis=1)
    return Steps(f, f * (1.0 - 2.0 * cumulative), p)


def log_likelihood(counts: OrderedCounts, parameters: Floats) -> float:
    """Σ over the answers of log P; −∞ where the boundaries are out of order."""
    p = steps(counts, parameters).p
    if (p <= 0).any():
        return -np.inf
    return float((counts.Y * np.log(p)).sum())


def scores(counts: OrderedCounts, at: Steps) -> Floats:
    """The score of one answer of each category: shape (cells, J, parameters)."""
    cells, categories = counts.Y.shape
    k = categories - 1
    by_boundary = np.zeros((cells, categories, k))
    for j in range(k):
        by_boundary[:, j, j] = at.f[:, j] / at.p[:, j]
        by_boundary[:, j + 1, j] = -at.f[:, j] / at.p[:, j + 1]
    by_slope = -by_boundary.sum(axis=2)[:, :, None] * counts.X[:, None, :]
    return np.concatenate([by_boundary, by_slope], axis=2)


def information(counts: OrderedCounts, at: Steps) -> Floats:
    """Minus the Hessian of the log-likelihood."""
    Y, k = counts.Y, counts.boundaries
    below, above = Y[:, :k] / at.p[:, :k], Y[:, 1:] / at.p[:, 1:]
    second = np.zeros((len(Y), k, k))
    place = np.arange(k)
    second[:, place, place] = at.curve * (below - above) - at.f**2 * (
        below / at.p[:, :k] + above / at.p[:, 1:]
    )
    if k > 1:
        next_to = at.f[:, :-1] * at.f[:, 1:] * above[:, :-1] / at.p[:, 1:-1]
        second[:, place[:-1], place[1:]] = next_to
        second[:, place[1:], place[:-1]] = next_to
    row = second.sum(axis=2)
    boundary = -second.sum(axis=0)
    mixed = row.T @ counts.X
    slopes = -(counts.X.T * row.sum(axis=1)) @ counts.X
    return np.block([[boundary, mixed], [mixed.T, slopes]])


def maximise(counts: OrderedCounts, *, fixed: tuple[int, float] | None = None) -> OrderedMaximum:
    """Newton's method with step-halving; ``fixed`` holds one parameter (its place and value).

    ``converged`` is False where there is no maximum (separation).
    """
    parameters = _start(counts)
    free = np.arange(len(parameters))
    if fixed is not None:
        parameters[fixed[0]] = fixed[1]
        free = np.delete(free, fixed[0])
    value = log_likelihood(counts, parameters)
    settled, used = False, 0
    while not settled and used < _ITERATIONS:
        used += 1
        at = steps(counts, parameters)
        score = np.einsum("cj,cjk->k", counts.Y, scores(counts, at))[free]
        info = information(counts, at)[np.ix_(free, free)]
        step = np.linalg.lstsq(info, score, rcond=None)[0]
        settled = bool(step @ score < _SETTLED * max(1.0, abs(value)))
        parameters, value, moved = _halve(counts, parameters, free, step, value)
        settled = settled or not moved
    info = information(counts, steps(counts, parameters))
    finite = bool(np.isfinite(parameters).all() and np.abs(parameters).max() < 1e4)
    return OrderedMaximum(parameters, info, value, settled and finite, used)


def profile_limits(
    counts: OrderedCounts, best: OrderedMaximum, place: int, error: float, drop: float
) -> tuple[float, float]:
    """Where twice the log-likelihood, maximised over all else, has fallen by ``drop``."""
    from scipy.optimize import brentq

    centre = float(best.parameters[place])

    def short(value: float) -> float:
        return (
            2.0 * (best.log_likelihood - maximise(counts, fixed=(place, value)).log_likelihood)
            - drop
        )

    limits = []
    for way in (-1.0, 1.0):
        reach = np.sqrt(drop) * error
        while short(centre + way * reach) < 0 and reach < 1e3:
            reach *= 1.6
        limits.append(float(brentq(short, *sorted((centre, centre + way * reach)), xtol=1e-9)))
    return limits[0], limits[1]


def covariance(best: OrderedMaximum) -> Floats:
    return inverse(best.information)


def _start(counts: OrderedCounts) -> Floats:
    """The boundaries of all cells together, and slopes of zero."""
    total = counts.Y.sum(axis=0)
    below = np.cumsum(total)[:-1] / total.sum()
    return np.concatenate([np.log(below / (1.0 - below)), np.zeros(counts.X.shape[1])])


def _halve(
    counts: OrderedCounts, parameters: Floats, free: NDArray[np.intp], step: Floats, value: float
) -> tuple[Floats, float, bool]:
    scale = 1.0
    for _ in range(_HALVINGS):
        trial = parameters.copy()
        trial[free] += scale * step
        new = log_likelihood(counts, trial)
        if new >= value - 1e-12 * (1.0 + abs(value)):
            return trial, new, True
        scale /= 2.0
    return parameters, value, False
