"""A table's constraints with the sizes it may have, and the counts that satisfy them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import log

import numpy as np
from numpy.typing import NDArray

from samspill.reconstruction.constraints import (
    LOGARITHMS,
    PER_CENT,
    SPREADS,
    Constraint,
    rational,
    spread_values,
)
from samspill.reconstruction.printed_number import PrintedNumber
from samspill.reconstruction.rounding import RoundingConvention
from samspill.reconstruction.solver import Solutions, solve

Counts = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class System:
    """Constraints on the counts, the pairs of group sizes to try, and the solutions.

    A solution is (n0, n1, s0, s1); up to ``limit`` of them are listed.
    """

    constraints: tuple[Constraint, ...]
    n0: NDArray[np.int64]
    n1: NDArray[np.int64]
    limit: int
    solutions: Solutions

    @classmethod
    def of(
        cls,
        constraints: Sequence[Constraint],
        n0: NDArray[np.int64],
        n1: NDArray[np.int64],
        limit: int,
    ) -> System:
        """The system of ``constraints``, solved."""
        return cls(tuple(constraints), n0, n1, limit, solve(constraints, n0, n1, limit=limit))

    def adding(self, constraint: Constraint) -> System:
        """The system narrowed by one more constraint."""
        constraints = (*self.constraints, constraint)
        if not self.solutions.complete:
            return System.of(constraints, self.n0, self.n1, self.limit)
        kept = [c for c in self.solutions.listed if holds(constraint, c)]
        return replace(self, constraints=constraints, solutions=Solutions(len(kept), tuple(kept)))

    def keeping(self, kept: Iterable[Counts]) -> System:
        """The system with only ``kept`` of its listed solutions."""
        listed = tuple(kept)
        return replace(self, solutions=Solutions(len(listed), listed))


def holds(constraint: Constraint, counts: Counts) -> bool:
    """Whether ``counts`` satisfy ``constraint``."""
    n0, n1, s0, s1 = counts
    return constraint.holds(s0, n0, s1, n1)


def value_of(constraint: Constraint, counts: Counts) -> Fraction | None:
    """The statistic that ``constraint`` is about, on its printed scale; None where infinite.

    Percentages are in per cent. Logarithms, standard errors and limits are of double precision.
    """
    n0, n1, s0, s1 = counts
    if constraint.kind in SPREADS:
        values = spread_values(constraint, s0, n0, s1, n1)
        exact = Fraction(values[0]) if values else None
    else:
        exact = rational(constraint, s0, n0, s1, n1)
    if exact is None:
        return None
    if constraint.kind in LOGARITHMS:
        return Fraction(log(exact)) if exact > 0 else None
    share = constraint.kind in PER_CENT or (
        constraint.kind in SPREADS[1:] and constraint.scale == "risk_difference"
    )
    return exact * 100 if share else exact


def in_print(value: Fraction, like: PrintedNumber, convention: RoundingConvention) -> str:
    """``value`` printed with the decimals and the decimal sign of ``like``."""
    text = f"{convention.round(value, like.decimals):f}"
    if "," in like.text or "." not in like.text:
        text = text.replace(".", ",")
    minus = next((sign for sign in "–−-" if sign in like.text), "–")
    return text.replace("-", minus)
