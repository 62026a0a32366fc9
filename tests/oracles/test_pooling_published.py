"""Pooled groups against other programs and published examples.

R 4.2.2 with lme4 1.1.31, metafor 3.8.1 and VGAM 1.1.7 (numbers copied from their output):

- glmer(cbind(incidence, size - incidence) ~ … + (1 | herd), cbpp, binomial, nAGQ = 25)
- rma(yi, vi, data = escalc("RR", …, dat.bcg), method = …), confint, blup
- vglm(cbind(incidence, size - incidence) ~ 1, betabinomial) on the herds of cbpp
"""

from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest

from samspill.statistics import Cells, pool_estimates, pooled_shares
from samspill.statistics.pooling.beta_binomial import BetaBinomial, concentration
from samspill.statistics.pooling.logistic_normal import LogisticNormal
from samspill.statistics.pooling.normal import NormalNormal
from samspill.statistics.pooling.spread import fit_spread

# Contagious bovine pleuropneumonia (Lesnoff et al. 2004), data set cbpp of lme4:
# herd, incidence, size, period.
CBPP = """
1 2 14 1|1 3 12 2|1 4 9 3|1 0 5 4|2 3 22 1|2 1 18 2|2 1 21 3|3 8 22 1|3 2 16 2|3 0 16 3|3 2 20 4
4 2 10 1|4 0 10 2|4 2 9 3|4 0 6 4|5 5 18 1|5 0 25 2|5 0 24 3|5 1 4 4|6 3 17 1|6 0 17 2|6 0 18 3
6 1 20 4|7 8 16 1|7 1 10 2|7 3 9 3|7 0 5 4|8 12 34 1|9 2 9 1|9 0 6 2|9 0 8 3|9 0 6 4|10 1 22 1
10 1 22 2|10 0 18 3|10 2 22 4|11 0 25 1|11 5 27 2|11 3 22 3|11 1 22 4|12 2 10 1|12 1 8 2|12 0 6 3
12 0 5 4|13 1 21 1|13 2 24 2|13 0 19 3|13 0 23 4|14 11 19 1|14 0 2 2|14 0 3 3|14 0 2 4|15 1 19 1
15 1 15 2|15 1 15 3|15 0 15 4
"""
# The trials of BCG vaccine (Colditz et al. 1994), log relative risks and their variances as
# escalc gives them, and absolute latitude.
BCG = """
-0.88931133392 0.325584765004 44|-1.58538865720 0.194581121398 55|-1.34807314830 0.415367965368 42
-1.44155119002 0.020010031902 52|-0.21754732221 0.051210172170 13|-0.78611558582 0.006905618456 44
-1.62089822360 0.223017247572 19|0.01195233352 0.003961579298 13|-0.46941764874 0.056434210463 27
-1.37134480347 0.073024793613 42|-0.33935882834 0.012412213972 18|0.44591340057 0.532505845200 33
-0.01731394822 0.071404659684 33
"""
# Hits in the first 45 times at bat, 18 players of 1970 (Efron & Morris 1975, table 1).
HITS = [18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7]


def _rows(text):
    return [[float(v) for v in row.split()] for row in text.replace("\n", "|").split("|") if row]


@pytest.fixture(scope="module")
def cbpp():
    return pl.DataFrame(_rows(CBPP), schema=["herd", "sum", "n", "period"], orient="row")


@pytest.fixture(scope="module")
def herds(cbpp):
    counts = cbpp.with_columns(pl.lit("incidence").alias("outcome")).cast(
        {"herd": pl.Int64, "sum": pl.Int64, "n": pl.Int64}
    )
    return Cells.from_counts(counts.drop("period"), "herd")


@pytest.fixture(scope="module")
def bcg():
    frame = pl.DataFrame(_rows(BCG), schema=["estimate", "variance", "latitude"], orient="row")
    return frame.select(
        pl.int_range(13).alias("trial"),
        "latitude",
        "estimate",
        pl.col("variance").sqrt().alias("standard_error"),
    )


def test_the_beta_binomial_is_that_of_vgam(herds):
    pools = pooled_shares(herds, "herd").pools.row(0, named=True)
    assert pools["mean"] == pytest.approx(0.14048660868, rel=1e-6)
    assert pools["value"] ** 2 == pytest.approx(0.06690604319, rel=1e-5)


def test_the_random_intercept_is_that_of_lme4(herds):
    found = pooled_shares(herds, "herd", model="logit").pools.row(0, named=True)
    assert found["value"] == pytest.approx(0.818390006, rel=2e-5)
    s, n = (herds.frame[name].to_numpy().astype(float) for name in ("sum", "n"))
    family = LogisticNormal(np.ones((15, 1)), s, n)
    spread = fit_spread(family, "ml", 0.95)
    assert spread.at.coefficients[0] == pytest.approx(-2.046503944, rel=2e-5)
    # lme4's confint(method = "profile")
    assert (spread.low, spread.high) == pytest.approx((0.5070156953, 1.337202018), rel=2e-3)


def test_the_most_likely_deviations_are_lme4s(herds):
    s, n = (herds.frame[name].to_numpy().astype(float) for name in ("sum", "n"))
    family = LogisticNormal(np.ones((15, 1)), s, n)
    modes, _ = family._modes(np.full((1, 15), -2.046503944), 0.818390006)
    expected = [
        0.6620157805, -0.2812414138, 0.3511772038, -0.0008364427, -0.2659212044, -0.5784343842,
        1.0120586952, 1.2003068462, -0.3224814127, -0.7030009836, -0.1882002787, -0.0730601685,
        -0.8995931264, 1.3961227760, -0.6638876205,
    ]  # fmt: skip
    assert 0.818390006 * modes[0] == pytest.approx(expected, abs=1e-6)


def test_a_model_of_cells_within_groups_is_lme4s(cbpp):
    period = cbpp["period"].to_numpy()
    X = np.column_stack([np.ones(56), *(period == p for p in (2, 3, 4))])
    group = cbpp["herd"].rank("dense").to_numpy().astype(int) - 1
    family = LogisticNormal(X, cbpp["sum"].to_numpy(), cbpp["n"].to_numpy(), group, nodes=25)
    spread = fit_spread(family, "ml", 0.95)
    expected = [-1.3992304372, -0.9914036747, -1.1278194816, -1.5794707493]
    assert spread.at.coefficients == pytest.approx(expected, rel=2e-4)
    assert spread.estimate == pytest.approx(0.6475184793, rel=2e-4)


@pytest.mark.parametrize(
    ("estimator", "tau2", "mean", "blup"),
    [
        ("reml", 0.3132432581, -0.7145323422, (-0.80023356197, 0.002879247897, -0.284733712861)),
        ("ml", 0.2800281373, -0.7111991355, (-0.793556078281, 0.001864567236, -0.312416961350)),
        (
            "paule_mandel",
            0.3180641958,
            -0.714967774,
            (-0.801121015205, 0.003009721251, -0.28086509),
        ),
    ],
)
def test_known_estimates_are_pooled_as_metafor_does(bcg, estimator, tau2, mean, blup):
    found = pool_estimates(bcg.drop("latitude"), estimator=estimator)
    pool = found.pools.row(0, named=True)
    assert pool["value"] ** 2 == pytest.approx(tau2, rel=2e-5)
    assert pool["mean"] == pytest.approx(mean, rel=1e-5)
    pooled = found.frame["pooled"]
    assert (pooled[0], pooled[7], pooled[11]) == pytest.approx(blup, rel=2e-4)
    # confint.rma.uni: the Q-profile interval of tau, whose root is searched to 1e-4
    limits = (pool["spread_low"], pool["spread_high"])
    assert limits == pytest.approx((0.3459785746, 1.054267306), rel=1e-4)
    assert pool["p_no_spread"] == pytest.approx(1.996764591e-26, rel=1e-6)


def test_the_mean_may_depend_on_something_known_as_in_metafor(bcg):
    found = pool_estimates(bcg, towards="latitude")
    assert found.pools["value"][0] == pytest.approx(math.sqrt(0.076347963956), rel=1e-5)
    expected = [-1.002472074894, -1.415705423661, -1.029382194252]
    assert found.frame["pooled"][:3].to_list() == pytest.approx(expected, rel=1e-6)


def test_efron_and_morris_of_1975():
    """The players' arcsine averages are drawn 79.1 % of the way, Clemente's .400 to .290.

    With equal variances the James–Stein factor of the paper is (k − 3)/(k − 1) of Paule and
    Mandel's, which is 1 − Â/(Â + 1).
    """
    y = np.array(HITS) / 45
    x = np.sqrt(45) * np.arcsin(2 * y - 1)
    frame = pl.DataFrame({"player": range(18), "estimate": x, "standard_error": np.ones(18)})
    found = pool_estimates(frame, estimator="paule_mandel")
    factor = found.frame["shrinkage"][0] * (18 - 3) / (18 - 1)
    centre = found.frame["centre"][0]
    assert factor == pytest.approx(0.791, abs=5e-4)
    drawn = centre + (1 - factor) * (x - centre)
    back = (np.sin(drawn / np.sqrt(45)) + 1) / 2
    published = [
        0.290, 0.286, 0.281, 0.277, 0.273, 0.273, 0.268, 0.264, 0.259, 0.259,
        0.254, 0.254, 0.254, 0.254, 0.254, 0.249, 0.244, 0.239,
    ]  # fmt: skip
    assert back == pytest.approx(published, abs=1.1e-3)


def test_the_beta_posterior_has_its_closed_form():
    """Beta(1.4, 8.6) and 4 of 14 give Beta(5.4, 18.6): Gelman et al. 2013, section 5.1."""
    alpha, beta = 1.4, 8.6
    spread = math.sqrt(1 / (1 + alpha + beta))
    family = BetaBinomial(np.ones((1, 1)), np.array([4.0]), np.array([14.0]))
    pull = family.pull(spread, np.array([math.log(alpha / beta)]))
    assert pull.pooled[0] == pytest.approx(5.4 / 24)
    assert concentration(spread) == pytest.approx(10.0)


def test_the_normal_posterior_has_its_closed_form():
    """Rubin's eight schools at τ = 10 (Gelman et al. 2013, section 5.5): by hand."""
    y = np.array([28.0, 8, -3, 7, -1, 1, 18, 12])
    error = np.array([15.0, 10, 16, 11, 9, 11, 10, 18])
    family = NormalNormal(np.ones((8, 1)), y, error**2)
    at = family.conditional(10.0)
    weight = 1 / (error**2 + 100)
    assert at.coefficients[0] == pytest.approx((weight @ y) / weight.sum())
    pull = family.pull(10.0, at.coefficients)
    by_hand = (y / error**2 + at.coefficients[0] / 100) / (1 / error**2 + 1 / 100)
    assert pull.pooled == pytest.approx(by_hand)
