"""What a model of many groups must be able to say, so that spread and intervals are found alike.

Every model here has one parameter for the spread between the groups and coefficients for what the
groups are drawn towards. Given both, the groups are independent of each other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.intp]


class NotSettled(Exception):
    """The coefficients have no finite maximum at this spread."""


@dataclass(frozen=True, slots=True)
class Conditional:
    """The coefficients that are most likely given the spread, and how likely that is."""

    coefficients: Floats
    covariance: Floats
    log_likelihood: float


@dataclass(frozen=True, slots=True)
class Pull:
    """Groups given spread and coefficients: what they are drawn towards, how far, and to where.

    Each of shape (groups,); ``shrinkage`` is the weight of the common mean, 0 to 1.
    """

    centre: Floats
    pooled: Floats
    shrinkage: Floats


@dataclass(frozen=True, slots=True)
class Mixture:
    """The groups' values when spread and coefficients are not known but weighed.

    ``cdf(t, groups)`` gives P(value ≤ t) for one t per group, of the groups at these places alone;
    ``draw(rng, each)`` values of shape (points × each, groups), jointly for all groups. ``low`` and
    ``high``, (groups,), bound every value.
    """

    cdf: Callable[[Floats, Places], Floats]
    draw: Callable[[np.random.Generator, int], Floats]
    low: Floats
    high: Floats


class Family(Protocol):
    """A model of the groups."""

    @property
    def name(self) -> str: ...

    @property
    def parameter(self) -> str:
        """What the model calls its spread."""
        ...

    @property
    def ceiling(self) -> float:
        """The largest spread to look at."""
        ...

    def conditional(self, spread: float, start: Floats | None = None) -> Conditional:
        """The best coefficients for a spread; raises NotSettled where there are none."""
        ...

    def deviation(self, spread: float, coefficients: Floats) -> float:
        """The standard deviation between groups on the outcome's own scale."""
        ...

    def log_prior(self, spread: Floats) -> Floats:
        """The weight of a spread before any answer was seen, on the log scale."""
        ...

    def pull(self, spread: float, coefficients: Floats) -> Pull: ...

    def mixture(self, spreads: Floats, coefficients: Floats) -> Mixture:
        """Over equally weighted points: ``spreads`` (points,), ``coefficients`` (points, p)."""
        ...
