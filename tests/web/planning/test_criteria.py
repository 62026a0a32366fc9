"""A point of the checklist carries evidence, and the register only suggests."""

from __future__ import annotations

import datetime

import pytest

from samspill.errors import SamspillError
from samspill.register.schema import CRITERIA
from samspill.web.municipality.actions.entries import change_entry
from samspill.web.municipality.models import Criterion, Measure
from samspill.web.planning.actions.criteria import judge
from samspill.web.planning.criteria import checklist


@pytest.fixture
def point(of, today):
    def find(name):
        return next(p for p in checklist(of("policies", "policy"), today) if p.criterion == name)

    return find


def test_there_are_seven_points_and_none_is_judged_by_itself(of, today):
    found = checklist(of("policies", "policy"), today)
    assert [p.criterion for p in found] == list(CRITERIA)
    assert all(p.judgement is None for p in found)
    assert all(p.evidence for p in found)


@pytest.mark.parametrize(
    ("criterion", "sentence", "entries", "holds"),
    [
        ("own_policy", "was adopted", ["policy"], True),
        ("made_in_dialogue", "no process", [], False),
        ("politically_treated", "in case 25/17", ["policy"], True),
        ("measures", "3 of 4 measures", ["list", "grants", "forum"], True),
        ("meeting_points", "1 meeting point", ["forum"], True),
        ("contact", "1 of the municipality's 1", ["kari"], True),
        ("follow_up", "1 of 4 measures are done with evidence", ["rooms"], True),
    ],
)
def test_the_register_shows_what_stands_behind_a_point(point, criterion, sentence, entries, holds):
    first = point(criterion).evidence[0]
    assert sentence in first.sentence
    assert [e.identifier for e in first.entries] == entries
    assert first.holds is holds


def test_a_closed_meeting_point_and_an_old_contact_hold_nothing(of, point, today):
    change_entry(actor="test", entry=of("bodies", "forum"), values={"closed_on": today})
    long_ago = today - datetime.timedelta(days=400)
    change_entry(actor="test", entry=of("contacts", "kari"), values={"verified_on": long_ago})
    assert not any(one.holds for one in point("meeting_points").evidence)
    assert not any(one.holds for one in point("contact").evidence)


def test_lateness_without_a_reason_speaks_against_the_follow_up(of, point):
    assert [one.holds for one in point("follow_up").evidence] == [True, False]
    change_entry(
        actor="test", entry=of("measures", "list"), values={"late_because": "Ingen i stillingen."}
    )
    assert [one.holds for one in point("follow_up").evidence] == [True, True]


@pytest.mark.parametrize("verdict", ["met", "partly_met", "not_met"])
@pytest.mark.parametrize("evidence", ["", "  \n"])
def test_no_verdict_stands_without_evidence(of, verdict, evidence):
    with pytest.raises(SamspillError) as caught:
        judge(
            actor="test",
            policy=of("policies", "policy"),
            criterion="contact",
            verdict=verdict,
            evidence=evidence,
        )
    assert caught.value.next_step
    assert not Criterion.objects.exists()


def test_a_judgement_is_one_and_can_be_changed(of, point, today):
    for verdict in ("partly_met", "met"):
        judge(
            actor="test",
            policy=of("policies", "policy"),
            criterion="contact",
            verdict=verdict,
            evidence="Kari svarer.",
        )
    assert Criterion.objects.get().verdict == "met"
    assert point("contact").judgement.judged_on == today


def test_what_is_judged_met_against_the_register_says_so(of, point):
    Measure.objects.all().delete()
    judge(
        actor="test",
        policy=of("policies", "policy"),
        criterion="measures",
        verdict="met",
        evidence="Vi har tiltak.",
    )
    assert point("measures").is_unsupported


def test_a_tick_alone_is_refused_on_the_page(signed_in, municipality):
    client = signed_in("coordinator")
    answer = client.post("/municipalities/9901/plan/criteria/contact/", {"verdict": "met"})
    assert answer.status_code == 200
    assert answer.context["form"].errors["evidence"]
    assert not Criterion.objects.exists()
