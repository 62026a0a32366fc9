"""The spread between groups: its estimate, its interval, the test of none, and its weighing.

All from the profile over the spread: at each spread the coefficients are those most likely.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from samspill.statistics.pooling.families import Conditional, Family, NotSettled

Floats = NDArray[np.float64]
Criterion = Literal["ml", "reml"]

POINTS = 240
_COARSE = 33
_FINE = 61
_NEGLIGIBLE = 16.0
_ZERO = 1e-6
_IMPOSSIBLE = -1e12


@dataclass(frozen=True, slots=True)
class Spread:
    """``estimate`` with the limits of its profile; ``p_none`` is of the test of no spread."""

    estimate: float
    low: float
    high: float
    p_none: float
    at: Conditional

    @property
    def is_zero(self) -> bool:
        return self.estimate <= _ZERO


def fit_spread(family: Family, criterion: Criterion, level: float) -> Spread:
    """The spread that maximises the (restricted) likelihood, from 0 to the family's ceiling.

    Limits are where twice the log-likelihood has fallen by the χ²₁ quantile; 0 where it has not
    fallen so far there. The test of no spread is the likelihood ratio's, with half its weight at
    zero since the spread cannot be negative (Self & Liang 1987, JASA 82:605–610).
    """
    from scipy.optimize import minimize_scalar

    worth = _Profile(family, criterion)
    grid = np.linspace(0.0, 1.0, _COARSE) ** 2 * family.ceiling
    values = np.array([worth(s) for s in grid])
    best = int(np.argmax(values))
    inside = (grid[max(best - 1, 0)], grid[min(best + 1, _COARSE - 1)])
    found = minimize_scalar(
        lambda s: -worth(s), bounds=inside, method="bounded", options={"xatol": 1e-9}
    )
    estimate = float(found.x) if -found.fun > values[0] + 1e-10 else 0.0
    top = worth(estimate)
    low, high = _limits(worth, estimate, top, family.ceiling, level)
    ratio = max(2.0 * (top - values[0]), 0.0)
    return Spread(estimate, low, high, none_p(ratio), worth.conditional(estimate))


def none_p(ratio: float) -> float:
    """P-value of no spread from twice the gain in log-likelihood."""
    from scipy.special import chdtrc

    return 1.0 if ratio <= 0 else 0.5 * float(chdtrc(1, ratio))


def weighed(family: Family) -> tuple[Floats, Floats]:
    """Equally weighted points of spread and coefficients, by how likely the answers make them.

    The spread's marginal likelihood is the profile times √|covariance of the coefficients| (exact
    for normal groups; Laplace's approximation for shares: Tierney & Kadane 1986, JASA 81:82–86)
    times the family's prior; given the spread the coefficients are normal about their best. The
    points are spread evenly by a Kronecker sequence, and so are the same every time.

    Gives spreads (points,) and coefficients (points, p).
    """
    worth = _Profile(family, "reml")
    grid = np.linspace(0.0, _reach(family, worth), _FINE)
    given = [worth.conditional(float(spread)) for spread in grid]
    density = np.array([_restricted(found) for found in given]) + family.log_prior(grid)
    density = np.exp(density - density.max())
    steps = np.concatenate([[0.0], np.cumsum((density[1:] + density[:-1]) / 2.0)])
    sequence = _kronecker(POINTS, 1 + len(given[0].coefficients))
    spreads = np.interp(sequence[:, 0], steps / steps[-1], grid)
    return spreads, _around(given, grid, spreads, sequence[:, 1:])


def _around(given: list[Conditional], grid: Floats, spreads: Floats, places: Floats) -> Floats:
    """Coefficients at each spread, as far from their best as ``places`` (0 to 1) say.

    Between the points of the grid, best and covariance are interpolated.
    """
    from scipy.special import ndtri

    best = np.array([found.coefficients for found in given])
    covariance = np.array([found.covariance for found in given])
    after = np.clip(np.searchsorted(grid, spreads), 1, len(grid) - 1)
    gap = np.maximum(grid[after] - grid[after - 1], 1e-300)
    part = np.clip((spreads - grid[after - 1]) / gap, 0.0, 1.0)
    middle = best[after - 1] + part[:, None] * (best[after] - best[after - 1])
    between = covariance[after - 1] + part[:, None, None] * (
        covariance[after] - covariance[after - 1]
    )
    away = np.einsum("hij,hj->hi", np.linalg.cholesky(between), ndtri(places))
    return np.asarray(middle + away)


def _restricted(found: Conditional) -> float:
    return found.log_likelihood + 0.5 * float(np.linalg.slogdet(found.covariance)[1])


class _Profile:
    """The log-likelihood as a function of the spread alone; starts each search at the last."""

    def __init__(self, family: Family, criterion: Criterion) -> None:
        self._family = family
        self._is_restricted = criterion == "reml"
        self._start: Floats | None = None

    def conditional(self, spread: float) -> Conditional:
        found = self._family.conditional(spread, self._start)
        self._start = found.coefficients
        return found

    def __call__(self, spread: float) -> float:
        try:
            found = self.conditional(float(spread))
        except NotSettled:
            return _IMPOSSIBLE
        return _restricted(found) if self._is_restricted else found.log_likelihood


def _reach(family: Family, worth: Callable[[float], float]) -> float:
    """The largest spread that still carries weight."""
    grid = np.linspace(0.0, 1.0, _COARSE) ** 2 * family.ceiling
    values = np.array([worth(s) for s in grid]) + family.log_prior(grid)
    carrying = np.flatnonzero(values > values.max() - _NEGLIGIBLE)
    return float(grid[min(carrying[-1] + 1, _COARSE - 1)])


def _limits(
    worth: Callable[[float], float], estimate: float, top: float, ceiling: float, level: float
) -> tuple[float, float]:
    from scipy.optimize import brentq
    from scipy.special import chdtri

    drop = float(chdtri(1, 1.0 - level)) / 2.0

    def above(spread: float) -> float:
        return max(worth(spread) - top + drop, -1e6)

    low = 0.0 if above(0.0) >= 0 else float(brentq(above, 0.0, estimate, xtol=1e-8))
    high = ceiling if above(ceiling) >= 0 else float(brentq(above, estimate, ceiling, xtol=1e-8))
    return low, high


def _kronecker(points: int, dimensions: int) -> Floats:
    """Points spread evenly over the unit cube: multiples of the roots of x^(d+1) = x + 1."""
    root = 1.5
    for _ in range(60):
        root = (1.0 + root) ** (1.0 / (dimensions + 1))
    step = root ** -np.arange(1.0, dimensions + 1)
    return np.asarray((0.5 + np.outer(np.arange(1, points + 1), step)) % 1.0)
