"""How a receiver of offers is reached."""

from __future__ import annotations

from collections.abc import Collection

from samspill.web.municipality.models import Contact, MunicipalUnit, Organisation


def contact_of(
    receiver: Organisation | MunicipalUnit | None, fields: Collection[str]
) -> Contact | None:
    """The contact with an e-mail address who is there, by preference for one of the fields."""
    if receiver is None:
        return None
    found = receiver.contacts.filter(left_on=None).exclude(email="").order_by("pk")
    return min(
        found,
        key=lambda contact: (not set(contact.fields) & set(fields), contact.pk),
        default=None,
    )


def email_of(receiver: Organisation | MunicipalUnit | None, fields: Collection[str]) -> str:
    """The address that an e-mail goes to; empty where none is known."""
    if receiver is None:
        return ""
    contact = contact_of(receiver, fields)
    return contact.email if contact else receiver.email
