"""An organisation's first page, what has been agreed, and the calendar that it follows."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.register import Register
from samspill.web.access.rules import anyone
from samspill.web.municipality.words import concept_name, table_name
from samspill.web.organisation.actions.keys import close_feed, open_feed
from samspill.web.organisation.addresses import own_address
from samspill.web.organisation.ahead import ahead
from samspill.web.organisation.asked import open_rounds
from samspill.web.organisation.calendars import address_of, calendar_of, feed_at
from samspill.web.organisation.exchange import open_offers
from samspill.web.organisation.grid import Grid, grid
from samspill.web.organisation.models import Feed
from samspill.web.organisation.own import concerning
from samspill.web.organisation.published import published_needs
from samspill.web.organisation.reaching import own_contacts
from samspill.web.organisation.reading import seen_by
from samspill.web.organisation.rules import OwnRequest, actor, for_own_page, kept_private

SHOWN_AHEAD = 10
SOON = 30
MEETINGS_SHOWN = 10
AGREED = {
    "agreements": (
        "title",
        "municipal_unit",
        "valid_from",
        "valid_to",
        "review_on",
        "role_of_municipality",
        "role_of_organisation",
        "case_number",
        "ended_on",
    ),
    "relations": (
        "form",
        "field",
        "municipal_unit",
        "municipal_contact",
        "organisation_contact",
        "economic_relation",
        "amount",
        "valid_from",
        "valid_to",
    ),
    "grants": (
        "year",
        "scheme",
        "purpose",
        "decision",
        "applied",
        "amount",
        "decided_on",
        "case_number",
    ),
    "allocations": ("premises", "hours_a_week", "rent", "valid_from", "valid_to"),
    "seats": ("body", "role", "contact", "valid_from", "valid_to"),
    "meetings": ("title", "held_on", "starts_at", "place", "agenda", "minutes"),
    "inputs": ("process", "invited_on", "received_on", "summary", "outcome", "reason"),
    "enquiries": ("subject", "municipal_unit", "received_on", "answered_on"),
}
LATEST_FIRST = {
    "grants": "year",
    "meetings": "held_on",
    "inputs": "invited_on",
    "enquiries": "received_on",
}


@for_own_page
def page(request: OwnRequest, **address: str) -> HttpResponse:
    """Whom do we call, and what is open?"""
    own, shown = seen_by(request.organisation)
    today = timezone.localdate()
    name = request.organisation.identifier
    found = ahead(concerning(own, shown, name, today), today)
    reached = own_contacts(own, shown, name)
    needs = [need for need in published_needs(shown, today) if need.organisation != name]
    context = {
        "group": "page",
        "ahead": found[:SHOWN_AHEAD],
        "further": len(found) - SHOWN_AHEAD,
        "soon": sum(one.days <= SOON for one in found),
        "all_ahead": len(found),
        "matters": reached,
        "contacts": len({one.identifier for ones in reached.values() for one in ones}),
        "needs": len(needs),
        "offers": open_offers(request.municipality, today)
        .exclude(organisation=request.organisation)
        .count(),
        "unverified": request.organisation.verified_on is None
        or (today - request.organisation.verified_on).days > 365,
        "feed": _feed_address(request),
        "rounds": [
            (one, concept_name("fields", one.field) if one.field else "")
            for one in open_rounds(request.organisation)
        ],
    }
    return render(request, "organisation/page.html", context)


@for_own_page
def agreed(request: OwnRequest, **address: str) -> HttpResponse:
    """What have we agreed, and what have we received?"""
    own, _shown = seen_by(request.organisation)
    grants = [row for row in own.rows("grants") if isinstance(row["amount"], int)]
    context = {
        "group": "agreed",
        "grids": [made for table in AGREED if (made := _grid(own, table)) is not None],
        "agreements": len(own.rows("agreements")),
        "seats": len(own.rows("seats")),
        "received": sum(int(str(row["amount"])) for row in grants),
        "grants": len(grants),
        "years": sorted({int(str(row["year"])) for row in grants}),
    }
    return render(request, "organisation/agreed.html", context)


@for_own_page
@require_POST
def follow(request: OwnRequest, **address: str) -> HttpResponse:
    """Make an address that a calendar can follow; an earlier one stops."""
    open_feed(
        actor=actor(request),
        organisation=request.organisation,
        user=None if request.link else request.user,
        link=request.link,
        language=get_language() or "nb",
    )
    messages.success(request, _("Your calendar has an address now."))
    return redirect(own_address(request, "page") + "#calendar")


@for_own_page
@require_POST
def stop_following(request: OwnRequest, **address: str) -> HttpResponse:
    """Take the calendar's address away."""
    feed = _feed(request)
    if feed is not None:
        close_feed(actor=actor(request), feed=feed)
    messages.success(request, _("The calendar's address does not work any more."))
    return redirect(own_address(request, "page") + "#calendar")


@anyone
def calendar(request: HttpRequest, signed: str) -> HttpResponse:
    """A calendar at its secret address."""
    feed = feed_at(signed)
    if feed is None:
        raise Http404
    content = calendar_of(feed.organisation, feed.language)
    return kept_private(HttpResponse(content, content_type="text/calendar; charset=utf-8"))


def _grid(own: Register, table: str) -> Grid | None:
    rows = list(own.rows(table))
    day = LATEST_FIRST.get(table)
    if day is not None:
        rows.sort(key=lambda row: str(row[day] or ""), reverse=True)
    if table == "meetings":
        today = timezone.localdate().isoformat()
        rows = [row for row in rows if str(row["held_on"]) < today][:MEETINGS_SHOWN]
    return grid(own, table, AGREED[table], rows, table_name(table)) if rows else None


def _feed(request: OwnRequest) -> Feed | None:
    held: dict[str, Any] = {"link": request.link} if request.link else {"user": request.user}
    return Feed.objects.filter(organisation=request.organisation, **held).first()


def _feed_address(request: OwnRequest) -> str:
    feed = _feed(request)
    return address_of(feed) if feed is not None else ""
