"""From printed statistics back to the counts that they were computed from."""

from samspill.reconstruction.printed_number import PrintedNumber
from samspill.reconstruction.rounding import RoundingConvention

__all__ = ["PrintedNumber", "RoundingConvention"]
