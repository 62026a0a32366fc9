"""A person offers help, sees what is stored, changes it, takes it out, and is erased."""

import csv
import io
import json

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command
from django.core.serializers import serialize
from web.volunteering.receiving import PERSON, day, entry, offer, organisation

from samspill.web.audit.models import Event
from samspill.web.municipality.actions.entries import change_entry, remove_entry
from samspill.web.municipality.models import Offer
from samspill.web.volunteering.actions.daily import follow_up
from samspill.web.volunteering.actions.referrals import answer_referral, refer
from samspill.web.volunteering.models import Link
from samspill.web.volunteering.terms import OFFERS_AN_HOUR

FORM = {**PERSON, "fields_wanted": PERSON["fields"], "consent": "on", "homepage": ""}
OF_THE_PERSON = [PERSON[k] for k in ("name", "email", "phone", "description", "place", "times")]
ADDRESS = "/municipalities/9901/help/"


def everything_stored():
    """Every row of every table, as text, without the municipality's own name."""
    rows = [serialize("json", model._base_manager.all()) for model in apps.get_models()]
    return json.dumps([json.loads(row) for row in rows], ensure_ascii=False)


def own(token, part=""):
    return f"/h/{token}/{part}"


def test_an_offer_is_received_confirmed_and_waits(client, municipality, delivered):
    with delivered() as box:
        answer = client.post(ADDRESS, FORM)
    page = client.get(answer["Location"])
    assert page.status_code == 200
    assert PERSON["email"] in page.content.decode()
    made = Offer.objects.get()
    assert (made.status, made.given_on, made.consented_on) == ("waiting", day(), day())
    assert made.expires_on == day(days=90)
    assert made.public == []
    assert box[0].to == [PERSON["email"]]
    assert answer["Location"].partition("?")[0] in box[0].body
    assert PERSON["name"] not in box[0].body, "anyone can write another's address"


def test_the_token_is_kept_nowhere(municipality):
    token = offer(municipality).token
    assert token not in everything_stored()
    assert len(token) >= 32


def test_the_page_of_a_person_is_kept_by_nobody(client, municipality):
    page = client.get(own(offer(municipality).token))
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    ("without", "named"),
    [
        ({"consent": ""}, "consent"),
        ({"fields_wanted": []}, "fields_wanted"),
        ({"email": "", "phone": ""}, "email"),
        ({"email": "no address"}, "email"),
        ({"phone": "ring me"}, "phone"),
        ({"homepage": "https://spam.example"}, "homepage"),
        ({"description": "x" * 501}, "description"),
        ({"fields_wanted": ["no-field"]}, "fields_wanted"),
        ({"name": ""}, "name"),
    ],
)
def test_what_is_missing_is_told_and_nothing_is_kept(client, municipality, without, named):
    answer = client.post(ADDRESS, {**FORM, **without})
    assert answer.status_code == 200
    assert named in answer.context["form"].errors
    assert not Offer.objects.exists()
    assert not Event.objects.filter(subject__startswith="offers/").exists()


def test_the_desk_s_columns_cannot_be_given_from_outside(client, municipality):
    client.post(
        ADDRESS,
        {**FORM, "status": "accepted", "note": "x", "given_on": "2000-01-01", "public": "name"},
    )
    made = Offer.objects.get()
    assert (made.status, made.note, made.given_on, made.public) == ("waiting", "", day(), [])


def test_one_address_cannot_send_without_end(client, municipality):
    codes = [client.post(ADDRESS, FORM).status_code for _ in range(OFFERS_AN_HOUR + 1)]
    assert codes == [302] * OFFERS_AN_HOUR + [429]
    assert Offer.objects.count() == OFFERS_AN_HOUR
    assert client.post(ADDRESS, FORM, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_the_count_of_an_address_does_not_hold_the_address(client, municipality, monkeypatch):
    kept = {}
    monkeypatch.setattr(cache, "set", lambda key, value, *_a, **_k: kept.update({key: value}))
    client.post(ADDRESS, FORM, REMOTE_ADDR="192.0.2.7")
    assert kept
    assert "192.0.2.7" not in str(kept)


def test_a_person_changes_what_is_stored(client, municipality):
    token = offer(municipality).token
    changed = {**FORM, "place": "Nordvik"}
    assert client.get(own(token, "change/")).status_code == 200
    client.post(own(token, "change/"), changed)
    assert Offer.objects.get().place == "Nordvik"
    assert "Nordvik" in client.get(own(token)).content.decode()


def test_all_that_is_stored_is_taken_out(client, municipality):
    found = offer(municipality)
    receiver = organisation(municipality, "red-cross")
    refer(actor="test", offer=found, to=receiver)
    content = json.loads(client.get(own(found.token, "take-out.json")).content)
    for column, value in PERSON.items():
        assert content["offer"][column] == value
    assert content["passed_on_to"][0]["receiver"] == "Red-Cross"
    assert "oppdiktet" in content["notice"]
    file = client.get(own(found.token, "take-out.csv")).content.decode("utf-8-sig")
    cells = {cell for row in csv.reader(io.StringIO(file)) for cell in row}
    assert set(OF_THE_PERSON) <= cells
    assert client.get(own(found.token, "take-out.exe")).status_code == 404


def test_after_withdrawing_nothing_of_the_person_is_left(client, municipality, delivered):
    found = offer(municipality)
    change_entry(
        actor="volunteer",
        entry=found,
        values={"email": "before@eksempel.example", "note": f"Ring {PERSON['phone']}"},
    )
    change_entry(actor="test", entry=found, values={"email": PERSON["email"]})
    receiver = organisation(municipality, "red-cross")
    referral = refer(actor="test", offer=found, to=receiver)
    change_entry(
        actor="test",
        entry=referral,
        values={"note": f"{PERSON['name']} vil ikke på {PERSON['times']}"},
    )
    answer_referral(actor="test", referral=referral, accepted=True)
    enquiry = entry(
        municipality,
        "enquiries",
        "e-1",
        subject="Samtale",
        received_on=day(),
        note=f"Snakket med {PERSON['email'].upper()}",
    )
    change_entry(actor="test", entry=enquiry, values={"note": ""})
    assert all(text in everything_stored() for text in OF_THE_PERSON)

    with delivered() as box:
        answer = client.post(own(found.token, "withdraw/"))
    assert answer.status_code == 200

    erased_here = [t for t in OF_THE_PERSON if t != municipality.name]
    stored = everything_stored().casefold()
    for text in [*erased_here, "before@eksempel.example"]:
        assert text.casefold() not in stored
    assert {m.to[0] for m in box} == {"red-cross@organisation.example", PERSON["email"]}
    assert client.get(own(found.token)).status_code == 410
    left = Offer.objects.get()
    assert (left.status, left.fields, left.given_on) == ("withdrawn", ["integration"], day())
    actions = Event.objects.filter(subject=f"offers/{left.identifier}")
    assert actions.filter(action="volunteering.erase", actor="volunteer").exists()


def test_an_erased_person_does_not_take_others_along(client, municipality):
    """A first name alone is not looked for in what others have written."""
    entry(
        municipality, "contacts", "c-1", name="Tora", kind="person", side="organisation",
        note="Tora er leder",
    )  # fmt: skip
    found = offer(municipality, name="Tora")
    client.post(own(found.token, "withdraw/"))
    logged = Event.objects.get(subject="contacts/c-1")
    assert logged.new["note"] == "Tora er leder"
    logged = Event.objects.filter(subject=f"offers/{found.identifier}").earliest("pk")
    assert logged.new["name"] == "[erased]"


def test_asking_to_withdraw_erases_nothing(client, municipality):
    token = offer(municipality).token
    assert client.get(own(token, "withdraw/")).status_code == 200
    assert client.get(own(token)).status_code == 200


@pytest.mark.parametrize("page", ["", "change/", "prolong/", "withdraw/", "take-out.json"])
def test_a_wrong_token_leads_nowhere(client, municipality, page):
    offer(municipality)
    answer = (
        client.post(own("x" * 32, page)) if page == "prolong/" else client.get(own("x" * 32, page))
    )
    assert answer.status_code in {404, 410}


def test_an_offer_is_reminded_of_expires_and_is_erased(client, municipality, delivered, capsys):
    found = offer(municipality)
    last = found.expires_on

    def in_days(days):
        with delivered() as box:
            done = follow_up(municipality, last + days * (day(days=1) - day()))
        return done, box

    assert in_days(-15)[0].reminded == 0
    done, box = in_days(-14)
    assert (done.reminded, len(box)) == (1, 1)
    assert in_days(0)[0].expired == 0
    done, _ = in_days(1)
    assert done.expired == 1
    assert in_days(30)[0].erased == 0
    assert Offer.objects.get().email == PERSON["email"]
    done, _ = in_days(31)
    assert done.erased == 1
    assert PERSON["email"] not in everything_stored()
    done, box = in_days(32)
    assert (done.erased, box) == (0, [])
    call_command("follow_up_offers")
    assert "9901: 0 reminded, 0 expired, 0 erased" in capsys.readouterr().out


def test_a_reminder_comes_once_and_its_link_prolongs(client, municipality, delivered):
    found = offer(municipality)
    change_entry(actor="test", entry=found, values={"expires_on": day(days=10)})
    with delivered() as box:
        first = follow_up(municipality)
        second = follow_up(municipality)
    assert (first.reminded, second.reminded, len(box)) == (1, 0, 1)
    token = box[0].body.partition("/h/")[2].partition("/")[0]
    client.post(own(token, "prolong/"))
    assert Offer.objects.get().expires_on == day(days=90)
    assert client.get(own(found.token)).status_code == 200, "the first link still works"


def test_who_was_removed_from_the_register_is_erased_from_the_log(municipality):
    found = offer(municipality)
    remove_entry(actor="test", entry=found)
    assert PERSON["email"] in everything_stored()
    assert follow_up(municipality).erased == 0, "a removed entry can be brought back for a while"
    _log_is_older(municipality, days=31)
    assert follow_up(municipality).erased == 1
    assert PERSON["email"] not in everything_stored()
    assert follow_up(municipality).erased == 0


def test_who_was_written_down_at_the_desk_is_erased_too(municipality):
    """Without a link or a day of consent, and also where the desk itself wrote "withdrawn"."""
    common = {"fields": ["integration"], "given_on": day(days=-200)}
    entry(
        municipality, "offers", "typed", name="Skrevet Inn", status="waiting",
        expires_on=day(days=-40), **common,
    )  # fmt: skip
    entry(
        municipality, "offers", "gone", phone="111 22 333", status="withdrawn",
        expires_on=day(days=40), **common,
    )  # fmt: skip
    assert follow_up(municipality).erased == 2
    assert "Skrevet Inn" not in everything_stored()
    assert "111 22 333" not in everything_stored()
    assert follow_up(municipality).erased == 0


def test_every_link_goes_with_the_person(client, municipality):
    found = offer(municipality)
    client.post(own(found.token, "withdraw/"))
    assert not Link.objects.exists()


def test_a_failed_e_mail_loses_nothing_and_tells_no_address(
    client, municipality, settings, caplog, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "web.volunteering.failing.Backend"
    with (
        caplog.at_level("WARNING"),
        django_capture_on_commit_callbacks(execute=True),
    ):
        answer = client.post(ADDRESS, FORM)
    assert answer.status_code == 302
    assert Link.objects.get().sent_at is None
    assert PERSON["email"] not in caplog.text
    assert "could not be sent" in caplog.text


def _log_is_older(municipality, days):
    from datetime import timedelta

    from django.db import models

    moved = models.F("at") - timedelta(days=days)
    models.QuerySet(Event).filter(municipality=municipality.code).update(at=moved)
