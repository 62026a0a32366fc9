"""An organisation corrects its own data, says that they are right, and proposes the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.municipality.actions.entries import add_entry, change_entry, verify_entries
from samspill.web.municipality.content import shown_from_the_start
from samspill.web.municipality.models import Contact, Entry, Organisation

Actor: TypeAlias = AbstractBaseUser | str

OWN = (
    "purpose",
    "members",
    "address",
    "postcode",
    "place",
    "email",
    "phone",
    "web",
)
"""What an organisation knows best, and changes at once."""

NATIONAL = ("name", "number", "legal_form", "categories", "founded_on", "in_voluntary_register")
"""What the national registers decide; it is changed there."""

DECIDED = ("fields", "kind", "umbrellas", "national_parent", "owner", "centre_tasks", "status")
"""What the municipality decides: how it groups those that it works with. The organisation
proposes."""

OWN_CONTACT = ("name", "kind", "role", "matters", "fields", "email", "phone", "web")
"""What an organisation says of those who speak for it."""


@transaction.atomic
def correct(
    *,
    actor: Actor,
    organisation: Organisation,
    values: Mapping[str, Any],
    shown: list[str],
    provenance: str,
) -> bool:
    """Change an organisation's own columns, and which of them anyone sees; returns whether anything
    was different. It is then verified today.

    Raises SamspillError for a column that is not the organisation's to change.
    """
    return _change(actor, organisation, OWN, values, shown, provenance)


@transaction.atomic
def add_contact(
    *,
    actor: Actor,
    organisation: Organisation,
    values: Mapping[str, Any],
    shown: list[str],
    provenance: str,
) -> Entry:
    """Add someone who speaks for an organisation."""
    _only(OWN_CONTACT, values)
    kept = [name for name in shown_from_the_start("contacts") if name not in OWN_CONTACT]
    return add_entry(
        actor=actor,
        municipality=organisation.municipality,
        table="contacts",
        values={
            **values,
            "side": "organisation",
            "organisation": organisation.identifier,
            "public": [*kept, *_among(OWN_CONTACT, shown)],
            "provenance": provenance,
            "verified_on": timezone.localdate(),
        },
    )


@transaction.atomic
def change_contact(
    *,
    actor: Actor,
    contact: Contact,
    values: Mapping[str, Any],
    shown: list[str],
    provenance: str,
) -> bool:
    """Change what is known of someone who speaks for an organisation."""
    return _change(actor, contact, OWN_CONTACT, values, shown, provenance)


@transaction.atomic
def leave(*, actor: Actor, contact: Contact, provenance: str) -> None:
    """Say that someone does not speak for the organisation any more; nothing of the person is then
    shown to anyone."""
    values = {"left_on": timezone.localdate(), "public": [], "provenance": provenance}
    change_entry(actor=actor, entry=contact, values=values)


@transaction.atomic
def confirm(*, actor: Actor, organisation: Organisation) -> int:
    """Say that what is known of an organisation and of those who speak for it is right today."""
    contacts = organisation.contacts.filter(side="organisation", left_on=None)
    return verify_entries(
        actor=actor, entries=[organisation, *contacts.select_related("municipality")]
    )


@transaction.atomic
def propose(*, actor: Actor, organisation: Organisation, subject: str, provenance: str) -> Entry:
    """Ask the municipality to change what it decides: an enquiry, which waits for an answer as
    others do."""
    return add_entry(
        actor=actor,
        municipality=organisation.municipality,
        table="enquiries",
        values={
            "organisation": organisation.identifier,
            "subject": subject,
            "received_on": timezone.localdate(),
            "provenance": provenance,
        },
    )


def _change(
    actor: Actor,
    entry: Organisation | Contact,
    own: tuple[str, ...],
    values: Mapping[str, Any],
    shown: list[str],
    provenance: str,
) -> bool:
    _only(own, values)
    public = [*(name for name in entry.public if name not in own), *_among(own, shown)]
    if set(public) == set(entry.public):
        public = entry.public
    changed = change_entry(actor=actor, entry=entry, values={**values, "public": public})
    said = {"provenance": provenance} if changed else {}
    change_entry(actor=actor, entry=entry, values={**said, "verified_on": timezone.localdate()})
    return changed


def _only(own: tuple[str, ...], values: Mapping[str, Any]) -> None:
    others = set(values) - set(own)
    if others:
        raise SamspillError(
            _("An organisation cannot change %(columns)s itself.")
            % {"columns": ", ".join(sorted(others))},
            _("Ask the municipality to change it."),
        )


def _among(own: tuple[str, ...], shown: list[str]) -> list[str]:
    return [name for name in own if name in shown]
