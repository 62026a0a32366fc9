"""An offer is passed on, answered, asked about once more, and given up."""

from __future__ import annotations

from typing import TypeAlias, cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.municipality.actions.entries import add_entry, change_entry
from samspill.web.municipality.models import (
    MunicipalUnit,
    Need,
    Offer,
    Organisation,
    Referral,
)
from samspill.web.volunteering import letters
from samspill.web.volunteering.links import link_to_referral
from samspill.web.volunteering.suggesting import Desk, Suggestions

Actor: TypeAlias = AbstractBaseUser | str
RECEIVER = "receiver"
"""What the log calls whoever answers a referral by its link."""


def suggestions_for(offer: Offer) -> Suggestions:
    """Who could receive an offer today."""
    desk = Desk.of(offer.municipality, timezone.localdate())
    return desk.suggestions(offer, offer.referrals.all())


@transaction.atomic
def refer(
    *,
    actor: Actor,
    offer: Offer,
    to: Organisation | MunicipalUnit,
    need: Need | None = None,
    no_organisation: bool = False,
) -> Referral:
    """Ask an organisation, or a unit, whether it can receive someone; it is sent a link.

    Raises SamspillError where the offer does not wait or has expired, and for a unit while there
    are organisations to ask, unless ``no_organisation`` says that none can follow up.
    """
    found = waiting_offer(offer)
    if isinstance(to, MunicipalUnit) and not no_organisation:
        first = suggestions_for(found).organisations
        if first:
            raise SamspillError(
                _("%(organisation)s could follow this person up.")
                % {"organisation": first[0].receiver},
                _("Ask the organisations first, or say that none of them can."),
            )
    referral = add_referral(actor, found, to, need, "pending")
    change_entry(actor=actor, entry=found, values={"status": "referred"})
    letters.ask(referral, link_to_referral(referral))
    return referral


@transaction.atomic
def answer_referral(*, actor: Actor, referral: Referral, accepted: bool) -> None:
    """Say yes or no. After a yes the person is told who; after a no the offer waits again.

    Raises SamspillError where the answer is given already, or the offer is no longer there.
    """
    found = Referral.objects.select_for_update().select_related("offer").get(pk=referral.pk)
    offer = found.offer
    if found.outcome not in {"pending", "no_answer"}:
        raise SamspillError(_("This has been answered."), _("Call the municipality to change it."))
    if found.outcome == "no_answer" and offer.status != "waiting":
        raise SamspillError(
            _("The offer is no longer there to be received."), _("Nothing more is to be done.")
        )
    outcome = "accepted" if accepted else "declined"
    values = {"outcome": outcome, "answered_on": timezone.localdate()}
    change_entry(actor=actor, entry=found, values=values)
    status = "accepted" if accepted else "waiting"
    change_entry(actor=actor, entry=offer, values={"status": status})
    if accepted:
        letters.tell_accepted(found)


@transaction.atomic
def remind_receiver(*, referral: Referral) -> None:
    """Ask once more, with a new link; the first one still works.

    Raises SamspillError where there is an answer.
    """
    if referral.outcome != "pending":
        raise SamspillError(_("This has been answered."), _("Nothing more is to be done."))
    letters.ask(referral, link_to_referral(referral, is_reminder=True))


@transaction.atomic
def give_up(*, actor: Actor, referral: Referral) -> None:
    """Take no answer for a no: the offer waits for the next suggestion."""
    if referral.outcome != "pending":
        raise SamspillError(_("This has been answered."), _("Nothing more is to be done."))
    change_entry(actor=actor, entry=referral, values={"outcome": "no_answer"})
    change_entry(actor=actor, entry=referral.offer, values={"status": "waiting"})


def waiting_offer(offer: Offer) -> Offer:
    """The offer, locked until the change is saved; SamspillError unless it waits and holds."""
    found = Offer.objects.select_for_update().get(pk=offer.pk)
    if found.status != "waiting" or found.expires_on < timezone.localdate():
        raise SamspillError(
            _("This offer does not wait for an answer."), _("Look at what has been done with it.")
        )
    return found


def add_referral(
    actor: Actor,
    offer: Offer,
    to: Organisation | MunicipalUnit,
    need: Need | None,
    outcome: str,
) -> Referral:
    """Write down that an offer is passed on today, and, in a crisis, received at once."""
    side = "organisation" if isinstance(to, Organisation) else "municipal_unit"
    today = timezone.localdate()
    referral = add_entry(
        actor=actor,
        municipality=offer.municipality,
        table="referrals",
        values={
            "offer": offer.identifier,
            side: to.identifier,
            "need": need.identifier if need else "",
            "sent_on": today,
            "answered_on": today if outcome == "accepted" else None,
            "outcome": outcome,
        },
    )
    return cast("Referral", referral)
