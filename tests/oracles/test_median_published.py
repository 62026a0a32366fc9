"""The ranks of the median's interval against the critical values of the sign test.

Dixon & Mood 1946, Journal of the American Statistical Association 41:557–566, table 1, and every
table of the sign test since: r, the largest count of the rarer sign at which the two-sided test
rejects at 5 %. The interval begins at value number r + 1. The numbers are R 4.2.2's
`qbinom(0.025, n, 0.5)`, which is r + 1.
"""

from __future__ import annotations

import pytest

from samspill.statistics.order import median_limits

RANKS = [
    1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 5, 5, 6, 6, 6, 7, 7, 8, 8, 8, 9, 9, 10, 10, 10, 11, 11, 12,
    12, 13, 13, 13, 14, 14, 15, 15, 16, 16, 16, 17, 17, 18, 18,
]  # fmt: skip


@pytest.mark.parametrize(("n", "rank"), list(enumerate(RANKS, start=6)))
def test_the_interval_begins_where_the_sign_test_stops_rejecting(n, rank):
    assert median_limits(range(1, n + 1)) == ((n + 1) / 2, (rank, n + 1 - rank))


@pytest.mark.parametrize("n", range(1, 6))
def test_fewer_than_six_give_none(n):
    assert median_limits(range(n))[1] is None
