"""How a number was rounded for print, and which values a printed number can stand for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from math import floor


@dataclass(frozen=True, slots=True)
class Window:
    """The values that would have been printed as a given number, exact at both ends."""

    low: Fraction
    high: Fraction
    low_closed: bool
    high_closed: bool

    def __contains__(self, value: Fraction | int | Decimal | float) -> bool:
        exact = Fraction(value)
        above = exact > self.low or (self.low_closed and exact == self.low)
        below = exact < self.high or (self.high_closed and exact == self.high)
        return above and below

    def scaled(self, factor: Fraction) -> Window:
        """The window of ``factor`` (positive) times the value."""
        return Window(self.low * factor, self.high * factor, self.low_closed, self.high_closed)

    def mirrored(self) -> Window:
        """The window of minus the value."""
        return Window(-self.high, -self.low, self.high_closed, self.low_closed)

    def __str__(self) -> str:
        left = "[" if self.low_closed else "("
        right = "]" if self.high_closed else ")"
        return f"{left}{float(self.low):g}, {float(self.high):g}{right}"


class RoundingConvention(Enum):
    """A way of rounding, in the order in which reconstruction tries them.

    ``HALF_UP``: ties away from zero. ``HALF_EVEN``: ties to the even last digit (IEEE 754,
    R, Python). ``TRUNCATED``: further decimals cut off. ``DOUBLE``: rounded half up to one
    decimal more, and that printout rounded half up again. All four are symmetric about zero.
    """

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    TRUNCATED = "truncated"
    DOUBLE = "double"

    @property
    def label(self) -> str:
        """The convention in words."""
        return _LABELS[self]

    def window(self, value: Decimal | Fraction | int, decimals: int, sign: int = 0) -> Window:
        """The values that this convention prints as ``value`` with ``decimals`` decimals.

        ``sign`` is -1 where a minus is printed: it halves the window of a printed minus zero.
        """
        unit = Fraction(1, 10**decimals)
        exact = Fraction(value)
        steps = exact / unit
        if steps.denominator != 1:
            raise ValueError(f"{value} has more than {decimals} decimals")
        if exact < 0:
            return self._positive(-exact, unit).mirrored()
        if exact > 0:
            return self._positive(exact, unit)
        around = self._zero(unit)
        if sign < 0:
            return Window(around.low, Fraction(0), around.low_closed, True)
        return around

    def _positive(self, value: Fraction, unit: Fraction) -> Window:
        if self is RoundingConvention.TRUNCATED:
            return Window(value, value + unit, True, False)
        if self is RoundingConvention.HALF_EVEN:
            even = (value / unit).numerator % 2 == 0
            return Window(value - unit / 2, value + unit / 2, even, even)
        shift = unit / 20 if self is RoundingConvention.DOUBLE else Fraction(0)
        return Window(value - unit / 2 - shift, value + unit / 2 - shift, True, False)

    def _zero(self, unit: Fraction) -> Window:
        if self is RoundingConvention.TRUNCATED:
            return Window(-unit, unit, False, False)
        if self is RoundingConvention.HALF_EVEN:
            return Window(-unit / 2, unit / 2, True, True)
        reach = unit / 2 - (unit / 20 if self is RoundingConvention.DOUBLE else Fraction(0))
        return Window(-reach, reach, False, False)

    def round(self, value: Fraction | Decimal | int, decimals: int) -> Decimal:
        """``value`` as this convention prints it, exactly."""
        exact = Fraction(value)
        size = abs(exact)
        if self is RoundingConvention.DOUBLE:
            once = Fraction(RoundingConvention.HALF_UP.round(size, decimals + 1))
            size, rule = once, RoundingConvention.HALF_UP
        else:
            rule = self
        scaled = size * 10**decimals
        whole = floor(scaled)
        rest = scaled - whole
        half = Fraction(1, 2)
        tie_up = rule is RoundingConvention.HALF_UP or whole % 2 == 1
        if rule is not RoundingConvention.TRUNCATED and (rest > half or (rest == half and tie_up)):
            whole += 1
        return Decimal(-whole if exact < 0 else whole).scaleb(-decimals)


_LABELS = {
    RoundingConvention.HALF_UP: "rounded half up",
    RoundingConvention.HALF_EVEN: "rounded half to even",
    RoundingConvention.TRUNCATED: "truncated",
    RoundingConvention.DOUBLE: "rounded twice, first to one decimal more",
}
