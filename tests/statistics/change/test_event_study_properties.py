"""What must hold for event studies and their decomposition, whatever the panel."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.statistics.change import decompose, event_study

WAVES = range(5)


@st.composite
def panels(draw) -> pl.DataFrame:
    """Twelve units: some never adopt, some in wave 2, some in wave 3."""
    rows = []
    for unit in range(12):
        adopted = (None, 2, 3)[unit % 3]
        rows += [(f"u{unit:02}", wave, adopted, draw(st.integers(0, 20)) / 4) for wave in WAVES]
    return pl.DataFrame(rows, ["unit", "period", "adopted", "y"], orient="row")


def numbers(found) -> list[tuple[int | None, float, float]]:
    return found.frame.select("relative", "estimate", "standard_error").rows()


@pytest.mark.long
@settings(max_examples=8, deadline=None)
@given(panels(), st.integers(-9, 9), st.sampled_from(["saturated", "did2s", "twfe", "lpdid"]))
def test_levels_of_units_and_of_waves_change_nothing(rows, level, estimator):
    moved = rows.with_columns(
        pl.col("y")
        + level * pl.col("unit").str.slice(1).cast(pl.Int64)
        + (pl.col("period") - 2) ** 2 * level / 3
    )
    one, other = (numbers(event_study(r, "y", estimator=estimator)) for r in (rows, moved))
    assert [row[0] for row in one] == [row[0] for row in other]
    for a, b in zip(one, other, strict=True):
        assert a[1:] == pytest.approx(b[1:], abs=1e-6)


@pytest.mark.long
@settings(max_examples=8, deadline=None)
@given(panels(), st.integers(-8, 8), st.sampled_from(["saturated", "did2s", "twfe", "lpdid"]))
def test_the_same_effect_for_all_is_added_whole(rows, effect, estimator):
    reached = (pl.col("period") >= pl.col("adopted")).fill_null(value=False)
    more = rows.with_columns(pl.col("y") + effect * reached.cast(pl.Int64))
    one, other = (numbers(event_study(r, "y", estimator=estimator)) for r in (rows, more))
    for a, b in zip(one, other, strict=True):
        added = effect if a[0] is None or a[0] >= 0 else 0
        assert b[1] - a[1] == pytest.approx(added, abs=1e-6)


@settings(max_examples=20, deadline=None)
@given(panels(), st.randoms(use_true_random=False))
def test_the_decomposition_adds_up_and_does_not_hang_on_the_order(rows, random):
    found = decompose(rows, "y")
    assert found.frame["weight"].sum() == pytest.approx(1)
    assert (found.frame["weight"] >= 0).all()
    mixed = rows[random.sample(range(rows.height), rows.height)]
    assert decompose(mixed, "y").total == pytest.approx(found.total, abs=1e-9)


@pytest.mark.long
@settings(max_examples=8, deadline=None)
@given(panels())
def test_the_decomposition_is_of_the_two_way_estimate(rows):
    whole = event_study(rows, "y", estimator="twfe").frame
    average = whole.filter(pl.col("relative").is_null())["estimate"].item()
    assert decompose(rows, "y").total == pytest.approx(average, abs=1e-6)
