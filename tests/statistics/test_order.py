"""What must hold for the median and its interval."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from samspill.statistics.order import median_limits

values = st.lists(st.integers(-50, 50), min_size=1, max_size=40)


@given(st.integers(1, 200), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_the_interval_is_the_narrowest_that_covers_enough(n, level):
    """Ranks j to n + 1 − j miss the median where fewer than j values lie on one side of it."""

    def coverage(rank):
        return 1 - 2 * binom.cdf(rank - 1, n, 0.5)

    _, limits = median_limits(range(1, n + 1), level)
    rank = 0 if limits is None else limits[0]
    if rank:
        assert coverage(rank) >= level - 1e-12
    assert 2 * (rank + 1) > n + 1 or coverage(rank + 1) < level


@given(values, st.sampled_from([0.8, 0.95]))
def test_it_follows_every_rising_scale_and_turns_with_the_sign(found, level):
    rising = sorted(found)
    middle, limits = median_limits(rising, level)
    turned, mirrored = median_limits([-v for v in reversed(rising)], level)
    assert turned == pytest.approx(-middle)
    cubed = median_limits([v**3 for v in rising], level)[1]
    if limits is None:
        assert mirrored is None
        assert cubed is None
    else:
        assert mirrored == (-limits[1], -limits[0])
        assert cubed == (limits[0] ** 3, limits[1] ** 3)
        assert limits[0] <= middle <= limits[1]


def test_what_never_came_may_be_without_end():
    assert median_limits([1, 2, math.inf])[0] == 2
    assert median_limits([1, math.inf, math.inf])[0] == math.inf
