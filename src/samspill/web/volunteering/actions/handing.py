"""In a crisis people are handed over together, up to the room that an organisation has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.municipality.actions.entries import change_entry
from samspill.web.municipality.models import Municipality, Offer, Organisation, Referral
from samspill.web.volunteering import letters
from samspill.web.volunteering.actions.daily import of_persons
from samspill.web.volunteering.actions.referrals import add_referral, waiting_offer
from samspill.web.volunteering.capacity import Room, rooms
from samspill.web.volunteering.models import surge_in

Actor: TypeAlias = AbstractBaseUser | str


def waiting(municipality: Municipality) -> list[Offer]:
    """Who waits, the one who has waited longest first."""
    found = of_persons(municipality).filter(status="waiting", expires_on__gte=timezone.localdate())
    return list(found.order_by("given_on", "pk").prefetch_related("referrals"))


def fitting(
    offers: Iterable[Offer], organisation: Organisation, stated: Iterable[Room]
) -> list[Offer]:
    """Of those who wait, those whom an organisation has room for and has not been asked about."""
    left = {room.field: room.left for room in stated}
    chosen = []
    for offer in offers:
        if any(r.organisation_id == organisation.pk for r in offer.referrals.all()):
            continue
        place = next((f for f in (*offer.fields, "") if left.get(f, 0) > 0), None)
        if place is not None:
            left[place] -= 1
            chosen.append(offer)
    return chosen


@transaction.atomic
def hand_over(*, actor: Actor, organisation: Organisation) -> list[Referral]:
    """Give an organisation those who have waited longest, as many as it has said that it has room
    for, which stands for its yes. They are told who; the organisation is told how many.

    Raises SamspillError outside a crisis, and where nobody fits or there is no room.
    """
    municipality = organisation.municipality
    if surge_in(municipality) is None:
        raise SamspillError(
            _("People are handed over together in a crisis only."), _("Ask about one at a time.")
        )
    stated = rooms(municipality, timezone.localdate()).get(organisation.pk, [])
    referrals = []
    for offer in fitting(waiting(municipality), organisation, stated):
        found = waiting_offer(offer)
        referral = add_referral(actor, found, organisation, None, "accepted")
        change_entry(actor=actor, entry=found, values={"status": "accepted"})
        letters.tell_accepted(referral)
        referrals.append(referral)
    if not referrals:
        raise SamspillError(
            _("Nobody can be handed over to %(who)s.") % {"who": organisation},
            _("Look at who waits, and at the room that is left."),
        )
    letters.tell_handed_over(referrals)
    return referrals
