"""An organisation's calendar, and the secret address that it is followed at."""

from __future__ import annotations

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone

from samspill.register.interchange import calendar
from samspill.web.municipality.models import Organisation
from samspill.web.organisation.models import Feed
from samspill.web.organisation.own import concerning
from samspill.web.organisation.reading import seen_by
from samspill.web.organisation.rules import may_follow

SIGNER = Signer(salt="samspill.organisation.calendar")


def address_of(feed: Feed) -> str:
    """Where a calendar is followed. The address is the same every time, and kept nowhere."""
    return settings.ADDRESS + reverse("calendar", args=(SIGNER.sign(str(feed.pk)),))


def feed_at(signed: str) -> Feed | None:
    """The calendar of an address, where its follower still speaks for the organisation."""
    try:
        number = int(SIGNER.unsign(signed))
    except (BadSignature, ValueError):
        return None
    found = Feed.objects.filter(pk=number).select_related(
        "user", "link", "organisation__municipality"
    )
    feed = found.first()
    if feed is None:
        return None
    if feed.link is not None:
        return feed if feed.link.expires_at > timezone.now() else None
    return feed if may_follow(feed.user, feed.organisation) else None


def calendar_of(organisation: Organisation, language: str) -> bytes:
    """An organisation's deadlines, meetings and reviews as ``text/calendar``."""
    own, shown = seen_by(organisation)
    followed = concerning(own, shown, organisation.identifier, timezone.localdate())
    return calendar(followed, language, stamp=timezone.now(), internal=True)
