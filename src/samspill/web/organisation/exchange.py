"""Needs and offers that are open: those of organisations and units, never of persons."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from samspill.web.municipality.models import Match, Municipality, Need, Offer, Organisation


def open_needs(municipality: Municipality, today: date) -> QuerySet[Need]:
    """Needs that are published, and open on a day."""
    found = Need.objects.filter(
        Q(open_until=None) | Q(open_until__gte=today),
        municipality=municipality,
        published_on__lte=today,
        closed_on=None,
    )
    return found.select_related("organisation", "municipal_unit", "municipality").order_by(
        "open_until", "pk"
    )


def open_offers(municipality: Municipality, today: date) -> QuerySet[Offer]:
    """What organisations and units offer on a day, without any that tells of a person."""
    found = Offer.objects.exclude(organisation=None, municipal_unit=None).filter(
        municipality=municipality,
        name="",
        email="",
        phone="",
        status="waiting",
        expires_on__gte=today,
    )
    return found.select_related("organisation", "municipal_unit", "municipality").order_by(
        "given_on", "pk"
    )


def is_open_need(need: Need, today: date) -> bool:
    """Whether a need can be answered on a day."""
    return open_needs(need.municipality, today).filter(pk=need.pk).exists()


def is_open_offer(offer: Offer, today: date) -> bool:
    """Whether an offer can be answered on a day."""
    return open_offers(offer.municipality, today).filter(pk=offer.pk).exists()


def own_matches(organisation: Organisation) -> QuerySet[Match]:
    """What an organisation has offered to needs, and what others have offered to its own."""
    found = Match.objects.filter(Q(organisation=organisation) | Q(need__organisation=organisation))
    return found.select_related(
        "need__organisation", "need__municipal_unit", "organisation", "municipal_unit"
    ).order_by("-pk")
