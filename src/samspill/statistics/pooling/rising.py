"""The rising factorial x(x+1)…(x+s−1) = Γ(x+s)/Γ(x), where x may be larger than s by any measure.

The difference of two log gammas loses a digit for each digit of x; Stirling's series does not
(Abramowitz & Stegun 1964, 6.1.41, 6.3.18 and 6.4.12).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_LARGE = 1e2


@dataclass(frozen=True, slots=True)
class Rising:
    """``excess`` is log Γ(x+s) − log Γ(x) − s·log x; ``first`` and ``second`` are the derivatives
    of log Γ(x+s) − log Γ(x) by x. Each of the shape of x and s; errors of some 1e-14 of ``first``
    times x."""

    excess: Floats
    first: Floats
    second: Floats


def rising(x: Floats, s: Floats) -> Rising:
    """For x > 0 and s ≥ 0, not necessarily whole."""
    from scipy.special import gammaln, psi, zeta

    large = x > _LARGE
    base, end = np.where(large, 1.0, x), np.where(large, 1.0, x) + s
    far = np.where(large, x, _LARGE)
    grown = np.log1p(s / far)

    def series(power: int) -> Floats:
        """(x+s)^−power − x^−power."""
        return np.asarray(np.expm1(-power * grown) * far ** -float(power))

    excess = np.where(
        large,
        far * grown - s + (s - 0.5) * grown + series(1) / 12 - series(3) / 360 + series(5) / 1260,
        gammaln(end) - gammaln(base) - s * np.log(base),
    )
    first = np.where(
        large,
        grown - series(1) / 2 - series(2) / 12 + series(4) / 120 - series(6) / 252,
        psi(end) - psi(base),
    )
    second = np.where(
        large,
        series(1) + series(2) / 2 + series(3) / 6 - series(5) / 30 + series(7) / 42,
        zeta(2.0, end) - zeta(2.0, base),
    )
    return Rising(excess, first, second)
