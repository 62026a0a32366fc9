"""Maximum likelihood for the logit, on cells, for many outcomes or replicates at once.

Shapes: ``X`` (cells, coefficients); ``s`` (sums of a binary outcome) and ``n`` (answers) have
shape (cells,) or (batch, cells). Under sampling weights ``s`` and ``n`` are Σwy and Σw, and the
likelihood is the pseudo-likelihood (Binder 1983, International Statistical Review 51).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_DECREMENT = 1e-16
_HALVINGS = 40


@dataclass(frozen=True, slots=True)
class Counts:
    """The cells of one outcome, or of a batch: see the module for shapes."""

    X: Floats
    s: Floats
    n: Floats


@dataclass(frozen=True, slots=True)
class Maximum:
    """Where a batch of likelihoods has its maximum; every array leads with the batch."""

    coefficients: Floats
    information: Floats
    log_likelihood: Floats
    converged: NDArray[np.bool_]
    iterations: int


def probabilities(X: Floats, coefficients: Floats) -> Floats:
    """Fitted probabilities, shape (…, cells)."""
    return np.exp(-np.logaddexp(0.0, -(coefficients @ X.T)))


def log_likelihood(counts: Counts, coefficients: Floats) -> Floats:
    """Log-likelihood of the rows (Bernoulli): Σ sη − n log(1 + e^η).

    The binomial coding of the same cells adds Σ log C(n, s), see `binomial_constant`.
    """
    eta = coefficients @ counts.X.T
    return np.asarray((counts.s * eta - counts.n * np.logaddexp(0.0, eta)).sum(axis=-1))


def binomial_constant(s: Floats, n: Floats) -> float:
    """Σ log C(n, s): what the log-likelihood of grouped counts has above that of the rows."""
    from scipy.special import gammaln

    return float((gammaln(n + 1) - gammaln(s + 1) - gammaln(n - s + 1)).sum())


def information(X: Floats, n: Floats, p: Floats) -> Floats:
    """Fisher information Σ n p(1−p) x xᵀ, shape (…, coefficients, coefficients)."""
    return weighted_gram(X, n * p * (1.0 - p))


def weighted_gram(X: Floats, weights: Floats) -> Floats:
    """Σ w x xᵀ over cells, for weights of shape (…, cells)."""
    return (X.T * weights[..., None, :]) @ X


def inverse(matrix: Floats) -> Floats:
    """The inverse of a positive definite matrix, or of a batch of them."""
    return np.asarray(np.linalg.inv(matrix), dtype=np.float64)


def maximise(counts: Counts, *, iterations: int = 60) -> Maximum:
    """Newton's method with step-halving, for a batch at once.

    It stops when the Newton decrement, the squared step in standard errors, is below 1e-16.
    Where the maximum does not exist (separation) ``converged`` is False.
    """
    X, s, n = counts.X, np.atleast_2d(counts.s), np.atleast_2d(counts.n)
    beta = np.zeros((len(s), X.shape[1]))
    current = log_likelihood(Counts(X, s, n), beta)
    active = np.arange(len(s))
    used = 0
    while len(active) and used < iterations:
        used += 1
        part = Counts(X, s[active], n[active])
        p = probabilities(X, beta[active])
        score = (part.s - part.n * p) @ X
        step = _solve(information(X, part.n, p), score)
        beta[active], current[active] = _halve(part, beta[active], step, current[active])
        active = active[~((step * score).sum(axis=-1) < _DECREMENT)]
    converged = np.asarray(np.isfinite(beta).all(axis=1))
    converged[active] = False
    info = information(X, n, probabilities(X, beta))
    return Maximum(beta, info, current, converged, used)


def _halve(counts: Counts, beta: Floats, step: Floats, current: Floats) -> tuple[Floats, Floats]:
    """Take each step, halved as often as its likelihood would fall."""
    scale = np.ones(len(beta))
    slack = 1e-12 * (1.0 + np.abs(current))
    for _ in range(_HALVINGS):
        trial = beta + scale[:, None] * step
        value = log_likelihood(counts, trial)
        worse = ~(value >= current - slack)
        if not worse.any():
            break
        scale[worse] /= 2.0
    else:
        trial[worse], value[worse] = beta[worse], current[worse]
    return trial, value


def _solve(matrices: Floats, vectors: Floats) -> Floats:
    """Solve a batch of symmetric systems; a singular one gives its least-norm solution."""
    try:
        solution = np.linalg.solve(matrices, vectors[..., None])
    except np.linalg.LinAlgError:
        solution = np.linalg.pinv(matrices, hermitian=True) @ vectors[..., None]
    return np.asarray(solution[..., 0], dtype=np.float64)
