from __future__ import annotations

import pytest
from django.core.cache import cache
from web.volunteering.receiving import organisation

from samspill.web.access.roles import COORDINATOR, REPRESENTATIVE
from samspill.web.accounts.models import User
from samspill.web.municipality.actions.municipalities import create_municipality, open_desk


@pytest.fixture(autouse=True)
def _no_counts_from_before():
    cache.clear()


@pytest.fixture
def municipality(db):
    boss = User.objects.create_user("coordinator@k.example")
    made = create_municipality(
        actor=boss, code="9901", name="Storvik", coordinator=boss, invented=True
    )
    open_desk(actor=boss, municipality=made, opened=True)
    return made


@pytest.fixture
def user_of(municipality):
    """``user_of("contributor")`` has that role; also ``representative``, ``elsewhere`` (another
    municipality's coordinator) and ``""`` (nobody)."""

    def make(role):
        if role == "":
            return None
        if role == COORDINATOR:
            return User.objects.get(email="coordinator@k.example")
        user = User.objects.create_user(f"{role}@k.example")
        if role == "elsewhere":
            create_municipality(actor=user, code="9902", name="Lillevik", coordinator=user)
        elif role == REPRESENTATIVE:
            municipality.positions.create(
                user=user, role=role, organisation=organisation(municipality, "represented")
            )
        else:
            municipality.positions.create(user=user, role=role)
        return user

    return make


@pytest.fixture
def desk(client, user_of):
    """A client signed in as the coordinator."""
    client.force_login(user_of(COORDINATOR))
    return client


@pytest.fixture
def delivered(django_capture_on_commit_callbacks, mailoutbox):
    """``with delivered() as box: …`` hands e-mails over as if each change were saved."""
    from contextlib import contextmanager

    @contextmanager
    def deliver():
        before = len(mailoutbox)
        box: list = []
        with django_capture_on_commit_callbacks(execute=True):
            yield box
        box.extend(mailoutbox[before:])

    return deliver
