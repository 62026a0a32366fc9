"""Invitations to be heard: to whom, what they say, and who has no address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from samspill.language import languages
from samspill.web.accounts.models import User
from samspill.web.municipality.models import Contact, Input, Process
from samspill.web.planning.letters import Letter, one_line


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation to one of those on the list."""

    given: Input
    letter: Letter


def invitations(
    process: Process, given: Sequence[Input], sender: User, message: str = ""
) -> tuple[list[Invitation], list[Input]]:
    """The invitations not yet sent, answers going to ``sender``; and those without an address."""
    waiting = [one for one in given if one.invited_on is None and one.organisation is not None]
    addresses = _addresses(waiting)
    language = languages()[0]
    made, without = [], []
    for one in waiting:
        address = addresses.get(one.organisation_id or 0, "")
        if not address:
            without.append(one)
            continue
        with translation.override(language):
            context = {
                "process": process,
                "organisation": one.organisation,
                "message": message.strip(),
                "sender": sender,
                "municipality": process.municipality,
            }
            body = render_to_string("planning/invitation.txt.html", context)
            subject = _("Will you take part in making the volunteer policy of %(municipality)s?")
            letter = Letter(
                to=address,
                language=language,
                subject=one_line(subject % {"municipality": process.municipality}),
                body=body.strip() + "\n",
                headers={"Reply-To": sender.email},
            )
        made.append(Invitation(one, letter))
    return made, without


def _addresses(given: Sequence[Input]) -> dict[int, str]:
    """The organisation's own address, otherwise that of its first contact who has one."""
    keys = [one.organisation_id for one in given]
    found: dict[int, str] = {}
    contacts = Contact.objects.filter(
        Q(left_on=None), organisation__in=keys, side="organisation"
    ).exclude(email="")
    for contact in contacts.order_by("pk"):
        if contact.organisation_id is not None:
            found.setdefault(contact.organisation_id, contact.email)
    for one in given:
        if one.organisation is not None and one.organisation.email:
            found[one.organisation.pk] = one.organisation.email
    return found
