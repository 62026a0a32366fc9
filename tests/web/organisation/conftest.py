"""A municipality that an organisation works with, and everyone who may come to its page."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from web.keeping import kept

from samspill.web.access import roles
from samspill.web.access.models import Position
from samspill.web.municipality.actions.intake import take_in
from samspill.web.municipality.models import Municipality, Organisation
from samspill.web.organisation.actions.keys import make_link

TODAY = datetime.date.today()
SOON, PAST = TODAY + datetime.timedelta(days=10), TODAY - datetime.timedelta(days=10)
CULTURE = ("culture_leisure",)
ROWS = {
    "municipal_units": [{"identifier": "culture", "name": "Kulturetaten", "fields": CULTURE}],
    "organisations": [
        {
            "identifier": "choir",
            "name": "Fjordkoret",
            "kind": "organisation",
            "fields": CULTURE,
            "status": "active",
            "place": "Fjord",
            "email": "koret@example.org",
            "note": "Hard to reach",
        },
        {
            "identifier": "band",
            "name": "Fjordkorpset",
            "kind": "organisation",
            "fields": CULTURE,
            "status": "active",
            "place": "Vika",
        },
    ],
    "contacts": [
        {
            "identifier": "kari",
            "name": "Kari Kommunal",
            "kind": "person",
            "side": "municipality",
            "municipal_unit": "culture",
            "phone": "99 00 00 01",
        },
        {
            "identifier": "mette",
            "name": "Mette Hemmelig",
            "kind": "person",
            "side": "municipality",
            "municipal_unit": "culture",
            "fields": CULTURE,
        },
        {
            "identifier": "post",
            "name": "Kulturpost",
            "kind": "function",
            "side": "municipality",
            "municipal_unit": "culture",
            "matters": "Søknader; Lokaler",
            "fields": CULTURE,
            "email": "kultur@example.org",
            "public": "name;kind;side;municipal_unit;matters;fields;email",
        },
        {
            "identifier": "anne",
            "name": "Anne Oppdiktet",
            "kind": "person",
            "side": "organisation",
            "organisation": "choir",
            "email": "anne@example.org",
        },
        {
            "identifier": "bjarne",
            "name": "Bjarne Korpsmann",
            "kind": "person",
            "side": "organisation",
            "organisation": "band",
        },
    ],
    "agreements": [
        {
            "identifier": "house",
            "title": "Bruk av kulturhuset",
            "organisation": "choir",
            "municipal_unit": "culture",
            "review_on": SOON,
            "note": "Costs too much",
        }
    ],
    "relations": [
        {
            "identifier": "song",
            "organisation": "choir",
            "municipal_unit": "culture",
            "field": "culture_leisure",
            "form": "single_cases",
            "organisation_contact": "anne",
            "municipal_contact": "kari",
            "note": "Only seen at the desk",
        }
    ],
    "bodies": [{"identifier": "council", "name": "Kulturrådet", "type": "council"}],
    "seats": [
        {"identifier": "seat", "body": "council", "side": "organisation", "organisation": "choir"}
    ],
    "meetings": [
        {
            "identifier": "next",
            "title": "Rådsmøte",
            "body": "council",
            "held_on": SOON,
            "present": ("choir", "band"),
        },
    ],
    "schemes": [
        {
            "identifier": "money",
            "name": "Kulturmidler",
            "economic_relation": "operating_grant",
            "fields": CULTURE,
            "deadline": SOON,
        }
    ],
    "grants": [
        {
            "identifier": "grant",
            "organisation": "choir",
            "scheme": "money",
            "economic_relation": "operating_grant",
            "field": "culture_leisure",
            "year": 2026,
            "decision": "granted",
            "amount": 25_000,
        },
        {
            "identifier": "refused",
            "organisation": "band",
            "economic_relation": "operating_grant",
            "field": "culture_leisure",
            "year": 2026,
            "decision": "refused",
            "amount": 0,
        },
    ],
    "needs": [
        {
            "identifier": "drivers",
            "title": "Sjåfører til turneen",
            "organisation": "band",
            "field": "culture_leisure",
            "published_on": PAST,
            "open_until": SOON,
        },
        {
            "identifier": "singers",
            "title": "Flere stemmer",
            "organisation": "choir",
            "field": "culture_leisure",
            "published_on": PAST,
        },
        {"identifier": "draft", "title": "Ikke publisert", "organisation": "band"},
    ],
    "offers": [
        {
            "identifier": "room",
            "organisation": "band",
            "fields": CULTURE,
            "description": "Øvingsrommet er ledig på mandager",
            "given_on": PAST,
            "expires_on": SOON,
            "status": "waiting",
        },
        {
            "identifier": "person",
            "name": "Ola Oppdiktet",
            "email": "ola@example.org",
            "description": "Vil gjerne synge",
            "given_on": PAST,
            "expires_on": SOON,
            "status": "waiting",
        },
    ],
}


def _written() -> int:
    made = Municipality.objects.create(code="9901", name="Fjord", invented=True)
    take_in(actor="test", municipality=made, rows=ROWS)
    return made.pk


written = kept(_written)


@pytest.fixture
def municipality(written, db):
    return Municipality.objects.get(pk=written)


@pytest.fixture
def choir(municipality):
    return Organisation.objects.select_related("municipality").get(identifier="choir")


@pytest.fixture
def band(municipality):
    return Organisation.objects.select_related("municipality").get(identifier="band")


@pytest.fixture
def person(municipality, choir, band):
    """``person("representative")`` speaks for the choir, ``other`` for the band, ``stranger`` is a
    coordinator in another municipality; any other role is one at the desk."""
    from samspill.web.accounts.models import User

    def make(role: str):
        user = User.objects.create_user(f"{role}-{User.objects.count()}@example.org")
        given = {"municipality": municipality, "role": role}
        if role == "representative":
            given["organisation"] = choir
        elif role == "other":
            given |= {"role": roles.REPRESENTATIVE, "organisation": band}
        elif role == "stranger":
            elsewhere = Municipality.objects.create(code="9902", name="Fjell")
            given = {"municipality": elsewhere, "role": roles.COORDINATOR}
        Position.objects.create(user=user, **given)
        return user

    return make


@pytest.fixture
def signed_in(client, person):
    """``signed_in("coordinator")``: a client signed in with a role, in English."""

    def sign_in(role: str):
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        if role != "anonymous":
            client.force_login(person(role))
        return client

    return sign_in


@pytest.fixture
def token(choir):
    """The token of a personal link to the choir's page."""
    return make_link(actor="test", organisation=choir, email="leder@example.org", days=30)[1]


@pytest.fixture
def at():
    """``at("needs")``: the address of a page of the choir; with ``token=`` by a personal link."""

    def address(page: str, *rest: str, token: str = "") -> str:
        if token:
            return reverse(f"organisation_link:{page}", args=(token, *rest))
        return reverse(f"organisation:{page}", args=("9901", "choir", *rest))

    return address
