"""What is needed, at the desk: met, open, and who offers what fits."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import at_desk
from samspill.web.municipality.actions.entries import change_entry
from samspill.web.municipality.models import Need
from samspill.web.municipality.words import concept_name
from samspill.web.volunteering.actions.daily import of_persons
from samspill.web.volunteering.capacity import open_needs
from samspill.web.volunteering.suggesting import fits


@at_desk(DeskPermission.READ_REGISTER)
def needs(request: DeskRequest, municipality: str) -> HttpResponse:
    """What is needed, and does anybody offer it?"""
    today = timezone.localdate()
    may_see = DeskPermission.HANDLE_OFFERS in request.permissions
    waiting = (
        list(of_persons(request.municipality).filter(status="waiting", expires_on__gte=today))
        if may_see
        else []
    )
    found = open_needs(request.municipality, today)
    every = Need.objects.filter(municipality=request.municipality)
    context = {
        "group": "volunteers",
        "part": "needs",
        "needs": [
            (
                standing,
                concept_name("fields", standing.need.field) if standing.need.field else "",
                [offer for offer in waiting if fits(offer, standing.need)],
            )
            for standing in found
        ],
        "open": sum(not standing.is_met for standing in found),
        "unpublished": every.filter(published_on=None, closed_on=None),
        "closed": every.exclude(closed_on=None).count(),
        "today": today,
    }
    return render(request, "volunteering/needs.html", context)


@at_desk(DeskPermission.EDIT_REGISTER)
@require_POST
def close(request: DeskRequest, municipality: str, need: str) -> HttpResponse:
    """Publish a need, or say that it is met or withdrawn."""
    found = get_object_or_404(Need, municipality=request.municipality, identifier=need)
    column = "published_on" if "publish" in request.POST else "closed_on"
    change_entry(actor=request.user, entry=found, values={column: timezone.localdate()})
    said = _("The need is published.") if "publish" in request.POST else _("The need is closed.")
    messages.success(request, said)
    return redirect("volunteering:needs", municipality)
