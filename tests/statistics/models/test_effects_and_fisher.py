"""Average marginal effects, and Fisher's exact test against SciPy."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.statistics.cells import Cells
from samspill.statistics.counting import cells
from samspill.statistics.models import average_marginal_effects, fisher_exact, logit


def two_groups(counts: dict[str, tuple[int, int]]) -> Cells:
    frame = pl.DataFrame(
        {
            "group": list(counts),
            "outcome": "y",
            "sum": [pair[0] for pair in counts.values()],
            "n": [pair[1] for pair in counts.values()],
        }
    )
    return Cells.from_counts(frame, "group")


def test_in_one_two_by_two_table_the_effect_is_the_difference_of_shares() -> None:
    fit = logit(two_groups({"no": (40, 164), "yes": (35, 77)}), "y", "group")
    effect = average_marginal_effects(fit).frame.row(0, named=True)
    p0, p1 = 40 / 164, 35 / 77

    assert effect["contrast"] == "yes − no"
    assert effect["percentage_points"] == pytest.approx(100 * (p1 - p0))
    assert effect["standard_error"] == pytest.approx(
        np.sqrt(p0 * (1 - p0) / 164 + p1 * (1 - p1) / 77)
    )
    assert effect["percentage_points_low"] == pytest.approx(100 * effect["low"])


@settings(deadline=None, max_examples=15)
@given(seed=st.integers(0, 10_000))
def test_effects_are_those_of_the_rows(seed: int) -> None:
    from statsmodels.discrete.discrete_model import Logit

    random = np.random.default_rng(seed)
    a, b = random.integers(0, 2, 200), random.integers(0, 5, 200)
    y = (random.random(200) < 1 / (1 + np.exp(0.5 - 0.8 * a + 0.2 * b))).astype(int)
    rows = pl.DataFrame({"a": [str(v) for v in a], "b": b, "y": y})
    fit = logit(cells(rows, ["a", "b"], "y"), "y", ["a", "b"], covariance="HC0")
    X = np.column_stack([np.ones(200), a, b])
    model = Logit(y, X).fit(disp=0, tol=1e-12, cov_type="HC0")
    expected = model.get_margeff(at="overall", dummy=True)
    effects = average_marginal_effects(fit).frame

    np.testing.assert_allclose(effects["estimate"], expected.margeff, atol=1e-8)
    np.testing.assert_allclose(effects["standard_error"], expected.margeff_se, rtol=1e-6)


def test_interactions_follow_the_term() -> None:
    """Checked against differences of mean predictions and a numerical gradient."""
    random = np.random.default_rng(4)
    a, b = random.integers(0, 3, 500), random.integers(0, 4, 500).astype(float)
    y = (random.random(500) < 1 / (1 + np.exp(0.4 - 0.5 * (a == 1) + 0.3 * b * (a == 2)))).astype(
        int
    )
    rows = pl.DataFrame({"a": [f"a{v}" for v in a], "b": b, "y": y})
    fit = logit(cells(rows, ["a", "b"], "y"), "y", ["a", "b", "a:b"])

    def mean(beta: Any, level: int | None, shift: float = 0.0) -> float:
        c, x = (a if level is None else np.full(500, level)), b + shift
        one, two = c == 1, c == 2
        X = np.column_stack([np.ones(500), one, two, x, one * x, two * x])
        return float(np.mean(1 / (1 + np.exp(-X @ beta))))

    def change(beta: Any) -> float:
        return mean(beta, 2) - mean(beta, 0)

    def slope(beta: Any) -> float:
        return (mean(beta, None, 1e-5) - mean(beta, None, -1e-5)) / 2e-5

    effects = average_marginal_effects(fit).frame
    for row, function in ((1, change), (2, slope)):
        steps = np.eye(6) * 1e-5
        beta = fit.coefficients
        gradient = [(function(beta + d) - function(beta - d)) / 2e-5 for d in steps]
        error = np.sqrt(np.array(gradient) @ fit.covariance @ np.array(gradient))
        assert effects["estimate"][row] == pytest.approx(function(beta), rel=1e-6)
        assert effects["standard_error"][row] == pytest.approx(error, rel=1e-4)


def test_true_and_false_are_categories() -> None:
    rows = pl.DataFrame(
        {"policy": [True, True, False, False] * 6, "y": [1, 0, 0, 0, 1, 1, 0, 1] * 3}
    )
    fit = logit(cells(rows, "policy", "y"), "y", "policy")
    assert fit.frame["term"].to_list() == ["intercept", "policy[true]"]
    effect = average_marginal_effects(fit).frame
    assert effect["contrast"].to_list() == ["true − false"]
    assert effect["estimate"][0] == pytest.approx(9 / 12 - 3 / 12)


def test_an_effect_of_what_is_not_in_the_model_is_refused() -> None:
    fit = logit(two_groups({"no": (40, 164), "yes": (35, 77)}), "y", "group")
    with pytest.raises(SamspillError, match="no key column"):
        average_marginal_effects(fit, "size")


@settings(deadline=None, max_examples=40)
@given(
    n0=st.integers(1, 60), n1=st.integers(1, 60), s0=st.integers(0, 60), s1=st.integers(0, 60),
    level=st.sampled_from([0.8, 0.95, 0.99]),
)  # fmt: skip
def test_fisher_is_scipys(n0: int, n1: int, s0: int, s1: int, level: float) -> None:
    from scipy.stats import fisher_exact as scipy_fisher
    from scipy.stats.contingency import odds_ratio

    s0, s1 = min(s0, n0), min(s1, n1)
    counted = two_groups({"no": (s0, n0), "yes": (s1, n1)})
    result = fisher_exact(counted, "y", "group", level=level).frame.row(0, named=True)
    table = [[s1, n1 - s1], [s0, n0 - s0]]
    assert result["p"] == pytest.approx(scipy_fisher(table).pvalue, rel=1e-9)
    assert result["p_mid"] < result["p"]
    if s0 + s1 in (0, n0 + n1):
        assert np.isnan(result["odds_ratio"])
        return
    expected = odds_ratio(table, kind="conditional")
    limits = expected.confidence_interval(level)
    assert result["odds_ratio"] == pytest.approx(expected.statistic, rel=1e-6)
    assert result["low"] == pytest.approx(limits.low, rel=1e-6)
    assert result["high"] == pytest.approx(limits.high, rel=1e-6)


def test_fisher_with_another_reference_turns_the_odds_ratio() -> None:
    counted = two_groups({"no": (3, 20), "yes": (9, 15)})
    usual = fisher_exact(counted, "y", "group").frame.row(0, named=True)
    turned = fisher_exact(counted, "y", "group", reference="yes").frame.row(0, named=True)

    assert turned["odds_ratio"] == pytest.approx(1 / usual["odds_ratio"], rel=1e-9)
    assert turned["p"] == pytest.approx(usual["p"])
    assert (turned["reference"], turned["sum"], turned["reference_n"]) == ("yes", 3, 15)


def test_fisher_of_large_counts_is_finite() -> None:
    counted = two_groups({"no": (90_000, 200_000), "yes": (41_000, 90_000)})
    result = fisher_exact(counted, "y", "group").frame.row(0, named=True)
    assert 0 < result["p"] < 1
    assert result["low"] < result["odds_ratio"] < result["high"]


def test_fisher_of_three_groups_is_refused() -> None:
    counted = two_groups({"a": (3, 20), "b": (9, 15), "c": (1, 4)})
    with pytest.raises(SamspillError, match="3 categories"):
        fisher_exact(counted, "y", "group")
    chosen = fisher_exact(counted, "y", "group", where={"group": ["a", "c"]})
    assert chosen.frame["group"][0] == "c"
