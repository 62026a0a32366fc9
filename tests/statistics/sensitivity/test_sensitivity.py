"""Tipping points: at the boundary exactly, and never beaten by any answers of the silent."""

from __future__ import annotations

import itertools
import math

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.statistics import Cells, logit
from samspill.statistics.sensitivity import Mixture, share_bounds, tipping_points
from samspill.statistics.sensitivity.differences import clearance

ALMOST = 1e-9


def cells(y0: int, n0: int, y1: int, n1: int) -> Cells:
    rows = [("no", "y", n0, y0), ("yes", "y", n1, y1)]
    return Cells.from_counts(pl.DataFrame(rows, ["g", "outcome", "n", "sum"], orient="row"), "g")


@st.composite
def surveys(draw, most: int = 60):
    n0, n1 = draw(st.integers(2, most)), draw(st.integers(2, most))
    return draw(st.integers(0, n0)), n0, draw(st.integers(0, n1)), n1


@given(surveys(), st.integers(0, 40), st.integers(0, 40), st.integers(0, 30))
@settings(max_examples=80, deadline=None)
def test_the_tipping_value_is_the_boundary(counts, silent0, silent1, unknown):
    y0, n0, y1, n1 = counts
    row = _row(counts, silent0, silent1, unknown)
    if row["note"] and row["shift_sign"] is None:
        return
    whole = Mixture(y0 / n0, n0, row["silent_reference"], y1 / n1, n1, row["silent_comparison"])
    if row["shift_sign"] is not None:
        at0, at1 = whole.whole_shares(row["shift_sign"])
        assert at1 - at0 == pytest.approx(0, abs=ALMOST)
    if row["shift_interval"] is not None:
        nearest = row["low"] if row["difference"] > 0 else -row["high"]
        assert nearest - whole.moved(row["shift_interval"]) == pytest.approx(0, abs=ALMOST)


@given(surveys(most=7), st.integers(0, 5), st.integers(0, 5), st.integers(0, 4))
@example(counts=(1, 7, 1, 4), silent0=0, silent1=3, unknown=0)
@settings(max_examples=60, deadline=None)
def test_no_answers_of_the_silent_turn_the_sign_sooner(counts, silent0, silent1, unknown):
    y0, n0, y1, n1 = counts
    row = _row(counts, silent0, silent1, unknown)
    if row["difference"] == 0 or not row["silent"]:
        return
    side = 1 if row["difference"] > 0 else -1
    found, lowest, highest = math.inf, math.inf, -math.inf
    for into in range(unknown + 1):
        m0, m1 = silent0 + unknown - into, silent1 + into
        for k0, k1 in itertools.product(range(m0 + 1), range(m1 + 1)):
            whole = (y1 + k1) / (n1 + m1) - (y0 + k0) / (n0 + m0)
            lowest, highest = min(lowest, whole), max(highest, whole)
            if side * whole <= ALMOST:
                away = [abs(k / m - p) for k, m, p in ((k0, m0, y0 / n0), (k1, m1, y1 / n1)) if m]
                found = min(found, max(away))
    assert (row["bound_low"], row["bound_high"]) == pytest.approx((lowest, highest), abs=ALMOST)
    least = row["shift_sign_least"]
    assert (least is None) == (found is math.inf)
    if least is not None:
        assert least <= found + ALMOST


def _row(counts, silent0, silent1, unknown, **options):
    _, n0, _, n1 = counts
    found = tipping_points(
        cells(*counts), "g", {"no": n0 + silent0, "yes": n1 + silent1}, unknown=unknown, **options
    )
    return found.frame.row(0, named=True)


def test_where_nobody_is_silent_nothing_can_tip():
    row = _row((10, 40, 20, 40), 0, 0, 0)
    assert row["shift_sign"] is None
    assert "everyone" in row["note"]
    assert row["bound_low"] == row["bound_high"] == pytest.approx(row["difference"])


def test_a_difference_that_no_silence_can_turn():
    row = _row((1, 60, 59, 60), 3, 2, 0)
    assert row["shift_sign"] is None
    assert row["shift_sign_least"] is None
    assert row["bound_low"] > 0
    assert "no answers" in row["note"]


def test_the_interval_of_the_log_odds_ratio_is_that_of_the_logit():
    row = _row((47, 164, 42, 77), 0, 0, 199, measure="log_odds_ratio")
    fit = logit(cells(47, 164, 42, 77), "y", "g", reference={"g": "no"}).frame.row(1, named=True)
    assert row["difference"] == pytest.approx(fit["estimate"])
    assert (row["low"], row["high"]) == pytest.approx((fit["low"], fit["high"]))
    whole = Mixture(47 / 164, 164, row["silent_reference"], 42 / 77, 77, row["silent_comparison"])
    assert clearance(whole, row["shift_interval"], 0.95) == pytest.approx(0, abs=1e-9)
    assert clearance(whole, row["shift_interval"] * 0.99, 0.95) > 0


def test_the_sign_turns_in_a_difference_below_zero_as_in_one_above():
    above = _row((10, 40, 25, 40), 20, 20, 5)
    below = _row((30, 40, 15, 40), 20, 20, 5)
    for name in ("shift_sign", "shift_interval", "shift_sign_least"):
        assert above[name] == pytest.approx(below[name])
    assert above["silent_difference_sign"] == pytest.approx(-below["silent_difference_sign"])


@given(st.integers(1, 50), st.data())
@settings(max_examples=60, deadline=None)
def test_bounds_of_a_share_are_reached_by_none_and_by_all(n, data):
    count, silent = data.draw(st.integers(0, n)), data.draw(st.integers(0, 50))
    frame = pl.DataFrame([("y", n, count)], ["outcome", "n", "sum"], orient="row")
    row = share_bounds(Cells.from_counts(frame), n + silent).frame.row(0, named=True)
    assert row["bound_low"] == pytest.approx(count / (n + silent))
    assert row["bound_high"] == pytest.approx((count + silent) / (n + silent))
    if row["shift_side"] is not None and silent:
        part = silent / (n + silent)
        whole = (1 - part) * row["share"] + part * row["silent_share_side"]
        assert whole == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("population", "fault"),
    [({"no": 40}, "no size for the group"), ({"no": 40, "yes": 3}, "and 40 answered")],
)
def test_a_frame_that_cannot_be_is_told(population, fault):
    with pytest.raises(SamspillError, match=fault):
        tipping_points(cells(10, 40, 20, 40), "g", population)
