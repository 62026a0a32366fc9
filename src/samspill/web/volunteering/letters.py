"""E-mails to those who offer help, and to those who are asked to receive them.

They are handed over once the change that they tell of is saved. What fails is told of at the desk
(``Link.sent_at`` stays empty) and in the log, without the address.
"""

from __future__ import annotations

import logging
import smtplib
from functools import partial
from typing import Any

from anymail.exceptions import AnymailError
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samspill.web.municipality.models import Municipality, Offer, Referral
from samspill.web.municipality.words import concept_name
from samspill.web.volunteering.links import Made, language_of
from samspill.web.volunteering.models import Link
from samspill.web.volunteering.reaching import email_of

log = logging.getLogger(__name__)


def confirm(offer: Offer, made: Made) -> None:
    """To whoever has offered help: it is received, and the link to it."""
    with translation.override(made.link.language):
        subject = _("Thank you for offering to help")
        _to_person(offer, subject, "received", {"link": made.address}, made.link)


def remind(offer: Offer, made: Made) -> None:
    """To whoever has offered help: does it still stand?"""
    with translation.override(made.link.language):
        subject = _("Do you still offer to help?")
        _to_person(offer, subject, "expiring", {"link": made.address}, made.link)


def tell_accepted(referral: Referral) -> None:
    """To whoever has offered help: who has said yes."""
    offer = referral.offer
    receiver = referral.organisation or referral.municipal_unit
    with translation.override(language_of(offer)):
        subject = _("Someone has said yes to your offer to help")
        _to_person(offer, subject, "accepted", {"receiver": receiver})


def tell_declined(offer: Offer) -> None:
    """To whoever has offered help: nobody could receive it now."""
    with translation.override(language_of(offer)):
        subject = _("Your offer to help")
        _to_person(offer, subject, "declined", {})


def tell_erased(municipality: Municipality, email: str, language: str) -> None:
    """To whoever offered help: nothing is stored any more."""
    with translation.override(language):
        subject = _("What was stored of you is erased")
        _send(municipality, email, subject, "erased", {})


def ask(referral: Referral, made: Made) -> None:
    """To an organisation or a unit: can you receive someone? Nothing says who the person is."""
    offer = referral.offer
    with translation.override(made.link.language):
        subject = _("Can you receive someone who offers to help?")
        context = {
            "link": made.address,
            "referral": referral,
            "is_reminder": made.link.is_reminder,
            "fields": ", ".join(concept_name("fields", name) for name in offer.fields),
        }
        address = email_of(referral.organisation or referral.municipal_unit, offer.fields)
        _send(referral.municipality, address, subject, "asked", context, made.link)


def tell_handed_over(referrals: list[Referral]) -> None:
    """To an organisation in a crisis: how many it now has, and that the list comes by itself."""
    first = referrals[0]
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("You have been given people who offer to help")
        address = email_of(first.organisation, ())
        _send(first.municipality, address, subject, "handed_over", {"count": len(referrals)})


def ask_to_erase(referral: Referral, name: str) -> None:
    """To those who know who the person is (General Data Protection Regulation, article 19)."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Erase what you have of someone who offered to help")
        address = email_of(referral.organisation or referral.municipal_unit, ())
        context = {"name": name, "day": referral.sent_on}
        _send(referral.municipality, address, subject, "erase_too", context)


def _to_person(
    offer: Offer, subject: str, name: str, context: dict[str, Any], link: Link | None = None
) -> None:
    _send(offer.municipality, offer.email, subject, name, {"offer": offer, **context}, link)


def _send(
    municipality: Municipality,
    address: str,
    subject: str,
    name: str,
    context: dict[str, Any],
    link: Link | None = None,
) -> None:
    if not address:
        return
    shared = {"municipality": municipality, "contact": settings.DEFAULT_FROM_EMAIL}
    body = render_to_string(f"volunteering/letters/{name}.txt.html", {**shared, **context})
    transaction.on_commit(partial(_hand_over, address, subject, body, name, link))


def _hand_over(address: str, subject: str, body: str, name: str, link: Link | None) -> None:
    try:
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [address])
    except (OSError, smtplib.SMTPException, AnymailError) as error:
        log.warning("An e-mail (%s) could not be sent: %s.", name, type(error).__name__)
        return
    if link is not None:
        Link.objects.filter(pk=link.pk).update(sent_at=timezone.now())
