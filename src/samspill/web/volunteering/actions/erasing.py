"""What is known of a person is taken out of the register, out of the log, and from those told."""

from __future__ import annotations

from typing import Any, TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from samspill.web.audit import erasing as log
from samspill.web.audit.models import Event
from samspill.web.audit.recording import record
from samspill.web.municipality.actions.entries import change_entry, subject_of
from samspill.web.municipality.models import Offer, Referral
from samspill.web.volunteering import letters
from samspill.web.volunteering.links import language_of
from samspill.web.volunteering.models import Link

Actor: TypeAlias = AbstractBaseUser | str
OF_A_PERSON = ("name", "email", "phone", "description", "place", "times", "languages", "note")
ANYWHERE = ("email", "phone", "name")
"""What is looked for in the whole log of the municipality; a name only where it has two parts."""


@transaction.atomic
def erase_offer(*, actor: Actor, offer: Offer, status: str) -> None:
    """Erase a person and keep that there was an offer, in which fields, when, and what came of it.

    ``status`` is then ``withdrawn``, ``expired`` or ``declined``. Those who were told who the
    person is are asked to erase it too, and the person is told that it is done.
    """
    found = Offer.objects.select_for_update().get(pk=offer.pk)
    known = _known(found)
    name, email, language = found.name, found.email, language_of(found)
    referrals = list(found.referrals.select_related("organisation", "municipal_unit"))
    for referral in referrals:
        _end(actor, referral, known)
    change_entry(actor=actor, entry=found, values=dict.fromkeys(OF_A_PERSON, ""))
    change_entry(actor=actor, entry=found, values={"status": status, "consented_on": None})
    Link.objects.filter(offer=found).delete()
    _erase_log(found, referrals, known)
    record(
        actor=actor,
        action="volunteering.erase",
        subject=subject_of(found),
        municipality=found.municipality.code,
    )
    for referral in referrals:
        if referral.outcome == "accepted" and name:
            letters.ask_to_erase(referral, name)
    letters.tell_erased(found.municipality, email, language)


@transaction.atomic
def erase_removed(*, municipality: str, identifier: str) -> int:
    """Erase from the log a person whose offer was removed from the register; gives the number of
    events that held anything."""
    subject = f"offers/{identifier}"
    known = _logged(municipality, subject)
    every = [text for texts in known.values() for text in texts]
    count = log.erase(every, municipality=municipality, subjects=[subject])
    return count + log.erase(_anywhere(known), municipality=municipality)


def _end(actor: Actor, referral: Referral, known: dict[str, set[str]]) -> None:
    values: dict[str, Any] = {"note": log.without(referral.note, _all(known))}
    if referral.outcome == "pending":
        values["outcome"] = "no_answer"
    change_entry(actor=actor, entry=referral, values=values)
    Link.objects.filter(referral=referral).delete()


def _known(offer: Offer) -> dict[str, set[str]]:
    """Everything that an offer says of its person, or has said before, by column."""
    known = _logged(offer.municipality.code, subject_of(offer))
    for column in OF_A_PERSON:
        known[column].add(getattr(offer, column))
    return known


def _logged(municipality: str, subject: str) -> dict[str, set[str]]:
    known: dict[str, set[str]] = {column: set() for column in OF_A_PERSON}
    for event in Event.objects.filter(municipality=municipality, subject=subject):
        for content in (event.old, event.new):
            for column in OF_A_PERSON:
                if isinstance(content, dict) and isinstance(content.get(column), str):
                    known[column].add(content[column])
    return known


def _erase_log(offer: Offer, referrals: list[Referral], known: dict[str, set[str]]) -> None:
    code = offer.municipality.code
    subjects = [subject_of(offer), *(subject_of(referral) for referral in referrals)]
    log.erase(_all(known), municipality=code, subjects=subjects)
    log.erase(_anywhere(known), municipality=code)


def _all(known: dict[str, set[str]]) -> list[str]:
    return [text for texts in known.values() for text in texts if text != log.ERASED]


def _anywhere(known: dict[str, set[str]]) -> list[str]:
    found = [text for column in ANYWHERE for text in known[column] if text != log.ERASED]
    return [text for text in found if text not in known["name"] or len(text.split()) > 1]
