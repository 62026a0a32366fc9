"""The founding study's figures and tables, drawn from the study that comes with Samspill."""

from __future__ import annotations

import polars as pl
import pytest

from samspill.analysis import open_study
from samspill.language import languages
from samspill.presentation.figures import figure, figure_numbers
from samspill.presentation.tables import table, table_numbers


@pytest.fixture(scope="module")
def norway():
    return open_study("norway-2018")


@pytest.mark.parametrize("number", figure_numbers())
def test_every_figure_is_drawn(norway, number):
    shown = figure(norway, number, "nb")
    assert shown.to_svg().startswith("<svg")
    assert shown.n in {142, 218, 241}


@pytest.mark.parametrize("number", table_numbers())
def test_every_table_is_written(norway, number):
    for language in languages():
        assert "<tbody><tr>" in table(norway, number, language).to_html()


def test_phases_by_policy_are_the_printed_percentages(norway):
    """Figure 4.8, the one figure by policy whose numbers stand in print."""
    printed = norway.study.printed.filter(
        pl.col("split") == "has_policy",
        pl.col("statistic") == "percentage",
        pl.col("indicator").is_in(["policy_development", "transition", "activity"]),
    ).select("indicator", "field", "group", pl.col("printed").cast(pl.Int64))
    shown = figure(norway, "4.8", "nb").data
    both = shown.join(printed, on=["indicator", "field", "group"])
    assert both.height == printed.height == 24
    for row in both.iter_rows(named=True):
        assert abs(100 * row["share"] - row["printed"]) <= 0.5 + 1e-9, row


def test_thirteen_comparisons_are_marked_and_two_stand(norway):
    data = figure(norway, "policy_effects", "en").data
    assert data.filter("marked").height == 13
    standing = data.filter("survives").select("indicator", "field").rows()
    assert set(standing) == {("operating_grant", "integration"), ("activity_grant", "integration")}


def test_barriers_rest_on_the_open_answers(norway):
    shown = figure(norway, "4.10", "en")
    assert shown.n == 142
    assert shown.data["indicator"][0] == "barrier_steering_autonomy"
