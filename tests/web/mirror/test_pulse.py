"""Rounds of the pulse: asked, answered by both sides, and compared as the library compares."""

from __future__ import annotations

import datetime

import polars as pl
import pytest
from django.urls import reverse
from django.utils import timezone

from samspill.errors import SamspillError
from samspill.register.mirror import changes, gaps
from samspill.studies.invented_municipality import pulse
from samspill.web.answering.actions import save_page, submit
from samspill.web.answering.desk import Desk, respondent_of, sheet_of, whole
from samspill.web.demonstration.pulse import load_pulse
from samspill.web.fieldwork.models import Message
from samspill.web.instruments.models import InstrumentVersion
from samspill.web.mirror.actions.rounds import begin_round, study_of
from samspill.web.mirror.models import Asked
from samspill.web.mirror.pulse.answers import answers_of_round
from samspill.web.mirror.pulse.asking import parties
from samspill.web.mirror.reading import Mirror

LATER = timezone.now() + datetime.timedelta(days=20)


@pytest.fixture
def coordinator(person, oterfjord):
    return person("coordinator", oterfjord)


def began(coordinator, oterfjord):
    asked = parties(oterfjord, timezone.localdate())
    return begin_round(
        actor=coordinator, municipality=oterfjord, parties=asked, closes_at=LATER
    ), asked


def test_a_round_asks_both_sides_and_sends_nothing(coordinator, oterfjord):
    made, asked = began(coordinator, oterfjord)
    known = Asked.objects.filter(round=made)
    assert {(one.respondent.side, one.identifier, one.field) for one in known} == {
        (one.side, one.identifier, one.field) for one in asked
    }
    assert made.collection.state == "open"
    assert made.collection.study.invented
    assert not Message.objects.exists()
    assert {one.side for one in asked} == {"municipality", "organisation"}
    assert all(one.field for one in asked if one.side == "organisation")


def test_a_second_round_is_of_the_same_study_and_questionnaire(coordinator, oterfjord):
    first, _asked = began(coordinator, oterfjord)
    second, _asked = began(coordinator, oterfjord)
    assert first.collection.study == second.collection.study == study_of(oterfjord)
    assert InstrumentVersion.objects.count() == 1
    assert (first.collection.identifier, second.collection.identifier) == ("round_1", "round_2")


def test_another_coordinator_runs_the_next_round_too(person, coordinator, oterfjord):
    began(coordinator, oterfjord)
    other = person("coordinator", oterfjord)
    began(other, oterfjord)
    assert study_of(oterfjord).memberships.filter(user=other, role="owner").exists()


def test_nobody_to_ask_on_a_side_is_said(coordinator, oterfjord, empty):
    only = [one for one in parties(oterfjord, timezone.localdate()) if one.side == "organisation"]
    for asked in (only, []):
        with pytest.raises(SamspillError, match="on both sides"):
            begin_round(actor=coordinator, municipality=oterfjord, parties=asked, closes_at=LATER)
    assert study_of(oterfjord) is None


def test_names_of_contacts_do_not_become_names_of_the_studys_units(coordinator, oterfjord):
    made, asked = began(coordinator, oterfjord)
    names = {one.name for one in asked if one.side == "municipality"}
    units = made.collection.study.units.values_list("names__name", flat=True)
    assert not names & set(units)


def test_an_answer_given_by_the_link_counts_where_it_was_asked(coordinator, oterfjord):
    made, _asked = began(coordinator, oterfjord)
    one = Asked.objects.filter(round=made, respondent__side="organisation").first()
    respondent = respondent_of(one.respondent.token)
    desk = Desk(respondent, sheet_of(made.collection, "nb"), "/", "browser")
    for step in whole(desk.sheet):
        given = {a.item: "4" for a in step.asked if a.question.type == "ordinal"}
        save_page(desk=desk, step=step, given=given)
        desk = Desk(respondent_of(one.respondent.token), desk.sheet, "/", "browser")
    assert submit(desk=desk) == ()
    answers = answers_of_round(made)
    assert set(answers["respondent"]) == {one.identifier}
    assert set(answers["field"]) == {one.field}
    assert answers.height == 9
    assert Mirror(oterfjord).gaps["gap"].null_count() == Mirror(oterfjord).gaps.height


@pytest.fixture
def two_rounds(coordinator, oterfjord):
    load_pulse(oterfjord, coordinator)
    answers = pl.DataFrame(pulse(timezone.localdate()), orient="row")
    return {n: answers.filter(pl.col("round") == n) for n in (1, 2)}


def test_gap_and_change_are_the_librarys_of_the_same_answers(two_rounds, oterfjord):
    mirror = Mirror(oterfjord)
    wanted = gaps(two_rounds[2])
    keys = ["field", "variable"]
    assert mirror.gaps.height == wanted.height
    one, other = mirror.gaps.sort(keys), wanted.sort(keys)
    for column in ("municipality_n", "organisation_n", "note"):
        assert one[column].to_list() == other[column].to_list()
    assert one["gap"].to_list() == pytest.approx(other["gap"].to_list(), nan_ok=True)
    wanted = changes(two_rounds[2], two_rounds[1])
    keys = ["field", "side", "variable"]
    one, other = mirror.changes.sort(keys), wanted.sort(keys)
    assert one["pairs"].to_list() == other["pairs"].to_list()
    assert one["change"].to_list() == pytest.approx(other["change"].to_list(), nan_ok=True)


def test_the_page_shows_counts_gaps_and_what_is_suppressed(signed_in, two_rounds, oterfjord):
    client = signed_in("desk_reader", oterfjord)
    address = reverse("mirror:pulse", args=(oterfjord.code,))
    shown = client.get(address)
    (_latest, counts), *_before = shown.context["rounds"]
    sent = two_rounds[2].select("side", "respondent").unique()
    assert [one.answered for one in counts] == [
        sent.filter(pl.col("side") == side).height for side in ("municipality", "organisation")
    ]
    assert "fieldwork" not in shown.content.decode()
    few = gaps(two_rounds[2]).filter(pl.col("field") == "integration")
    rows = client.get(f"{address}?field=integration").context["gaps"]
    by_name = {row.variable: row for row in rows}
    for one in few.to_dicts():
        hidden = one["municipality_mean"] is None
        assert (by_name[one["variable"]].sides[0].mean == "–") == hidden


def test_the_round_is_begun_from_its_page_and_leads_to_the_invitation(signed_in, oterfjord):
    client = signed_in("coordinator", oterfjord)
    address = reverse("mirror:new_round", args=(oterfjord.code,))
    answer = client.post(address, {"closes_at": LATER.date().isoformat()}, follow=True)
    assert answer.status_code == 200
    assert "/messages/invitation/" in answer.redirect_chain[-1][0]
    past = (timezone.localdate() - datetime.timedelta(days=2)).isoformat()
    assert client.post(address, {"closes_at": past}).status_code == 200
