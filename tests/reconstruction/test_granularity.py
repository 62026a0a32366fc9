"""GRIM agrees with trying every sum."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.reconstruction import RoundingConvention, grim, possible_sizes
from samspill.reconstruction.printed_number import PrintedNumber


@given(
    n=st.integers(1, 300),
    share=st.floats(0, 1),
    decimals=st.integers(0, 2),
    convention=st.sampled_from(RoundingConvention),
)
def test_a_true_percentage_is_always_possible(
    n: int, share: float, decimals: int, convention: RoundingConvention
) -> None:
    count = round(share * n)
    number = PrintedNumber.of(convention.round(Fraction(100 * count, n), decimals))
    assert count in grim(number, n, convention=convention).sums
    assert n in possible_sizes([number], up_to=n, convention=convention)


@given(n=st.integers(1, 60), hundredths=st.integers(0, 700))
def test_means_are_possible_just_when_some_sum_prints_so(n: int, hundredths: int) -> None:
    half_up = RoundingConvention.HALF_UP
    number = PrintedNumber.parse(f"{hundredths / 100:.2f}", decimal_sign=".")
    tried = tuple(s for s in range(8 * n) if half_up.round(Fraction(s, n), 2) == number.value)
    assert grim(number, n, kind="mean", convention=half_up).sums == tried


def test_the_founding_split_is_not_to_be_told_from_whole_per_cent() -> None:
    assert grim("82", 164).chance == 1.0
    assert grim("34,2", 241).possible is False


def test_refuses_what_it_cannot_test() -> None:
    with pytest.raises(SamspillError):
        grim("12", 0)
    with pytest.raises(SamspillError):
        grim("12", 10, kind="median")
