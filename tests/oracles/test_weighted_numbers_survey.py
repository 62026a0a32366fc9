"""A study's weighted numbers against R's survey.

R 4.2.2, survey 4.1.1, by ``weighted/survey.R`` on ``weighted/units.csv``: rake, svymean, svyglm and
svytable. The units are the founding study's, with a size and the policies of those that did not
answer invented.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from samspill.analysis import StudyAnalysis, open_study
from samspill.study.weighting import KnownTotals, Weighting

DATA = Path(__file__).parent / "weighted" / "units.csv"
ASKED = ("meeting_point", "number_of_relations")
RAKED = Weighting("raking", (KnownTotals(("size",)), KnownTotals(("has_policy",))))


@pytest.fixture(scope="module")
def analysis():
    rows = pl.read_csv(DATA, schema_overrides=dict.fromkeys(ASKED, pl.String))
    answers = (
        rows.filter(responded=1)
        .unpivot(on=list(ASKED), index="unit")
        .drop_nulls("value")
        .select("unit", pl.lit("integration").alias("field"), "variable", "value")
    )
    study = open_study("norway-2018").study.with_tables(
        units=rows.select("unit", "size", "has_policy"), answers=answers
    )
    return StudyAnalysis(study.with_weighting(RAKED))


def numbers(frame, *columns, **where):
    return frame.filter(**where).select(columns).row(0)


def test_means_are_those_of_svymean(analysis):
    columns = ("mean_weighted", "low_weighted", "high_weighted")
    whole = analysis.means("number_of_relations").frame
    assert numbers(whole, *columns) == pytest.approx(
        (1.812276632, 1.61205477908, 2.01249848428), rel=1e-8
    )
    groups = analysis.means("number_of_relations", by="has_policy").frame
    assert numbers(groups, *columns, has_policy="no") == pytest.approx(
        (1.52884377385, 1.32916524628, 1.72852230142), rel=1e-8
    )
    assert numbers(groups, *columns, has_policy="yes") == pytest.approx(
        (2.42236686532, 1.97791545515, 2.8668182755), rel=1e-8
    )


def test_least_squares_is_that_of_svyglm(analysis):
    frame = analysis.ols("number_of_relations", by="has_policy").frame
    columns = ("estimate_weighted", "standard_error_weighted")
    assert numbers(frame, *columns, term="intercept") == pytest.approx(
        (1.528843773851, 0.10136492579), rel=1e-8
    )
    assert numbers(frame, *columns, term="has_policy[yes]") == pytest.approx(
        (0.893523091468, 0.246427340242), rel=1e-8
    )


def test_logit_is_that_of_svyglm_with_n_for_n_less_one(analysis):
    frame = analysis.logit("meeting_point", by="has_policy").frame
    columns = ("estimate_weighted", "standard_error_weighted")
    narrower = (240 / 241) ** 0.5
    assert numbers(frame, *columns, term="intercept") == pytest.approx(
        (-0.745474376885, 0.178055096766 * narrower), rel=1e-8
    )
    assert numbers(frame, *columns, term="has_policy[yes]") == pytest.approx(
        (0.814542657354, 0.300543965824 * narrower), rel=1e-8
    )


def test_sums_are_those_of_svytable(analysis):
    sums = analysis.weighted_sums("meeting_point", by="has_policy").frame
    assert numbers(sums, "sum_wy", has_policy="no")[0] == pytest.approx(102.335010793, rel=1e-9)
    assert numbers(sums, "sum_wy", has_policy="yes")[0] == pytest.approx(63.105745512, rel=1e-9)
    left = sums["sum_w"] - sums["sum_wy"]
    assert left.to_list() == pytest.approx([215.664989207, 58.894254488], rel=1e-9)
    whole = analysis.weighted_sums("meeting_point").frame
    assert numbers(whole, "sum_w", "sum_w2", "sum_wy") == pytest.approx(
        (440, 901.403261832, 165.440756305), rel=1e-9
    )


def test_a_share_is_its_sums_divided(analysis):
    sums = analysis.weighted_sums("meeting_point").frame.row(0, named=True)
    share = analysis.shares("meeting_point").frame["share_weighted"].item()
    assert share == pytest.approx(0.3760017189, rel=1e-9)
    assert sums["sum_wy"] / sums["sum_w"] == pytest.approx(share, rel=1e-12)
