"""The founding study's own contradiction, computed from its counts, and the memo of reasons."""

from __future__ import annotations

import pytest

from samspill.analysis import open_study
from samspill.triangulation import JointDisplay, sources_of

FIELDS = ("culture_leisure", "health_care", "children_youth", "integration")


@pytest.fixture(scope="module")
def study():
    return open_study("norway-2018")


@pytest.fixture(scope="module")
def display(study) -> JointDisplay:
    return sources_of(study).joint_display()


def test_interviews_and_survey_contradict_each_other_on_where_collaboration_is(display):
    """Chapter 5: the interviews found most in activity, the survey before it, in every field."""
    for field in FIELDS:
        row = display.row("extent_by_phase", field)
        assert (row.assessment, row.standing) == ("contradictory", "open")
        assert {r.one for r in row.resting} == {"interviews"}
        assert len(row.memo.reasons) == 6
    assert display.rows[0].unsettled


def test_the_survey_side_is_the_counts_of_the_study(display, study):
    shares = study.shares("policy_development").frame
    printed = dict(shares.select("field", "count").iter_rows())
    for field in FIELDS:
        measure = display.row("extent_by_phase", field).position("survey").measures[0]
        assert (measure.count, measure.n) == (printed[field], 241)


def test_what_the_evidence_in_the_memo_says_is_so(study):
    """The order of the phases is the same with and without a policy, and without single cases
    policy development is still the wider phase."""
    split = study.shares(["policy_development", "activity"], by="has_policy").frame
    for (_field, _group), rows in split.group_by("field", "has_policy"):
        share = dict(rows.select("indicator", "share").iter_rows())
        assert share["policy_development"] > share["activity"]
    questions = dict(study.study.variables.select("variable", "type").iter_rows())
    assert {questions[name] for name in ("single_cases", "service_delivery")} == {"binary"}


def test_no_reason_is_settled_and_each_says_who_gives_it(display):
    for row in display.open:
        assert row.memo.decisions == ()
        assert all(reason.by in ("report", "samspill") for reason in row.memo.reasons)
        assert all(set(reason.texts) == {"nb", "nn", "en"} for reason in row.memo.reasons)


def test_no_register_is_read_as_silence(display):
    row = display.row("extent_by_phase", "culture_leisure")
    assert row.position("register").state == "not brought"


def test_where_the_report_says_that_sources_agree_they_converge(display):
    """Chapter 5: sports and culture are the most formalised; project money is the widespread."""
    assert display.row("coordination", "culture_leisure").assessment == "convergent"
    assert display.row("coordination", "health_care").assessment == "convergent"
    assert display.row("economic_support", "integration").assessment == "convergent"
