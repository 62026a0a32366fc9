"""The rising factorial against the sums that it is short for."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.statistics.pooling.rising import rising


@given(st.floats(-6, 12), st.integers(0, 300))
def test_it_is_the_sum_over_its_factors(magnitude: float, s: int):
    x = 10.0**magnitude
    found = rising(np.array([x]), np.array([float(s)]))
    factors = [x + j for j in range(s)]
    excess = math.fsum(math.log1p(j / x) for j in range(s))
    assert found.excess[0] == pytest.approx(excess, rel=1e-12, abs=1e-11)
    assert found.first[0] == pytest.approx(math.fsum(1 / f for f in factors), rel=1e-11, abs=1e-300)
    assert found.second[0] == pytest.approx(
        -math.fsum(1 / f**2 for f in factors), rel=1e-11, abs=1e-300
    )


def test_it_has_no_step_where_the_series_takes_over():
    s = np.array([0.4, 3.0, 250.5])
    below, above = rising(np.full(3, 100.0), s), rising(np.full(3, 100.0 + 1e-9), s)
    for name in ("excess", "first", "second"):
        assert getattr(below, name) == pytest.approx(getattr(above, name), rel=1e-9)
