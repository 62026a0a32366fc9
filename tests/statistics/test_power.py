"""Power: exact against approximate, and what must hold whatever the numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.statistics.change.paired import mcnemar
from samspill.statistics.power import (
    adoption_power,
    detectable,
    detectable_adoption,
    exact_independent_power,
    exact_paired_power,
    independent_power,
    paired_power,
    power_curve,
)


@pytest.mark.parametrize(("before", "after"), [(0.5, 0.63), (0.2, 0.31), (0.8, 0.69)])
def test_the_approximation_is_near_the_exact_power_of_groups(before, after):
    exact = exact_independent_power(before, after, 241, 241)
    assert independent_power(before, after, 241, 241) == pytest.approx(exact, abs=0.015)


@pytest.mark.parametrize(("turnover", "difference"), [(0.2, 0.08), (0.3, 0.1), (0.12, 0.06)])
def test_the_approximation_is_near_the_exact_power_of_pairs(turnover, difference):
    exact = exact_paired_power(turnover, difference, 241)
    assert paired_power(turnover, difference, 241) == pytest.approx(exact, abs=0.03)


def test_the_exact_power_of_pairs_is_what_drawing_them_gives():
    random, found, draws = np.random.default_rng(11), 0, 20_000
    tables = random.multinomial(132, [0.175, 0.075, 0.75], size=draws)
    found = (mcnemar(tables[:, 0], tables[:, 1]) < 0.05).mean()
    assert exact_paired_power(0.25, 0.1, 132) == pytest.approx(found, abs=4 * 0.5 / draws**0.5)


def test_the_power_of_adoption_is_what_drawing_it_gives():
    random, draws = np.random.default_rng(12), 20_000
    adopting = random.multinomial(40, [0.24, 0.04, 0.72], size=draws)
    others = random.multinomial(120, [0.14, 0.14, 0.72], size=draws)
    z = []
    for table, n in ((adopting, 40), (others, 120)):
        mean = (table[:, 0] - table[:, 1]) / n
        z.append((mean, (table[:, 0] + table[:, 1]) / n / n - mean**2 / n))
    statistic = np.abs(z[0][0] - z[1][0]) / np.sqrt(z[0][1] + z[1][1])
    drawn = (statistic > 1.96).mean()
    assert adoption_power(40, 120, 0.2, turnover=0.28) == pytest.approx(drawn, abs=0.06)


@given(st.floats(0.05, 0.95), st.integers(20, 500), st.integers(20, 500))
def test_what_is_detectable_has_the_power_asked_for(before, n_before, n_after):
    row = detectable(before, n_before, n_after).frame.row(0, named=True)
    for name, sign in (("increase", 1), ("decrease", -1)):
        if row[name] is not None:
            after = before + sign * row[name]
            assert independent_power(before, after, n_before, n_after) == pytest.approx(
                0.8, abs=1e-4
            )


@given(st.integers(30, 400), st.floats(0.05, 0.6))
def test_more_units_find_smaller_changes_and_more_turnover_hides_them(n, turnover):
    def smallest(units, moved):
        return detectable(0.5, units, units, n_both=units, turnover=moved).frame["increase"][0]

    one = smallest(n, turnover)
    assert smallest(2 * n, turnover) <= one + 1e-9
    assert smallest(n, turnover / 2) <= one + 1e-9


def test_a_finite_population_lets_smaller_changes_be_found_and_a_full_count_all():
    wide = detectable(0.4, 241, 241).frame["increase"][0]
    narrow = detectable(0.4, 241, 241, population=440).frame["increase"][0]
    assert narrow < wide
    assert detectable(0.4, 440, 440, population=440).frame["increase"][0] < 1e-6


def test_a_change_that_no_share_can_make_is_told_of():
    row = detectable(0.99, 30, 30).frame.row(0, named=True)
    assert row["increase"] is None
    assert row["note"]


def test_the_curve_rises_with_the_change():
    curve = power_curve(0.4, [0.0, 0.05, 0.1, 0.2], 241, 241, turnover=0.2).frame["power"]
    assert curve.is_sorted()
    assert curve[0] == pytest.approx(0.025, abs=0.001)


def test_fewer_adopters_need_a_larger_difference():
    few = detectable_adoption(0.4, 15, 150, turnover=0.2).frame["increase"][0]
    many = detectable_adoption(0.4, 60, 105, turnover=0.2).frame["increase"][0]
    assert few > many


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        ({"before": 1.2}, "not a share"),
        ({"power": 1.0}, "not a power"),
        ({"n_after": 1}, "too few"),
        ({"population": 100}, "more than the population"),
        ({"n_both": 50}, "expected turnover"),
    ],
)
def test_what_cannot_be_is_named(given_, said):
    with pytest.raises(SamspillError, match=said):
        detectable(**{"before": 0.4, "n_before": 241, "n_after": 241, **given_})
