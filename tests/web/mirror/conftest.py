"""The invented municipality at a desk of its own, and people with each role there."""

from __future__ import annotations

import pytest
from django.utils import timezone
from web.keeping import kept

from samspill.studies.invented_municipality import MUNICIPALITY, invent
from samspill.web.access import roles
from samspill.web.access.models import Position
from samspill.web.municipality.actions.intake import take_in
from samspill.web.municipality.models import Municipality, Organisation


def _registered() -> int:
    made = Municipality.objects.create(
        code=MUNICIPALITY.code, name=MUNICIPALITY.name, invented=True
    )
    take_in(actor="test", municipality=made, rows=invent(timezone.localdate()))
    return made.pk


registered = kept(_registered)


@pytest.fixture
def oterfjord(registered, db):
    return Municipality.objects.get(pk=registered)


@pytest.fixture
def empty(db):
    return Municipality.objects.create(code="9902", name="Fjell")


@pytest.fixture
def person(db):
    """``person("contributor", municipality)`` makes a user with a role there."""
    from samspill.web.accounts.models import User

    def make(role: str, municipality: Municipality) -> User:
        user = User.objects.create_user(f"{role}-{User.objects.count()}@example.org", name=role)
        represented = None
        if role == roles.REPRESENTATIVE:
            represented = Organisation.objects.filter(municipality=municipality).first()
        Position.objects.create(
            municipality=municipality, user=user, role=role, organisation=represented
        )
        return user

    return make


@pytest.fixture
def signed_in(client, person):
    """``signed_in("coordinator", municipality)``: a client signed in with a role there."""
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"

    def sign_in(role: str, municipality: Municipality):
        client.force_login(person(role, municipality))
        return client

    return sign_in


@pytest.fixture
def founding(db, person):
    """The founding study, published."""
    from samspill.web.accounts.models import User
    from samspill.web.demonstration.loading import _founding_study

    owner = User.objects.create_user("researcher@example.org")
    _founding_study(owner)
