"""A logit on cells is the logit on rows: estimates, covariances and likelihood."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.statistics.cells import Cells
from samspill.statistics.counting import cells
from samspill.statistics.models import logit, logit_models

TERMS = ["group", "size", "group:size"]
KEY = ["group", "size", "unit"]


def draw(seed: int, rows: int) -> pl.DataFrame:
    """Rows with a category, a number, a cluster, a weight and two binary outcomes."""
    random = np.random.default_rng(seed)
    group = random.integers(0, 3, rows)
    size = random.integers(0, 4, rows)
    unit = random.integers(0, 9, rows)
    p = 1 / (1 + np.exp(-(0.4 * group - 0.3 * size + 0.2 * (unit % 3) - 0.1)))
    answered = random.random(rows) < 0.97
    return pl.DataFrame(
        {
            "group": [f"g{code}" for code in group],
            "size": size / 2,
            "unit": [f"u{code}" for code in unit],
            "weight": random.uniform(0.5, 2.0, rows),
            "y": pl.Series((random.random(rows) < p).astype(int)),
            "z": [
                int(v) if a else None
                for v, a in zip(random.random(rows) < p, answered, strict=True)
            ],
        }
    )


def matrix(rows: pl.DataFrame) -> np.ndarray[Any, Any]:
    """The rows' design matrix, written out by hand."""
    one, two = (rows["group"] == "g1").to_numpy(), (rows["group"] == "g2").to_numpy()
    size = rows["size"].to_numpy()
    return np.column_stack([np.ones(rows.height), one, two, size, one * size, two * size])


def oracle(rows: pl.DataFrame, outcome: str = "y", **options: Any) -> Any:
    """statsmodels on the rows themselves."""
    from statsmodels.discrete.discrete_model import Logit

    known = rows.drop_nulls(outcome)
    model = Logit(known[outcome].to_numpy().astype(float), matrix(known))
    return model.fit(disp=0, tol=1e-13, maxiter=100, **options)


many = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
samples = given(seed=st.integers(0, 10_000), rows=st.integers(120, 400))


@many
@samples
def test_estimates_and_likelihood_are_those_of_the_rows(seed: int, rows: int) -> None:
    data = draw(seed, rows)
    fit = logit(cells(data, KEY, "y"), "y", TERMS)
    assume(fit.method == "ml")
    rows_fit = oracle(data)

    np.testing.assert_allclose(fit.coefficients, rows_fit.params, rtol=1e-8, atol=1e-9)
    np.testing.assert_allclose(fit.covariance, rows_fit.cov_params(), rtol=1e-8, atol=1e-10)
    np.testing.assert_allclose(fit.frame["p"], rows_fit.pvalues, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(fit.frame["low"], rows_fit.conf_int()[:, 0], rtol=1e-8, atol=1e-8)
    assert fit.log_likelihood == pytest.approx(rows_fit.llf, rel=1e-10)
    assert fit.n == rows


@many
@samples
def test_robust_covariances_are_those_of_the_rows(seed: int, rows: int) -> None:
    data = draw(seed, rows)
    counted = cells(data, KEY, "z")
    assume(logit(counted, "z", TERMS).method == "ml")
    robust = logit(counted, "z", TERMS, covariance="HC0")
    expected = oracle(data, "z", cov_type="HC0").cov_params()
    np.testing.assert_allclose(robust.covariance, expected, rtol=1e-8, atol=1e-10)
    smaller = logit(counted, "z", TERMS, covariance="HC1")
    np.testing.assert_allclose(smaller.covariance, expected * robust.n / (robust.n - 6), rtol=1e-7)


@many
@samples
def test_cluster_covariance_is_that_of_the_rows(seed: int, rows: int) -> None:
    data = draw(seed, rows)
    counted = cells(data, KEY, "y")
    assume(logit(counted, "y", TERMS).method == "ml")
    groups = data["unit"].rank("dense").to_numpy().astype(int)
    for factor, correction in (("CR1S", True), ("CR0", False)):
        fit = logit(counted, "y", TERMS, cluster="unit", cluster_factor=factor)
        options = {"groups": groups, "use_correction": correction}
        expected = oracle(data, cov_type="cluster", cov_kwds=options).cov_params()
        np.testing.assert_allclose(fit.covariance, expected, rtol=1e-7, atol=1e-10)
    clusters = data["unit"].n_unique()
    none = logit(counted, "y", TERMS, cluster="unit", cluster_factor="CR0")
    one = logit(counted, "y", TERMS, cluster="unit", cluster_factor="CR1")
    np.testing.assert_allclose(one.covariance, none.covariance * clusters / (clusters - 1))


@many
@samples
def test_sampling_weights_give_the_linearised_covariance_of_the_rows(seed: int, rows: int) -> None:
    data = draw(seed, rows)
    fit = logit(cells(data, KEY, "z", weight="weight"), "z", ["group", "size"])
    assume(fit.method == "ml")
    known = data.drop_nulls("z")
    X, y, w = matrix(known)[:, :4], known["z"].to_numpy(), known["weight"].to_numpy()
    p = 1 / (1 + np.exp(-X @ fit.coefficients))
    scores = (w * (y - p))[:, None] * X
    bread = np.linalg.inv((X.T * (w * p * (1 - p))) @ X)
    expected = bread @ (scores.T @ scores) @ bread * len(y) / (len(y) - 1)

    np.testing.assert_allclose(scores.sum(axis=0), 0, atol=1e-8)
    np.testing.assert_allclose(fit.covariance, expected, rtol=1e-8)
    assert fit.covariance_kind == "linearised"
    assert fit.binomial_constant is None


def test_weights_of_one_give_the_unweighted_estimates() -> None:
    data = draw(3, 300).with_columns(weight=pl.lit(1.0))
    weighted = logit(cells(data, KEY, "y", weight="weight"), "y", TERMS, covariance="HC1")
    plain = logit(cells(data, KEY, "y"), "y", TERMS, covariance="HC1")
    np.testing.assert_allclose(weighted.covariance, plain.covariance, rtol=1e-10)


def test_robust_errors_of_grouped_counts_are_another_quantity() -> None:
    """The trap: HC0 of a binomial GLM on (s, n − s) takes each cell for one observation."""
    from statsmodels.genmod.families import Binomial
    from statsmodels.genmod.generalized_linear_model import GLM

    data = draw(5, 400)
    counted = cells(data, ["group", "size"], "y")
    frame = counted.frame
    counts = np.column_stack([frame["sum"], frame["n"] - frame["sum"]])
    grouped = GLM(counts, matrix(frame), family=Binomial()).fit(cov_type="HC0", tol=1e-14)
    rows = oracle(data, cov_type="HC0")
    fit = logit(counted, "y", TERMS, covariance="HC0")

    np.testing.assert_allclose(fit.frame["standard_error"], rows.bse, rtol=1e-8)
    assert np.abs(grouped.bse / rows.bse - 1).max() > 0.1


@many
@given(seed=st.integers(0, 10_000))
def test_order_and_splitting_of_cells_do_not_matter(seed: int) -> None:
    data = draw(seed, 300)
    counted = cells(data, KEY, "y")
    half = counted.frame.with_columns(pl.col("n") // 2, pl.col("sum") // 2)
    rest = counted.frame.with_columns(
        pl.col("n") - pl.col("n") // 2, pl.col("sum") - pl.col("sum") // 2
    )
    shuffled = pl.concat([half, rest]).sample(fraction=1.0, shuffle=True, seed=seed)
    whole = logit(counted, "y", TERMS, method="firth")
    split = logit(Cells(shuffled, counted.key), "y", TERMS, method="firth")

    np.testing.assert_allclose(split.coefficients, whole.coefficients, atol=1e-8)
    np.testing.assert_allclose(split.covariance, whole.covariance, rtol=1e-6)
    assert split.n == whole.n


def test_a_family_of_models_is_each_model() -> None:
    data = draw(11, 400)
    counted = cells(data, KEY, ["y", "z"])
    family = logit_models(counted, None, TERMS, cluster="unit")

    assert family.frame["outcome"].unique(maintain_order=True).to_list() == ["y", "z"]
    for outcome in ("y", "z"):
        alone = logit(counted, outcome, TERMS, cluster="unit").frame
        together = family.frame.filter(outcome=outcome).select(alone.columns)
        assert together.equals(alone)
    assert "Logit of 2 outcomes" in repr(family)


def test_an_outcome_named_twice_is_fitted_once() -> None:
    counted = cells(draw(13, 200), KEY, ["y", "z"])
    family = logit_models(counted, ["y", "y"], "group")
    assert family.frame.select(logit(counted, "y", "group").frame.columns).equals(
        logit(counted, "y", "group").frame
    )


def test_an_intercept_alone_is_the_log_odds() -> None:
    data = draw(13, 200)
    fit = logit(cells(data, KEY, "y"), "y", [])
    share = data["y"].mean()
    assert fit.coefficients[0] == pytest.approx(np.log(share / (1 - share)))
    assert fit.cells_used == 1


def test_reference_where_and_categories() -> None:
    data = draw(17, 400)
    counted = cells(data, KEY, "y")
    fit = logit(
        counted, "y", ["group", "size"], reference={"group": "g2"}, categorical=["size"],
        where={"size": [0.0, 1.0]},
    )  # fmt: skip

    assert fit.frame["term"].to_list() == ["intercept", "group[g0]", "group[g1]", "size[1.0]"]
    kept = data.filter(pl.col("size").is_in([0.0, 1.0]))
    assert fit.n == kept.height
    other = logit(counted, "y", ["group"], reference={"group": "g1"})
    usual = logit(counted, "y", ["group"])
    assert other.frame["estimate"][1] == pytest.approx(-usual.frame["estimate"][1])
    assert other.log_likelihood == pytest.approx(usual.log_likelihood)


def test_missing_terms_are_left_out_and_told() -> None:
    data = draw(19, 200).with_columns(
        group=pl.when(pl.int_range(pl.len()) < 10).then(None).otherwise(pl.col("group"))
    )
    fit = logit(cells(data, KEY, "y"), "y", ["group"])
    assert fit.n == 190
    assert "10 answers with a missing term" in fit.note


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"terms": ["nowhere"]}, "not in the key"),
        ({"terms": ["group"], "cluster": "village"}, "cluster"),
        ({"terms": ["group"], "covariance": "cluster"}, "needs to know the cluster"),
        ({"terms": ["group"], "covariance": "HC0", "cluster": "unit"}, "together with"),
        ({"terms": ["group"], "covariance": "HC9"}, "not known"),
        ({"terms": ["group"], "method": "bayes"}, "not known"),
        ({"terms": ["group"], "level": 95}, "not a confidence level"),
        ({"terms": ["group", "group"]}, "given twice"),
        ({"terms": ["group"], "reference": {"group": "g9"}}, "has no answers"),
        ({"terms": ["group"], "reference": {"unit": "u1"}}, "is no term"),
        ({"terms": ["size"], "reference": {"size": 0.5}}, "has no reference category"),
        ({"terms": ["group"], "where": {"group": "g1"}}, "only one category"),
        ({"terms": ["group"], "covariance": "linearised"}, "no weights"),
        ({"terms": ["group", "unit:group"]}, "cannot be told"),
    ],
)
def test_what_cannot_be_fitted_says_so(options: dict[str, Any], said: str) -> None:
    data = draw(23, 60).filter(~((pl.col("group") == "g1") & (pl.col("unit") == "u1")))
    with pytest.raises(SamspillError, match=said) as raised:
        logit(cells(data, KEY, "y"), "y", **options)
    assert raised.value.next_step


def test_an_outcome_that_is_not_binary_is_refused() -> None:
    data = draw(29, 50).with_columns(y=pl.col("y") * 3)
    with pytest.raises(SamspillError, match="not 0/1"):
        logit(cells(data, KEY, "y", squares=True), "y", ["group"])


def test_inverse_information_under_weights_is_refused() -> None:
    data = draw(31, 200)
    with pytest.raises(SamspillError, match="no covariance"):
        logit(cells(data, KEY, "y", weight="weight"), "y", ["group"], covariance="model")
