"""Log odds of groups as normal draws: a logit with a random intercept.

The log odds of a cell are x·coefficients + σu of its group, u standard normal; σ is the spread.
The likelihood integrates u by adaptive Gauss–Hermite quadrature (Liu & Pierce 1994, Biometrika
81:624–629).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from samspill.statistics.models.likelihood import inverse
from samspill.statistics.pooling.beta_binomial import _positive, _start
from samspill.statistics.pooling.families import Conditional, Mixture, NotSettled, Places, Pull

Floats = NDArray[np.float64]

NODES = 15
PRIOR = 1.5
_NEWTON = 60
_SETTLED = 1e-10
_NOISE = 1e-7
_REACH = 7.0
_STEPS = 71
_MANY = 60


@dataclass(frozen=True, slots=True)
class LogisticNormal:
    """``X`` (cells, coefficients); ``s`` ones of ``n`` answers in each cell, n may be 0.

    ``group`` gives each cell's group as 0 … G−1 in rising order; each cell is a group of its own
    where it is left out. ``nodes`` is the number of quadrature nodes.
    """

    X: Floats
    s: Floats
    n: Floats
    group: NDArray[np.intp] | None = None
    nodes: int = NODES
    _starts: NDArray[np.intp] | None = field(init=False, default=None)

    name = "logistic-normal"
    parameter = "σ"
    ceiling = 8.0

    def __post_init__(self) -> None:
        if self.group is not None:
            first = np.flatnonzero(np.diff(self.group, prepend=-1))
            object.__setattr__(self, "_starts", first)

    def deviation(self, spread: float, coefficients: Floats) -> float:
        z, log_w = _hermite(_MANY)
        eta = (self.X @ coefficients)[:, None] + spread * z
        share = np.exp(-np.logaddexp(0.0, -eta))
        w = np.exp(log_w)
        mean = share @ w
        return float(np.sqrt(np.maximum(share**2 @ w - mean**2, 0.0)).mean())

    def log_prior(self, spread: Floats) -> Floats:
        """Half-normal with standard deviation 1.5: nearly flat for any spread that is met."""
        return np.asarray(-0.5 * (spread / PRIOR) ** 2)

    def conditional(self, spread: float, start: Floats | None = None) -> Conditional:
        beta = _start(self.X, self.s, self.n) if start is None else start
        value, gradient, curvature = self._at(beta, spread)
        for _ in range(_NEWTON):
            if not _positive(curvature):
                raise NotSettled
            step = np.linalg.solve(curvature, gradient)
            gain = float(step @ gradient)
            if gain < _SETTLED:
                break
            scale = 1.0
            trial = self._at(beta + step, spread)
            while scale > 1e-4 and trial[0] < value - _NOISE * (1.0 + abs(value)):
                scale /= 2.0
                trial = self._at(beta + scale * step, spread)
            beta = beta + scale * step
            value, gradient, curvature = trial
        if np.abs(self.X @ beta).max() > 30 or not _positive(curvature):
            raise NotSettled
        return Conditional(beta, inverse(curvature), value)

    def _at(self, beta: Floats, spread: float) -> tuple[float, Floats, Floats]:
        """Log-likelihood of the rows, its gradient and minus its Hessian by the coefficients."""
        eta = self.X @ beta
        mode, width = self._modes(eta[None, :], spread)
        z, log_w = _hermite(self.nodes)
        u = mode[0][:, None] + width[0][:, None] * z
        at = eta[:, None] + spread * self._spread_out(u)
        terms = self._add(self.s[:, None] * at - self.n[:, None] * np.logaddexp(0.0, at))
        log_f = terms - 0.5 * u**2 + log_w + 0.5 * z**2 + np.log(width[0])[:, None]
        top = log_f.max(axis=1, keepdims=True)
        weights = np.exp(log_f - top)
        total = weights.sum(axis=1, keepdims=True)
        value = float((top[:, 0] + np.log(total[:, 0])).sum())
        weights /= total
        p = np.exp(-np.logaddexp(0.0, -at))
        residual = self.s[:, None] - self.n[:, None] * p
        scores = self._add(residual[:, :, None] * self.X[:, None, :])
        mean = (weights[:, :, None] * scores).sum(axis=1)
        information = (self._spread_out(weights) * self.n[:, None] * p * (1.0 - p)).sum(axis=1)
        second = np.einsum("gk,gki,gkj->ij", weights, scores, scores) - mean.T @ mean
        curvature = (self.X.T * information) @ self.X - second
        return value, mean.sum(axis=0), curvature

    def _modes(self, eta: Floats, spread: Floats | float) -> tuple[Floats, Floats]:
        """The most likely u of each group, and the width of its peak; (points, groups).

        ``eta`` is (points, cells), ``spread`` a number or (points, 1).
        """
        spread = np.asarray(spread, dtype=np.float64)
        groups = len(self.n) if self._starts is None else len(self._starts)
        u = np.zeros((len(eta), groups))
        for _ in range(_NEWTON):
            p = np.exp(-np.logaddexp(0.0, -(eta + spread * self._widened(u))))
            slope = spread * self._summed(self.s - self.n * p) - u
            curve = spread**2 * self._summed(self.n * p * (1.0 - p)) + 1.0
            step = np.clip(slope / curve, -2.0, 2.0)
            u = u + step
            if np.abs(step).max() < 1e-10:
                break
        return u, 1.0 / np.sqrt(curve)

    def _add(self, values: Floats) -> Floats:
        """Cells to groups along the first axis."""
        return values if self._starts is None else np.add.reduceat(values, self._starts, axis=0)

    def _summed(self, values: Floats) -> Floats:
        """Cells to groups along the last axis."""
        return values if self._starts is None else np.add.reduceat(values, self._starts, axis=-1)

    def _spread_out(self, values: Floats) -> Floats:
        return values if self.group is None else values[self.group]

    def _widened(self, values: Floats) -> Floats:
        return values if self.group is None else values[:, self.group]

    def pull(self, spread: float, coefficients: Floats) -> Pull:
        """``pooled`` is the mean of the share, not the share at the mean of the log odds."""
        eta = self.X @ coefficients
        centre = np.exp(-np.logaddexp(0.0, -eta))
        if spread <= 0:
            return Pull(centre, centre, np.ones_like(centre))
        grid = self._posterior(np.array([spread]), coefficients[None, :])
        share = np.exp(-np.logaddexp(0.0, -grid.log_odds))
        pooled = (grid.mass * share).sum(axis=-1)[0]
        mean = (grid.mass * grid.log_odds).sum(axis=-1)
        variance = (grid.mass * (grid.log_odds - mean[..., None]) ** 2).sum(axis=-1)[0]
        return Pull(centre, pooled, np.minimum(variance / spread**2, 1.0))

    def _posterior(self, spreads: Floats, coefficients: Floats) -> _Grid:
        """Log odds of each group on a grid about their mode; one cell per group."""
        eta = coefficients @ self.X.T
        sigma = np.maximum(spreads, 1e-9)[:, None]
        mode, width = self._modes(eta, sigma)
        z = np.linspace(-_REACH, _REACH, _STEPS)
        u = mode[..., None] + width[..., None] * z
        log_odds = eta[..., None] + sigma[..., None] * u
        density = self.s[:, None] * log_odds - self.n[:, None] * np.logaddexp(0.0, log_odds)
        density = density - 0.5 * u**2
        mass = np.exp(density - density.max(axis=-1, keepdims=True))
        mass /= mass.sum(axis=-1, keepdims=True)
        return _Grid(log_odds, mass)

    def mixture(self, spreads: Floats, coefficients: Floats) -> Mixture:
        grid = self._posterior(spreads, coefficients)
        steps = np.cumsum(grid.mass, axis=-1)
        steps = steps - 0.5 * grid.mass
        first = grid.log_odds[..., 0]
        gap = grid.log_odds[..., 1] - first

        def cdf(t: Floats, groups: Places) -> Floats:
            with np.errstate(divide="ignore"):
                at = np.log(t) - np.log1p(-t)
            start, mass = first[:, groups], steps[:, groups]
            place = np.clip((at - start) / gap[:, groups], 0.0, _STEPS - 1.000001)
            whole = place.astype(np.intp)
            under = np.take_along_axis(mass, whole[..., None], axis=-1)[..., 0]
            over = np.take_along_axis(mass, whole[..., None] + 1, axis=-1)[..., 0]
            inside = under + (place - whole) * (over - under)
            inside = np.where(at <= start, 0.0, np.where(place >= _STEPS - 1.00001, 1.0, inside))
            return np.asarray(inside.mean(axis=0))

        def draw(rng: np.random.Generator, each: int) -> Floats:
            rows = np.arange(first.size, dtype=np.float64).reshape(first.shape)
            line = (steps + 2.0 * rows[..., None]).ravel()
            uniform = rng.random((each, *first.shape))
            place = np.searchsorted(line, uniform + 2.0 * rows) - (rows * _STEPS).astype(np.intp)
            whole = np.clip(place, 1, _STEPS - 1)
            at = whole + (rows * _STEPS).astype(np.intp)
            flat = steps.ravel()
            part = (uniform - flat[at - 1]) / np.maximum(flat[at] - flat[at - 1], 1e-300)
            drawn = first + gap * (whole - 1 + np.clip(part, 0.0, 1.0))
            return np.asarray((1.0 / (1.0 + np.exp(-drawn))).reshape(-1, first.shape[1]))

        return Mixture(cdf, draw, np.zeros(len(self.n)), np.ones(len(self.n)))


@dataclass(frozen=True, slots=True)
class _Grid:
    """``log_odds`` and their ``mass``, (points, groups, steps)."""

    log_odds: Floats
    mass: Floats


@cache
def _hermite(nodes: int) -> tuple[Floats, Floats]:
    """Nodes and log weights for ∫ f(z) φ(z) dz."""
    z, w = np.polynomial.hermite_e.hermegauss(nodes)
    return z, np.log(w) - 0.5 * np.log(2.0 * np.pi)
