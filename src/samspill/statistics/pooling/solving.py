"""Quantiles of distributions that are known by their cumulative probability alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from samspill.statistics.pooling.families import Mixture

Floats = NDArray[np.float64]

_STEPS = 60
_CLOSE = 1e-7


def quantiles(mixture: Mixture, probability: float) -> Floats:
    """For each group the value that ``probability`` lies below.

    Regula falsi in its Illinois form, with a bisection where it is slow.
    """
    low, high = mixture.low.astype(np.float64), mixture.high.astype(np.float64)
    below, above = mixture.cdf(low) - probability, mixture.cdf(high) - probability
    middle = (low + high) / 2.0
    for step in range(_STEPS):
        with np.errstate(divide="ignore", invalid="ignore"):
            guess = (low * above - high * below) / (above - below)
        halved = (low + high) / 2.0
        use = np.isfinite(guess) & (guess > low) & (guess < high) & (step % 4 != 3)
        middle = np.where(use, guess, halved)
        value = mixture.cdf(middle) - probability
        if (np.abs(value) < _CLOSE).all():
            break
        left = value < 0
        below, above = (
            np.where(left, value, below / 2.0),
            np.where(left, above / 2.0, value),
        )
        low, high = np.where(left, middle, low), np.where(left, high, middle)
    return middle
