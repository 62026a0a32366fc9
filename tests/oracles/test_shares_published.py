"""Printed intervals of single proportions, and those of statsmodels."""

from __future__ import annotations

import itertools

import numpy as np
import polars as pl
import pytest
from scipy.stats import hypergeom
from statsmodels.regression.linear_model import WLS
from statsmodels.stats.proportion import proportion_confint

from samspill.statistics import Cells, cells, shares


def _cells(count: int, n: int) -> Cells:
    return Cells.from_counts(pl.DataFrame({"outcome": ["y"], "n": [n], "sum": [count]}))


def _limits(count: int, n: int, **options: object) -> tuple[float, float]:
    row = shares(_cells(count, n), **options).frame.row(0, named=True)  # type: ignore[arg-type]
    return row["low"], row["high"]


# Newcombe 1998, Two-sided confidence intervals for the single proportion: comparison of seven
# methods, Statistics in Medicine 17:857–872, table I: methods 1, 3 and 5.
NEWCOMBE_TABLE_1 = [
    ("wilson", 81, 263, 0.2553, 0.3662),
    ("wilson", 15, 148, 0.0624, 0.1605),
    ("wilson", 0, 20, 0.0000, 0.1611),
    ("wilson", 1, 29, 0.0061, 0.1718),
    ("clopper_pearson", 81, 263, 0.2527, 0.3676),
    ("clopper_pearson", 15, 148, 0.0578, 0.1617),
    ("clopper_pearson", 0, 20, 0.0000, 0.1684),
    ("clopper_pearson", 1, 29, 0.0009, 0.1776),
    ("wald", 81, 263, 0.2522, 0.3638),
    ("wald", 15, 148, 0.0527, 0.1500),
]


@pytest.mark.parametrize(("method", "count", "n", "low", "high"), NEWCOMBE_TABLE_1)
def test_newcombe_1998_table_1(method: str, count: int, n: int, low: float, high: float) -> None:
    computed = _limits(count, n, method=method)
    assert [round(limit, 4) for limit in computed] == [low, high]


def test_r_documentation_of_binom_test() -> None:
    # R, help(binom.test): binom.test(682, 682 + 243, p = 3/4); Conover 1971, page 97 f.
    assert _limits(682, 925, method="clopper_pearson") == pytest.approx(
        (0.7076683, 0.7654066), abs=5e-8
    )


def test_finite_population_wilson_as_in_r_package_stat_extend() -> None:
    # stat.extend (O'Neill), tests/test-CONF.R: CONF.prop(.05, mtcars$mpg > 20, N = 1000)
    assert _limits(14, 32, population=1000) == pytest.approx(
        (0.283745994666663, 0.604278989534686), abs=1e-14
    )


def test_cochran_1977_limits_in_a_finite_population() -> None:
    # Cochran 1977, Sampling Techniques, section 3.6: 37 of a sample of 100 from 500; the normal
    # approximation with continuity correction gives 140 and 230 units in the population
    low, high = _limits(37, 100, population=500, method="clopper_pearson")
    assert abs(500 * low - 140) <= 3
    assert abs(500 * high - 230) <= 3


@pytest.mark.parametrize(
    ("count", "n", "population"), [(0, 5, 12), (3, 5, 12), (5, 5, 12), (7, 20, 33), (4, 9, 9)]
)
def test_exact_finite_limits_by_trying_every_population(
    count: int, n: int, population: int
) -> None:
    accepted = [
        total
        for total in range(population + 1)
        if hypergeom.sf(count - 1, population, total, n) > 0.025
        and hypergeom.cdf(count, population, total, n) > 0.025
    ]
    computed = _limits(count, n, population=population, method="clopper_pearson")
    assert computed == pytest.approx((accepted[0] / population, accepted[-1] / population))


STATSMODELS = {
    "wilson": "wilson",
    "wald": "normal",
    "agresti_coull": "agresti_coull",
    "clopper_pearson": "beta",
    "jeffreys": "jeffreys",
}


@pytest.mark.parametrize(
    ("method", "level", "counts"),
    list(
        itertools.product(STATSMODELS, (0.9, 0.95, 0.99), ((1, 7), (36, 164), (22, 77), (99, 100)))
    ),
)
def test_statsmodels_proportion_confint(method: str, level: float, counts: tuple[int, int]) -> None:
    expected = proportion_confint(*counts, alpha=1 - level, method=STATSMODELS[method])
    assert _limits(*counts, method=method, level=level) == pytest.approx(expected, abs=1e-10)


@pytest.mark.parametrize("missing", [False, True])
def test_weighted_share_and_standard_error_as_weighted_regression_on_rows(missing: bool) -> None:
    # Σw²(y − p)²/(Σw)² · n/(n − 1) is the HC1 variance of a weighted regression on a constant,
    # which is how Stata (regress … [pw=w]) and R (survey::svymean) come to it
    rng = np.random.default_rng(7)
    y = rng.integers(0, 2, 200).astype(float)
    w = rng.gamma(2.0, 1.5, 200)
    if missing:
        y[::9] = np.nan
    frame = pl.DataFrame({"y": y, "w": w})
    row = shares(cells(frame, (), "y", weight="w")).frame.row(0, named=True)
    kept = ~np.isnan(y)
    fitted = WLS(y[kept], np.ones(kept.sum()), weights=w[kept]).fit(cov_type="HC1")
    assert row["share"] == pytest.approx(fitted.params[0], abs=1e-12)
    assert row["standard_error"] == pytest.approx(fitted.bse[0], abs=1e-12)
    assert row["n"] == kept.sum()
