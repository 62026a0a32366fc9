"""Personal links: an address that lets whoever holds it speak for one organisation."""

from __future__ import annotations

import hashlib

from django.utils import timezone

from samspill.web.organisation.models import Link


def digest_of(token: str) -> str:
    """What is kept of a token. It has 256 random bits, so that a slow hash would add nothing."""
    return hashlib.sha256(token.encode()).hexdigest()


def link_by(token: str) -> Link | None:
    """The link of a token, where it has not been withdrawn and has not expired."""
    found = Link.objects.filter(digest=digest_of(token), expires_at__gt=timezone.now())
    return found.select_related("organisation__municipality").first()
