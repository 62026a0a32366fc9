"""Answers received by telephone or on paper."""

from __future__ import annotations

import pytest
from django.utils import timezone
from instrument.instrument_examples import small
from web.fieldwork.fielding import ask, make_collection, make_units

from samspill.instrument import Item
from samspill.web.audit.models import Event
from samspill.web.fieldwork.models import Response
from samspill.web.fieldwork.responses import answers_of
from samspill.web.studies.models import UnitName

FIELDWORK = "/studies/trial/fieldwork/autumn/"
FIRST = {"culture_leisure/has_relation": "0", "integration/has_relation": "0"}


@pytest.fixture
def respondents(study, wave):
    collection = make_collection(study, wave, small())
    collection.opens_at = timezone.now()
    collection.save()
    units = make_units(study, 3)
    for unit, name in zip(units, ("Ås", "Bø", "Eid"), strict=True):
        UnitName.objects.create(unit=unit, code=unit.identifier[1:], name=name)
    return ask(collection, units)


def desk(respondent, mode="phone") -> str:
    return f"{FIELDWORK}enter/{respondent.pk}/{mode}/"


def test_respondents_are_found_by_name_code_and_identifier(respondents, client_of):
    client = client_of("analyst")
    everyone = client.get(f"{FIELDWORK}enter/").content.decode()
    assert all(name in everyone for name in ("Ås", "Bø", "Eid"))
    for sought in ("bø", "002", "u002"):
        found = client.get(f"{FIELDWORK}enter/", {"q": sought}).content.decode()
        assert desk(respondents[1]) in found
        assert desk(respondents[0]) not in found
    assert "u001" not in client.get(f"{FIELDWORK}enter/", {"q": "nothing"}).content.decode()


@pytest.mark.parametrize("mode", ["phone", "paper"])
def test_what_is_entered_is_the_respondents_own_and_says_how_it_came(respondents, client_of, mode):
    client, one = client_of("analyst"), respondents[0]
    shown = client.get(desk(one, mode), follow=True)
    assert shown.status_code == 200
    sent = client.post(f"{desk(one, mode)}page/first/", {**FIRST, "base": "0"})
    assert sent.status_code == 303
    assert sent["Location"].startswith(desk(one, mode))
    response = Response.objects.get(respondent=one)
    assert response.mode == mode
    assert response.entered_by.memberships.get().role == "analyst"
    assert answers_of(response)[Item("integration", "has_relation")] == "0"

    received = client.post(f"{desk(one, mode)}review/", follow=True)
    assert received.status_code == 200
    response.refresh_from_db()
    assert response.submitted_at is not None
    events = Event.objects.filter(action__contains=".enter_").order_by("id")
    assert [event.action for event in events] == [
        "answering.enter_page",
        "fieldwork.enter_response",
    ]
    assert events[1].new == {"mode": mode}
    assert all("has_relation" not in str(event.new) for event in events)

    client.logout()
    own = client.get(f"/a/{one.token}/page/first/").content.decode()
    assert own.count("checked") == 2


def test_paper_may_come_after_closing(respondents, client_of):
    collection = respondents[0].collection
    collection.closes_at = timezone.now()
    collection.save()
    client = client_of("owner")
    assert client.get(desk(respondents[0]), follow=True).status_code == 200
    assert client.post(f"{desk(respondents[0])}page/first/", FIRST).status_code == 303


def test_a_refusal_by_telephone_is_recorded(respondents, client_of):
    client = client_of("owner")
    client.post(f"{desk(respondents[2])}decline/")
    respondents[2].refresh_from_db()
    assert respondents[2].refused_at is not None


@pytest.mark.parametrize("role", ["reader", "coder"])
def test_readers_and_coders_enter_nothing(respondents, client_of, role):
    client = client_of(role)
    for address in (f"{FIELDWORK}enter/", desk(respondents[0])):
        assert client.get(address).status_code == 403
    assert client.post(f"{desk(respondents[0])}page/first/", FIRST).status_code == 403
    assert not Response.objects.exists()


def test_another_studys_respondents_are_out_of_reach(respondents, client, make_user):
    from samspill.web.studies.models import Study

    other = Study.objects.create(slug="other", title={"en": "Other"}, year=2026)
    client.force_login(make_user("owner", other))
    stolen = f"/studies/other/fieldwork/autumn/enter/{respondents[0].pk}/phone/"
    assert client.get(stolen).status_code == 404
    assert client.get(desk(respondents[0])).status_code == 404


def test_answers_do_not_come_by_pigeon(respondents, client_of):
    assert client_of("owner").get(desk(respondents[0], "pigeon")).status_code == 404
