"""A policy is made with the breadth, answered for, and ends adopted."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.web.jobs.models import Job
from samspill.web.jobs.running import run_job
from samspill.web.municipality.models import Input, Organisation, Process
from samspill.web.planning.actions.process import (
    adopt,
    list_organisations,
    mark_invited,
    send_invitations,
    settle_input,
    take_input,
)
from samspill.web.planning.hearing import OF_EACH, SORTS, Voice, breadth, suggestion, voices
from samspill.web.planning.invitations import invitations
from samspill.web.planning.process import course_of
from samspill.web.planning.work import INVITE

BASE = "/municipalities/9901/plan/making/"


def groups_of(process, today):
    keys = list(process.inputs.values_list("organisation_id", flat=True))
    return {g.identifier: g for g in breadth(voices(process.municipality, today), keys, process)}


def test_groups_say_who_is_missing(process, of, today):
    found = groups_of(process, today)
    assert found["culture_leisure"].registered == 3
    assert found["small"].registered == 2
    assert found["large"].registered == 1
    assert (found["seat"].registered, found["no_seat"].registered) == (1, 3)
    assert all(group.is_missing for group in found.values() if group.registered)
    list_organisations(actor="test", process=process, organisations=[of("organisations", "choir")])
    found = groups_of(process, today)
    assert {name for name, group in found.items() if group.is_missing} == {
        "health_care",
        "umbrella",
        "large",
        "seat",
    }


GROUPS = st.frozensets(st.sampled_from(["culture_leisure", "health_care", *SORTS]), min_size=1)


@given(st.lists(GROUPS, max_size=25))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_the_suggestion_reaches_every_group_that_the_register_can_fill(found):
    known = [
        Voice(Organisation(pk=n, name=f"o{n}"), groups) for n, groups in enumerate(found, start=1)
    ]
    process = Process(fields=["culture_leisure", "health_care"])
    chosen = suggestion(known, [], process)
    assert chosen == suggestion(known, [], process)
    for group in breadth(known, chosen, process):
        assert group.listed >= min(OF_EACH, group.registered)
    assert all(v.organisation.pk in chosen for v in known if "umbrella" in v.groups)
    assert suggestion(known, chosen, process) == set()


def do_what_is_asked_for():
    """What the worker would do."""
    for job in Job.objects.filter(kind=INVITE, state="waiting"):
        run_job.call(str(job.identifier))


def test_where_sending_stops_it_is_taken_up_again_without_repeating(
    signed_in, municipality, mailoutbox
):
    client = signed_in("coordinator")
    begun = client.post(f"{BASE}new/", {"title": "Ny", "sector_involved_at": "idea"})
    client.post(begun.url, {"organisation": ["choir", "care"]})
    process = Process.objects.get()
    sender = process.municipality.positions.get().user
    ready, _without = invitations(process, list(process.inputs.all()), sender)
    assert len(ready) == 2

    def stops(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send_invitations(actor=sender, process=process, invitations=ready, report=stops)
    left, _without = invitations(process, list(process.inputs.all()), sender)
    send_invitations(actor=sender, process=process, invitations=left)
    assert sorted(to for mail in mailoutbox for to in mail.to) == sorted(
        one.letter.to for one in ready
    )


def test_from_the_first_question_to_an_adopted_policy(signed_in, municipality, of, mailoutbox):
    client = signed_in("coordinator")
    answer = client.post(f"{BASE}new/", {"title": "Ny politikk", "sector_involved_at": "idea"})
    process = Process.objects.get()
    assert process.policy.state == "developing"
    assert process.policy.generation == 2
    page = client.get(answer.url)
    assert page.context["suggested"] == 4
    client.post(answer.url, {"organisation": ["choir", "care", "council", "none-such"]})
    assert process.inputs.count() == 3
    step = f"{BASE}{process.identifier}/"

    page = client.get(f"{step}invitations/")
    assert {one.letter.to for one in page.context["ready"]} == {
        "kor@example.org",
        "ola.oppdiktet@example.org",
    }
    page = client.post(f"{step}invitations/", {"message": "Kaffe fra 18.", "preview": "1"})
    assert "Kaffe fra 18." in page.content.decode()
    assert mailoutbox == []
    sending = {"message": "Kaffe fra 18.", "send": "1"}
    twice = [client.post(f"{step}invitations/", sending).url for _ in range(2)]
    assert mailoutbox == []
    assert len(set(twice)) == 1
    do_what_is_asked_for()
    assert len(mailoutbox) == 2
    assert all("Kaffe fra 18." in mail.body for mail in mailoutbox)
    client.post(f"{step}invitations/", {"message": "", "send": "1"})
    do_what_is_asked_for()
    assert len(mailoutbox) == 2
    assert "Kaffe" not in str(list(Job.objects.values_list("arguments", flat=True)))
    left = process.inputs.get(organisation__identifier="council")
    client.post(f"{step}invitations/marked/", {"input": [left.identifier]})
    assert not process.inputs.filter(invited_on=None).exists()
    process.refresh_from_db()
    assert process.sector_involved_on is not None

    choir = process.inputs.get(organisation__identifier="choir")
    path = f"{step}inputs/{choir.identifier}/"
    client.post(path, {"received_on": "2026-01-10", "summary": "Vi trenger lokaler."})
    page = client.post(f"{step}adoption/", {"adopted_on": "2026-02-01", "case_number": "26/9"})
    assert "1 input has no answer with a reason yet." in page.content.decode()
    page = client.post(f"{path}answer/", {"outcome": "taken_up", "reason": " "})
    assert "without the reason" in page.content.decode()
    client.post(f"{path}answer/", {"outcome": "taken_up", "reason": "Lokaler er blitt et mål."})
    client.post(f"{step}adoption/", {"adopted_on": "2026-02-01", "case_number": "26/9"})

    new, old = of("policies", process.policy.identifier), of("policies", "policy")
    assert (new.state, new.case_number, str(new.adopted_on)) == ("adopted", "26/9", "2026-02-01")
    assert old.state == "replaced"
    page = client.get("/municipalities/9901/plan/public/").content.decode()
    assert "Lokaler er blitt et mål." in page
    assert "Fjordkoret" in page
    assert "Vi trenger lokaler." not in page


def test_each_step_says_how_far_it_has_come(process, of, today):
    def states():
        given = list(process.inputs.all())
        found = list(groups_of(process, today).values())
        course = course_of(process, given, found, today)
        return [step.state.value for step in course.steps], course.next_step

    assert states()[0] == ["not_begun"] * 5
    everyone = list(Organisation.objects.all())
    list_organisations(actor="test", process=process, organisations=everyone)
    assert states()[0] == ["done", "not_begun", "not_begun", "not_begun", "not_begun"]
    given = list(process.inputs.all())
    mark_invited(actor="test", process=process, given=given[:1])
    assert states()[1].name == "invitations"
    mark_invited(actor="test", process=process, given=given[1:])
    for one in given:
        take_input(actor="test", given=one, received_on=today, summary="Vi mener dette.")
    assert states()[1].name == "answers"
    for one in given:
        settle_input(actor="test", given=one, outcome="not_taken_up", reason="Utenfor planen.")
    assert states()[1].name == "adoption"
    adopt(actor="test", process=process, adopted_on=today, case_number="26/1")
    assert states() == (["done"] * 5, None)


def test_once_the_deadline_is_past_what_came_in_is_what_there_is(process, of, today):
    list_organisations(actor="test", process=process, organisations=Organisation.objects.all())
    given = list(process.inputs.all())
    take_input(actor="test", given=given[0], received_on=today, summary="Ja.")
    later = process.deadline + datetime.timedelta(days=1)
    before, after = (
        course_of(process, list(process.inputs.all()), [], day).steps[2].state
        for day in (today, later)
    )
    assert (before, after) == ("under_way", "done")


def test_nobody_is_listed_twice(process):
    everyone = list(Organisation.objects.all())
    assert list_organisations(actor="test", process=process, organisations=everyone) == 4
    assert list_organisations(actor="test", process=process, organisations=everyone) == 0


def test_a_decision_without_a_case_number_is_refused_and_nothing_is_changed(process, of, today):
    with pytest.raises(SamspillError):
        adopt(actor="test", process=process, adopted_on=today, case_number=" ")
    assert of("policies", "policy").state == "adopted"
    assert of("policies", process.policy.identifier).state == "developing"


def test_an_input_without_a_summary_is_refused(process, of, today):
    list_organisations(actor="test", process=process, organisations=[of("organisations", "choir")])
    with pytest.raises(SamspillError):
        take_input(actor="test", given=Input.objects.get(), received_on=today, summary=" ")
    assert Input.objects.get().received_on is None
