"""A municipality with a little in its register, and people with each role there."""

from __future__ import annotations

import datetime

import pytest
from web.keeping import kept

from samspill.web.access import roles
from samspill.web.access.models import Position
from samspill.web.municipality.actions.intake import take_in
from samspill.web.municipality.models import Municipality, Organisation

ROWS = {
    "municipal_units": [
        {"identifier": "culture", "name": "Kulturetaten", "fields": ("culture_leisure",)},
        {"identifier": "library", "name": "Biblioteket", "parent": "culture"},
    ],
    "organisations": [
        {
            "identifier": "choir",
            "name": "Fjordkoret",
            "kind": "organisation",
            "fields": ("culture_leisure",),
            "members": 40,
            "status": "active",
            "verified_on": datetime.date(2020, 1, 1),
        },
        {
            "identifier": "red-cross",
            "name": "Fjord omsorgslag",
            "kind": "organisation",
            "fields": ("health_care",),
            "members": 300,
            "status": "active",
        },
    ],
    "contacts": [
        {
            "identifier": "anne",
            "name": "Anne Oppdiktet",
            "kind": "person",
            "side": "organisation",
            "organisation": "choir",
            "email": "anne@example.org",
        }
    ],
    "relations": [
        {
            "identifier": "song",
            "organisation": "choir",
            "municipal_unit": "culture",
            "field": "culture_leisure",
            "form": "single_cases",
            "valid_from": datetime.date(2024, 1, 1),
            "organisation_contact": "anne",
            "note": "Only seen at the desk",
        }
    ],
    "offers": [
        {
            "identifier": "help",
            "name": "Ola Oppdiktet",
            "given_on": datetime.date(2026, 1, 1),
            "expires_on": datetime.date(2099, 1, 1),
            "status": "waiting",
        }
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
def elsewhere(db):
    return Municipality.objects.create(code="9902", name="Fjell")


@pytest.fixture
def person(municipality, elsewhere):
    """``person("contributor")`` makes a user with a role at the desk; ``stranger`` has the first
    role in another municipality, ``representative`` speaks for the choir."""
    from samspill.web.accounts.models import User

    def make(role: str):
        user = User.objects.create_user(f"{role}-{User.objects.count()}@example.org")
        if role == "stranger":
            Position.objects.create(municipality=elsewhere, user=user, role=roles.COORDINATOR)
        else:
            choir = Organisation.objects.get(municipality=municipality, identifier="choir")
            represented = choir if role == roles.REPRESENTATIVE else None
            Position.objects.create(
                municipality=municipality, user=user, role=role, organisation=represented
            )
        return user

    return make


@pytest.fixture
def signed_in(client, person):
    """``signed_in("coordinator")``: a client signed in with a role at the desk."""

    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"

    def sign_in(role: str):
        if role != "anonymous":
            client.force_login(person(role))
        return client

    return sign_in
