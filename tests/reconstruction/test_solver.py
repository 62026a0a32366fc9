"""The solver finds every table of counts that prints as given, and no other."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.reconstruction.constraints import CONTRASTS, LOGARITHMS, Constraint
from samspill.reconstruction.printed_number import PrintedNumber
from samspill.reconstruction.rounding import RoundingConvention, Window
from samspill.reconstruction.solver import scan, solve
from samspill.reconstruction.spreads import TooManyCandidatesError
from samspill.reconstruction.systems import value_of

ANY = Window(Fraction(-(10**9)), Fraction(10**9), True, True)
KINDS = [
    ("count", 0),
    ("count", None),
    ("percentage", 0),
    ("percentage", 1),
    ("percentage", None),
    ("odds", 0),
    ("log_odds", 0),
    ("log_odds", 1),
    ("log_odds_ratio", None),
    ("odds_ratio", None),
    ("risk_ratio", None),
    ("risk_difference", None),
    ("standard_error", None),
    ("standard_error", 0),
    ("confidence_low", None),
    ("confidence_high", None),
]


def printed(
    kind: str,
    group: int | None,
    scale: str,
    counts: tuple[int, int, int, int],
    decimals: int,
    convention: RoundingConvention,
) -> Constraint | None:
    """The constraint of a statistic computed from ``counts`` and printed by ``convention``."""
    value = value_of(Constraint(kind, ANY, group, scale), counts)
    if value is None:
        return None
    number = PrintedNumber.of(convention.round(value, 0 if kind == "count" else decimals))
    return Constraint.of(kind, number, convention, group, scale)


@st.composite
def tables(draw: st.DrawFn, largest: int) -> tuple[int, int, int, int]:
    n0, n1 = draw(st.integers(1, largest)), draw(st.integers(1, largest))
    return n0, n1, draw(st.integers(0, n0)), draw(st.integers(0, n1))


@settings(max_examples=300, deadline=None)
@given(
    counts=tables(12),
    kinds=st.lists(st.sampled_from(KINDS), min_size=1, max_size=4, unique=True),
    scale=st.sampled_from(CONTRASTS),
    decimals=st.integers(0, 3),
    convention=st.sampled_from(RoundingConvention),
)
def test_solutions_are_exactly_those_of_trying_every_count(
    counts: tuple[int, int, int, int],
    kinds: list[tuple[str, int | None]],
    scale: str,
    decimals: int,
    convention: RoundingConvention,
) -> None:
    made = [printed(kind, group, scale, counts, decimals, convention) for kind, group in kinds]
    constraints = [constraint for constraint in made if constraint is not None]
    assume(constraints)
    n0, n1, *_ = counts
    found = solve(constraints, n0, n1).listed
    tried = {
        (n0, n1, a, b)
        for a, b in product(range(n0 + 1), range(n1 + 1))
        if all(constraint.holds(a, n0, b, n1) for constraint in constraints)
    }
    assert set(found) == tried
    assert counts in found
    assert len(found) == len(set(found))


@settings(max_examples=100, deadline=None)
@given(
    counts=tables(20_000),
    contrast=st.sampled_from(CONTRASTS),
    decimals=st.integers(1, 3),
    convention=st.sampled_from(RoundingConvention),
)
def test_large_tables_keep_the_true_counts(
    counts: tuple[int, int, int, int],
    contrast: str,
    decimals: int,
    convention: RoundingConvention,
) -> None:
    kind = "log_odds" if contrast in LOGARITHMS else "percentage"
    made = [
        printed(kind, 0, "", counts, decimals, convention),
        printed(contrast, None, "", counts, decimals, convention),
    ]
    constraints = [constraint for constraint in made if constraint is not None]
    assume(len(constraints) == 2)
    n0, n1, s0, _ = counts
    exactly_here = [Constraint("count", Window(Fraction(s0), Fraction(s0), True, True), 0)]
    found = solve([*constraints, *exactly_here], n0, n1, limit=10**6)
    assert counts in found.listed


def test_scanning_splits_counts_the_same_as_solving_each() -> None:
    half_up = RoundingConvention.HALF_UP
    constraints = [
        Constraint.of("log_odds", PrintedNumber.parse("–0,52"), half_up, 0),
        Constraint.of("log_odds_ratio", PrintedNumber.parse("0,50"), half_up),
    ]
    first = np.arange(1, 241)
    found = scan(constraints, first, 241 - first)
    assert [solve(constraints, int(n), 241 - int(n)).number for n in first] == found.tolist()


def test_infinite_log_odds_are_never_a_solution() -> None:
    huge = [Constraint("log_odds", ANY, 0), Constraint("log_odds_ratio", ANY)]
    assert solve(huge, 5, 4).number == 4 * 3


def test_nought_and_a_hundred_per_cent_are_solutions() -> None:
    for text, s in (("0", 0), ("100", 50)):
        number = PrintedNumber.parse(text)
        constraint = Constraint.of("percentage", number, RoundingConvention.HALF_UP, 0)
        assert solve([constraint], 50, 0).listed == ((50, 0, s, 0),)


def test_a_tie_belongs_to_one_convention_only() -> None:
    """1 of 8 is 12.5 per cent: half up prints 13, half to even 12."""
    for text, convention, fits in (
        ("13", RoundingConvention.HALF_UP, True),
        ("12", RoundingConvention.HALF_UP, False),
        ("13", RoundingConvention.HALF_EVEN, False),
        ("12", RoundingConvention.HALF_EVEN, True),
        ("12", RoundingConvention.TRUNCATED, True),
        ("13", RoundingConvention.DOUBLE, True),
    ):
        constraint = Constraint.of("percentage", PrintedNumber.parse(text), convention, 0)
        assert (solve([constraint], 8, 0).number == 1) is fits


def test_too_little_print_for_too_many_units_is_refused_with_a_next_step() -> None:
    contrast = Constraint.of("odds_ratio", PrintedNumber.parse("1.8"), RoundingConvention.HALF_UP)
    sizes = np.arange(1, 100_000)
    with pytest.raises(TooManyCandidatesError, match="candidates"):
        scan([contrast], sizes, 100_000 - sizes)


def test_sizes_that_cannot_be_are_refused() -> None:
    with pytest.raises(SamspillError):
        solve([], -1, 5)
