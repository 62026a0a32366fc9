"""A measure is done when something shows it, is late after its deadline, and the log has it all."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.register.schema import MEASURE_STATUSES
from samspill.web.audit.models import Event
from samspill.web.municipality.measures import State, state_of
from samspill.web.municipality.models import Goal, Measure, Policy
from samspill.web.planning.actions.measures import anniversary, next_year, set_status
from samspill.web.planning.progress import BAR, line_of, plan_of, progress_of

DAYS = st.dates(datetime.date(2000, 1, 1), datetime.date(2060, 12, 31))


@pytest.mark.parametrize("evidence", ["", "   ", "\n"])
def test_nothing_is_done_without_evidence(of, evidence):
    with pytest.raises(SamspillError) as caught:
        set_status(actor="kari", measure=of("measures", "list"), status="done", evidence=evidence)
    assert caught.value.next_step
    assert of("measures", "list").status == "under_way"


def test_what_is_done_has_its_day_its_evidence_and_a_line_in_the_log(of, today):
    set_status(
        actor="kari", measure=of("measures", "list"), status="done", evidence="Lista er på nett."
    )
    done = of("measures", "list")
    assert (done.status, done.done_on, done.evidence) == ("done", today, "Lista er på nett.")
    event = Event.objects.filter(subject="measures/list").first()
    assert event.actor == "kari"
    assert event.old["status"] == "under_way"
    assert event.new["status"] == "done"


def test_what_is_done_after_all_not_done_has_no_day(of):
    set_status(actor="kari", measure=of("measures", "rooms"), status="under_way")
    assert of("measures", "rooms").done_on is None


def test_what_is_repeated_each_year_is_done_until_its_next_deadline(of, today):
    before = of("measures", "forum").deadline
    set_status(actor="kari", measure=of("measures", "forum"), status="done", evidence="Referat.")
    after = of("measures", "forum")
    assert after.deadline == anniversary(before, before.year + 1)
    assert state_of(after, today) is State.DONE
    assert state_of(after, after.deadline) is State.DONE
    assert state_of(after, after.deadline + datetime.timedelta(days=1)) is State.LATE


@given(deadline=DAYS, today=DAYS)
def test_the_next_deadline_is_later_than_both_the_old_one_and_today(deadline, today):
    following = next_year(deadline, today)
    assert following > deadline
    assert following >= today
    assert following.month == deadline.month
    assert (following - max(deadline, today)).days <= 731


@given(
    st.lists(
        st.builds(
            Measure,
            status=st.sampled_from(MEASURE_STATUSES),
            deadline=st.none() | DAYS,
            done_on=st.none() | DAYS,
            every_year=st.none() | st.booleans(),
        )
    ),
    DAYS,
)
def test_every_measure_counts_once_and_the_bar_is_whole(measures, today):
    progress = progress_of([line_of(measure, today) for measure in measures])
    assert progress.total + progress.dropped == len(measures)
    pieces = progress.pieces
    if progress.total:
        assert pieces[0].start == 0
        assert sum(piece.length for piece in pieces) == BAR
        ends = [piece.start + piece.length for piece in pieces]
        assert [piece.start for piece in pieces[1:]] == ends[:-1]
    else:
        assert pieces == []


def test_the_plan_counts_what_is_late_by_goal(of, today):
    plan = plan_of(of("policies", "policy"), today)
    assert [goal.goal.identifier for goal in plan] == ["known", "money"]
    known, money = (goal.progress for goal in plan)
    assert (known.total, known.late, known.planned) == (2, 1, 1)
    assert (money.total, money.done, money.planned, money.dropped) == (2, 1, 1, 1)


def test_the_overview_answers_with_numbers(signed_in, municipality):
    page = signed_in("desk_reader").get("/municipalities/9901/plan/").content.decode()
    assert "1 of 4 measures are done." in page
    assert "1 is late." in page
    assert "30 days over" in page


@pytest.mark.parametrize(
    ("address", "seen", "unseen"),
    [
        ("late=on", ["Liste over kontakter"], ["Forum hvert år", "Gratis lokaler"]),
        ("owner=health", ["Ett søknadsskjema"], ["Liste over kontakter"]),
        ("owner=-", ["Gratis lokaler"], ["Ett søknadsskjema"]),
        ("field=culture_leisure", ["Liste over kontakter"], ["Forum hvert år"]),
        ("status=done", ["Gratis lokaler"], ["Ett søknadsskjema"]),
        ("status=nonsense", ["Gratis lokaler", "Liste over kontakter"], []),
    ],
)
def test_measures_are_looked_for_in_the_address(signed_in, municipality, address, seen, unseen):
    page = signed_in("desk_reader").get(f"/municipalities/9901/plan/?{address}").content.decode()
    assert all(title in page for title in seen)
    assert not any(title in page for title in unseen)


def test_a_status_is_changed_in_the_list_and_leads_back_to_it(signed_in, municipality, of):
    client = signed_in("contributor")
    answer = client.post(
        "/municipalities/9901/plan/measures/list/status/",
        {"status": "done", "evidence": "Lista er på nett.", "address": "late=on"},
    )
    assert answer.url == "/municipalities/9901/plan/?late=on"
    assert of("measures", "list").status == "done"


def test_without_evidence_the_page_says_so_and_keeps_what_was_written(signed_in, municipality, of):
    client = signed_in("contributor")
    answer = client.post(
        "/municipalities/9901/plan/measures/list/status/",
        {"status": "done", "evidence": "", "late_because": "Ferie", "address": "late=on"},
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "A measure is not done before something shows it." in page
    assert "Ferie" in page
    assert of("measures", "list").status == "under_way"


def test_an_address_to_go_back_to_never_leads_away(signed_in, municipality):
    answer = signed_in("contributor").post(
        "/municipalities/9901/plan/measures/list/status/",
        {"status": "planned", "address": "//elsewhere.example/\r\nSet-Cookie: x"},
    )
    assert answer.url.startswith("/municipalities/9901/plan/?")


def test_from_nothing_to_a_policy_a_goal_and_a_measure(signed_in, municipality):
    for model in (Measure, Goal, Policy):
        model.objects.all().delete()
    client = signed_in("coordinator")
    assert client.get("/municipalities/9901/plan/").status_code == 200
    assert client.get("/municipalities/9901/plan/council/").status_code == 404
    made = client.post("/municipalities/9901/plan/policies/new/", {"title": "Vår politikk"})
    policy = Policy.objects.get()
    assert (policy.state, policy.generation) == ("developing", 1)
    made = client.post(made.url, {"title": "Synlighet"})
    made = client.post(made.url, {"goal": Goal.objects.get().identifier, "title": "Takkefest"})
    measure = Measure.objects.get()
    assert made.url.endswith(f"/plan/measures/{measure.identifier}/")
    assert measure.status == "planned"
    assert {"title", "status", "deadline"} <= set(measure.public)
    assert "note" not in measure.public


def test_a_measure_begins_with_the_advice_that_the_address_names(signed_in, municipality):
    from samspill.advice import load

    advice = load().measures[0]
    page = signed_in("coordinator").get(
        "/municipalities/9901/plan/measures/new/",
        {"advice": advice.identifier, "barrier": "coordination/poor_overview"},
    )
    form = page.context["form"]
    assert form.initial["title"] == advice.titles["en"]
    assert advice.actions["en"] in form.initial["description"]
    assert form.initial["barrier"] == "coordination"
    answer = page.client.post(
        "/municipalities/9901/plan/measures/new/",
        {
            **{name: value for name, value in form.initial.items() if name in form.fields},
            "goal": "known",
        },
    )
    assert answer.status_code == 302
    measure = Measure.objects.order_by("-pk")[0]
    assert measure.advice == advice.identifier
    assert measure.barrier == "coordination"


@pytest.mark.parametrize("address", ["advice=no-such", "barrier=nonsense&field=nonsense", "title="])
def test_an_address_that_names_nothing_gives_an_empty_form(signed_in, municipality, address):
    answer = signed_in("coordinator").get(f"/municipalities/9901/plan/measures/new/?{address}")
    assert answer.status_code == 200


def test_what_waits_today_leads_to_the_measure_in_the_plan(signed_in, municipality):
    page = signed_in("coordinator").get("/municipalities/9901/").content.decode()
    assert "/municipalities/9901/plan/measures/list/" in page
