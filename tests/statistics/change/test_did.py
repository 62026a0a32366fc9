"""Differences in differences, event studies and how far their assumption may fail."""

from __future__ import annotations

import math
import sys

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.statistics.change import (
    difference_in_differences,
    event_study,
    largest_change_excluded,
    pattern_cells,
    relative_magnitudes,
)

ROWS = st.lists(
    st.tuples(st.sampled_from("xy"), st.integers(0, 1), st.integers(0, 1)), min_size=6, max_size=50
).filter(lambda rows: min(sum(g == side for g, *_ in rows) for side in "xy") > 1)


def _did(rows, **options):
    frame = pl.DataFrame(rows, schema=["g", "a", "b"], orient="row")
    cells = pattern_cells(frame, ["a", "b"], key=["g"])
    options = {"adopting": "x", "others": "y", **options}
    return difference_in_differences(cells, "a", "b", "g", **options).frame.row(0, named=True)


@given(ROWS)
def test_groups_that_move_alike_differ_in_nothing(rows):
    alike = [("x", a, b) for _, a, b in rows] + [("y", a, b) for _, a, b in rows]
    assert _did(alike)["estimate"] == pytest.approx(0, abs=1e-12)


@given(ROWS)
def test_turning_the_groups_around_turns_the_difference_around(rows):
    there, back = _did(rows), _did(rows, adopting="y", others="x")
    assert there["estimate"] == pytest.approx(-back["estimate"])
    assert there["standard_error"] == (
        None if back["standard_error"] is None else pytest.approx(back["standard_error"])
    )


def test_no_interval_is_told_where_all_changed_alike():
    row = _did([("x", 0, 1)] * 4 + [("y", 0, 0)] * 4)
    assert row["estimate"] == 1
    assert row["low"] is None
    assert "changed alike" in row["note"]


def test_welch_needs_the_panel():
    with pytest.raises(SamspillError, match="takes each unit's change"):
        _did([("x", 0, 1), ("y", 0, 0)] * 3, basis="all")


def _rows(adopted):
    return pl.DataFrame(
        [
            (unit, wave, begins, float((unit + wave) % 2))
            for unit, begins in enumerate(adopted)
            for wave in (1, 2)
        ],
        schema={"unit": pl.Int64, "period": pl.Int64, "adopted": pl.Int64, "y": pl.Float64},
        orient="row",
    )


@pytest.mark.long
def test_two_waves_cannot_test_what_came_before():
    found = event_study(_rows([2, 2, 2, None, None, None, 1]), "y")
    assert found.pretrend is None
    assert "cannot be tested" in found.untested
    assert found.groups == {"adopted": 3, "never": 3, "before the first wave": 1}


@pytest.mark.parametrize(
    ("adopted", "said"),
    [([None] * 4, "Nobody adopted"), ([2] * 4, "Everybody adopted"), ([1] * 4, "Nobody adopted")],
)
def test_nothing_to_compare_is_named(adopted, said):
    with pytest.raises(SamspillError, match=said):
        event_study(_rows(adopted), "y")


def test_gardners_estimator_is_refused_where_units_would_be_lost():
    with pytest.raises(SamspillError, match="two waves of every unit before"):
        event_study(_rows([2, 2, None, None]), "y", estimator="did2s")


def test_without_pyfixest_the_way_to_it_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyfixest", None)
    with pytest.raises(SamspillError, match=r"pip install 'samspill\[change\]'"):
        event_study(_rows([2, 2, None, None]), "y")


@given(st.floats(-1, 1), st.floats(0.01, 0.5), st.floats(-0.5, 0.5), st.floats(0, 3))
def test_a_larger_violation_widens_the_interval_until_it_holds_zero(estimate, error, lead, ratio):
    narrow = relative_magnitudes(estimate, error, {-2: lead}, ratio=0)
    wide = relative_magnitudes(estimate, error, {-2: lead}, ratio=ratio)
    assert wide.low <= narrow.low
    assert wide.high >= narrow.high
    if math.isfinite(wide.breakdown) and wide.breakdown > 0:
        edge = relative_magnitudes(estimate, error, {-2: lead}, ratio=wide.breakdown)
        assert min(abs(edge.low), abs(edge.high)) == pytest.approx(0, abs=1e-9)


def test_a_bound_by_earlier_steps_needs_three_waves():
    with pytest.raises(SamspillError, match="at least three waves"):
        relative_magnitudes(0.1, 0.05, {})


def test_what_an_equivalence_test_rules_out_is_the_end_of_the_90_per_cent_interval():
    assert largest_change_excluded(-0.03, 0.02) == pytest.approx(0.03 + 1.6448536 * 0.02)
