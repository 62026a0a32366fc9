"""The least surprising distribution of an ordinal variable with given moments."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Moments:
    """What is known of the codes of two groups: ``sizes`` and ``sums`` by group, the sum of
    ``squares`` over both, and the count at the highest code over both where it is known."""

    sizes: tuple[int, ...]
    sums: tuple[int, ...]
    squares: float
    top: float | None


def maximum_entropy(codes: tuple[int, ...], moments: Moments) -> list[list[float]]:
    """Shares of the codes in each group, of maximum entropy with these moments.

    A unit of group g has code c with probability proportional to exp(a_g c + b c² + d [c highest])
    (Jaynes 1957); the factors minimise the convex dual. Only approximate where no distribution
    reaches the moments.
    """
    from scipy.optimize import minimize

    values = np.array(codes, dtype=np.float64)
    is_top = (values == values[-1]).astype(np.float64)
    total = sum(moments.sizes)
    known = np.array([*moments.sums, moments.squares, moments.top or 0.0]) / total
    features = _features(values, is_top, len(moments.sizes), with_top=moments.top is not None)

    def dual(factors: NDArray[np.float64]) -> float:
        parts = [n * _log_sum(f.T @ factors) for n, f in zip(moments.sizes, features, strict=True)]
        return float(sum(parts) / total - factors @ known)

    found = minimize(dual, np.zeros(known.size), method="BFGS", options={"maxiter": 200})
    return [_shares(f.T @ found.x) for f in features]


def _features(
    values: NDArray[np.float64], is_top: NDArray[np.float64], groups: int, *, with_top: bool
) -> list[NDArray[np.float64]]:
    """For each group one row a moment: the group's sum, the squares, the top."""
    nothing = np.zeros_like(values)
    return [
        np.stack(
            [
                *(values if other == group else nothing for other in range(groups)),
                values**2,
                is_top if with_top else nothing,
            ]
        )
        for group in range(groups)
    ]


def _log_sum(exponents: NDArray[np.float64]) -> float:
    largest = exponents.max()
    return float(largest + np.log(np.exp(exponents - largest).sum()))


def _shares(exponents: NDArray[np.float64]) -> list[float]:
    weights = np.exp(exponents - exponents.max())
    return [float(share) for share in weights / weights.sum()]
