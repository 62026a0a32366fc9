"""The comparisons by policy on either scale, with any correction."""

import math

import pytest

from samspill.analysis import open_study
from samspill.presentation.figures.effects import effects_figure
from samspill.presentation.figures.registry import SPECS


@pytest.fixture(scope="module")
def analysis():
    return open_study("norway-2018")


def drawn(analysis, **choices):
    spec = next(spec for spec in SPECS if spec.number == "policy_effects")
    return effects_figure(analysis, spec, "en", **choices)


def test_the_odds_ratios_are_those_of_the_models(analysis):
    data = drawn(analysis, scale="odds").data
    for row in data.iter_rows(named=True):
        assert math.exp(row["value"]) == pytest.approx(row["odds_ratio"])
        if row["method"] == "ml":
            assert (row["from"] > 0 or row["to"] < 0) == (row["p"] < 0.05)


@pytest.mark.parametrize(
    ("correction", "standing"),
    [
        ("bh", {("operating_grant", "integration"), ("activity_grant", "integration")}),
        ("holm", {("activity_grant", "integration")}),
        ("none", set()),
    ],
)
def test_a_ring_stands_where_the_correction_leaves_a_difference(analysis, correction, standing):
    figure = drawn(analysis, correction=correction)
    ringed = figure.data.filter("survives").select("indicator", "field")
    assert set(ringed.iter_rows()) == standing
    assert ("corrected" in figure.to_svg()) == (correction != "none")


def test_what_is_hidden_is_not_drawn_but_still_corrected_for(analysis):
    hidden = {("activity_grant", "integration")}
    figure = drawn(analysis, hidden=hidden)
    pairs = set(figure.data.select("indicator", "field").iter_rows())
    assert len(pairs) == 39
    assert not hidden & pairs
    assert "40 tests" in figure.note
