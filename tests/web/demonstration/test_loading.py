"""What the demonstration holds."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from web.keeping import kept

from samspill.errors import SamspillError
from samspill.web.accounts.models import User
from samspill.web.audit.describing import action_label
from samspill.web.audit.models import Event
from samspill.web.demonstration.inventing import place_names
from samspill.web.demonstration.loading import load
from samspill.web.demonstration.opening import clear
from samspill.web.demonstration.people import PEOPLE
from samspill.web.fieldwork.messages.recipients import decisions
from samspill.web.fieldwork.models import Collection, Respondent, Response
from samspill.web.mirror.models import PulseRound
from samspill.web.studies.models import Study

CODES = Path(__file__).parents[4] / "shared" / "norway" / "klass_131_nodes.csv"


loaded_once = kept(load)


@pytest.fixture
def loaded(loaded_once, db):
    """The demonstration."""


def test_the_founding_study_can_be_read_by_anyone(client, loaded):
    founding = Study.objects.get(slug="norway-2018")
    assert not founding.invented
    assert client.get("/results/norway-2018/").status_code == 200


def test_all_other_studies_are_invented(loaded):
    others = Study.objects.exclude(slug="norway-2018")
    assert others.count() == 2
    assert all(study.invented for study in others)


def test_the_invented_survey_has_440_units(loaded):
    study = Collection.objects.get(identifier="survey").study
    assert study.units.filter(ceased_on=None).count() == 440
    assert set(study.attributes.values_list("identifier", flat=True)) == {
        "size",
        "region",
        "has_policy",
    }


def test_two_invented_waves_came_before_with_mergers_and_new_policies(client, loaded):
    study = Study.objects.get(slug="made-up-2026")
    assert study.publications.count() == 3
    assert study.successions.count() == 7
    page = client.get(f"/results/{study.slug}/change/", headers={"accept-language": "en"})
    text = page.content.decode()
    assert "From 2018 to 2026" in text
    assert "Invented data" in text
    assert "Gamlevika, Nyvika → Plogstangen" in text


def test_responses_stand_at_every_stage(loaded):
    survey = Collection.objects.get(identifier="survey")
    responses = Response.objects.filter(respondent__collection=survey)
    assert responses.filter(submitted_at=None).count() > 12
    assert responses.exclude(submitted_at=None).count() > 24
    assert survey.respondents.filter(response=None).count() > 200
    assert survey.respondents.exclude(refused_at=None).exists()
    assert survey.respondents.exclude(bounced_at=None).exists()
    late = responses.filter(saved_at__gt=survey.closes_at)
    assert not late.exists()


@pytest.mark.parametrize(("who", "asked"), [("coordinator", 2), ("organisation", 1)])
def test_each_side_has_something_to_answer(loaded, who, asked):
    waiting = Respondent.objects.filter(email=PEOPLE[who].email, response=None)
    assert waiting.count() == asked


def test_reminders_are_due_to_those_invited_who_are_silent(loaded):
    survey = Collection.objects.get(identifier="survey")
    due = {d.respondent.pk for d in decisions(survey, "reminder") if d.reason is None}
    silent = survey.respondents.filter(
        response__submitted_at=None, refused_at=None, bounced_at=None
    )
    assert due == set(silent.values_list("pk", flat=True))


def test_both_sides_have_answered_the_pulse(loaded):
    pulse = Collection.objects.get(identifier="pulse")
    sides = pulse.respondents.exclude(response__submitted_at=None).values_list("side", flat=True)
    assert Counter(sides).keys() == {"municipality", "organisation"}
    assert min(Counter(sides).values()) > 5


def test_the_municipality_has_asked_both_sides_twice(loaded):
    rounds = PulseRound.objects.filter(municipality__invented=True)
    assert rounds.count() == 2
    for each in rounds:
        sides = each.collection.respondents.exclude(response__submitted_at=None)
        assert min(Counter(sides.values_list("side", flat=True)).values()) > 10
        assert each.collection.state == "closed"


def test_the_latest_changes_are_told_in_words(loaded):
    actions = set(Event.objects.values_list("action", flat=True))
    assert not actions & {action_label(action) for action in actions}


def test_the_founding_study_asks_for_nothing_more(client, loaded):
    client.force_login(User.objects.get(email=PEOPLE["researcher"].email))
    page = client.get("/studies/norway-2018/")
    assert page.context["next"] is None


def test_no_place_in_it_exists():
    if not CODES.exists():
        pytest.skip("the list of Norwegian municipalities is not here")
    with CODES.open(encoding="utf-8") as file:
        real = {row["name"].casefold() for row in csv.DictReader(file)}
    assert not real & {name.casefold() for name in place_names()}
    assert len(set(place_names())) == 440


def test_nobody_has_a_password(loaded):
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_loading_again_changes_nothing(loaded):
    before = Response.objects.count()
    load()
    assert (User.objects.count(), Response.objects.count()) == (len(PEOPLE), before)


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.docx").write_text("years of work")
    with pytest.raises(SamspillError, match="something else"):
        clear(tmp_path, keep=False)
    assert (tmp_path / "thesis.docx").read_text() == "years of work"


def test_an_earlier_demonstration_is_emptied_or_kept(tmp_path):
    clear(tmp_path, keep=False)
    left = tmp_path / "samspill.sqlite3"
    left.write_text("answers")
    clear(tmp_path, keep=True)
    assert left.exists()
    clear(tmp_path, keep=False)
    assert not left.exists()


def test_the_sources_show_every_state_one_memo_open_and_one_closed(loaded):
    from samspill.web.triangulation.gathering import gathered

    display = gathered(Study.objects.get(slug="made-up-2026")).display
    assert all(display.count().values())
    open_row = display.row("policy_place", "children_youth")
    closed = display.row("policy_place", "health_care")
    assert (open_row.standing, closed.standing) == ("open", "closed")
    assert open_row.memo.reasons
    assert closed.memo.decisions[0].kind == "close"


def test_readers_see_the_sources_and_placement_rests_on_the_survey(client, loaded):
    from samspill.web.interviews.asking.survey import survey_of

    shown = client.get("/results/made-up-2026/sources/")
    assert shown.status_code == 200
    assert "policy_place" in shown.content.decode()
    survey = survey_of(Study.objects.get(slug="made-up-2026"))
    assert survey is not None
    assert "has_relation" in survey.indicators["indicator"]
