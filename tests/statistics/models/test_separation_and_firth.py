"""Where maximum likelihood has no estimate, it is noticed, and Firth's method takes over."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.statistics.cells import Cells
from samspill.statistics.counting import cells
from samspill.statistics.models import logit, two_group_logit
from samspill.statistics.models.separation import separated

tables = st.tuples(
    st.integers(1, 40), st.integers(1, 40), st.integers(0, 40), st.integers(0, 40)
).map(lambda t: (min(t[2], t[0]), t[0], min(t[3], t[1]), t[1]))


def two_by_two(reference_sum: int, reference_n: int, sum_: int, n: int) -> Cells:
    counts = pl.DataFrame(
        {
            "policy": ["no", "yes"],
            "outcome": "y",
            "sum": [reference_sum, sum_],
            "n": [reference_n, n],
        }
    )
    return Cells.from_counts(counts, "policy")


@settings(deadline=None, max_examples=60)
@given(tables)
def test_firth_in_a_two_by_two_table_adds_a_half(table: tuple[int, int, int, int]) -> None:
    s0, n0, s1, n1 = table
    fit = logit(two_by_two(*table), "y", "policy", method="firth")
    expected = np.log((s0 + 0.5) / (n0 - s0 + 0.5))
    other = np.log((s1 + 0.5) / (n1 - s1 + 0.5))
    closed = two_group_logit(s0, n0, s1, n1, firth=True)

    np.testing.assert_allclose(fit.coefficients, [expected, other - expected], atol=1e-7)
    np.testing.assert_allclose([closed.intercept, closed.slope], fit.coefficients, atol=1e-7)
    np.testing.assert_allclose(
        [closed.intercept_standard_error, closed.slope_standard_error],
        fit.frame["standard_error"],
        rtol=1e-6,
    )
    assert (fit.frame["low"] < fit.frame["estimate"]).all()
    assert (fit.frame["high"] > fit.frame["estimate"]).all()
    assert np.isfinite(fit.frame["high"].to_numpy()).all()


@settings(deadline=None, max_examples=60)
@given(tables)
def test_a_two_by_two_table_is_separated_by_an_empty_cell(table: tuple[int, int, int, int]) -> None:
    s0, n0, s1, n1 = table
    fit = logit(two_by_two(*table), "y", "policy")
    empty = 0 in (s0, n0 - s0, s1, n1 - s1)

    assert (fit.method == "firth") == empty
    assert bool(fit.separated) == empty == ("separated" in fit.note)
    if not empty:
        closed = two_group_logit(s0, n0, s1, n1)
        np.testing.assert_allclose(
            fit.coefficients, [closed.intercept, closed.slope], rtol=1e-8, atol=1e-10
        )
        np.testing.assert_allclose(
            fit.frame["standard_error"][1], closed.slope_standard_error, rtol=1e-8
        )


@settings(deadline=None, max_examples=60)
@given(seed=st.integers(0, 10_000), rows=st.integers(8, 30), terms=st.integers(1, 3))
def test_separation_is_found_as_by_an_independent_check(seed: int, rows: int, terms: int) -> None:
    from firthmodels import detect_separation

    random = np.random.default_rng(seed)
    columns = random.integers(0, 3, (rows, terms)).astype(float)
    X = np.column_stack([np.ones(rows), columns])
    y = (random.random(rows) < 0.8).astype(float)
    if np.linalg.matrix_rank(X) < X.shape[1] or y.min() == y.max():
        return
    unique, place = np.unique(X, axis=0, return_inverse=True)
    s, n = np.bincount(place.ravel(), y), np.bincount(place.ravel()).astype(float)

    assert separated(unique, s, n).any() == detect_separation(columns, y).separation


@settings(deadline=None, max_examples=15)
@given(seed=st.integers(0, 10_000))
def test_firth_is_that_of_the_rows(seed: int) -> None:
    """Where the oracle's search for a p-value does not settle, it says NaN: ours stands alone."""
    from firthmodels import FirthLogisticRegression

    random = np.random.default_rng(seed)
    rows = pl.DataFrame({"a": random.integers(0, 3, 60), "b": random.integers(0, 2, 60)})
    y = random.random(60) < 1 / (1 + np.exp(2.0 - 0.8 * rows["a"].to_numpy()))
    rows = rows.with_columns(y=pl.Series(y.astype(int)))
    fit = logit(cells(rows, ["a", "b"], "y"), "y", ["a", "b"], method="firth")
    oracle = FirthLogisticRegression(backend="numpy", gtol=1e-7, xtol=1e-7, max_iter=200)
    oracle.fit(rows.select("a", "b").to_numpy().astype(float), y.astype(float)).lrt()

    np.testing.assert_allclose(fit.coefficients[1:], oracle.coef_, atol=1e-6)
    np.testing.assert_allclose(fit.frame["standard_error"][1:], oracle.bse_[:2], rtol=1e-5)
    settled = ~np.isnan(oracle.lrt_pvalues_[:2])
    p = fit.frame["p"][1:].to_numpy()
    np.testing.assert_allclose(p[settled], oracle.lrt_pvalues_[:2][settled], atol=1e-6)
    limits = oracle.conf_int(method="pl")
    np.testing.assert_allclose(fit.frame["low"][1:], limits[:2, 0], atol=1e-3)
    np.testing.assert_allclose(fit.frame["high"][1:], limits[:2, 1], atol=1e-3)


def test_maximum_likelihood_asked_for_under_separation_is_refused() -> None:
    with pytest.raises(SamspillError, match=r"policy\[yes\] are infinite") as raised:
        logit(two_by_two(3, 20, 0, 10), "y", "policy", method="ml")
    assert "firth" in raised.value.next_step


def test_robust_errors_under_separation_are_refused() -> None:
    with pytest.raises(SamspillError, match=r"Firth's method, which policy\[yes\] calls for"):
        logit(two_by_two(3, 20, 0, 10), "y", "policy", covariance="HC1")


def test_an_outcome_that_never_varies_is_separated() -> None:
    fit = logit(two_by_two(0, 20, 0, 10), "y", "policy")
    assert fit.method == "firth"
    assert "intercept" in fit.separated


def test_a_tiny_weighted_table_is_refused_in_words() -> None:
    rows = pl.DataFrame({"policy": ["no", "no", "yes"], "y": [0, 1, 1], "w": [1.0, 2.0, 1.5]})
    with pytest.raises(SamspillError, match=r"Firth's method, .* knows no sampling weights"):
        logit(cells(rows, "policy", "y", weight="w"), "y", "policy")


def test_closed_form_broadcasts_and_refuses_impossible_counts() -> None:
    replicates = two_group_logit(np.array([3, 0]), 20, np.array([[4], [5]]), 10)
    assert replicates.slope.shape == (2, 2)
    assert np.isinf(replicates.slope[0, 1])
    with pytest.raises(SamspillError, match="outside"):
        two_group_logit(21, 20, 4, 10)


@settings(deadline=None, max_examples=60)
@given(tables)
def test_few_ones_or_zeros_are_told_and_the_estimate_stays(
    table: tuple[int, int, int, int],
) -> None:
    s0, n0, s1, n1 = table
    fit = logit(two_by_two(*table), "y", "policy")
    groups = {"policy[yes]": (s1, n1), "policy[no]": (s0, n0)}
    few = tuple(name for name, (s, n) in groups.items() if s < 5 or n - s < 5)

    assert fit.sparse == few
    if fit.method == "ml":
        assert ("Separation is near" in fit.note) == bool(few)
        closed = two_group_logit(s0, n0, s1, n1)
        np.testing.assert_allclose(fit.coefficients[1], closed.slope, rtol=1e-8, atol=1e-10)


def test_few_answers_in_an_interaction_are_told_but_numeric_terms_are_not() -> None:
    counts = pl.DataFrame(
        {
            "policy": ["no", "yes", "no", "yes"],
            "size": ["small", "small", "large", "large"],
            "order": [1, 1, 2, 2],
            "outcome": "y",
            "sum": [20, 30, 25, 4],
            "n": [50, 60, 50, 40],
        }
    )
    counted = Cells.from_counts(counts, ["policy", "size", "order"])
    crossed = logit(counted, "y", ["policy", "size", "policy:size"], reference={"size": "small"})

    assert crossed.sparse == ("policy[yes]:size[large]",)
    assert logit(counted, "y", ["policy", "size"]).sparse == ()
    assert logit(counted, "y", ["policy", "order"]).sparse == ()
