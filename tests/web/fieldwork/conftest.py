"""A mail server on this machine, and a collection that is open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from web.fieldwork.fielding import ask, make_collection, make_units
from web.fieldwork.mail import MailServer, mail_server_for

from samspill.instrument import shipped_instrument


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    with mail_server_for(settings) as server:
        yield server


@pytest.fixture
def collection(study, wave):
    made = make_collection(study, wave, shipped_instrument("pulse"))
    made.opens_at = timezone.now()
    made.contact_name, made.contact_email = "Kari Nordmann", "kari@example.org"
    made.save()
    return made


@pytest.fixture
def respondents(collection, study):
    return ask(collection, make_units(study, 5), language="nb")
