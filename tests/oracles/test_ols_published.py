"""Least squares against certified and published values.

Norris and Longley: NIST Statistical Reference Datasets, linear regression, certified values
(https://www.itl.nist.gov/div898/strd/lls/lls.shtml). Longley (1967), JASA 62, 819-841.

Grunfeld (1958), ten firms over twenty years as printed in Greene, Econometric Analysis, with
Stata's regress invest mvalue kstock, vce(cluster company), as in the tests of statsmodels, with
which the data ship. Stata holds them in single precision, hence eight figures.
"""

from __future__ import annotations

import polars as pl
import pytest

from samspill.statistics.counting import cells
from samspill.statistics.models import OlsFit, ols

NORRIS_X = [
    0.2, 337.4, 118.2, 884.6, 10.1, 226.5, 666.3, 996.3, 448.6, 777.0, 558.2, 0.4, 0.6, 775.5,
    666.9, 338.0, 447.5, 11.6, 556.0, 228.1, 995.8, 887.6, 120.2, 0.3, 0.3, 556.8, 339.1, 887.2,
    999.0, 779.0, 11.1, 118.3, 229.2, 669.1, 448.9, 0.5,
]  # fmt: skip
NORRIS_Y = [
    0.1, 338.8, 118.1, 888.0, 9.2, 228.1, 668.5, 998.5, 449.1, 778.9, 559.2, 0.3, 0.1, 778.1,
    668.8, 339.3, 448.9, 10.8, 557.7, 228.3, 998.0, 888.8, 119.6, 0.3, 0.6, 557.6, 339.3, 888.0,
    998.5, 778.9, 10.2, 117.6, 228.9, 668.4, 449.2, 0.2,
]  # fmt: skip
LONGLEY = [  # total employment; deflator, GNP, unemployed, armed forces, population, year
    (60323, 83.0, 234289, 2356, 1590, 107608, 1947),
    (61122, 88.5, 259426, 2325, 1456, 108632, 1948),
    (60171, 88.2, 258054, 3682, 1616, 109773, 1949),
    (61187, 89.5, 284599, 3351, 1650, 110929, 1950),
    (63221, 96.2, 328975, 2099, 3099, 112075, 1951),
    (63639, 98.1, 346999, 1932, 3594, 113270, 1952),
    (64989, 99.0, 365385, 1870, 3547, 115094, 1953),
    (63761, 100.0, 363112, 3578, 3350, 116219, 1954),
    (66019, 101.2, 397469, 2904, 3048, 117388, 1955),
    (67857, 104.6, 419180, 2822, 2857, 118734, 1956),
    (68169, 108.4, 442769, 2936, 2798, 120445, 1957),
    (66513, 110.8, 444546, 4681, 2637, 121950, 1958),
    (68655, 112.6, 482704, 3813, 2552, 123366, 1959),
    (69564, 114.2, 502601, 3931, 2514, 125368, 1960),
    (69331, 115.7, 518173, 4806, 2572, 127852, 1961),
    (70551, 116.9, 554894, 4007, 2827, 130081, 1962),
]
LONGLEY_COLUMNS = ["employed", "deflator", "gnp", "unemployed", "armed", "population", "year"]


def fit(rows: pl.DataFrame, outcome: str, terms: list[str], cluster: str | None = None) -> OlsFit:
    key = [*terms, cluster] if cluster else terms
    return ols(cells(rows, key, outcome, squares=True), outcome, terms, cluster=cluster)


def test_norris() -> None:
    result = fit(pl.DataFrame({"x": NORRIS_X, "y": NORRIS_Y}), "y", ["x"])

    assert result.cells_used == 35, "0.3 occurs twice and is one cell"
    assert result.frame["estimate"].to_list() == pytest.approx(
        [-0.262323073774029, 1.00211681802045], rel=1e-11
    )
    assert result.frame["standard_error"].to_list() == pytest.approx(
        [0.232818234301152, 0.429796848199937e-03], rel=1e-9
    )
    assert result.r_squared == pytest.approx(0.999993745883712, rel=1e-13)
    assert result.residual_standard_error == pytest.approx(0.884796396144373, rel=1e-9)
    assert result.f_statistic == pytest.approx(5436385.54079785, rel=1e-9)
    assert result.f_degrees_of_freedom == (1, 34)


def test_longley() -> None:
    rows = pl.DataFrame(LONGLEY, schema=LONGLEY_COLUMNS, orient="row")
    result = fit(rows, "employed", LONGLEY_COLUMNS[1:])

    assert result.frame["estimate"].to_list() == pytest.approx(
        [
            -3482258.63459582,
            15.0618722713733,
            -0.358191792925910e-01,
            -2.02022980381683,
            -1.03322686717359,
            -0.511041056535807e-01,
            1829.15146461355,
        ],
        rel=1e-7,
    )
    assert result.frame["standard_error"].to_list() == pytest.approx(
        [
            890420.383607373,
            84.9149257747669,
            0.334910077722432e-01,
            0.488399681651699,
            0.214274163161675,
            0.226073200069370,
            455.478499142212,
        ],
        rel=1e-7,
    )
    assert result.r_squared == pytest.approx(0.995479004577296, rel=1e-10)
    assert result.residual_standard_error == pytest.approx(304.854073561965, rel=1e-8)
    assert result.f_statistic == pytest.approx(330.285339234588, rel=1e-7)


def test_grunfeld_with_standard_errors_clustered_by_firm() -> None:
    from statsmodels.datasets import grunfeld

    data = grunfeld.load_pandas().data
    data = data[data["firm"] != "American Steel"]
    rows = pl.DataFrame({name: data[name].to_numpy() for name in ("invest", "value", "capital")})
    rows = rows.with_columns(pl.Series("firm", data["firm"].astype(str).tolist()))
    result = fit(rows, "invest", ["value", "capital"], "firm")

    assert result.frame["estimate"].to_list() == pytest.approx(
        [-42.714369016733, 0.11556215606596, 0.23067848754982], rel=5e-8
    )
    assert result.frame["standard_error"].to_list() == pytest.approx(
        [20.425202580078, 0.01589433647768, 0.08496711097464], rel=5e-8
    )
    assert result.frame["p"].to_list() == pytest.approx(
        [0.06604843284516, 0.00004710548549, 0.02380515903536], rel=1e-6
    )
    assert result.frame["low"].to_list() == pytest.approx(
        [-88.919387334862, 0.07960666895505, 0.03846952885627], rel=1e-6
    )
    assert result.r_squared == pytest.approx(0.8124080178314147, rel=1e-8)
    assert result.adjusted_r_squared == pytest.approx(0.8105035307027997, rel=1e-8)
    assert result.f_statistic == pytest.approx(51.59060716590177, rel=5e-8)
    assert result.f_degrees_of_freedom == (2, 9)
