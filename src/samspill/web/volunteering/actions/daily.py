"""What time does to offers and referrals: reminders, expiry, erasure. Run again on the same day it
does nothing more."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from samspill.web.audit.models import Event
from samspill.web.audit.recording import SYSTEM
from samspill.web.municipality.actions.entries import change_entry
from samspill.web.municipality.models import Municipality, Offer, Referral
from samspill.web.volunteering import letters
from samspill.web.volunteering.actions.erasing import OF_A_PERSON, erase_offer, erase_removed
from samspill.web.volunteering.actions.offers import OPEN
from samspill.web.volunteering.actions.referrals import give_up, remind_receiver
from samspill.web.volunteering.links import link_to_offer
from samspill.web.volunteering.terms import (
    ERASED_AFTER,
    GIVEN_UP_AFTER,
    REMINDED_AFTER,
    REMINDED_BEFORE,
)

ENDED = ("expired", "declined")
REMOVED = "municipality.remove_entry"


@dataclass(slots=True)
class Done:
    """How many persons were asked whether their offer stands, offers expired, persons were erased;
    receivers were asked once more, and given up."""

    reminded: int = 0
    expired: int = 0
    erased: int = 0
    asked_again: int = 0
    given_up: int = 0


def follow_up(municipality: Municipality, today: datetime.date | None = None) -> Done:
    """Do what is due in a municipality; each offer and referral is saved by itself."""
    day = today or timezone.localdate()
    done = Done()
    _referrals(municipality, day, done)
    _expiry(municipality, day, done)
    _erasure(municipality, day, done)
    return done


def of_persons(municipality: Municipality) -> QuerySet[Offer]:
    """Offers of persons, not of organisations and units."""
    return Offer.objects.filter(
        municipality=municipality, organisation=None, municipal_unit=None
    ).select_related("municipality")


def _referrals(municipality: Municipality, day: datetime.date, done: Done) -> None:
    pending = Referral.objects.filter(municipality=municipality, outcome="pending")
    for referral in pending.filter(sent_on__lte=day - GIVEN_UP_AFTER).select_related(
        "offer", "municipality"
    ):
        give_up(actor=SYSTEM, referral=referral)
        done.given_up += 1
    late = pending.filter(sent_on__lte=day - REMINDED_AFTER, links__isnull=False)
    for referral in late.exclude(links__is_reminder=True).distinct():
        remind_receiver(referral=referral)
        done.asked_again += 1


def _expiry(municipality: Municipality, day: datetime.date, done: Done) -> None:
    current = of_persons(municipality).filter(status__in=OPEN)
    for offer in current.filter(expires_on__lt=day):
        change_entry(actor=SYSTEM, entry=offer, values={"status": "expired"})
        done.expired += 1
    for offer in current.filter(expires_on__gte=day, expires_on__lte=day + REMINDED_BEFORE):
        begins = offer.expires_on - REMINDED_BEFORE
        if offer.links.filter(is_reminder=True, made_at__date__gte=begins).exists():
            continue
        with transaction.atomic():
            letters.remind(offer, link_to_offer(offer, is_reminder=True))
        done.reminded += 1


def _erasure(municipality: Municipality, day: datetime.date, done: Done) -> None:
    over = Q(expires_on__lt=day - ERASED_AFTER, status__in=ENDED) | Q(status="withdrawn")
    ended = of_persons(municipality).filter(over)
    for offer in ended.exclude(**dict.fromkeys(OF_A_PERSON, "")):
        erase_offer(actor=SYSTEM, offer=offer, status=offer.status)
        done.erased += 1
    before = timezone.now() - ERASED_AFTER
    removed = Event.objects.filter(
        municipality=municipality.code,
        action=REMOVED,
        subject__startswith="offers/",
        at__lt=before,
    )
    for identifier in {event.subject.partition("/")[2] for event in removed}:
        if not Offer.objects.filter(municipality=municipality, identifier=identifier).exists():
            held = erase_removed(municipality=municipality.code, identifier=identifier)
            done.erased += bool(held)
