"""A number in every wave, and of those that answered every time."""

from __future__ import annotations

import pytest

from samspill.analysis.change import open_waves
from samspill.statistics.intervals import wilson

FIRST = {"a": (1, 0), "b": (0, 0), "c": (0, 1), "d": (1, 1), "e": None}
SECOND = {"a": (1, 1), "c": (1, 1), "d": (1, 0), "e": (0, 0)}
THIRD = {"a": (0, 1), "b": (1, 1), "c": (1, 0), "e": (0, 0)}


@pytest.fixture(scope="module")
def three(wave_of):
    return open_waves([wave_of(2018, FIRST), wave_of(2022, SECOND), wave_of(2026, THIRD)])


def told(waves, *columns, field="culture_leisure"):
    frame = waves.series("meeting_point").frame.filter(field=field)
    return frame.select("wave", *columns).rows()


def test_every_wave_has_the_share_of_its_own_answers(three):
    assert told(three, "n", "estimate") == [
        ("2018", 4, 0.5), ("2022", 4, 0.75), ("2026", 4, 0.5),
    ]  # fmt: skip
    for row, analysis in zip(told(three, "estimate", "low", "high"), three.analyses, strict=True):
        own = analysis.shares("meeting_point", fields=["culture_leisure"]).frame
        assert row[1:] == own.select("share", "low", "high").row(0)


def test_the_panel_are_those_that_answered_in_all_of_them(three):
    """Only a and c answered three times."""
    rows = told(three, "n_panel", "panel", "panel_low", "panel_high")
    assert [row[1:3] for row in rows] == [(2, 0.5), (2, 1.0), (2, 0.5)]
    low, high = wilson([0.5], [0.5], 0.95)
    assert rows[0][3:] == pytest.approx((low[0], high[0]))


def test_the_order_of_the_units_does_not_matter(wave_of, three):
    turned = [dict(reversed(wave.items())) for wave in (FIRST, SECOND, THIRD)]
    again = open_waves(
        [wave_of(year, wave) for year, wave in zip((2018, 2022, 2026), turned, strict=True)]
    )
    assert again.series("meeting_point").frame.equals(three.series("meeting_point").frame)


def test_two_of_the_waves_are_compared_as_if_there_were_no_third(three, wave_of):
    both = open_waves([three.analyses[0], three.analyses[2]])
    frame = both.change("meeting_point", fields=["culture_leisure"]).frame
    row = frame.row(0, named=True)
    assert (row["against"], row["wave"], row["n_both"]) == ("2018", "2026", 3)


def test_means_are_told_with_students_interval(founding):
    from dataclasses import replace

    from samspill.analysis import StudyAnalysis

    later = StudyAnalysis(replace(founding.study, identifier="again", year=2022))
    waves = open_waves([founding, later])
    frame = waves.series("number_of_relations", fields=["integration"]).frame
    own = founding.means("number_of_relations", fields=["integration"]).frame.row(0, named=True)
    for row in frame.to_dicts():
        assert row["kind"] == "mean"
        assert (row["estimate"], row["low"], row["high"]) == (own["mean"], own["low"], own["high"])
        assert row["n_panel"] == row["n"]
        assert (row["panel"], row["panel_low"]) == pytest.approx((own["mean"], own["low"]))
