"""What a measure of concentration must obey."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.statistics.concentration import (
    ALL_AT_THE_TOP,
    NOTHING,
    TOO_FEW,
    concentration,
    gini,
    lorenz,
    top_share,
)

AMOUNTS = st.lists(st.integers(0, 10_000), min_size=2, max_size=40).filter(any)


@given(AMOUNTS, st.integers(1, 1000))
def test_kroner_or_thousands_give_the_same(values, factor):
    assert gini(np.multiply(values, factor)) == pytest.approx(gini(values), abs=1e-9)
    assert top_share(np.multiply(values, factor)) == pytest.approx(top_share(values))


@given(AMOUNTS, st.randoms(use_true_random=False))
def test_order_does_not_matter(values, random):
    shuffled = random.sample(values, len(values))
    assert gini(shuffled) == pytest.approx(gini(values), abs=1e-9)


@given(AMOUNTS, st.integers(2, 5))
def test_every_organisation_twice_gives_the_same(values, times):
    assert gini(values * times) == pytest.approx(gini(values), abs=1e-9)
    assert gini(values, [times] * len(values)) == pytest.approx(gini(values), abs=1e-9)


@given(AMOUNTS)
def test_it_lies_from_equal_to_one_having_all(values):
    assert 0 <= gini(values) <= 1 - 1 / len(values) + 1e-12
    assert min(1, 5 / len(values)) - 1e-12 <= top_share(values) <= 1 + 1e-12


@given(AMOUNTS, st.data())
def test_from_richer_to_poorer_it_falls(values, data):
    # Pigou 1912, Dalton 1920: a transfer that does not reverse who has more
    assume(max(values) - min(values) >= 2)
    given_away = data.draw(st.integers(1, (max(values) - min(values)) // 2))
    rich, poor = int(np.argmax(values)), int(np.argmin(values))
    after = np.array(values)
    after[rich] -= given_away
    after[poor] += given_away
    assert gini(after) < gini(values) + 1e-12


@given(AMOUNTS)
def test_the_lorenz_curve_is_convex_and_ends_at_one(values):
    points = lorenz(values)
    steps = np.diff(points["share"].to_numpy())
    assert points.row(0) == (0, 0)
    assert points.row(-1) == pytest.approx((1, 1))
    assert (np.diff(steps) >= -1e-12).all()


def test_one_with_everything_among_n():
    assert gini([0, 0, 0, 7]) == pytest.approx(0.75)


def test_what_nobody_got_has_no_concentration():
    frame = concentration([0] * 12, seed=1).frame
    assert frame["estimate"].null_count() == 2
    assert set(frame["note"]) == {NOTHING}
    assert lorenz([0, 0]).is_empty()


def test_few_have_no_interval_and_it_is_said():
    frame = concentration([1, 2, 3, 4, 5, 6], seed=1).frame
    assert frame["note"].to_list() == [TOO_FEW, TOO_FEW]
    assert frame["low"].null_count() == 2
    assert concentration([1, 2, 3], seed=1).frame["note"].to_list() == [TOO_FEW, ALL_AT_THE_TOP]


def test_the_same_seed_gives_the_same_interval_around_the_estimate():
    values = [0, 0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55]
    first = concentration(values, seed=3).frame
    assert first.equals(concentration(values, seed=3).frame)
    for row in first.to_dicts():
        assert row["low"] < row["estimate"] < row["high"]
        assert (row["n"], row["receivers"], row["total"]) == (12, 10, sum(values))


def test_negative_amounts_are_refused():
    with pytest.raises(SamspillError) as caught:
        gini([1, -1])
    assert caught.value.next_step
