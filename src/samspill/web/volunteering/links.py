"""Addresses that are the key to what they lead to. Only a digest of the token is kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from samspill.web.municipality.models import Offer, Referral
from samspill.web.volunteering.models import Link


@dataclass(frozen=True, slots=True)
class Made:
    """A new link with the only copy of its token."""

    link: Link
    token: str

    @property
    def address(self) -> str:
        page = "volunteers:own" if self.link.offer_id else "volunteers:asked"
        return settings.ADDRESS + reverse(page, args=(self.token,))


def link_to_offer(offer: Offer, *, language: str = "", is_reminder: bool = False) -> Made:
    """A link for the person who gave an offer."""
    token = secrets.token_urlsafe(24)
    link = Link.objects.create(
        offer=offer,
        digest=digest_of(token),
        language=language or language_of(offer),
        is_reminder=is_reminder,
    )
    return Made(link, token)


def link_to_referral(referral: Referral, *, is_reminder: bool = False) -> Made:
    """A link for the organisation or unit that is asked."""
    token = secrets.token_urlsafe(24)
    link = Link.objects.create(
        referral=referral,
        digest=digest_of(token),
        language=settings.LANGUAGE_CODE,
        is_reminder=is_reminder,
    )
    return Made(link, token)


def offer_by(token: str) -> Offer | None:
    """The offer that a token leads to."""
    found = Link.objects.filter(digest=digest_of(token)).exclude(offer=None)
    link = found.select_related("offer__municipality").first()
    return link.offer if link else None


def referral_by(token: str) -> Referral | None:
    """The referral that a token leads to."""
    found = Link.objects.filter(digest=digest_of(token)).exclude(referral=None)
    link = found.select_related(
        "referral__municipality",
        "referral__offer",
        "referral__need",
        "referral__organisation",
        "referral__municipal_unit",
    ).first()
    return link.referral if link else None


def language_of(offer: Offer) -> str:
    """The language in which a person gave an offer."""
    first = Link.objects.filter(offer=offer).values_list("language", flat=True).first()
    return first or translation.get_language() or settings.LANGUAGE_CODE


def digest_of(token: str) -> str:
    """What is kept of a token. It is random and long, so that a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
