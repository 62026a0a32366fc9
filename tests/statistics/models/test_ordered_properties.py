"""What the ordered logit promises: cells are rows, two categories are the logit, and so on."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.statistics import (
    beside_ols,
    brant,
    category_cells,
    cells,
    logit,
    ols,
    ordered_logit,
    ordered_marginal_effects,
    predicted_distribution,
)
from samspill.statistics.models.ordered_likelihood import (
    OrderedCounts,
    information,
    log_likelihood,
    maximise,
    scores,
    steps,
)

THREE = ["1", "2", "3"]
TABLE = {("no", 0): [12, 5, 3], ("yes", 0): [4, 7, 9], ("no", 1): [9, 8, 2], ("yes", 1): [3, 5, 11]}


def rows(table=TABLE):
    return pl.DataFrame(
        [
            (policy, x, answer, f"u{i}")
            for (policy, x), counts in table.items()
            for answer, count in enumerate(counts, start=1)
            for i in range(count)
        ],
        schema=["policy", "x", "answer", "unit"],
        orient="row",
    )


def fitted(frame=None, categories=THREE, terms=("policy", "x"), **options):
    frame = rows() if frame is None else frame
    key = list(dict.fromkeys([*terms, *([options["cluster"]] if "cluster" in options else [])]))
    return ordered_logit(
        category_cells(frame, key, "answer", categories), categories, terms, **options
    )


counts = st.lists(st.lists(st.integers(1, 12), min_size=4, max_size=4), min_size=3, max_size=5)


@settings(max_examples=25, deadline=None)
@given(counts)
def test_the_gradient_and_hessian_are_those_of_the_likelihood(table):
    Y = np.array(table, dtype=float)
    X = np.column_stack([np.arange(len(Y)) % 2, np.linspace(-1, 1, len(Y))])
    given = OrderedCounts(X, Y)
    at = np.array([-0.7, 0.2, 1.1, 0.3, -0.2])
    here = steps(given, at)
    score = np.einsum("cj,cjk->k", Y, scores(given, here))
    hessian = -information(given, here)
    step = 1e-5
    for k in range(5):
        up, down = at.copy(), at.copy()
        up[k] += step
        down[k] -= step
        slope = (log_likelihood(given, up) - log_likelihood(given, down)) / (2 * step)
        assert score[k] == pytest.approx(slope, rel=1e-5, abs=1e-4)
        both = [np.einsum("cj,cjk->k", Y, scores(given, steps(given, p))) for p in (up, down)]
        assert hessian[k] == pytest.approx((both[0] - both[1]) / (2 * step), rel=1e-4, abs=1e-3)


@settings(max_examples=15, deadline=None)
@given(counts)
def test_reversed_categories_turn_every_sign(table):
    Y = np.array(table, dtype=float)
    X = (np.arange(len(Y)) % 2)[:, None].astype(float)
    here = maximise(OrderedCounts(X, Y))
    there = maximise(OrderedCounts(X, Y[:, ::-1]))
    assert there.parameters[3:] == pytest.approx(-here.parameters[3:], abs=1e-7)
    assert there.parameters[:3] == pytest.approx(-here.parameters[:3][::-1], abs=1e-7)
    assert there.log_likelihood == pytest.approx(here.log_likelihood)


def test_two_categories_are_the_logit():
    frame = rows().filter(pl.col("answer") < 3).with_columns(y=pl.col("answer") - 1)
    ordered = fitted(frame, ["1", "2"])
    binary = logit(cells(frame, ["policy", "x"], "y"), "y", ["policy", "x"])
    assert ordered.slopes == pytest.approx(binary.coefficients[1:], abs=1e-8)
    assert -ordered.thresholds[0] == pytest.approx(binary.coefficients[0], abs=1e-8)
    assert ordered.covariance[1:, 1:] == pytest.approx(binary.covariance[1:, 1:], abs=1e-8)


@pytest.mark.parametrize("kind", ["HC0", "HC1", "cluster"])
def test_robust_covariances_of_two_categories_are_the_logits(kind):
    frame = rows().filter(pl.col("answer") < 3).with_columns(y=pl.col("answer") - 1)
    options = {"cluster": "unit"} if kind == "cluster" else {"covariance": kind}
    ordered = fitted(frame, ["1", "2"], **options)
    key = ["policy", "x", *(["unit"] if kind == "cluster" else [])]
    binary = logit(cells(frame, key, "y"), "y", ["policy", "x"], **options)
    slopes = ordered.frame.filter(pl.col("kind") == "slope")
    assert slopes["standard_error"].to_list() == pytest.approx(
        binary.frame["standard_error"][1:].to_list(), abs=1e-8
    )


def test_cells_are_rows():
    frame = rows().with_row_index("row").with_columns(pl.col("row").cast(pl.String))
    whole = fitted(frame)
    fine = ordered_logit(
        category_cells(frame, ["policy", "x", "row"], "answer", THREE), THREE, ["policy", "x"],
        cluster="row", cluster_factor="CR0",
    )  # fmt: skip
    robust = fitted(frame, covariance="HC0")
    assert fine.slopes == pytest.approx(whole.slopes, abs=1e-8)
    assert fine.covariance == pytest.approx(robust.covariance, abs=1e-8)


def test_effects_on_the_categories_add_up_to_nothing_and_a_doubled_step_is_a_difference():
    fit = fitted()
    effects = ordered_marginal_effects(fit).frame
    for _, own in effects.group_by("term", "contrast"):
        assert own["estimate"].sum() == pytest.approx(0, abs=1e-9)
    alone = fitted(terms=("policy",))
    shares = predicted_distribution(alone).frame
    by_hand = (shares.filter(policy="yes")["share"] - shares.filter(policy="no")["share"]).to_list()
    found = ordered_marginal_effects(alone, "policy").frame
    assert found["estimate"].to_list() == pytest.approx(by_hand, abs=1e-10)
    assert found["percentage_points"].to_list() == pytest.approx([100 * v for v in by_hand])


def test_the_predicted_shares_add_up_and_keep_within_their_limits():
    shares = predicted_distribution(fitted()).frame
    assert shares.group_by("policy", "x").agg(pl.col("share").sum())["share"].to_list() == (
        pytest.approx([1.0] * 4)
    )
    assert ((shares["low"] < shares["share"]) & (shares["share"] < shares["high"])).all()
    assert shares["observed"].sum() == pytest.approx(4)


def test_the_profile_interval_is_where_the_likelihood_has_fallen():
    fit = fitted(terms=("policy",))
    slope = fit.frame.row(0, named=True)
    for limit in (slope["low"], slope["high"]):
        held = maximise(fit.counts, fixed=(2, limit)).log_likelihood
        assert 2 * (fit.log_likelihood - held) == pytest.approx(3.841459, abs=1e-5)


def test_brant_finds_nothing_where_the_odds_are_proportional_and_much_where_they_are_not():
    even = {("no", 0): [30, 30, 30], ("yes", 0): [30, 30, 30]}
    crossed = {("no", 0): [10, 70, 10], ("yes", 0): [40, 10, 40]}
    assert brant(fitted(rows(even), terms=("policy",))).frame["statistic"][0] == pytest.approx(0)
    assert brant(fitted(rows(crossed), terms=("policy",))).frame["p"][0] < 1e-6


def test_beside_the_line_stand_means_widths_and_whether_the_two_agree():
    frame = rows()
    fit = fitted(frame)
    line = ols(cells(frame, ["policy", "x"], "answer", squares=True), "answer", ["policy", "x"])
    beside = beside_ols(fit, line)
    assert beside.frame["same_sign"].all()
    assert beside.frame["ols"].to_list() == pytest.approx(line.coefficients[1:])
    assert beside.widths["width"].to_list() == [1.0]
    means = beside.means
    assert means["observed"][0] == pytest.approx((12 + 10 + 9) / 20)
    assert (means["ordered"] - means["observed"]).abs().max() < 0.2
    assert not means["outside"].any()


def test_a_line_that_leaves_the_scale_is_told_of():
    frame = pl.DataFrame(
        [(x, answer, i) for x, counts in ((0, [9, 1, 1]), (1, [0, 1, 9]), (9, [0, 0, 3]))
         for answer, count in enumerate(counts, start=1) for i in range(count)],
        schema=["x", "answer", "unit"], orient="row",
    )  # fmt: skip
    fit = fitted(frame, terms=("x",))
    line = ols(cells(frame, ["x"], "answer", squares=True), "answer", "x")
    assert beside_ols(fit, line).means["outside"].any()


def test_a_category_that_nobody_chose_is_left_out_and_said():
    fit = fitted(categories=["1", "2", "3", "4"])
    assert fit.categories == ("1", "2", "3")
    assert "Nobody answered 4" in fit.note


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({("no", 0): [9, 0, 0], ("yes", 0): [0, 5, 4]}, r"policy\[yes\] are infinite"),
        ({("no", 0): [5, 0, 0], ("yes", 0): [5, 0, 0]}, "in one category"),
    ],
)
def test_what_has_no_estimate_is_named(table, told):
    with pytest.raises(SamspillError, match=told):
        fitted(rows(table), terms=("policy",))


def test_faulty_requests_are_named():
    whole = category_cells(rows(), ["policy"], "answer", THREE)
    with pytest.raises(SamspillError, match="do not add up"):
        ordered_logit(whole, ["1", "2"], "policy")
    with pytest.raises(SamspillError, match="two categories or more"):
        ordered_logit(whole, ["1"], "policy")
    with pytest.raises(SamspillError, match="none of the categories"):
        category_cells(rows(), ["policy"], "answer", ["1", "2"])
    with pytest.raises(SamspillError, match="'county' is not in the key"):
        ordered_logit(whole, THREE, "county")
    with pytest.raises(SamspillError, match="nothing to compare"):
        brant(ordered_logit(whole.where(policy=["no", "yes"]), THREE, []))
