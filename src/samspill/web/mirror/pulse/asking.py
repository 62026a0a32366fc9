"""Whom a round of the pulse would ask: organisations, and the municipality's own contacts."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.models import Q

from samspill.web.municipality.models import Contact, Municipality, Organisation, Relation

MUNICIPALITY, ORGANISATION = "municipality", "organisation"


@dataclass(frozen=True, slots=True)
class Party:
    """Someone to ask. ``identifier`` is of the register, ``field`` the one to answer about."""

    side: str
    identifier: str
    name: str
    email: str
    field: str


def parties(municipality: Municipality, on: datetime.date) -> list[Party]:
    """Active organisations that have a relation in force, and the municipality's contacts that have
    not left; each in the field where it has most relations, else its own first."""
    return [*_contacts(municipality, on), *_organisations(municipality, on)]


def _organisations(municipality: Municipality, on: datetime.date) -> list[Party]:
    found: dict[int, Counter[str]] = {}
    relations = Relation.objects.filter(municipality=municipality)
    for key, field, begins, ends in relations.values_list(
        "organisation", "field", "valid_from", "valid_to"
    ):
        if (begins is None or begins <= on) and (ends is None or ends >= on):
            found.setdefault(key, Counter())[field] += 1
    emails = _emails(municipality)
    organisations = Organisation.objects.filter(municipality=municipality, status="active")
    return [
        Party(
            ORGANISATION,
            one.identifier,
            one.name,
            one.email or emails.get(one.pk, ""),
            found[one.pk].most_common(1)[0][0],
        )
        for one in organisations
        if one.pk in found
    ]


def _emails(municipality: Municipality) -> dict[int, str]:
    """An address of a contact of each organisation that has one."""
    contacts = Contact.objects.filter(
        municipality=municipality, side=ORGANISATION, left_on=None
    ).exclude(email="")
    return {c.organisation_id: c.email for c in contacts.order_by("-pk") if c.organisation_id}


def _contacts(municipality: Municipality, on: datetime.date) -> list[Party]:
    """People and functions, not web addresses."""
    found = Contact.objects.filter(municipality=municipality, side=MUNICIPALITY)
    staying = found.filter(Q(left_on=None) | Q(left_on__gt=on)).exclude(kind="web")
    return [
        Party(MUNICIPALITY, one.identifier, one.name, one.email, (one.fields or [""])[0])
        for one in staying
    ]
