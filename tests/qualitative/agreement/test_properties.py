"""What every coefficient of agreement promises, whatever the ratings."""

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.qualitative.agreement import COEFFICIENTS, agreement, ratings

RATINGS = st.integers(2, 4).flatmap(
    lambda raters: st.lists(
        st.lists(st.sampled_from([1, 2, 3, None]), min_size=raters, max_size=raters),
        min_size=2,
        max_size=12,
    )
)


def _frame(rows):
    return pl.DataFrame(
        rows, schema=[(f"r{i}", pl.Int64) for i in range(len(rows[0]))], orient="row"
    )


def _estimates(frame, **more):
    found = agreement(ratings(frame, categories=[1, 2, 3]), interval="analytic", **more).frame
    return found.select("coefficient", "estimate", "standard_error")


def _near(one, other):
    for a, b in zip(one.iter_rows(), other.iter_rows(), strict=True):
        assert a[0] == b[0]
        for x, y in zip(a[1:], b[1:], strict=True):
            assert (x is None) == (y is None), (a, b)
            assert x is None or x == pytest.approx(y, abs=1e-9), (a, b)


@given(RATINGS, st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_order_of_units_and_of_raters_does_not_matter(rows, random):
    shuffled = [list(row) for row in rows]
    random.shuffle(shuffled)
    order = list(range(len(rows[0])))
    random.shuffle(order)
    for weights in ("identity", "quadratic"):
        first = _estimates(_frame(rows), weights=weights)
        second = _estimates(_frame([[row[i] for i in order] for row in shuffled]), weights=weights)
        _near(first, second)


@given(RATINGS)
@settings(max_examples=30, deadline=None)
def test_counted_rows_are_the_same_as_rows_with_weights(rows):
    frame = _frame(rows)
    weighted = frame.group_by(frame.columns).len().cast({"len": pl.Int64})
    one = agreement(ratings(frame, categories=[1, 2, 3]), interval="analytic").frame
    two = agreement(
        ratings(weighted, frame.columns, weight="len", categories=[1, 2, 3]), interval="analytic"
    ).frame
    columns = ("coefficient", "estimate", "standard_error")
    _near(one.select(columns), two.select(columns))


@given(RATINGS)
@settings(max_examples=30, deadline=None)
def test_raters_who_always_agree_have_agreement_one(rows):
    first = [row[0] or 1 for row in rows]
    assume(len(set(first)) > 1)
    frame = _frame(
        [[value if v else None for v in row] for value, row in zip(first, rows, strict=True)]
    )
    for row in _estimates(frame).iter_rows(named=True):
        assert row["estimate"] is None or row["estimate"] == pytest.approx(1)


@given(RATINGS)
@example([[1, 2], [1, None], [1, None]])
@settings(max_examples=30, deadline=None)
def test_no_estimate_exceeds_one_and_a_missing_one_has_its_reason(rows):
    for how in ("analytic", "bootstrap"):
        found = agreement(ratings(_frame(rows)), COEFFICIENTS, interval=how, replicates=50).frame
        for row in found.iter_rows(named=True):
            assert (row["estimate"] is None) <= bool(row["note"])
            assert (row["low"] is None) <= bool(row["note"])
            if row["estimate"] is not None:
                assert row["estimate"] <= 1 + 1e-9
            if row["low"] is not None:
                assert row["low"] <= row["high"] + 1e-12


def test_no_variation_leaves_what_needs_it_undefined():
    frame = pl.DataFrame({"a": [1, 1, 1, 1], "b": [1, 1, 1, 1]})
    found = agreement(ratings(frame, categories=[0, 1])).frame
    notes = dict(found.select("coefficient", "note").iter_rows())
    estimates = dict(found.select("coefficient", "estimate").iter_rows())
    for name in ("cohen", "scott", "krippendorff"):
        assert estimates[name] is None
        assert "no variation" in notes[name]
    assert estimates["gwet"] == 1
    assert estimates["percent_agreement"] == 1


def test_the_two_intervals_are_alike_for_many_independent_units():
    random = np.random.default_rng(5)
    truth = random.integers(0, 3, 600)
    raters = [np.where(random.random(600) < 0.7, truth, random.integers(0, 3, 600)) for _ in "ab"]
    counted = ratings(pl.DataFrame(dict(zip("ab", raters, strict=True))))
    analytic = agreement(counted, interval="analytic").frame["standard_error"].to_numpy()
    drawn = agreement(counted, interval="bootstrap", seed=1).frame["standard_error"].to_numpy()
    assert drawn == pytest.approx(analytic, rel=0.12)


def test_whole_clusters_are_drawn_where_units_hang_together():
    """Units repeated ten times within each cluster say no more than once."""
    random = np.random.default_rng(5)
    once = pl.DataFrame({name: random.integers(0, 2, 40) for name in "ab"}).with_row_index("text")
    tenfold = pl.concat([once] * 10)
    one = agreement(ratings(once, ["a", "b"], cluster="text"), seed=3).frame
    ten = agreement(ratings(tenfold, ["a", "b"], cluster="text"), seed=3).frame
    cohen = pl.col("coefficient") == "cohen"
    assert ten.filter(cohen)["low"][0] == pytest.approx(one.filter(cohen)["low"][0])
    alone = agreement(ratings(tenfold, ["a", "b"]), interval="bootstrap", seed=3).frame
    assert alone.filter(cohen)["low"][0] > ten.filter(cohen)["low"][0]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda r: agreement(r, ["kappa"]), "no coefficient called “kappa”"),
        (lambda r: agreement(r, level=95), "not a confidence level"),
        (lambda r: agreement(r, weights="cubic"), "no weights called"),
        (lambda r: agreement(r, ["krippendorff"], measurement="ratio"), "names have no ratio"),
        (lambda r: r.of(["nobody"]), "no rater “nobody”"),
    ],
)
def test_what_cannot_be_asked_is_said(call, said):
    with pytest.raises(SamspillError, match=said):
        call(ratings(pl.DataFrame({"a": ["x", "y"], "b": ["x", "x"]})))
