"""What a printed statistic says about the counts of a 2x2 table, exactly.

A 2x2 table has two groups, 0 (the reference) and 1, of ``n0`` and ``n1`` units, of which ``s0``
and ``s1`` have the indicator. Percentages and risk differences are kept as shares.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from math import exp, isqrt, log, sqrt
from statistics import NormalDist

from samspill.reconstruction.printed_number import PrintedNumber
from samspill.reconstruction.rounding import RoundingConvention, Window

SINGLES = ("count", "percentage", "odds", "log_odds")
CONTRASTS = ("log_odds_ratio", "odds_ratio", "risk_ratio", "risk_difference")
LIMITS = ("confidence_low", "confidence_high")
SPREADS = ("standard_error", *LIMITS)
LOGARITHMS = ("log_odds", "log_odds_ratio")
PER_CENT = ("percentage", "risk_difference")

_DIGITS = 60


@dataclass(frozen=True, slots=True)
class Constraint:
    """The window in which a statistic of the counts must lie.

    ``group``: 0 or 1, or None for both groups together (singles) or their contrast. ``scale``:
    for a standard error or a confidence limit the contrast it belongs to.
    ``level``: the confidence level of a limit.
    """

    kind: str
    window: Window
    group: int | None = None
    scale: str = "log_odds_ratio"
    level: float = 0.95

    @classmethod
    def of(
        cls,
        kind: str,
        number: PrintedNumber,
        convention: RoundingConvention,
        group: int | None = None,
        scale: str = "log_odds_ratio",
        level: float = 0.95,
    ) -> Constraint:
        """The constraint that ``number`` puts on the counts if printed by ``convention``."""
        if kind == "count":
            exact = Fraction(number.value)
            window = Window(exact, exact, True, True)
        else:
            window = number.window(convention)
        if kind in PER_CENT or (kind in LIMITS and scale == "risk_difference"):
            window = window.scaled(Fraction(1, 100))
        return cls(kind, window, group, scale, level)

    def holds(self, s0: int, n0: int, s1: int, n1: int) -> bool:
        """Whether the counts give a value within the window, decided without rounding error."""
        if self.kind in SPREADS:
            return _spread_inside(self, s0, n0, s1, n1)
        exact = rational(self, s0, n0, s1, n1)
        if exact is None:
            return False
        if self.kind in LOGARITHMS:
            return exact > 0 and _log_inside(exact, self.window)
        return exact in self.window


def rational(constraint: Constraint, s0: int, n0: int, s1: int, n1: int) -> Fraction | None:
    """The statistic, or for a logarithm what it is the logarithm of; None where it is infinite."""
    if constraint.kind in SINGLES:
        if constraint.group is None:
            s, n = s0 + s1, n0 + n1
        else:
            s, n = (s1, n1) if constraint.group else (s0, n0)
        return _single(constraint.kind, s, n)
    return _contrast(constraint.kind, s0, n0, s1, n1)


def _single(kind: str, s: int, n: int) -> Fraction | None:
    if kind == "count":
        return Fraction(s)
    if kind == "percentage":
        return Fraction(s, n) if n else None
    return Fraction(s, n - s) if n > s else None


def _contrast(kind: str, s0: int, n0: int, s1: int, n1: int) -> Fraction | None:
    if kind == "risk_difference":
        return Fraction(s1, n1) - Fraction(s0, n0) if n0 and n1 else None
    if kind == "risk_ratio":
        below = s0 * n1
        return Fraction(s1 * n0, below) if below else None
    below = s0 * (n1 - s1)
    return Fraction(s1 * (n0 - s0), below) if below else None


def _log_inside(value: Fraction, window: Window) -> bool:
    """Whether log(value) is in the window; a log of a rational but 1 is never rational."""
    if value == 1:
        return Fraction(0) in window
    with localcontext() as context:
        context.prec = _DIGITS
        exact = (Decimal(value.numerator) / Decimal(value.denominator)).ln()
        low = Decimal(window.low.numerator) / Decimal(window.low.denominator)
        high = Decimal(window.high.numerator) / Decimal(window.high.denominator)
        return low < exact < high


def variance(scale: str, s0: int, n0: int, s1: int, n1: int) -> Fraction | None:
    """The large-sample (delta method) variance of a contrast; None where it is infinite."""
    if scale == "risk_difference":
        if not n0 or not n1:
            return None
        return Fraction(s0 * (n0 - s0), n0**3) + Fraction(s1 * (n1 - s1), n1**3)
    if scale == "risk_ratio":
        if not s0 or not s1:
            return None
        return Fraction(1, s0) - Fraction(1, n0) + Fraction(1, s1) - Fraction(1, n1)
    cells = (s0, n0 - s0, s1, n1 - s1)
    return sum((Fraction(1, cell) for cell in cells), Fraction(0)) if all(cells) else None


def group_variance(s: int, n: int) -> Fraction | None:
    """The large-sample variance of a group's log odds; None where it is infinite."""
    return Fraction(n, s * (n - s)) if 0 < s < n else None


def critical_values(level: float) -> tuple[float, ...]:
    """The normal quantiles in use for a confidence level: exact, and to two decimals (1.96)."""

    exact = NormalDist().inv_cdf(0.5 + level / 2)
    by_hand = round(exact, 2)
    return (exact, by_hand) if abs(exact - by_hand) < 1e-3 else (exact,)


def estimate(scale: str, s0: int, n0: int, s1: int, n1: int) -> float | None:
    """The contrast on the scale where its confidence interval is symmetric."""
    value = _contrast("odds_ratio" if scale == "log_odds_ratio" else scale, s0, n0, s1, n1)
    if value is None:
        return None
    if scale == "risk_difference":
        return float(value)
    return log(value) if value > 0 else None


def spread_values(constraint: Constraint, s0: int, n0: int, s1: int, n1: int) -> tuple[float, ...]:
    """The standard error or confidence limit, under each critical value in use."""
    scale = constraint.scale
    if constraint.kind == "standard_error" and constraint.group is not None:
        counts = (s1, n1) if constraint.group else (s0, n0)
        spread = group_variance(*counts)
    else:
        spread = variance(scale, s0, n0, s1, n1)
    if spread is None:
        return ()
    error = sqrt(spread)
    if constraint.kind == "standard_error":
        return (error,)
    centre = estimate(scale, s0, n0, s1, n1)
    if centre is None:
        return ()
    sign = -1 if constraint.kind == "confidence_low" else 1
    limits = (centre + sign * z * error for z in critical_values(constraint.level))
    if scale in {"odds_ratio", "risk_ratio"}:
        return tuple(exp(limit) for limit in limits)
    return tuple(limits)


def _spread_inside(constraint: Constraint, s0: int, n0: int, s1: int, n1: int) -> bool:
    if constraint.kind == "standard_error":
        if constraint.group is None:
            spread = variance(constraint.scale, s0, n0, s1, n1)
        else:
            spread = group_variance(*((s1, n1) if constraint.group else (s0, n0)))
        return spread is not None and _root_inside(spread, constraint.window)
    slack = 1e-12
    low, high = float(constraint.window.low), float(constraint.window.high)
    values = spread_values(constraint, s0, n0, s1, n1)
    return any(low - slack <= value <= high + slack for value in values)


def _root_inside(square: Fraction, window: Window) -> bool:
    """Whether the (non-negative) square root of ``square`` is in the window, exactly."""
    num, den = square.numerator, square.denominator
    root_num, root_den = isqrt(num), isqrt(den)
    if root_num**2 == num and root_den**2 == den:
        return Fraction(root_num, root_den) in window
    above = window.low < 0 or square > window.low**2
    return above and window.high > 0 and square < window.high**2
