"""Shares of groups as draws from a beta distribution.

A group's share is Beta(μM, (1 − μ)M); the count of ones among its n answers is binomial. The
spread is √ρ, ρ = 1/(1 + M): the standard deviation of the groups' shares in units of √(μ(1 − μ)),
and its square the correlation between two answers of one group. μ is the logistic of
X·coefficients. Skellam 1948 (JRSS B 10:257–261); Prentice 1986 (JASA 81:321–327).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samspill.statistics.models.likelihood import inverse, weighted_gram
from samspill.statistics.pooling.families import Conditional, Mixture, NotSettled, Places, Pull
from samspill.statistics.pooling.rising import rising

Floats = NDArray[np.float64]

_BINOMIAL = 1e-7
_NARROWEST = 1e-4
_ITERATIONS = 100


@dataclass(frozen=True, slots=True)
class BetaBinomial:
    """``X`` (groups, coefficients); ``s`` ones of ``n`` answers, (groups,), n may be 0."""

    X: Floats
    s: Floats
    n: Floats

    name = "beta-binomial"
    parameter = "√ρ"
    ceiling = 0.995

    def deviation(self, spread: float, coefficients: Floats) -> float:
        mu = np.exp(-np.logaddexp(0.0, -(self.X @ coefficients)))
        return float(spread * np.sqrt(mu * (1.0 - mu)).mean())

    def log_prior(self, spread: Floats) -> Floats:
        """Flat on √ρ between 0 and 1."""
        return np.zeros_like(spread)

    def conditional(self, spread: float, start: Floats | None = None) -> Conditional:
        beta = _start(self.X, self.s, self.n) if start is None else start
        value, gradient, curvature, safe = self._at(beta, spread)
        for _ in range(_ITERATIONS):
            metric = curvature if _positive(curvature) else safe
            step = np.linalg.lstsq(metric, gradient, rcond=None)[0]
            gain = float(step @ gradient)
            scale = 1.0
            while scale > 1e-10:
                trial = self._at(beta + scale * step, spread)
                if trial[0] >= value - 1e-12 * (1.0 + abs(value)):
                    break
                scale /= 2.0
            beta = beta + scale * step
            value, gradient, curvature, safe = trial
            if gain < 1e-12:
                break
        else:
            raise NotSettled
        if (
            not np.isfinite(beta).all()
            or np.abs(self.X @ beta).max() > 30
            or not _positive(curvature)
        ):
            raise NotSettled
        return Conditional(beta, inverse(curvature), value)

    def _at(self, beta: Floats, spread: float) -> tuple[float, Floats, Floats, Floats]:
        """Log-likelihood, its gradient, minus its Hessian, and the part of that always positive."""
        X, s, n = self.X, self.s, self.n
        eta = X @ beta
        mu = np.exp(-np.logaddexp(0.0, -eta))
        slope = mu * (1.0 - mu)
        if spread < _BINOMIAL:
            value = float((s * eta - n * np.logaddexp(0.0, eta)).sum())
            information = weighted_gram(X, n * slope)
            return value, (s - n * mu) @ X, information, information
        size = concentration(spread)
        a, b = np.maximum(mu * size, 1e-300), np.maximum((1.0 - mu) * size, 1e-300)
        ones, zeros, all_ = rising(a, s), rising(b, n - s), rising(np.full_like(n, size), n)
        value = float(
            (s * eta - n * np.logaddexp(0.0, eta) + ones.excess + zeros.excess - all_.excess).sum()
        )
        first = size * (ones.first - zeros.first)
        second = size**2 * (ones.second + zeros.second)
        safe = -second * slope**2
        full = safe - first * slope * (1.0 - 2.0 * mu)
        return value, (first * slope) @ X, weighted_gram(X, full), weighted_gram(X, safe)

    def pull(self, spread: float, coefficients: Floats) -> Pull:
        mu = np.exp(-np.logaddexp(0.0, -(self.X @ coefficients)))
        if spread < _BINOMIAL:
            return Pull(mu, mu, np.ones_like(mu))
        size = concentration(spread)
        return Pull(mu, (self.s + mu * size) / (self.n + size), size / (self.n + size))

    def mixture(self, spreads: Floats, coefficients: Floats) -> Mixture:
        from scipy.special import betainc

        size = concentration(np.maximum(spreads, _NARROWEST))[:, None]
        mu = np.exp(-np.logaddexp(0.0, -(coefficients @ self.X.T)))
        a, b = self.s + mu * size, self.n - self.s + (1.0 - mu) * size

        def cdf(t: Floats, groups: Places) -> Floats:
            return np.asarray(betainc(a[:, groups], b[:, groups], t).mean(axis=0))

        def draw(rng: np.random.Generator, each: int) -> Floats:
            return np.asarray(rng.beta(a, b, size=(each, *a.shape)).reshape(-1, a.shape[1]))

        return Mixture(cdf, draw, np.zeros(len(self.n)), np.ones(len(self.n)))


def concentration(spread: Floats | float) -> Floats:
    """M = (1 − ρ)/ρ: how many answers the common mean weighs as much as."""
    rho = np.square(spread)
    return np.asarray((1.0 - rho) / rho)


def moments(s: Floats, n: Floats) -> tuple[float, float]:
    """μ and ρ by the method of moments with weights n (Kleinman 1973, JASA 68:46–54).

    ρ is 0 where the shares differ no more than their answers would make them.
    """
    p = s / n
    total = n.sum()
    mean = float(s.sum() / total)
    between = float((n * (p - mean) ** 2).sum())
    w = n / total
    binomial = mean * (1.0 - mean)
    expected = binomial * float((w * (1.0 - w) / n).sum())
    more = binomial * (float((w * (1.0 - w)).sum()) - float((w * (1.0 - w) / n).sum()))
    rho = (between / total - expected) / more if more > 0 else 0.0
    return mean, float(np.clip(rho, 0.0, 0.99))


def _start(X: Floats, s: Floats, n: Floats) -> Floats:
    """The least-squares fit of the empirical logits."""
    logits = np.log((s + 0.5) / (n - s + 0.5))
    root = np.sqrt(n)
    return np.asarray(np.linalg.lstsq(X * root[:, None], logits * root, rcond=None)[0])


def _positive(matrix: Floats) -> bool:
    return bool(np.isfinite(matrix).all() and (np.linalg.eigvalsh(matrix) > 1e-10).all())
