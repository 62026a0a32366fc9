"""Least squares on cells is least squares on rows."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.statistics.counting import cells
from samspill.statistics.models import ols

TERMS = ["group", "size"]
KEY = ["group", "size", "unit"]


def draw(seed: int, rows: int) -> pl.DataFrame:
    random = np.random.default_rng(seed)
    group, size, unit = (random.integers(0, top, rows) for top in (3, 4, 8))
    y = np.clip(np.round(2 + 0.5 * group - 0.3 * size + random.normal(0, 1.2, rows)), 0, 6)
    return pl.DataFrame(
        {
            "group": [f"g{code}" for code in group],
            "size": size,
            "unit": [f"u{code}" for code in unit],
            "weight": random.uniform(0.5, 2.0, rows),
            "y": y,
        }
    )


def matrix(rows: pl.DataFrame) -> np.ndarray[Any, Any]:
    one, two = (rows["group"] == "g1").to_numpy(), (rows["group"] == "g2").to_numpy()
    return np.column_stack([np.ones(rows.height), one, two, rows["size"].to_numpy()])


def oracle(rows: pl.DataFrame, **options: Any) -> Any:
    from statsmodels.regression.linear_model import OLS

    return OLS(rows["y"].to_numpy(), matrix(rows)).fit(use_t=True, **options)


@settings(deadline=None, max_examples=20)
@given(seed=st.integers(0, 10_000), size=st.integers(60, 300))
def test_everything_is_that_of_the_rows(seed: int, size: int) -> None:
    rows = draw(seed, size)
    counted = cells(rows, KEY, "y", squares=True)
    kinds = {"classical": "nonrobust", "HC0": "HC0", "HC1": "HC1", "HC2": "HC2", "HC3": "HC3"}
    for kind, name in kinds.items():
        fit, expected = ols(counted, "y", TERMS, covariance=kind), oracle(rows, cov_type=name)
        np.testing.assert_allclose(fit.coefficients, expected.params, rtol=1e-8, atol=1e-10)
        np.testing.assert_allclose(fit.covariance, expected.cov_params(), rtol=1e-8, atol=1e-12)
        np.testing.assert_allclose(fit.frame["p"], expected.pvalues, rtol=1e-6, atol=1e-12)
        np.testing.assert_allclose(fit.frame["high"], expected.conf_int()[:, 1], rtol=1e-7)
        assert fit.r_squared == pytest.approx(expected.rsquared, abs=1e-10)
        assert fit.adjusted_r_squared == pytest.approx(expected.rsquared_adj, abs=1e-10)
        assert fit.f_statistic == pytest.approx(float(np.squeeze(expected.fvalue)), rel=1e-7)
        assert fit.f_p == pytest.approx(float(expected.f_pvalue), rel=1e-6, abs=1e-300)


@settings(deadline=None, max_examples=15)
@given(seed=st.integers(0, 10_000))
def test_cluster_covariance_is_that_of_the_rows(seed: int) -> None:
    rows = draw(seed, 200)
    fit = ols(cells(rows, KEY, "y", squares=True), "y", TERMS, cluster="unit")
    groups = rows["unit"].rank("dense").to_numpy().astype(int)
    expected = oracle(rows, cov_type="cluster", cov_kwds={"groups": groups, "df_correction": True})

    np.testing.assert_allclose(fit.covariance, expected.cov_params(), rtol=1e-8, atol=1e-12)
    np.testing.assert_allclose(fit.frame["p"], expected.pvalues, rtol=1e-6)
    assert fit.degrees_of_freedom == rows["unit"].n_unique() - 1


@settings(deadline=None, max_examples=15)
@given(seed=st.integers(0, 10_000))
def test_sampling_weights_give_the_linearised_covariance_of_the_rows(seed: int) -> None:
    rows = draw(seed, 200)
    fit = ols(cells(rows, KEY, "y", weight="weight", squares=True), "y", TERMS)
    X, y, w = matrix(rows), rows["y"].to_numpy(), rows["weight"].to_numpy()
    bread = np.linalg.inv((X.T * w) @ X)
    beta = bread @ (X.T @ (w * y))
    scores = (w * (y - X @ beta))[:, None] * X
    expected = bread @ (scores.T @ scores) @ bread * 200 / 199

    np.testing.assert_allclose(fit.coefficients, beta, rtol=1e-8)
    np.testing.assert_allclose(fit.covariance, expected, rtol=1e-8)
    assert fit.residual_standard_error is None


def test_two_groups_give_their_means() -> None:
    rows = pl.DataFrame({"g": ["a"] * 4 + ["b"] * 3, "y": [1, 2, 3, 2, 4, 6, 5]})
    fit = ols(cells(rows, "g", "y", squares=True), "y", "g", reference={"g": "b"})
    assert fit.coefficients.tolist() == pytest.approx([5.0, -3.0])
    assert fit.frame["term"].to_list() == ["intercept", "g[a]"]
    assert fit.frame["stars"].to_list() == ["***", "**"]


def test_an_intercept_alone_gives_the_mean() -> None:
    rows = pl.DataFrame({"g": ["a", "b", "b"], "y": [1.0, 2.0, 6.0]})
    fit = ols(cells(rows, "g", "y", squares=True), "y", [])
    assert fit.coefficients[0] == pytest.approx(3.0)
    assert fit.f_statistic is None
    assert fit.r_squared == pytest.approx(0.0)


@pytest.mark.parametrize(
    ("squares", "options", "said"),
    [
        (False, {}, "sum of squares"),
        (True, {"covariance": "linearised"}, "no weights"),
        (True, {"covariance": "HC3", "terms": ["id"]}, "decides its own"),
        (True, {"terms": ["id", "g"]}, "cannot be told"),
        (True, {"terms": ["all"]}, "too few"),
    ],
)
def test_what_cannot_be_fitted_says_so(squares: bool, options: dict[str, Any], said: str) -> None:
    rows = pl.DataFrame(
        {
            "g": ["a", "a", "b", "b", "b"],
            "id": ["x", "x", "y", "y", "z"],
            "all": ["1", "2", "3", "4", "5"],
            "y": [1, 2, 3, 5, 4],
        }
    )
    counted = cells(rows, ["g", "id", "all"], "y", squares=squares)
    with pytest.raises(SamspillError, match=said):
        ols(counted, "y", **{"terms": ["g"], **options})


def test_classical_errors_under_weights_are_refused() -> None:
    counted = cells(draw(1, 80), KEY, "y", weight="weight", squares=True)
    with pytest.raises(SamspillError, match="knows no sampling weights"):
        ols(counted, "y", TERMS, covariance="classical")


def test_answers_without_any_variation_have_no_f_and_no_r_squared():
    rows = pl.DataFrame({"group": ["a", "a", "b", "b"], "y": [0, 0, 0, 0]})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        fit = ols(cells(rows, "group", "y", squares=True), "y", "group")
    assert fit.f_statistic is None
    assert fit.f_p is None
    assert np.isnan(fit.r_squared)
    assert fit.frame["estimate"].to_list() == [0.0, 0.0]
