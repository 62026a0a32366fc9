"""What must hold for standardised differences."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.statistics.response.standardised import overall, standardised_differences

counts = st.lists(st.tuples(st.integers(1, 50), st.integers(1, 50)), min_size=2, max_size=6)


def shares(rows) -> tuple[np.ndarray, np.ndarray]:
    first, second = np.array(rows, float).T
    return first / first.sum(), second / second.sum()


@given(counts)
def test_the_other_way_round_turns_the_sign(rows):
    first, second = shares(rows)
    there, back = standardised_differences(first, second), standardised_differences(second, first)
    assert there == pytest.approx(-back)
    assert overall(first, second) == pytest.approx(overall(second, first))
    assert standardised_differences(first, first) == pytest.approx(np.zeros(len(rows)))
    assert overall(first, first) == pytest.approx(0, abs=1e-9)


@given(counts, st.randoms(use_true_random=False))
def test_the_order_of_the_categories_does_not_matter(rows, random):
    mixed = random.sample(rows, len(rows))
    assert overall(*shares(mixed)) == pytest.approx(overall(*shares(rows)), abs=1e-7)


@given(counts)
def test_two_categories_are_one_difference_and_more_are_at_least_each(rows):
    first, second = shares(rows)
    each = np.abs(standardised_differences(first, second))
    whole = overall(first, second)
    if len(rows) == 2:
        assert whole == pytest.approx(each[0]) == pytest.approx(each[1])
    assert whole >= each.max() - 1e-7


@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 40), st.integers(1, 40))
def test_a_category_that_is_empty_in_both_changes_nothing(a, b, c, d):
    first, second = shares([(a, b), (c, d)])
    found = standardised_differences(np.append(first, 0), np.append(second, 0))
    assert math.isnan(found[2])
    padded = overall(np.append(first, 0), np.append(second, 0))
    assert padded == pytest.approx(overall(first, second))
