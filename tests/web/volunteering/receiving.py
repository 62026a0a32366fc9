"""An invented municipality with organisations, units and people who offer help."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from samspill.web.municipality.actions.entries import add_entry
from samspill.web.volunteering.actions.offers import receive_offer

PERSON = {
    "fields": ["integration"],
    "description": "Kan lese lekser",
    "place": "Storvik",
    "times": "tirsdager",
    "languages": "arabisk, norsk",
    "name": "Tora Eksempelsen",
    "email": "tora@eksempel.example",
    "phone": "999 88 777",
}


def day(**ahead: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(**ahead)


def offer(municipality: Any, **values: Any) -> Any:
    """An offer of a person; its token is ``offer.token``."""
    made = receive_offer(municipality=municipality, values={**PERSON, **values}, language="nb")
    found = made.link.offer
    found.token = made.token
    return found


def entry(municipality: Any, table: str, identifier: str, **values: Any) -> Any:
    return add_entry(
        actor="test",
        municipality=municipality,
        table=table,
        identifier=identifier,
        values=values,
    )


def organisation(municipality: Any, identifier: str, **values: Any) -> Any:
    given = {
        "name": identifier.title(),
        "kind": "organisation",
        "status": "active",
        "fields": ["integration"],
        "email": f"{identifier}@organisation.example",
    }
    return entry(municipality, "organisations", identifier, **{**given, **values})


def unit(municipality: Any, identifier: str = "refugees", **values: Any) -> Any:
    given = {"name": "Flyktningtjenesten", "fields": ["integration"], "email": "flykt@k.example"}
    return entry(municipality, "municipal_units", identifier, **{**given, **values})


def need(municipality: Any, identifier: str, **values: Any) -> Any:
    given = {"title": identifier.title(), "field": "integration", "published_on": day()}
    return entry(municipality, "needs", identifier, **{**given, **values})


def room(municipality: Any, organisation: Any, persons: int, **values: Any) -> Any:
    return entry(
        municipality,
        "capacities",
        f"room-{organisation.identifier}",
        organisation=organisation.identifier,
        persons=persons,
        **values,
    )
