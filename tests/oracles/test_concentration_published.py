"""Concentration against printed values and closed forms."""

from __future__ import annotations

import numpy as np
import pytest

from samspill.statistics.concentration import concentration, gini, lorenz, top_share


def test_the_example_of_the_r_packages_ineq_and_acid() -> None:
    # Documentation of the R package acid, gini: $Gini 0.4620911, $bcGini 0.5134346
    incomes = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]
    assert gini(incomes) == pytest.approx(0.4620911, abs=5e-8)
    assert gini(incomes) * 10 / 9 == pytest.approx(0.5134346, abs=5e-8)


def test_the_special_cases_of_the_r_package_desctools() -> None:
    # Documentation of Gini in DescTools: c(10, 10, 0, 0, 0), the same by frequencies, c(10, 10, 10)
    assert gini([10, 10, 0, 0, 0]) == pytest.approx(0.6)
    assert gini([10, 0], [2, 3]) == pytest.approx(0.6)
    assert gini([10, 10, 10]) == 0


@pytest.mark.parametrize("n", [2, 5, 40])
def test_whole_numbers_in_a_row_have_a_known_coefficient(n: int) -> None:
    # the numbers 1 to n: (n − 1)/(3n), by summing ranks
    assert gini(range(1, n + 1)) == pytest.approx((n - 1) / (3 * n))


def test_a_pareto_distribution_comes_near_its_coefficient() -> None:
    # 1/(2α − 1) for Pareto (Cowell 2011, Measuring Inequality, appendix A.3); quantiles, not draws
    alpha, n = 3.0, 200_000
    quantiles = (1 - (np.arange(n) + 0.5) / n) ** (-1 / alpha)
    assert gini(quantiles) == pytest.approx(1 / (2 * alpha - 1), abs=1e-4)


def test_the_area_under_the_lorenz_curve_is_that_of_the_coefficient() -> None:
    # G = 1 − 2 × the area (Gini 1914), by the trapezium rule over the points
    incomes = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]
    points = lorenz(incomes)
    area = np.trapezoid(points["share"], points["population"])
    assert gini(incomes) == pytest.approx(1 - 2 * area)


def test_the_interval_is_near_that_of_drawing_the_values_themselves() -> None:
    rng = np.random.default_rng(4)
    values = np.round(rng.exponential(10, 60))
    found = concentration(values, seed=1, replicates=4000).frame
    draws = values[rng.integers(0, 60, (4000, 60))]
    for statistic, drawn in (
        ("gini", [gini(row) for row in draws]),
        ("top_share", [top_share(row) for row in draws]),
    ):
        row = found.filter(found["statistic"] == statistic).row(0, named=True)
        low, high = np.quantile(drawn, [0.025, 0.975])
        assert row["low"] == pytest.approx(low, abs=0.01)
        assert row["high"] == pytest.approx(high, abs=0.01)
