"""Where the cases stand: every case by size and centrality, among the units of the frame."""

from __future__ import annotations

import itertools
import json

import polars as pl
import pytest

from samspill.language import languages
from samspill.presentation.figures.case_places import case_places_figure
from samspill.presentation.figures.svg import text_width
from samspill.presentation.tables.source import LacksAnswers

CASES = pl.DataFrame(
    {
        "case": ["Vik", "Ås", "By", "Nes"],
        "population": [4000, 20000, 600000, 4100],
        "centrality_level": [5, 2, 1, 5],
    }
)
UNITS = pl.DataFrame(
    {
        "unit": ["Vik", "Fjell", "Dal", "Øy"],
        "population": ["4000", "900", "30000", None],
        "centrality_level": ["5", "6", "2", "6"],
    }
)


def marks(figure):
    """The drawn rows that have a name, by it."""
    sets = figure.to_spec()["datasets"].values()
    return {row["name"]: row for rows in sets for row in rows if "name" in row}


@pytest.mark.parametrize("language", languages())
def test_it_says_in_words_what_is_seen(language):
    figure = case_places_figure(CASES, language)
    for word in ("By", "Vik", "3", "4", "6"):
        assert word in figure.alt
    assert figure.table.frame.height == figure.n == 4


def test_larger_stands_to_the_right_and_the_same_level_in_one_row():
    drawn = marks(case_places_figure(CASES, "en"))
    by_size = sorted(drawn, key=lambda name: drawn[name]["population"])
    assert [drawn[name]["x"] for name in by_size] == sorted(row["x"] for row in drawn.values())
    assert drawn["By"]["y"] < drawn["Ås"]["y"] < min(drawn["Vik"]["y"], drawn["Nes"]["y"])
    tenfold = case_places_figure(
        CASES.with_columns(population=pl.Series([100, 1000, 10000, 100000])), "en"
    )
    places = sorted(row["x"] for row in marks(tenfold).values())
    steps = [round(b - a, 6) for a, b in itertools.pairwise(places)]
    assert len(set(steps)) == 1


def test_units_of_the_frame_are_beside_the_cases_and_counted_once():
    figure = case_places_figure(CASES, "en", UNITS)
    rows = {row["name"]: row["chosen"] for row in figure.data.to_dicts()}
    assert rows == {
        "By": True, "Ås": True, "Nes": True, "Vik": True, "Dal": False, "Fjell": False,
    }  # fmt: skip
    assert "4 cases among 6 units" in figure.subtitle
    assert figure.table.frame["case"].to_list() == ["yes"] * 4 + ["no"] * 2
    assert set(marks(figure)) == set(rows)


def test_names_do_not_meet_and_stay_in_the_picture():
    many = pl.DataFrame(
        {
            "case": [f"Bydel nummer {n}" for n in range(12)],
            "population": [600000 + 900 * n for n in range(12)],
            "centrality_level": [1] * 12,
        }
    )
    figure = case_places_figure(many, "nn")
    width = json.loads(json.dumps(figure.to_spec()))["width"]
    spans = {}
    for row in marks(figure).values():
        wide = text_width(row["name"], 11) + 9
        start = row["x"] if row["side"] == "right" else row["x"] - wide
        assert start >= 0
        assert start + wide <= width
        spans.setdefault(row["y"], []).append((start, start + wide))
    for line in spans.values():
        line.sort()
        assert all(a[1] < b[0] for a, b in itertools.pairwise(line))


@pytest.mark.parametrize(
    "cases",
    [CASES.drop("population"), CASES.with_columns(population=pl.lit(None, pl.Int64))],
)
def test_cases_without_size_or_centrality_are_not_placed(cases):
    with pytest.raises(LacksAnswers):
        case_places_figure(cases, "en")
