"""What partial pooling promises whatever the groups are, and what it says where it cannot pool."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.statistics import Cells, cells, pool_estimates, pooled_means, pooled_shares
from samspill.statistics.pooling.beta_binomial import BetaBinomial, moments
from samspill.statistics.pooling.logistic_normal import LogisticNormal
from samspill.statistics.pooling.normal import NormalNormal
from samspill.statistics.pooling.spread import fit_spread


def counted(counts):
    """Cells of groups a, b, c … from pairs of ones and answers."""
    return Cells.from_counts(
        pl.DataFrame(
            {
                "group": [f"g{i:02}" for i in range(len(counts))],
                "outcome": ["y"] * len(counts),
                "n": [n for _, n in counts],
                "sum": [s for s, _ in counts],
            }
        ),
        "group",
    )


groups = st.lists(
    st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=3,
    max_size=7,
).filter(lambda c: 0 < sum(s for s, _ in c) < sum(n for _, n in c))
MIXED = [(4, 14), (13, 15), (15, 22), (11, 28), (0, 1), (1, 4), (17, 24), (2, 2)]


@settings(max_examples=6, deadline=None)
@given(groups)
def test_a_pooled_share_lies_between_its_own_and_the_common_one_nearer_the_fewer_its_answers(
    counts,
):
    s, n = (np.array(column, dtype=float) for column in zip(*counts, strict=True))
    family = BetaBinomial(np.ones((len(n), 1)), s, n)
    found = fit_spread(family, "ml", 0.95)
    pull = family.pull(found.estimate, found.at.coefficients)
    low, high = np.minimum(s / n, pull.centre), np.maximum(s / n, pull.centre)
    assert (low - 1e-9 <= pull.pooled).all()
    assert (pull.pooled <= high + 1e-9).all()
    by_size = pull.shrinkage[np.argsort(n, kind="stable")]
    assert (np.diff(by_size) <= 1e-12).all()


@pytest.mark.parametrize("model", ["beta", "logit"])
def test_the_order_and_names_of_groups_change_nothing(model):
    turned = pooled_shares(counted(MIXED[::-1]), "group", model=model).frame[::-1]
    straight = pooled_shares(counted(MIXED), "group", model=model).frame
    for name in ("pooled", "low", "high", "shrinkage"):
        assert turned[name].to_list() == pytest.approx(straight[name].to_list(), abs=1e-5), name
    assert turned["rank"].to_list() == pytest.approx(straight["rank"].to_list(), abs=0.15)


@pytest.mark.parametrize("model", ["beta", "logit"])
def test_no_for_yes_turns_the_shares_about(model):
    here = pooled_shares(counted(MIXED), "group", model=model).frame
    there = pooled_shares(counted([(n - s, n) for s, n in MIXED]), "group", model=model).frame
    assert (1 - there["pooled"]).to_list() == pytest.approx(here["pooled"].to_list(), abs=1e-6)
    assert (1 - there["low"]).to_list() == pytest.approx(here["high"].to_list(), abs=0.02)


def test_cells_and_rows_give_the_same():
    rows = pl.DataFrame(
        [(f"g{i:02}", int(j < s)) for i, (s, n) in enumerate(MIXED) for j in range(n)],
        schema=["group", "y"],
        orient="row",
    )
    from_rows = pooled_shares(cells(rows, "group", "y"), "group").frame
    assert from_rows["pooled"].to_list() == pytest.approx(
        pooled_shares(counted(MIXED), "group").frame["pooled"].to_list(), abs=1e-8
    )


def test_weights_of_one_are_no_weights():
    rows = pl.DataFrame(
        [(f"g{i:02}", int(j < s), 1.0) for i, (s, n) in enumerate(MIXED) for j in range(n)],
        schema=["group", "y", "w"],
        orient="row",
    )
    weighted = pooled_shares(cells(rows, "group", "y", weight="w"), "group").frame
    plain = pooled_shares(counted(MIXED), "group").frame
    assert weighted["pooled"].to_list() == pytest.approx(plain["pooled"].to_list(), abs=1e-6)


def test_a_group_without_answers_is_predicted_and_marked():
    frame = pooled_shares(counted([*MIXED, (0, 0)]), "group").frame
    last = frame.row(-1, named=True)
    assert last["predicted"]
    assert "predicted" in last["note"]
    assert last["raw"] is None
    assert last["rank"] is None
    assert last["pooled"] == pytest.approx(last["centre"])
    widths = (frame["high"] - frame["low"]).to_list()
    assert widths[-1] == max(widths)
    assert not frame["predicted"][:-1].any()


def test_no_spread_is_said_and_does_not_make_the_intervals_nothing():
    found = pooled_shares(counted([(10, 20)] * 6), "group")
    pool = found.pools.row(0, named=True)
    assert pool["spread"] == 0
    assert pool["spread_high"] > 0.02
    assert pool["p_no_spread"] == 1
    assert "does not show that they are alike" in pool["note"]
    assert (found.frame["shrinkage"] == 1).all()
    assert ((found.frame["high"] - found.frame["low"]) > 0.05).all()
    assert (found.frame["stands_out"] == "").all()


def test_a_group_far_from_the_others_stands_out_and_is_surely_first():
    frame = pooled_shares(counted([(38, 40), (10, 40), (11, 40), (9, 40), (12, 40)]), "group").frame
    first = frame.row(0, named=True)
    assert first["stands_out"] == "above"
    assert first["p_highest"] > 0.99
    assert (first["rank_low"], first["rank_high"]) == (1, 1)
    assert frame["p_highest"].sum() == pytest.approx(1)
    assert frame["p_lowest"].sum() == pytest.approx(1)
    assert frame["rank"].sum() == pytest.approx(1 + 2 + 3 + 4 + 5)


def test_crossed_groups_are_drawn_towards_what_both_say():
    rows = [
        (field, size, 30, int(30 * (a + b)))
        for field, a in (("f1", 0.1), ("f2", 0.4), ("f3", 0.6))
        for size, b in (("s1", 0.0), ("s2", 0.2))
    ]
    frame = pl.DataFrame(rows, schema=["field", "size", "n", "sum"], orient="row")
    crossed = Cells.from_counts(frame.with_columns(outcome=pl.lit("y")), ["field", "size"])
    found = pooled_shares(crossed, ["field", "size"], towards=["field", "size"]).frame
    assert (found["pooled"] - found["raw"]).abs().max() < 0.06
    assert found["centre"].n_unique() == 6
    one = pooled_shares(crossed, ["field", "size"]).frame
    assert one["centre"].n_unique() == 1


@pytest.mark.parametrize(
    ("counts", "told"),
    [([(1, 3), (2, 4)], "fewer than three"), ([(3, 3), (4, 4), (5, 5)], "alike")],
)
def test_what_cannot_be_pooled_stands_with_its_own_number(counts, told):
    found = pooled_shares(counted(counts), "group")
    assert found.frame["pooled"].null_count() == len(counts)
    assert found.frame["raw"].null_count() == 0
    assert all(told in note for note in found.frame["note"])
    assert told in found.pools["note"][0]


def test_faulty_requests_are_named():
    whole = counted(MIXED)
    with pytest.raises(SamspillError, match="were not counted by 'county'"):
        pooled_shares(whole, "county")
    with pytest.raises(SamspillError, match="model='gamma' is not known"):
        pooled_shares(whole, "group", model="gamma")
    with pytest.raises(SamspillError, match="No groups were named"):
        pooled_shares(whole, ())
    with pytest.raises(SamspillError, match="drawn towards"):
        pooled_shares(whole, "group", towards="size")
    with pytest.raises(SamspillError, match="sums of squares"):
        pooled_means(whole, "group")
    known = pl.DataFrame({"g": ["a", "b"], "estimate": [1.0, 2.0], "standard_error": [1.0, 0.0]})
    with pytest.raises(SamspillError, match="not above zero"):
        pool_estimates(known)


def test_means_are_pooled_from_cells_with_squares():
    rng = np.random.default_rng(7)
    rows = pl.DataFrame(
        [
            (f"g{g}", float(value))
            for g, (n, centre) in enumerate([(4, 1.0), (30, 2.0), (12, 3.0), (6, 2.5), (20, 1.5)])
            for value in rng.normal(centre, 1.0, n)
        ],
        schema=["group", "y"],
        orient="row",
    )
    found = pooled_means(cells(rows, "group", "y", squares=True), "group")
    frame = found.frame
    means = rows.group_by("group", maintain_order=True).agg(pl.col("y").mean())["y"]
    assert frame["raw"].to_list() == pytest.approx(means.to_list())
    within = sum(
        float(((own["y"] - own["y"].mean()) ** 2).sum()) for own in rows.partition_by("group")
    ) / (rows.height - 5)
    variance = within / frame["n"].to_numpy()
    tau2 = found.pools["value"][0] ** 2
    assert frame["shrinkage"].to_numpy() == pytest.approx(variance / (variance + tau2))


def test_the_moments_of_equal_shares_show_no_spread():
    assert moments(np.array([5.0, 5.0, 5.0]), np.array([10.0, 10.0, 10.0])) == (0.5, 0.0)
    mean, rho = moments(np.array([1.0, 9.0, 5.0]), np.array([10.0, 10.0, 10.0]))
    assert mean == pytest.approx(0.5)
    assert 0 < rho < 1


def test_the_method_of_moments_is_near_the_most_likely_and_for_one_mean_alone():
    likely = pooled_shares(counted(MIXED), "group")
    simple = pooled_shares(counted(MIXED), "group", estimator="moments")
    assert (simple.frame["pooled"] - likely.frame["pooled"]).abs().max() < 0.05
    s, n = (np.array(column, dtype=float) for column in zip(*MIXED, strict=True))
    assert simple.pools["mean"][0] == pytest.approx(s.sum() / n.sum())
    assert simple.pools["value"][0] ** 2 == pytest.approx(moments(s, n)[1])
    with pytest.raises(SamspillError, match="with one mean"):
        pooled_shares(counted(MIXED), "group", model="logit", estimator="moments")


@pytest.mark.parametrize("family", [BetaBinomial, LogisticNormal])
def test_the_most_likely_spread_is_the_top_of_its_profile(family):
    s, n = (np.array(column, dtype=float) for column in zip(*MIXED, strict=True))
    model = family(np.ones((len(n), 1)), s, n)
    found = fit_spread(model, "ml", 0.95)
    top = found.at.log_likelihood
    for away in (0.9, 1.1):
        assert model.conditional(found.estimate * away).log_likelihood < top
    assert 0 <= found.low < found.estimate < found.high


def test_a_posterior_by_quadrature_is_that_of_brute_force():
    """The mean of a group's share given σ and the mean, by adding up a fine grid."""
    model = LogisticNormal(np.ones((1, 1)), np.array([3.0]), np.array([11.0]))
    u = np.linspace(-12, 12, 200_001)
    p = 1 / (1 + np.exp(-(0.4 + 0.9 * u)))
    weight = p**3 * (1 - p) ** 8 * np.exp(-(u**2) / 2)
    pull = model.pull(0.9, np.array([0.4]))
    assert pull.pooled[0] == pytest.approx((weight * p).sum() / weight.sum(), abs=1e-6)
    value = model.conditional(0.9, np.array([0.4])).log_likelihood
    at = model._at(np.array([0.4]), 0.9)[0]
    grid = np.log((weight / np.sqrt(2 * np.pi)).sum() * (u[1] - u[0]))
    assert at == pytest.approx(grid, abs=1e-8)
    assert value >= at


def test_a_normal_model_without_spread_is_the_weighted_mean():
    y, variance = np.array([1.0, 2.0, 4.0]), np.array([1.0, 0.5, 2.0])
    model = NormalNormal(np.ones((3, 1)), y, variance)
    at = model.conditional(0.0)
    assert at.coefficients[0] == pytest.approx(np.average(y, weights=1 / variance))
    assert model.pull(0.0, at.coefficients).shrinkage == pytest.approx([1, 1, 1])


NEARLY_ALIKE = [
    ((3, 9, 8, 5, 10, 6, 14, 4, 6, 6, 6, 4), (5, 17, 14, 14, 30, 13, 24, 11, 13, 19, 21, 10)),
    ((6, 11, 1, 5, 6, 7, 4, 11, 2, 10, 7, 3), (13, 27, 6, 11, 11, 12, 6, 22, 5, 26, 17, 18)),
]


@pytest.mark.parametrize(("ones", "answers"), NEARLY_ALIKE)
def test_groups_that_differ_by_hardly_anything_are_pooled_too(ones, answers):
    """The likelihood is then flat near no spread, and rounding must not be taken for a hill."""
    counts = list(zip(ones, answers, strict=True))
    about = pooled_shares(counted(counts), "group").pools
    assert about["spread"][0] == pytest.approx(0.0, abs=1e-3)
    assert about["spread_high"][0] > 0.05


def test_a_spread_of_a_tenth_of_a_point_is_seen_among_groups_of_a_million():
    """With so many answers shares are normal: the same as Paule and Mandel's of the estimates."""
    n, shares = 1_000_000, np.array([0.3981, 0.4007, 0.3996, 0.4021, 0.3989, 0.4004])
    about = pooled_shares(counted([(round(n * p), n) for p in shares]), "group").pools
    between = np.var(shares) - np.mean(shares * (1 - shares)) / n
    assert about["spread"][0] == pytest.approx(np.sqrt(between), rel=0.01)
