"""R-indicators from cells against the definitions computed anew on rows, with statsmodels' logit.

No printed example with its data was at hand, so this is our own reading of Shlomo, Skinner &
Schouten 2012 and Schouten, Shlomo & Skinner 2011, written unit by unit.
"""

from __future__ import annotations

import itertools

import numpy as np
import polars as pl
import pytest
import statsmodels.api as sm

from samspill.statistics import Cells, cells
from samspill.statistics.response import representativity


@pytest.fixture(scope="module")
def rows() -> pl.DataFrame:
    source = np.random.default_rng(2009)
    size = source.choice(["large", "medium", "small"], 440, p=[0.2, 0.3, 0.5])
    county = source.choice(["a", "b", "c", "d"], 440)
    policy = source.choice(["no", "yes"], 440)
    chance = 0.45 + 0.25 * (size == "large") - 0.15 * (county == "d") + 0.08 * (policy == "yes")
    responded = (source.random(440) < chance).astype(int)
    return pl.DataFrame({"size": size, "county": county, "policy": policy, "responded": responded})


ATTRIBUTES = ["size", "county", "policy"]


@pytest.fixture(scope="module")
def found(rows):
    return representativity(cells(rows, ATTRIBUTES, "responded"), "responded", ATTRIBUTES)


@pytest.fixture(scope="module")
def model(rows):
    return _model(rows, ATTRIBUTES)


def _model(rows, names):
    columns = [np.ones(rows.height)]
    for name in names:
        for category in sorted(rows[name].unique())[1:]:
            columns.append((rows[name] == category).to_numpy().astype(float))
    x = np.column_stack(columns)
    fit = sm.GLM(rows["responded"].to_numpy(), x, family=sm.families.Binomial()).fit(tol=1e-14)
    rho = fit.fittedvalues
    return rho, (rho * (1 - rho))[:, None] * x, np.asarray(fit.cov_params())


def _standard_error(rho, z, covariance):
    units = len(rho)
    a = sum((r - rho.mean()) * (zi - z.mean(axis=0)) for r, zi in zip(rho, z, strict=True)) / units
    b = np.cov(z, rowvar=False, bias=True)
    variance = 4 * a @ covariance @ a + 2 * np.trace(b @ covariance @ b @ covariance)
    return np.sqrt(variance / rho.var())


def test_the_indicator_its_bias_adjustment_and_its_standard_error(found, model):
    rho, z, covariance = model
    spread = rho.var(ddof=1)
    bias = np.mean([zi @ covariance @ zi for zi in z])
    row = found.frame.row(0, named=True)
    assert row["r_unadjusted"] == pytest.approx(1 - 2 * np.sqrt(spread), abs=1e-9)
    assert row["r"] == pytest.approx(1 - 2 * np.sqrt(spread - bias), abs=1e-9)
    assert row["standard_error"] == pytest.approx(_standard_error(rho, z, covariance), abs=1e-9)
    assert row["coefficient_of_variation"] == pytest.approx(
        np.sqrt(spread - bias) / rho.mean(), abs=1e-9
    )
    assert row["low"] < row["r"] < row["high"]


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_partial_indicators_of_a_variable(found, model, rows, name):
    rho = model[0]
    column = rows[name].to_numpy()
    between = np.sqrt(np.mean([(rho[column == own].mean() - rho.mean()) ** 2 for own in column]))
    others = [rows[other].to_numpy() for other in ATTRIBUTES if other != name]
    within = np.empty_like(rho)
    for place in range(rows.height):
        alike = np.all([other == other[place] for other in others], axis=0)
        within[place] = rho[place] - rho[alike].mean()
    row = found.variables.row(by_predicate=pl.col("variable") == name, named=True)
    assert row["unconditional_unadjusted"] == pytest.approx(between, abs=1e-9)
    assert row["conditional_unadjusted"] == pytest.approx(np.sqrt(np.mean(within**2)), abs=1e-9)
    alone = _model(rows, [name])
    assert row["standard_error"] == pytest.approx(_standard_error(*alone) / 2, abs=1e-9)
    for category in np.unique(column):
        own = found.categories.row(
            by_predicate=(pl.col("variable") == name) & (pl.col("category") == category), named=True
        )
        share = np.mean(column == category)
        signed = np.sqrt(share) * (rho[column == category].mean() - rho.mean())
        assert own["unconditional"] == pytest.approx(signed, abs=1e-9)
        inside = np.sqrt(np.sum(within[column == category] ** 2) / rows.height)
        assert own["conditional"] == pytest.approx(inside, abs=1e-9)


def test_the_standard_error_of_a_categorys_conditional_indicator(found, model, rows):
    rho, z, covariance = model
    others = [rows["county"].to_numpy(), rows["policy"].to_numpy()]
    deviation, slopes = np.empty_like(rho), np.empty_like(z)
    for place in range(rows.height):
        alike = np.all([other == other[place] for other in others], axis=0)
        deviation[place] = rho[place] - rho[alike].mean()
        slopes[place] = z[place] - z[alike].mean(axis=0)
    own = (rows["size"] == "small").to_numpy()
    a = np.zeros(z.shape[1])
    b = np.zeros((z.shape[1], z.shape[1]))
    for place in np.flatnonzero(own):
        a += deviation[place] * slopes[place]
        b += np.outer(slopes[place], slopes[place])
    top = 4 * a @ covariance @ a + 2 * np.trace(b @ covariance @ b @ covariance)
    expected = np.sqrt(0.25 * top / (rows.height * np.sum(deviation[own] ** 2)))
    row = found.categories.row(by_predicate=pl.col("category") == "small", named=True)
    assert row["conditional_standard_error"] == pytest.approx(expected, abs=1e-9)


def test_the_adjustment_takes_away_what_estimating_adds_when_all_are_equally_likely():
    source = np.random.default_rng(7)
    groups = [f"{a}{b}" for a, b in itertools.product("abcde", "xy")]
    kept, raw = [], []
    for _ in range(300):
        n = np.full(len(groups), 44)
        ones = source.binomial(n, 0.55)
        counted = Cells.from_counts(
            pl.DataFrame({"g": groups, "outcome": "y", "n": n, "sum": ones}), "g"
        )
        row = representativity(counted, "y", "g").frame.row(0, named=True)
        raw.append((1 - row["r_unadjusted"]) ** 2 / 4)
        kept.append((1 - row["r"]) ** 2 / 4)
    # With equal chances the spread seen is estimation alone: its mean is that of its bias.
    expected = 0.55 * 0.45 / 44 * (len(groups) - 1) / len(groups)
    assert np.mean(raw) == pytest.approx(expected, rel=0.1)
    assert np.mean(kept) < np.mean(raw) / 3
