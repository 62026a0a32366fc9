"""A person's review of what the register answers, and where the reviewed answers go."""

from __future__ import annotations

import io
import zipfile

import polars as pl
import pytest
from django.urls import reverse
from django.utils import timezone

from samspill.errors import SamspillError
from samspill.instrument import Item, shipped_instrument
from samspill.web.audit.models import Event
from samspill.web.fieldwork.actions.collections import create_collection, open_collection
from samspill.web.fieldwork.actions.respondents import Entry, add_respondent
from samspill.web.fieldwork.models import Response
from samspill.web.fieldwork.responses import answers_of
from samspill.web.instruments.actions import add_instrument
from samspill.web.mirror.actions.prefilling import prefill
from samspill.web.mirror.actions.reviews import review_answer
from samspill.web.mirror.models import Review
from samspill.web.mirror.questions import answers_of as register_answers
from samspill.web.mirror.reading import Mirror
from samspill.web.municipality.actions.entries import add_entry
from samspill.web.studies.models import Study, Unit


def answer_named(municipality, variable, field=""):
    found = register_answers(Mirror(municipality))
    return next(one for one in found if (one.variable, one.field) == (variable, field))


@pytest.fixture
def coordinator(person, oterfjord):
    return person("coordinator", oterfjord)


def test_accepting_is_logged_and_counts(signed_in, oterfjord):
    client = signed_in("contributor", oterfjord)
    address = reverse("mirror:answer", args=(oterfjord.code, "single_cases", "health_care"))
    answer = client.post(address, {"value": "1", "reason": ""})
    assert answer.status_code == 302
    event = Event.objects.filter(action="mirror.review_answer").get()
    assert event.municipality == oterfjord.code
    assert event.new == {"said": "1", "value": "1", "reason": ""}
    shown = client.get(reverse("mirror:questionnaire", args=(oterfjord.code,)))
    assert shown.context["reviewed"] == 1


def test_a_correction_without_a_reason_is_refused_and_nothing_is_lost(signed_in, oterfjord):
    client = signed_in("coordinator", oterfjord)
    address = reverse("mirror:answer", args=(oterfjord.code, "single_cases", "health_care"))
    answer = client.post(address, {"value": "0", "reason": " "})
    assert "A correction needs a reason." in answer.content.decode()
    assert answer.context["form"]["value"].value() == "0"
    assert not Review.objects.exists()
    assert client.post(address, {"value": "0", "reason": "Avsluttet i vår"}).status_code == 302
    held = answer_named(oterfjord, "single_cases", "health_care")
    assert held.is_corrected
    assert (held.value, held.said) == ("0", "1")


@pytest.mark.parametrize("value", ["2", "yes", "<script>"])
def test_what_is_no_answer_is_refused(coordinator, oterfjord, value):
    with pytest.raises(SamspillError, match="is no answer"):
        review_answer(
            actor=coordinator,
            municipality=oterfjord,
            variable="single_cases",
            field="health_care",
            said="1",
            value=value,
            reason="x",
        )


def test_a_review_no_longer_holds_when_the_register_answers_otherwise(coordinator, oterfjord):
    before = answer_named(oterfjord, "meeting_point", "health_care")
    assert before.said == "0"
    review_answer(
        actor=coordinator,
        municipality=oterfjord,
        variable="meeting_point",
        field="health_care",
        said="0",
        value="0",
    )
    assert answer_named(oterfjord, "meeting_point", "health_care").is_reviewed
    add_entry(
        actor=coordinator,
        municipality=oterfjord,
        table="bodies",
        values={
            "name": "Helsekafeen",
            "type": "meeting_point",
            "fields": ("health_care",),
            "established_on": timezone.localdate(),
        },
    )
    after = answer_named(oterfjord, "meeting_point", "health_care")
    assert after.is_stale
    assert after.value == "1"


def test_an_open_answer_does_not_stand_in_the_log(coordinator, oterfjord):
    review_answer(
        actor=coordinator,
        municipality=oterfjord,
        variable="challenges",
        field="",
        said="",
        value="For få møteplasser",
    )
    event = Event.objects.filter(action="mirror.review_answer").get()
    assert "møteplasser" not in repr((event.old, event.new))
    assert answer_named(oterfjord, "challenges").value == "For få møteplasser"


def test_all_that_entries_speak_for_is_accepted_and_what_was_said_before_stands(
    signed_in, oterfjord, coordinator
):
    review_answer(
        actor=coordinator,
        municipality=oterfjord,
        variable="single_cases",
        field="health_care",
        said="1",
        value="0",
        reason="Avsluttet",
    )
    signed_in("coordinator", oterfjord).post(reverse("mirror:accept", args=(oterfjord.code,)))
    for one in register_answers(Mirror(oterfjord)):
        assert one.is_reviewed == bool(one.entries)
    assert answer_named(oterfjord, "single_cases", "health_care").value == "0"


def test_the_files_are_those_of_a_study_folder_and_say_that_it_is_invented(
    signed_in, oterfjord, coordinator
):
    review_answer(
        actor=coordinator,
        municipality=oterfjord,
        variable="single_cases",
        field="health_care",
        said="1",
        value="0",
        reason="Avsluttet",
    )
    client = signed_in("desk_reader", oterfjord)
    answer = client.get(reverse("mirror:export", args=(oterfjord.code,)))
    assert "invented" in answer["Content-Disposition"]
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.read("README.txt").decode().startswith("INVENTED")
    table = pl.read_csv(archive.read("answers.csv"), infer_schema=False)
    assert table.columns == ["unit", "field", "variable", "value"]
    assert set(table["unit"]) == {oterfjord.code}
    corrected = table.filter(pl.col("variable") == "single_cases", pl.col("field") == "health_care")
    assert corrected["value"].to_list() == ["0"]
    known = [one for one in register_answers(Mirror(oterfjord)) if one.value]
    assert table.height == len(known) - 1
    units = pl.read_csv(archive.read("units.csv"), infer_schema=False)
    assert units.to_dicts() == [{"unit": oterfjord.code, "has_policy": "yes"}]


@pytest.fixture
def invited(coordinator, oterfjord):
    """The municipality as a respondent of someone else's survey."""
    study = Study.objects.create(slug="survey", title={"en": "Survey"}, year=2026)
    wave = study.waves.create(identifier="w", title={"en": "W"}, reference_date="2026-01-01")
    version = add_instrument(
        actor=coordinator, study=study, content=shipped_instrument("norway-2018")
    )
    unit = Unit.objects.create(study=study, identifier=oterfjord.code)
    collection = create_collection(
        actor=coordinator,
        study=study,
        wave=wave,
        version=version,
        identifier="survey",
        title={"en": "Survey"},
    )
    respondent = add_respondent(
        actor=coordinator, collection=collection, entry=Entry(unit=unit, email="a@example.org")
    )
    open_collection(actor=coordinator, collection=collection)
    return respondent


def test_what_is_reviewed_is_filled_in_where_the_municipality_is_invited(
    signed_in, oterfjord, invited
):
    client = signed_in("coordinator", oterfjord)
    client.post(reverse("mirror:accept", args=(oterfjord.code,)))
    link = "https://samspill.example" + reverse("answering:start", args=[invited.token])
    answer = client.post(reverse("mirror:prefill", args=(oterfjord.code,)), {"address": link})
    assert answer.url == reverse("answering:overview", args=[invited.token])
    response = Response.objects.get(respondent=invited)
    assert response.submitted_at is None
    given = answers_of(response)
    reviewed = {
        Item(one.field, one.variable): one.value
        for one in register_answers(Mirror(oterfjord))
        if one.is_reviewed and one.variable != "has_policy"
    }
    assert given == reviewed


def test_what_is_answered_already_is_left(coordinator, oterfjord, invited):
    link = reverse("answering:start", args=[invited.token])
    given = [answer_named(oterfjord, "has_relation", "culture_leisure")]
    review_answer(
        actor=coordinator,
        municipality=oterfjord,
        variable="has_relation",
        field="culture_leisure",
        said=given[0].said,
        value=given[0].said,
    )
    for expected in (1, 0):
        _token, filled = prefill(
            actor=coordinator,
            municipality=oterfjord,
            address=link,
            answers=register_answers(Mirror(oterfjord)),
        )
        assert filled == expected


@pytest.mark.parametrize(
    "address", ["", "nonsense", "https://elsewhere.example/a/wrong/", "/a/x/", "/results/"]
)
def test_a_link_that_opens_nothing_is_said(signed_in, oterfjord, address):
    client = signed_in("coordinator", oterfjord)
    answer = client.post(reverse("mirror:prefill", args=(oterfjord.code,)), {"address": address})
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_a_closed_questionnaire_is_not_filled_in(coordinator, oterfjord, invited):
    invited.collection.closes_at = timezone.now()
    invited.collection.save()
    with pytest.raises(SamspillError, match="cannot be answered"):
        prefill(
            actor=coordinator,
            municipality=oterfjord,
            address=reverse("answering:start", args=[invited.token]),
            answers=[],
        )
