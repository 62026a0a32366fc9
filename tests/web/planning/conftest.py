"""A municipality with a plan under way, and people with each role there."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone
from web.keeping import kept

from samspill.web.access import roles
from samspill.web.access.models import Position
from samspill.web.municipality.actions.intake import take_in
from samspill.web.municipality.models import MODELS, Municipality, Organisation


def rows(today: datetime.date):
    def on(days: int) -> datetime.date:
        return today + datetime.timedelta(days=days)

    return {
        "municipal_units": [
            {"identifier": "culture", "name": "Kulturetaten", "email": "kultur@example.org"},
            {"identifier": "health", "name": "Helseetaten"},
        ],
        "organisations": [
            {
                "identifier": name,
                "name": title,
                "kind": kind,
                "fields": (field,),
                "members": members,
                "email": email,
                "status": "active",
            }
            for name, title, kind, field, members, email in (
                ("choir", "Fjordkoret", "organisation", "culture_leisure", 20, "kor@example.org"),
                ("sports", "Fjord idrettslag", "organisation", "culture_leisure", 900, ""),
                ("care", "Fjord omsorgslag", "organisation", "health_care", 40, ""),
                ("council", "Fjord idrettsråd", "umbrella", "culture_leisure", None, ""),
            )
        ],
        "contacts": [
            {
                "identifier": "kari",
                "name": "Kari Oppdiktet",
                "kind": "person",
                "side": "municipality",
                "municipal_unit": "culture",
                "fields": ("culture_leisure",),
                "email": "kari.oppdiktet@example.org",
                "verified_on": on(-10),
            },
            {
                "identifier": "care-leader",
                "name": "Ola Oppdiktet",
                "kind": "person",
                "side": "organisation",
                "organisation": "care",
                "email": "ola.oppdiktet@example.org",
            },
        ],
        "bodies": [{"identifier": "forum", "name": "Frivillighetsforum", "type": "meeting_point"}],
        "seats": [
            {"identifier": "s1", "body": "forum", "side": "organisation", "organisation": "sports"}
        ],
        "policies": [
            {
                "identifier": "policy",
                "title": "Fjords frivillighetspolitikk",
                "generation": 1,
                "state": "adopted",
                "adopted_on": on(-400),
                "case_number": "25/17",
            }
        ],
        "goals": [
            {"identifier": "known", "policy": "policy", "order": 1, "title": "Alle vet hvem"},
            {"identifier": "money", "policy": "policy", "order": 2, "title": "Trygge rammer"},
        ],
        "measures": [
            {
                "identifier": "list",
                "goal": "known",
                "title": "Liste over kontakter",
                "municipal_unit": "culture",
                "contact": "kari",
                "field": "culture_leisure",
                "deadline": on(-30),
                "status": "under_way",
                "note": "Bare for oss",
                "cost": 20_000,
            },
            {
                "identifier": "forum",
                "goal": "known",
                "title": "Forum hvert år",
                "municipal_unit": "culture",
                "deadline": on(7),
                "every_year": True,
                "status": "planned",
            },
            {
                "identifier": "grants",
                "goal": "money",
                "title": "Ett søknadsskjema",
                "municipal_unit": "health",
                "deadline": on(5),
                "status": "planned",
            },
            {
                "identifier": "rooms",
                "goal": "money",
                "title": "Gratis lokaler",
                "deadline": on(-100),
                "status": "done",
                "done_on": on(-110),
                "evidence": "Vedtatt i budsjettet.",
            },
            {
                "identifier": "dropped",
                "goal": "money",
                "title": "Prisen",
                "deadline": on(-3),
                "status": "dropped",
            },
        ],
        "schemes": [
            {
                "identifier": "small",
                "name": "Nærmiljømidler",
                "economic_relation": "activity_grant",
                "deadline": on(20),
            }
        ],
    }


@pytest.fixture
def today():
    return timezone.localdate()


def _written() -> int:
    made = Municipality.objects.create(code="9901", name="Fjord", invented=True)
    take_in(actor="test", municipality=made, rows=rows(timezone.localdate()))
    return made.pk


written = kept(_written)


@pytest.fixture
def municipality(written, db):
    return Municipality.objects.get(pk=written)


@pytest.fixture
def of(municipality):
    """``of("measures", "list")``: an entry as it is now."""
    return lambda table, identifier: MODELS[table]._default_manager.get(
        municipality=municipality, identifier=identifier
    )


@pytest.fixture
def person(municipality):
    """``person("contributor")`` makes a user with a role at the desk; ``stranger`` coordinates
    another municipality, ``representative`` speaks for the choir."""
    from samspill.web.accounts.models import User

    def make(role: str):
        user = User.objects.create_user(f"{role}-{User.objects.count()}@example.org")
        where, held, organisation = municipality, role, None
        if role == "stranger":
            where = Municipality.objects.create(code="9902", name="Fjell")
            held = roles.COORDINATOR
        elif role == roles.REPRESENTATIVE:
            organisation = Organisation.objects.get(municipality=where, identifier="choir")
        Position.objects.create(municipality=where, user=user, role=held, organisation=organisation)
        return user

    return make


@pytest.fixture
def signed_in(client, person):
    """``signed_in("coordinator")``: a client signed in with a role at the desk, reading English."""
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"

    def sign_in(role: str):
        if role != "anonymous":
            client.force_login(person(role))
        return client

    return sign_in


@pytest.fixture
def process(municipality, today):
    """A policy being made, with nobody on the list yet."""
    from samspill.web.planning.actions.process import begin_process

    return begin_process(
        actor="test",
        municipality=municipality,
        values={
            "title": "Ny politikk",
            "fields": ["culture_leisure", "health_care"],
            "deadline": today + datetime.timedelta(days=60),
        },
    )
