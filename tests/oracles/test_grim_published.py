"""GRIM against published cases.

Brown and Heathers (2017), The GRIM test, Social Psychological and Personality Science 8(4),
363-369: a mean of 5.19 cannot come from 28 whole numbers, 5.18 and 5.21 can; with two decimals
about N of 100 means are possible. Bauer and Francis (2021), Expression of concern, Psychological
Science 32(12): of means 5.3 and 4.71 from 40 people, 20 in each group allow only 5.3; 17 and 23
allow both. The scrutiny package's GRIM vignette: means of three items from 40 people; rounding at
n = 80. The article on the GRIM test in Wikipedia: 20 throws of a die cannot average 3.48.
"""

from __future__ import annotations

import pytest

from samspill.reconstruction import RoundingConvention, grim, possible_sizes


def test_the_worked_example() -> None:
    result = grim("5.19", 28, kind="mean")
    assert not result.possible
    assert result.nearest == ("5.18", "5.21")
    assert grim("5.18", 28, kind="mean").sums == (145,)
    assert grim("5.21", 28, kind="mean").sums == (146,)
    assert result.chance == pytest.approx(0.28)


def test_twenty_throws_of_a_die() -> None:
    assert not grim("3.48", 20, kind="mean").possible
    assert grim("3.50", 20, kind="mean").possible


def test_group_sizes_of_forty_people() -> None:
    assert grim("5.3", 20, kind="mean").possible
    assert not grim("4.71", 20, kind="mean").possible
    first = possible_sizes(["4.71"], kind="mean", up_to=40)
    second = possible_sizes(["5.3"], kind="mean", up_to=40)
    both = [size for size in (20, 19, 18, 17) if size in first and 40 - size in second]
    assert both == [17]


def test_means_of_three_items() -> None:
    means = ("5.90", "5.71", "3.50", "3.82", "4.61", "5.24")
    assert all(grim(mean, 40, kind="mean", items=3).possible for mean in means)
    assert sum(grim(mean, 40, kind="mean").possible for mean in means) == 3


def test_rounding_half_up_at_eighty() -> None:
    half_up = RoundingConvention.HALF_UP
    possible = {
        mean: grim(mean, 80, kind="mean", convention=half_up).possible
        for mean in ("2.02", "2.03", "2.04", "2.05")
    }
    assert possible == {"2.02": False, "2.03": True, "2.04": True, "2.05": True}
    even = RoundingConvention.HALF_EVEN
    assert grim("2.02", 80, kind="mean", convention=even).possible
