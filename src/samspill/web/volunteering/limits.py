"""How many offers may come from one address in an hour."""

from __future__ import annotations

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from samspill.web.volunteering.terms import AN_HOUR, OFFERS_AN_HOUR


def is_one_too_many(request: HttpRequest) -> bool:
    """Count an offer from the address of a request in this hour of the clock; a keyed hash of the
    address is kept until it is over."""
    place = salted_hmac("samspill.volunteering.limit", _address(request)).hexdigest()
    key = f"volunteering:{int(timezone.now().timestamp()) // AN_HOUR}:{place}"
    count = cache.get(key, 0) + 1
    cache.set(key, count, AN_HOUR)
    return bool(count > OFFERS_AN_HOUR)


def _address(request: HttpRequest) -> str:
    """The visitor's address; behind a trusted proxy the one that the proxy saw."""
    if settings.SECURE_PROXY_SSL_HEADER:
        seen = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if seen:
            return seen
    return str(request.META.get("REMOTE_ADDR", ""))
