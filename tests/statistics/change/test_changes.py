"""Changes from the patterns of answers: what holds whatever the answers are."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.statistics import cells as count
from samspill.statistics import differences, mean_difference, paired_difference
from samspill.statistics.change import changes, pattern_cells
from samspill.statistics.change.paired import combined_limits, mcnemar, newcombe_paired, tango

answer = st.sampled_from([0, 1, None])
PANELS = st.lists(st.tuples(answer, answer), min_size=4, max_size=60)
COUNTS = st.tuples(*[st.integers(0, 30)] * 4).filter(lambda table: sum(table) > 1)


def _cells(rows, **columns):
    first, last = zip(*rows, strict=True)
    frame = pl.DataFrame(
        {"one": first, "two": last, **columns}, schema_overrides={"one": float, "two": float}
    )
    return pattern_cells(frame, ["one", "two"], key=[c for c in columns if c != "w"],
                         weight="w" if "w" in columns else None)  # fmt: skip


def _row(cells, **options):
    return changes(cells, ["one", "two"], **options).frame.row(0, named=True)


@given(st.lists(answer.filter(lambda v: v is not None), min_size=2, max_size=60))
def test_a_panel_of_identical_waves_has_not_changed(values):
    row = _row(_cells([(v, v) for v in values]), basis="panel")
    assert row["difference"] == 0
    assert row["p"] == 1
    assert row["low"] <= 0 <= row["high"]
    assert row["gained"] == row["lost"] == 0


@given(PANELS)
def test_turning_time_around_turns_the_change_around(rows):
    there, back = _row(_cells(rows)), _row(_cells([(b, a) for a, b in rows]))
    if there["difference"] is None:
        assert back["difference"] is None
        return
    assert there["difference"] == pytest.approx(-back["difference"])
    assert there["low"] == pytest.approx(-back["high"])
    assert there["p"] == pytest.approx(back["p"]) if there["p"] is not None else True


@given(PANELS)
def test_the_interval_holds_the_change_and_stays_within_bounds(rows):
    row = _row(_cells(rows))
    if row["low"] is not None:
        assert -1 <= row["low"] <= row["difference"] + 1e-12
        assert row["difference"] - 1e-12 <= row["high"] <= 1


@given(COUNTS, st.floats(0.01, 0.99))
def test_positive_correlation_makes_the_interval_narrower(table, correlation):
    n = sum(table)
    before, after = (table[0] + table[2]) / n, (table[0] + table[1]) / n
    apart = combined_limits(before, 1 / n, after, 1 / n, 0.0, 0.95)
    together = combined_limits(before, 1 / n, after, 1 / n, correlation, 0.95)
    assert together[1] - together[0] <= apart[1] - apart[0] + 1e-12


def test_without_units_in_common_it_is_newcombes_interval_of_groups():
    rows = [(1, None)] * 56 + [(0, None)] * 14 + [(None, 1)] * 48 + [(None, 0)] * 32
    row = _row(_cells(rows))
    frame = pl.DataFrame(
        {"wave": [1] * 70 + [2] * 80, "y": [1] * 56 + [0] * 14 + [1] * 48 + [0] * 32}
    )
    groups = differences(count(frame, "wave", "y"), "wave").frame.row(0, named=True)
    for name in ("low", "high", "p"):
        assert row[name] == pytest.approx(groups[name], abs=1e-12)
    assert (row["method"], row["n_both"]) == ("newcombe", 0)


def test_with_all_units_in_common_it_is_method_10_and_mcnemars_test():
    rows = [(1, 1)] * 59 + [(0, 1)] * 6 + [(1, 0)] * 16 + [(0, 0)] * 80
    for basis in ("panel", "all"):
        row = _row(_cells(rows), basis=basis)
        assert (row["low"], row["high"]) == pytest.approx(newcombe_paired(59, 6, 16, 161, 0.95))
        assert row["p"] == pytest.approx(float(mcnemar(6, 16)))
        assert (row["kept"], row["gained"], row["lost"], row["neither"]) == (59, 6, 16, 80)
    score = _row(_cells(rows), basis="panel", method="tango")
    limits = [float(limit) for limit in tango(6, 16, 161, 0.95)]
    assert [score["low"], score["high"]] == pytest.approx(limits)


def test_means_go_from_the_paired_t_to_welchs_with_the_overlap():
    random = np.random.default_rng(4)
    one, two = random.integers(1, 6, 40), random.integers(1, 6, 40)
    pairs = _row(_cells(list(zip(one.tolist(), two.tolist(), strict=True))))
    own = paired_difference(two, one)
    assert (pairs["low"], pairs["high"]) == pytest.approx((own.low, own.high))
    assert pairs["kind"] == "mean"
    apart = [(v, None) for v in one.tolist()] + [(None, v) for v in two.tolist()]
    welch, row = mean_difference(two, one), _row(_cells(apart))
    assert (row["low"], row["high"]) == pytest.approx((welch.low, welch.high))


def test_equal_weights_leave_the_estimate_as_it_is():
    rows = [(1, 1)] * 20 + [(0, 1)] * 9 + [(1, 0)] * 4 + [(0, 0)] * 17 + [(1, None)] * 6
    plain, weighted = _row(_cells(rows)), _row(_cells(rows, w=[2.5] * len(rows)))
    assert weighted["difference"] == pytest.approx(plain["difference"])
    assert weighted["low"] < weighted["difference"] < weighted["high"]


def test_a_finite_population_narrows_and_a_full_count_leaves_nothing_open():
    rows = [(1, 1)] * 60 + [(0, 1)] * 25 + [(1, 0)] * 10 + [(0, 0)] * 40
    wide, narrow = _row(_cells(rows)), _row(_cells(rows), population=200)
    assert narrow["high"] - narrow["low"] < wide["high"] - wide["low"]
    counted = _row(_cells(rows), population=135)
    assert counted["low"] == counted["high"] == counted["difference"]


def test_chance_overlap_in_a_finite_population_counts_for_nothing():
    """Two independent samples of 40 of 80 share 20 units: m/(n₁n₂) is then 1/N."""
    rows = [(1, 1)] * 15 + [(0, 0)] * 5 + [(1, None)] * 10 + [(0, None)] * 10
    rows += [(None, 1)] * 12 + [(None, 0)] * 8
    everything = _row(_cells(rows), population=80)
    apart = _row(_cells(rows), population=80, basis="independent")
    assert (everything["low"], everything["high"]) == pytest.approx((apart["low"], apart["high"]))


def test_three_waves_each_against_the_first_and_the_one_before():
    frame = pl.DataFrame({"a": [0, 0, 1, 1], "b": [0, 1, 1, 1], "c": [1, 1, 1, 0]})
    cells = pattern_cells(frame, ["a", "b", "c"])
    found = changes(cells, ["a", "b", "c"], against="both").frame
    assert found.select("wave", "against").rows() == [("b", "a"), ("c", "a"), ("c", "b")]
    assert (found["p_holm"] >= found["p"]).all()


def test_an_indicator_is_a_share_in_all_groups_or_in_none():
    frame = pl.DataFrame({"g": ["x", "x", "y", "y"], "one": [0, 1, 2, 3], "two": [1, 1, 4, 2]})
    cells = pattern_cells(frame, ["one", "two"], key=["g"])
    assert set(changes(cells, ["one", "two"], by="g").frame["kind"]) == {"mean"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"basis": "some"}, "no basis called 'some'"),
        ({"method": "wald"}, "no interval called 'wald'"),
        ({"by": "size"}, "not counted by 'size'"),
        ({"population": 3}, "smaller than the 6 answers"),
        ({"level": 1}, "not a confidence level"),
    ],
)
def test_what_cannot_be_is_named(options, said):
    cells = _cells([(1, 1), (0, 1), (0, 0), (1, 0), (1, 1), (0, 0)])
    with pytest.raises(SamspillError, match=said):
        changes(cells, ["one", "two"], **options)


@pytest.mark.long
def test_intervals_hold_the_truth_about_as_often_as_they_say():
    """2 000 pairs of partly overlapping samples: 120 and 120 units, 60 of them in both. Of those
    with, 80 % keep it; of those without, 20 % get it: from 40 % to 44 %."""
    random = np.random.default_rng(7)
    held = 0
    for _ in range(2000):
        before = random.random(180) < 0.4
        after = random.random(180) < np.where(before, 0.8, 0.2)
        rows = [
            (int(a) if n < 120 else None, int(b) if n >= 60 else None)
            for n, (a, b) in enumerate(zip(before, after, strict=True))
        ]
        row = _row(_cells(rows))
        held += row["low"] <= 0.04 <= row["high"]
    assert 0.935 < held / 2000 < 0.975
