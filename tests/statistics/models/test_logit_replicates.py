"""The coefficients of replicates are those of a fit to each."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from samspill.errors import SamspillError
from samspill.statistics.cells import Cells
from samspill.statistics.models import logit, logit_statistic
from samspill.statistics.resampling import bootstrap


def counted(sums: list[int], n: list[int]) -> Cells:
    frame = pl.DataFrame(
        {
            "g": ["a", "a", "b", "b", "c", "c"],
            "h": ["x", "y"] * 3,
            "outcome": "o",
            "sum": sums,
            "n": n,
        }
    )
    return Cells.from_counts(frame, ["g", "h"])


CELLS = counted([5, 7, 9, 4, 6, 12], [20, 21, 22, 23, 24, 25])


@pytest.mark.parametrize("terms", [["g", "h"], ["h"], ["g"]])
def test_each_draw_is_a_fit(terms: list[str]) -> None:
    statistic = logit_statistic(CELLS, terms)
    random = np.random.default_rng(2)
    n = random.integers(10, 40, (20, 6))
    sums = random.binomial(n - 2, 0.4) + 1
    many = statistic(n.astype(float), sums.astype(float))

    for draw in range(20):
        alone = logit(counted(sums[draw].tolist(), n[draw].tolist()), "o", terms)
        np.testing.assert_allclose(many[draw], alone.coefficients, atol=1e-9)


@pytest.mark.parametrize("terms", [["g", "h"], ["h"]])
def test_a_draw_without_an_estimate_is_nan(terms: list[str]) -> None:
    n = np.full((2, 6), 10.0)
    sums = np.array([[0.0, 3, 0, 4, 0, 5], [2.0, 3, 1, 4, 6, 5]])
    many = logit_statistic(CELLS, terms)(n, sums)
    assert np.isnan(many[0]).all()
    assert np.isfinite(many[1]).all()


def test_bootstrap_errors_are_near_the_model_based_ones() -> None:
    large = counted([500, 700, 900, 400, 600, 1200], [2000, 2100, 2200, 2300, 2400, 2500])
    result = bootstrap(large, logit_statistic(large, ["g", "h"]), 2000, seed=1)
    fit = logit(large, "o", ["g", "h"], covariance="HC0")
    np.testing.assert_allclose(result.frame["estimate"], fit.coefficients, atol=1e-9)
    np.testing.assert_allclose(
        result.frame["standard_error"], fit.frame["standard_error"], rtol=0.08
    )


def test_several_outcomes_are_refused() -> None:
    frame = pl.concat([CELLS.frame, CELLS.frame.with_columns(outcome=pl.lit("p"))])
    with pytest.raises(SamspillError, match="several outcomes"):
        logit_statistic(Cells(frame, CELLS.key), ["g"])
