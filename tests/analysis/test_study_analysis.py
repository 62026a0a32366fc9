from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from samspill.analysis import StudyAnalysis, open_study
from samspill.analysis.provenance import CONSISTENT, EXACT, ProvenanceTable
from samspill.errors import SamspillError

FOUR_FIELDS = ["culture_leisure", "health_care", "children_youth", "integration"]


@pytest.fixture(scope="module")
def study():
    return open_study("norway-2018")


def test_shares_come_per_field_in_the_reports_order_with_base_and_provenance(study):
    frame = study.shares("meeting_point", by="has_policy").frame
    assert frame["field"].unique(maintain_order=True).to_list() == FOUR_FIELDS
    assert frame["has_policy"].to_list() == ["no", "yes"] * 4
    assert frame["n"].to_list() == [164, 77] * 4
    assert set(frame["provenance"]) == {EXACT}
    assert frame.filter(field="integration")["count"].to_list() == [51, 38]


def test_shares_of_the_whole_unit_have_one_row(study):
    frame = study.shares("net_sample").frame
    assert frame.select("field", "n", "count").row(0) == ("", 440, 241)


def test_the_finite_population_narrows_the_interval_about_the_same_share(study):
    plain = study.shares("meeting_point").frame
    finite = study.shares("meeting_point", finite_population=True).frame
    assert plain["share"].equals(finite["share"])
    assert (finite["low"] > plain["low"]).all()
    assert (finite["high"] < plain["high"]).all()


def test_two_of_forty_comparisons_stand_after_benjamini_hochberg_and_one_after_holm(study):
    frame = study.policy_effects().frame
    assert frame.height == 40
    assert (frame["printed_stars"] != "").sum() == 13
    standing = frame.filter(pl.col("p_bh") < 0.05)
    assert set(standing.select("indicator", "field").iter_rows()) == {
        ("activity_grant", "integration"),
        ("operating_grant", "integration"),
    }
    assert frame.filter(pl.col("p_holm") < 0.05)["indicator"].to_list() == ["activity_grant"]


def test_in_a_model_of_two_groups_the_marginal_effect_is_the_difference(study):
    frame = study.policy_effects().frame
    assert np.allclose(frame["marginal_effect"], frame["difference"], atol=1e-9)


def test_the_log_odds_ratio_of_a_comparison_is_that_of_its_model(study):
    family = study.policy_effects().frame.filter(indicator="activity")
    models = study.logit("activity", by="has_policy").frame.filter(pl.col("term") != "intercept")
    assert np.allclose(family["log_odds_ratio"], models["estimate"], atol=1e-9)
    assert np.allclose(family["p"], models["p"], atol=1e-9)


def test_a_distribution_adds_up_in_each_field(study):
    frame = study.distribution("number_of_relations").frame
    sums = frame.group_by("field", maintain_order=True).agg(
        pl.col("share").sum(), pl.col("count").sum(), pl.col("n").first()
    )
    assert sums["field"].to_list() == FOUR_FIELDS
    assert np.allclose(sums["share"], 1)
    assert (sums["count"] == sums["n"]).all()


@pytest.mark.parametrize(
    ("ask", "named"),
    [
        (lambda s: s.shares("meeting"), "meeting_point"),
        (lambda s: s.shares("meeting_point", by="policy"), "has_policy"),
        (lambda s: s.shares("meeting_point", fields=["sport"]), "culture_leisure"),
        (lambda s: s.differences("meeting_point", by="response"), "3 groups"),
    ],
)
def test_a_wrong_name_is_answered_with_the_right_ones(study, ask, named):
    with pytest.raises(SamspillError, match=named):
        ask(study)


def test_exact_counts_are_exact_only_by_the_split_they_were_printed_for():
    table = ProvenanceTable.of(
        pl.DataFrame(
            [("a", "x", "has_policy", EXACT), ("b", "", "", CONSISTENT)],
            schema=["name", "field", "split", "provenance"],
            orient="row",
        )
    )
    assert table.of_number("a", "x") == EXACT
    assert table.of_number("a", "x", "has_policy") == EXACT
    assert table.of_number("a", "x", "size") == CONSISTENT
    assert table.of_number("b", "y", "has_policy") == CONSISTENT
    assert table.weakest() == CONSISTENT


def test_a_group_that_answers_alike_is_fitted_by_firth_and_stays_in_the_family(study):
    policy = study.study.units.filter(has_policy="yes")["unit"]
    altered = study.study.answers.with_columns(
        pl.when(
            pl.col("unit").is_in(policy.to_list()),
            pl.col("field") == "integration",
            pl.col("variable") == "service_purchase",
        )
        .then(pl.lit("0"))
        .otherwise("value")
        .alias("value")
    )
    frame = StudyAnalysis(study.study.with_tables(answers=altered)).policy_effects().frame
    row = frame.row(
        by_predicate=(pl.col("indicator") == "service_purchase")
        & (pl.col("field") == "integration"),
        named=True,
    )
    assert (row["method"], row["count_comparison"]) == ("firth", 0)
    assert np.isfinite([row["log_odds_ratio"], row["standard_error"], row["p"]]).all()
    assert frame.height == 40
    assert frame["p_holm"].is_not_null().all()
    smallest = frame.sort("p").row(0, named=True)
    assert smallest["p_holm"] == pytest.approx(40 * smallest["p"])


def test_a_comparison_with_an_empty_group_is_left_out_and_said_so(study):
    kept = study.study.units.filter(has_policy="no")["unit"].to_list()
    answers = study.study.answers.filter(
        pl.col("unit").is_in(kept) | (pl.col("field") != "integration")
    )
    result = StudyAnalysis(study.study.with_tables(answers=answers)).policy_effects()
    assert result.frame.height == 30
    assert "10 left out" in result.heading


def test_a_study_without_anything_to_compare_has_an_empty_family_of_the_same_shape(study):
    kept = study.study.indicators.filter(indicator="number_of_relations")
    empty = StudyAnalysis(
        study.study.with_tables(indicators=kept, printed=study.study.printed.clear())
    ).policy_effects()
    assert empty.frame.is_empty()
    assert empty.frame.schema == study.policy_effects().frame.schema


@pytest.mark.parametrize("indicator", ["number_of_areas", "transition", "number_of_relations"])
def test_a_distribution_counts_every_unit_that_answered_once(study, indicator):
    for rows in study.distribution(indicator).frame.partition_by("field"):
        assert rows["count"].sum() == rows["n"][0]
        assert rows["share"].sum() == pytest.approx(1)
