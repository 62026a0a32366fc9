"""Organisations are asked first, then units; what they answer decides what comes next."""

from datetime import timedelta

import pytest
from web.volunteering.receiving import PERSON, day, entry, need, offer, organisation, room, unit

from samspill.errors import SamspillError
from samspill.web.municipality.models import Offer, Referral
from samspill.web.volunteering.actions.daily import follow_up
from samspill.web.volunteering.actions.offers import decline_offer
from samspill.web.volunteering.actions.referrals import (
    answer_referral,
    refer,
    suggestions_for,
)


def names(found):
    return [s.receiver.identifier for s in found]


def test_the_best_to_ask_is_who_needs_and_has_room(municipality):
    organisation(municipality, "same-field")
    organisation(municipality, "same-place", place="storvik ")
    organisation(municipality, "other-field", fields=["culture_leisure"])
    organisation(municipality, "dissolved", status="dissolved")
    full = organisation(municipality, "full")
    room(municipality, full, 0)
    roomy = organisation(municipality, "roomy")
    room(municipality, roomy, 2)
    organisation(municipality, "needing", fields=[])
    need(municipality, "homework", organisation="needing", languages="Arabisk")
    need(municipality, "old", organisation="other-field", closed_on=day())
    found = suggestions_for(offer(municipality))
    assert names(found.organisations) == ["needing", "roomy", "same-place", "same-field"]
    assert found.full == [full]
    assert found.organisations[0].languages == ("arabisk",)


def test_room_is_taken_by_those_asked_and_received_and_given_back_by_a_no(municipality):
    small = organisation(municipality, "small")
    room(municipality, small, 1, field="integration")
    referral = refer(actor="test", offer=offer(municipality), to=small)
    assert suggestions_for(offer(municipality)).full == [small]
    answer_referral(actor="test", referral=referral, accepted=False)
    assert suggestions_for(offer(municipality)).organisations[0].room == 1


def test_a_need_that_is_met_is_no_reason_any_more(municipality):
    receiver = organisation(municipality, "helper", fields=[])
    wanted = need(municipality, "one", organisation="helper", wanted=1)
    referral = refer(actor="test", offer=offer(municipality), to=receiver, need=wanted)
    answer_referral(actor="test", referral=referral, accepted=True)
    assert suggestions_for(offer(municipality)).organisations == []


def test_units_come_only_after_organisations(municipality):
    receiver, service = organisation(municipality, "red-cross"), unit(municipality)
    found = offer(municipality)
    with pytest.raises(SamspillError, match="Red-Cross"):
        refer(actor="test", offer=found, to=service)
    assert not Referral.objects.exists()
    referral = refer(actor="test", offer=found, to=receiver)
    answer_referral(actor="test", referral=referral, accepted=False)
    assert refer(actor="test", offer=found, to=service).municipal_unit == service


def test_a_unit_can_be_asked_where_someone_says_that_no_organisation_can(municipality):
    organisation(municipality, "red-cross")
    service = unit(municipality)
    made = refer(actor="test", offer=offer(municipality), to=service, no_organisation=True)
    assert made.outcome == "pending"


def test_the_one_who_is_asked_sees_who_it_is_after_a_yes_alone(client, municipality, delivered):
    entry(
        municipality, "contacts", "c-1", name="Leder", kind="person", side="organisation",
        organisation=organisation(municipality, "red-cross").identifier, email="leder@rk.example",
    )  # fmt: skip
    found = offer(municipality)
    from samspill.web.municipality.models import Organisation

    with delivered() as box:
        refer(actor="test", offer=found, to=Organisation.objects.get(identifier="red-cross"))
    (letter,) = box
    assert letter.to == ["leder@rk.example"]
    for text in (PERSON["name"], PERSON["email"], PERSON["phone"], PERSON["description"]):
        assert text not in letter.body
    link = "/h/asked/" + letter.body.partition("/h/asked/")[2].split()[0]
    before = client.get(link).content.decode()
    assert PERSON["name"] not in before
    assert PERSON["email"] not in before
    with delivered() as box:
        client.post(link, {"answer": "yes"})
    after = client.get(link).content.decode()
    assert PERSON["name"] in after
    assert PERSON["phone"] in after
    assert box[0].to == [PERSON["email"]]
    assert "Red-Cross" in box[0].body
    client.post(link, {"answer": "no"})
    assert Referral.objects.get().outcome == "accepted", "an answer is given once"
    assert Offer.objects.get().status == "accepted"


def test_after_a_no_the_offer_waits_and_the_same_is_not_suggested_again(client, municipality):
    first, second = organisation(municipality, "a-first"), organisation(municipality, "b-second")
    found = offer(municipality)
    referral = refer(actor="test", offer=found, to=first)
    answer_referral(actor="test", referral=referral, accepted=False)
    found.refresh_from_db()
    assert found.status == "waiting"
    assert [s.receiver for s in suggestions_for(found).organisations] == [second]


def test_an_offer_is_with_one_at_a_time(municipality):
    first, second = organisation(municipality, "a-first"), organisation(municipality, "b-second")
    found = offer(municipality)
    refer(actor="test", offer=found, to=first)
    with pytest.raises(SamspillError):
        refer(actor="test", offer=found, to=second)
    with pytest.raises(SamspillError):
        decline_offer(actor="test", offer=found)


def test_no_answer_is_asked_about_once_and_then_given_up(municipality, delivered):
    receiver = organisation(municipality, "silent")
    found = offer(municipality)
    refer(actor="test", offer=found, to=receiver)
    done = [follow_up(municipality, day() + timedelta(days=n)) for n in range(16)]
    assert [n for n, d in enumerate(done) if d.asked_again] == [7]
    assert [n for n, d in enumerate(done) if d.given_up] == [14]
    found.refresh_from_db()
    assert found.status == "waiting"
    assert Referral.objects.get().outcome == "no_answer"


def test_a_late_yes_counts_while_the_offer_waits(municipality):
    late, other = organisation(municipality, "late"), organisation(municipality, "other")
    found = offer(municipality)
    referral = refer(actor="test", offer=found, to=late)
    follow_up(municipality, day(days=14))
    referral.refresh_from_db()
    answer_referral(actor="test", referral=referral, accepted=True)
    again = offer(municipality)
    referral = refer(actor="test", offer=again, to=late)
    follow_up(municipality, day(days=14))
    refer(actor="test", offer=again, to=other)
    referral.refresh_from_db()
    with pytest.raises(SamspillError):
        answer_referral(actor="test", referral=referral, accepted=True)


def test_the_desk_is_told_when_no_e_mail_reaches_anyone(desk, municipality):
    organisation(municipality, "without", email="")
    found = offer(municipality)
    at = f"/municipalities/9901/volunteers/offers/{found.identifier}/"
    page = desk.post(f"{at}refer/", {"to": "organisation:without"}, follow=True).content.decode()
    assert "Ingen e-post har nådd" in page
    referral = Referral.objects.get()
    desk.post(
        f"/municipalities/9901/volunteers/referrals/{referral.identifier}/answer/",
        {"answer": "yes"},
    )
    assert Offer.objects.get().status == "accepted"


def test_who_nobody_can_receive_is_thanked(municipality, delivered):
    found = offer(municipality)
    with delivered() as box:
        decline_offer(actor="test", offer=found)
    assert box[0].to == [PERSON["email"]]
    assert Offer.objects.get().status == "declined"


def test_the_queue_begins_with_who_has_waited_longest(desk, municipality):
    from samspill.web.municipality.actions.entries import change_entry

    for name, days in (("Ny", 0), ("Eldst", 9), ("Midt", 4)):
        made = offer(municipality, name=name)
        change_entry(actor="test", entry=made, values={"given_on": day(days=-days)})
    rows = desk.get("/municipalities/9901/volunteers/").context["rows"]
    assert [(r.offer.name, r.days) for r in rows] == [("Eldst", 9), ("Midt", 4), ("Ny", 0)]


def test_who_is_asked_by_a_wrong_choice_is_nobody(desk, municipality):
    found = offer(municipality)
    at = f"/municipalities/9901/volunteers/offers/{found.identifier}/refer/"
    for to in ("", "organisation:nobody", "offers:offers-1", "x"):
        assert desk.post(at, {"to": to}).status_code == 302
    assert not Referral.objects.exists()
