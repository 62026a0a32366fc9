"""Tipping points of weighted numbers: where they are, and that nothing smaller tips."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from samspill.statistics.sensitivity import WeightedGroup, weighted_shift, weighted_tipping


@st.composite
def groups(draw):
    """A group, and what its silent answered according to the weights."""
    n = draw(st.integers(1, 80))
    silent = draw(st.integers(1, 80))
    share = draw(st.integers(0, n)) / n
    start = draw(st.floats(0, 1))
    size = float(n + silent)
    return WeightedGroup(n, share, (n * share + silent * start) / size, size), start


def whole(group, start, shift):
    share = min(1.0, max(0.0, start + shift))
    return (group.n * group.share + group.silent * share) / group.size


@given(groups(), groups())
def test_at_the_tipping_point_the_groups_are_alike_and_before_it_they_are_not(first, second):
    (reference, q0), (comparison, q1) = first, second
    difference = comparison.weighted - reference.weighted
    assume(abs(difference) > 1e-6)
    found = weighted_tipping(reference, comparison, difference - 0.01, difference + 0.01)
    assert found.silent_share_reference == pytest.approx(q0, abs=1e-6)
    side = 1 if difference > 0 else -1

    def left(shift):
        return side * (whole(comparison, q1, -side * shift) - whole(reference, q0, side * shift))

    if found.shift_sign is None:
        assert left(1.0) > -1e-7
        return
    assert left(found.shift_sign) == pytest.approx(0, abs=1e-7)
    assert left(0.99 * found.shift_sign) > 0
    if found.shift_interval is not None:
        assert found.shift_interval <= found.shift_sign


@given(groups(), st.floats(0.1, 0.9))
def test_a_share_moved_by_its_shift_stands_at_the_threshold(told, threshold):
    group, start = told
    assume(abs(group.weighted - threshold) > 1e-6)
    found = weighted_shift(group, group.weighted, group.weighted, threshold)
    side = 1 if group.weighted > threshold else -1
    if found.shift_side is None:
        assert side * (whole(group, start, -side) - threshold) > -1e-7
    else:
        assert whole(group, start, -side * found.shift_side) == pytest.approx(threshold, abs=1e-7)


def test_weights_that_ask_more_than_the_silent_could_answer_have_no_tipping_point():
    """30 of 40 answered with a 1; a weighted share of 0.9 of 50 asks 15 ones of 10 units."""
    beyond = WeightedGroup(40, 0.75, 0.9, 50.0)
    usual = WeightedGroup(40, 0.5, 0.5, 50.0)
    assert beyond.silent_share is None
    assert weighted_tipping(usual, beyond, 0.2, 0.6).note
    assert weighted_shift(beyond, 0.8, 0.95, 0.5).note


def test_where_everyone_answered_there_is_nothing_to_ask():
    first, second = WeightedGroup(50, 0.4, 0.4, 50.0), WeightedGroup(30, 0.6, 0.6, 30.0)
    assert weighted_tipping(first, second, 0.1, 0.3).shift_sign is None
    assert weighted_tipping(first, second, 0.1, 0.3).note == "everyone answered"
