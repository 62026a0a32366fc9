"""What an organisation changes: its own data at once, the rest as proposals, needs and offers."""

from __future__ import annotations

import datetime

import pytest

from samspill.errors import SamspillError
from samspill.web.audit.models import Event
from samspill.web.municipality.models import Contact, Enquiry, Match, Need, Offer
from samspill.web.organisation.actions.corrections import DECIDED, NATIONAL, OWN, correct

FILLED = {"address": "Sangveien 1", "email": "ny@example.org", "public": ["address"]}


def test_own_data_are_changed_at_once_with_provenance_and_log(signed_in, at, choir):
    answer = signed_in("representative").post(at("correct"), FILLED, follow=True)
    assert answer.status_code == 200
    choir.refresh_from_db()
    assert (choir.address, choir.email, choir.provenance) == (
        "Sangveien 1",
        "ny@example.org",
        "organisation",
    )
    assert "address" in choir.public
    assert "place" not in choir.public
    assert "name" in choir.public
    assert choir.verified_on is not None
    event = Event.objects.filter(action="municipality.change_entry").last()
    assert event.new["address"] == "Sangveien 1"
    assert event.actor.startswith("representative")


def test_a_link_is_told_in_the_log_without_its_token_or_address(client, at, token, choir):
    client.post(at("correct", token=token), FILLED)
    choir.refresh_from_db()
    assert choir.provenance == "organisation"
    actors = set(Event.objects.values_list("actor", flat=True)) - {"test"}
    (actor,) = actors
    assert actor.startswith("link ")
    assert "leder@example.org" not in str(list(Event.objects.values()))


def test_the_municipality_corrects_in_its_own_name(signed_in, at, choir):
    signed_in("contributor").post(at("correct"), FILLED)
    choir.refresh_from_db()
    assert choir.provenance == "municipality"


@pytest.mark.parametrize("column", [*DECIDED, *NATIONAL])
def test_what_others_decide_is_not_changed(signed_in, at, choir, column):
    before = getattr(choir, column)
    signed_in("representative").post(at("correct"), {**FILLED, column: "umbrella"})
    choir.refresh_from_db()
    assert getattr(choir, column) == before
    with pytest.raises(SamspillError):
        correct(
            actor="test",
            organisation=choir,
            values={column: "x"},
            shown=[],
            provenance="organisation",
        )


def test_no_column_is_both_the_organisations_and_anothers():
    assert not set(OWN) & {*DECIDED, *NATIONAL}


def test_a_proposal_waits_as_an_enquiry(signed_in, at, choir):
    given = {"about": "fields", "text": "Også integrering"}
    signed_in("representative").post(at("propose"), given)
    enquiry = Enquiry.objects.get()
    assert enquiry.organisation == choir
    assert "Også integrering" in enquiry.subject
    assert enquiry.answered_on is None
    assert choir.fields == ["culture_leisure"]


def test_saying_that_it_is_right_verifies_the_organisation_and_its_contacts(signed_in, at, choir):
    signed_in("representative").post(at("confirm"))
    choir.refresh_from_db()
    assert choir.verified_on is not None
    assert Contact.objects.get(identifier="anne").verified_on is not None
    assert Contact.objects.get(identifier="kari").verified_on is None
    assert Contact.objects.get(identifier="bjarne").verified_on is None


def test_contacts_are_added_changed_and_leave(signed_in, at):
    client = signed_in("representative")
    given = {"name": "Nils Ny", "kind": "person", "public": ["role"]}
    client.post(at("new_contact"), given)
    nils = Contact.objects.get(name="Nils Ny")
    assert (nils.organisation.identifier, nils.side) == ("choir", "organisation")
    assert not {"name", "email", "phone"} & set(nils.public)
    client.post(at("contact", nils.identifier), {**given, "name": "Nils Nyere"})
    client.post(at("contact_left", nils.identifier))
    nils.refresh_from_db()
    assert (nils.name, nils.public) == ("Nils Nyere", [])
    assert nils.left_on is not None
    assert client.get(at("contact", nils.identifier)).status_code == 404


@pytest.mark.parametrize("contact", ["kari", "bjarne"])
def test_contacts_of_others_are_not_found(signed_in, at, contact):
    client = signed_in("representative")
    assert client.get(at("contact", contact)).status_code == 404
    assert client.post(at("contact_left", contact)).status_code == 404


def test_a_need_is_answered_with_an_offer_once(signed_in, at):
    client = signed_in("representative")
    client.post(at("answer_need", "drivers"), {"offered": "To biler"})
    match = Match.objects.get()
    assert (match.need.identifier, match.organisation.identifier) == ("drivers", "choir")
    assert (match.offered, match.outcome, match.provenance) == (
        "To biler",
        "pending",
        "organisation",
    )
    assert match.follow_up_on == datetime.date.today() + datetime.timedelta(days=90)
    again = client.post(at("answer_need", "drivers"), {"offered": "Enda flere"})
    assert "already" in again.content.decode()
    assert Match.objects.count() == 1


@pytest.mark.parametrize("need", ["draft", "singers"])
def test_needs_that_are_not_published_or_ones_own_are_not_answered(signed_in, at, need):
    assert signed_in("representative").get(at("answer_need", need)).status_code == 404


def test_an_offer_is_answered_with_a_need(signed_in, at):
    client = signed_in("representative")
    client.post(at("answer_offer", "room"), {"title": "Et sted å øve"})
    match = Match.objects.get()
    assert (match.need.title, match.need.organisation.identifier) == ("Et sted å øve", "choir")
    assert match.organisation.identifier == "band"
    assert match.need.published_on is None
    client.post(at("answer_offer", "room"), {"need": "singers"})
    assert Match.objects.filter(need__identifier="singers").exists()
    assert (
        "Choose one of your needs"
        in client.post(at("answer_offer", "room"), {"title": ""}).content.decode()
    )


def test_offers_of_persons_are_never_found(signed_in, at):
    client = signed_in("representative")
    assert client.get(at("answer_offer", "person")).status_code == 404


def test_own_needs_wait_for_the_municipality_and_own_offers_are_open_at_once(signed_in, at, choir):
    client = signed_in("representative")
    client.post(at("new_need"), {"title": "Noter", "field": "culture_leisure"})
    need = Need.objects.get(title="Noter")
    assert (need.organisation, need.published_on, need.provenance) == (choir, None, "organisation")
    client.post(at("new_offer"), {"description": "Et piano"})
    offer = Offer.objects.get(description="Et piano")
    assert (offer.organisation, offer.name, offer.status) == (choir, "", "waiting")
    client.post(at("close_need", need.identifier))
    client.post(at("withdraw_offer", offer.identifier))
    need.refresh_from_db()
    offer.refresh_from_db()
    assert need.closed_on is not None
    assert offer.status == "withdrawn"
    assert client.post(at("close_need", "drivers")).status_code == 404
    assert client.post(at("withdraw_offer", "room")).status_code == 404
