"""Links by which a person says that reminders of the plan are unwanted. They say nothing else."""

from __future__ import annotations

from typing import Any

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from samspill.web.access.models import Position
from samspill.web.access.roles import COORDINATOR
from samspill.web.accounts.models import User
from samspill.web.municipality.models import Contact, Municipality
from samspill.web.planning.models import Silence

_SIGNER = Signer(salt="samspill.planning.stop", sep=".")
CONTACT, USER = "c", "u"


def stop_path(municipality: Municipality, person: Contact | User) -> str:
    """Where a person stops the reminders of a municipality."""
    kind = CONTACT if isinstance(person, Contact) else USER
    signed = _SIGNER.sign(f"{municipality.code}-{kind}-{person.pk}")
    return reverse("planning:stop", args=[municipality.code, signed])


def signed_person(municipality: Municipality, signed: str) -> Contact | User | None:
    """Who a link was made for; None where it was not made here, or who is here no longer."""
    try:
        code, kind, key = _SIGNER.unsign(signed).split("-")
    except (BadSignature, ValueError):
        return None
    if code != municipality.code:
        return None
    if kind == CONTACT:
        return Contact.objects.filter(municipality=municipality, pk=key).first()
    return User.objects.filter(
        pk=key, positions__in=Position.objects.filter(municipality=municipality, role=COORDINATOR)
    ).first()


def is_silent(municipality: Municipality, person: Contact | User) -> bool:
    """Whether a person wants no reminders."""
    return Silence.objects.filter(
        municipality=municipality, **{_column(person): person.pk}
    ).exists()


def _column(person: Contact | User) -> str:
    return "contact" if isinstance(person, Contact) else "user"


def silence(municipality: Municipality, person: Contact | User, *, silent: bool) -> bool:
    """Stop a person's reminders, or send them again; gives whether anything was different."""
    own: dict[str, Any] = {"municipality": municipality, f"{_column(person)}_id": person.pk}
    if silent:
        return Silence.objects.get_or_create(**own)[1]
    return bool(Silence.objects.filter(**own).delete()[0])
