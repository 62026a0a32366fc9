"""Those who offer help: who waits, whom to ask, and what came of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.errors import SamspillError
from samspill.register import TABLES
from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import at_desk
from samspill.web.audit.models import Event
from samspill.web.municipality.actions.entries import subject_of
from samspill.web.municipality.changes import told
from samspill.web.municipality.models import Need, Offer, Referral
from samspill.web.municipality.words import column_name, concept_name, in_words
from samspill.web.volunteering.actions import daily, offers, referrals
from samspill.web.volunteering.actions.erasing import erase_offer
from samspill.web.volunteering.forms import ReferForm, receiver_named
from samspill.web.volunteering.models import surge_in
from samspill.web.volunteering.suggesting import Desk, Suggestion
from samspill.web.volunteering.terms import REMINDED_AFTER

SUGGESTED = 8
TOLD = ("name", "email", "phone", "description", "place", "times", "languages")


@dataclass(frozen=True, slots=True)
class Row:
    """Someone who waits: for how many days, for what, and the best to ask."""

    offer: Offer
    days: int
    fields: str
    first: Suggestion | None


@at_desk(DeskPermission.HANDLE_OFFERS)
def queue(request: DeskRequest, municipality: str) -> HttpResponse:
    """Who waits to be received? The one who has waited longest first."""
    today = timezone.localdate()
    found = daily.of_persons(request.municipality).order_by("given_on", "pk")
    waiting = found.filter(status="waiting", expires_on__gte=today)
    desk = Desk.of(request.municipality, today)
    rows = [_row(offer, desk, today) for offer in waiting.prefetch_related("referrals")]
    pending = (
        Referral.objects.filter(municipality=request.municipality, outcome="pending")
        .select_related("offer", "organisation", "municipal_unit")
        .prefetch_related("links")
        .order_by("sent_on", "pk")
    )
    context = {
        "group": "volunteers",
        "part": "queue",
        "rows": rows,
        "oldest": rows[0].days if rows else 0,
        "pending": [(r, (today - r.sent_on).days, _reached(r)) for r in pending],
        "late_after": REMINDED_AFTER.days,
        "accepted": found.filter(status="accepted"),
        "total": found.count(),
        "surge": surge_in(request.municipality),
    }
    return render(request, "volunteering/queue.html", context)


@at_desk(DeskPermission.HANDLE_OFFERS)
def offer(request: DeskRequest, municipality: str, offer: str) -> HttpResponse:
    """Whom shall I ask about this person?"""
    return _page(request, _offer(request, offer))


@at_desk(DeskPermission.HANDLE_OFFERS)
@require_POST
def refer(request: DeskRequest, municipality: str, offer: str) -> HttpResponse:
    """Ask an organisation, or a unit where no organisation can."""
    found = _offer(request, offer)
    form = ReferForm(request.POST)
    form.is_valid()
    to = receiver_named(request.municipality, form.cleaned_data.get("to", ""))
    if to is None:
        messages.error(request, _("Choose whom to ask."))
        return redirect("volunteering:one", municipality, offer)
    need = Need.objects.filter(
        municipality=request.municipality, identifier=form.cleaned_data.get("need", "")
    ).first()
    try:
        made = referrals.refer(
            actor=request.user,
            offer=found,
            to=to,
            need=need,
            no_organisation=form.cleaned_data.get("no_organisation", False),
        )
    except SamspillError as error:
        messages.error(request, str(error))
    else:
        if _reached(made):
            messages.success(request, _("%(who)s is asked, by e-mail.") % {"who": to})
        else:
            messages.warning(
                request,
                _("No e-mail has reached %(who)s. Call, and write down the answer here.")
                % {"who": to},
            )
    return redirect("volunteering:one", municipality, offer)


@at_desk(DeskPermission.HANDLE_OFFERS)
@require_POST
def decline(request: DeskRequest, municipality: str, offer: str) -> HttpResponse:
    """Nobody can receive the person now, who is told so."""
    try:
        offers.decline_offer(actor=request.user, offer=_offer(request, offer))
    except SamspillError as error:
        messages.error(request, str(error))
        return redirect("volunteering:one", municipality, offer)
    messages.success(request, _("The offer is closed, and the person is thanked."))
    return redirect("volunteering:queue", municipality)


@at_desk(DeskPermission.HANDLE_OFFERS)
@require_POST
def erase(request: DeskRequest, municipality: str, offer: str) -> HttpResponse:
    """The person has asked the desk to be erased."""
    erase_offer(actor=request.user, offer=_offer(request, offer), status="withdrawn")
    messages.success(request, _("All that was stored of the person is erased."))
    return redirect("volunteering:queue", municipality)


@at_desk(DeskPermission.HANDLE_OFFERS)
@require_POST
def answer(request: DeskRequest, municipality: str, referral: str) -> HttpResponse:
    """Write down an answer that was given by telephone."""
    found = _referral(request, referral)
    accepted = request.POST.get("answer") == "yes"
    try:
        referrals.answer_referral(actor=request.user, referral=found, accepted=accepted)
    except SamspillError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The answer is written down."))
    return redirect("volunteering:one", municipality, found.offer.identifier)


@at_desk(DeskPermission.HANDLE_OFFERS)
@require_POST
def remind(request: DeskRequest, municipality: str, referral: str) -> HttpResponse:
    """Ask once more."""
    found = _referral(request, referral)
    try:
        referrals.remind_receiver(referral=found)
    except SamspillError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("They are asked once more."))
    return redirect("volunteering:one", municipality, found.offer.identifier)


@at_desk(DeskPermission.HANDLE_OFFERS)
@require_POST
def follow_up(request: DeskRequest, municipality: str) -> HttpResponse:
    """Do what is due today: ask again, give up, expire, erase."""
    done = daily.follow_up(request.municipality)
    messages.success(
        request,
        _(
            "%(asked)s asked once more, %(given_up)s given up; %(reminded)s persons asked whether "
            "their offer stands, %(expired)s offers expired, %(erased)s persons erased."
        )
        % {
            "asked": done.asked_again,
            "given_up": done.given_up,
            "reminded": done.reminded,
            "expired": done.expired,
            "erased": done.erased,
        },
    )
    return redirect("volunteering:queue", municipality)


def _page(request: DeskRequest, offer: Offer) -> HttpResponse:
    today = timezone.localdate()
    asked = list(
        offer.referrals.select_related("organisation", "municipal_unit", "need").order_by("pk")
    )
    suggestions = Desk.of(request.municipality, today).suggestions(offer, asked)
    subjects = [subject_of(offer), *(subject_of(referral) for referral in asked)]
    events = Event.objects.filter(municipality=request.municipality.code, subject__in=subjects)
    columns = [TABLES["offers"].column(name) for name in TOLD]
    context = {
        "group": "volunteers",
        "part": "queue",
        "offer": offer,
        "days": (today - offer.given_on).days,
        "fields": _fields(offer),
        "facts": [
            (column_name("offers", c.name), in_words(c, getattr(offer, c.name))) for c in columns
        ],
        "may_refer": offer.status == "waiting" and offer.expires_on >= today,
        "suggestions": suggestions,
        "organisations": suggestions.organisations[:SUGGESTED],
        "more": [s.receiver for s in suggestions.organisations[SUGGESTED:]],
        "asked": [(referral, _reached(referral)) for referral in asked],
        "changes": told(request.municipality, events),
    }
    return render(request, "volunteering/one.html", context)


def _row(offer: Offer, desk: Desk, today: datetime.date) -> Row:
    suggestions = desk.suggestions(offer, offer.referrals.all())
    best = [*suggestions.organisations, *suggestions.units]
    return Row(offer, (today - offer.given_on).days, _fields(offer), best[0] if best else None)


def _fields(offer: Offer) -> str:
    return ", ".join(concept_name("fields", name) for name in offer.fields)


def _reached(referral: Referral) -> bool:
    return any(link.sent_at for link in referral.links.all())


def _offer(request: DeskRequest, identifier: str) -> Offer:
    found = daily.of_persons(request.municipality)
    return get_object_or_404(found, identifier=identifier)


def _referral(request: DeskRequest, identifier: str) -> Referral:
    found = Referral.objects.select_related("offer", "municipality")
    return get_object_or_404(found, municipality=request.municipality, identifier=identifier)
