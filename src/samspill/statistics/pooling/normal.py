"""Estimates of groups as normal draws about a common mean.

The estimate of a group is normal about its value with a variance that is taken as known; the
values are normal about X·coefficients with standard deviation τ, the spread. Fay & Herriot 1979
(JASA 74:269–277); Morris 1983 (JASA 78:47–55).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samspill.statistics.models.likelihood import inverse, weighted_gram
from samspill.statistics.pooling.families import Conditional, Mixture, Places, Pull

Floats = NDArray[np.float64]

_FURTHEST = 10.0


@dataclass(frozen=True, slots=True)
class NormalNormal:
    """``y`` estimates with ``variance``, (groups,); an infinite variance means no estimate."""

    X: Floats
    y: Floats
    variance: Floats

    name = "normal"
    parameter = "τ"

    @property
    def ceiling(self) -> float:
        """Ten standard deviations of the estimates."""
        return _FURTHEST * float(np.std(self.y[self._known], ddof=1))

    @property
    def _known(self) -> NDArray[np.bool_]:
        return np.isfinite(self.variance)

    def deviation(self, spread: float, coefficients: Floats) -> float:  # noqa: ARG002
        return spread

    def log_prior(self, spread: Floats) -> Floats:
        """Flat on τ (Gelman 2006, Bayesian Analysis 1:515–534)."""
        return np.zeros_like(spread)

    def conditional(
        self,
        spread: float,
        start: Floats | None = None,  # noqa: ARG002
    ) -> Conditional:
        known = self._known
        X, y = self.X[known], self.y[known]
        weight = 1.0 / (self.variance[known] + spread**2)
        covariance = inverse(weighted_gram(X, weight))
        beta = covariance @ (X.T @ (weight * y))
        squares = float((weight * (y - X @ beta) ** 2).sum())
        value = 0.5 * float(np.log(weight).sum() - squares - len(y) * np.log(2.0 * np.pi))
        return Conditional(beta, covariance, value)

    def pull(self, spread: float, coefficients: Floats) -> Pull:
        centre = self.X @ coefficients
        known = self._known
        shrinkage = np.ones_like(centre)
        shrinkage[known] = self.variance[known] / (self.variance[known] + spread**2)
        pooled = np.where(known, centre + (1.0 - shrinkage) * (self.y - centre), centre)
        return Pull(centre, pooled, shrinkage)

    def mixture(self, spreads: Floats, coefficients: Floats) -> Mixture:
        from scipy.special import ndtr

        square = np.maximum(spreads, 1e-12)[:, None] ** 2
        centre = coefficients @ self.X.T
        known = self._known
        keep = np.where(known, square / (square + np.where(known, self.variance, 0.0)), 0.0)
        y = np.where(known, self.y, 0.0)
        mean = centre + keep * (y - centre)
        deviation = np.sqrt(np.where(known, keep * np.where(known, self.variance, 1.0), square))

        def cdf(t: Floats, groups: Places) -> Floats:
            return np.asarray(ndtr((t - mean[:, groups]) / deviation[:, groups]).mean(axis=0))

        def draw(rng: np.random.Generator, each: int) -> Floats:
            noise = rng.standard_normal((each, *mean.shape))
            return np.asarray((mean + deviation * noise).reshape(-1, mean.shape[1]))

        reach = 9.0 * deviation
        return Mixture(cdf, draw, (mean - reach).min(axis=0), (mean + reach).max(axis=0))


def heterogeneity(X: Floats, y: Floats, variance: Floats) -> tuple[float, float]:
    """Cochran's Q of known estimates, and its p-value under no spread (Cochran 1954)."""
    from scipy.special import chdtrc

    beta = inverse(weighted_gram(X, 1.0 / variance)) @ (X.T @ (y / variance))
    q = float(((y - X @ beta) ** 2 / variance).sum())
    freedom = len(y) - X.shape[1]
    return q, float(chdtrc(freedom, q))


def generalised_q(X: Floats, y: Floats, variance: Floats, spread: float) -> float:
    """Q with the spread in its weights: about its degrees of freedom at the true spread."""
    weight = 1.0 / (variance + spread**2)
    beta = inverse(weighted_gram(X, weight)) @ (X.T @ (weight * y))
    return float((weight * (y - X @ beta) ** 2).sum())


def spread_of_q(X: Floats, y: Floats, variance: Floats, q: float) -> float:
    """The spread at which the generalised Q is ``q``; 0 where it is below that without spread.

    At q = n − p it is Paule & Mandel's estimate (1982); at the χ² quantiles its limits are
    Viechtbauer's Q-profile interval (2007, Statistics in Medicine 26:37–52).
    """
    from scipy.optimize import brentq

    if generalised_q(X, y, variance, 0.0) <= q:
        return 0.0
    high = float(np.std(y, ddof=1)) + float(np.sqrt(variance.max()))
    while generalised_q(X, y, variance, high) > q:
        high *= 2.0
    return float(brentq(lambda t: generalised_q(X, y, variance, t) - q, 0.0, high, xtol=1e-12))
