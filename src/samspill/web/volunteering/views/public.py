"""What anyone sees: how to offer help, what is needed, how it stands."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import opened_or
from samspill.web.volunteering.actions.offers import receive_offer
from samspill.web.volunteering.capacity import open_needs
from samspill.web.volunteering.forms import NewOfferForm
from samspill.web.volunteering.limits import is_one_too_many
from samspill.web.volunteering.models import surge_in
from samspill.web.volunteering.needs import shown_to_anyone
from samspill.web.volunteering.status import status_of
from samspill.web.volunteering.terms import ERASED_AFTER, OFFER_LASTS

NEW = "new"
TOO_MANY = 429


@opened_or(DeskPermission.HANDLE_OFFERS)
def offer(request: DeskRequest, municipality: str) -> HttpResponse:
    """How can I help? Nothing is kept before it is sent with consent."""
    asked_for = request.GET.get("field", "")
    form = NewOfferForm(
        request.POST if request.method == "POST" else None,
        initial={"fields": [asked_for] if asked_for else []},
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        if is_one_too_many(request):
            form.add_error(
                None,
                _("Too many offers have come from where you are. Send this again in an hour."),
            )
            status = TOO_MANY
        else:
            made = receive_offer(
                municipality=request.municipality,
                values=form.values(),
                language=translation.get_language() or "",
            )
            answer = redirect("volunteers:own", made.token)
            answer["Location"] += f"?{NEW}=1"
            return answer
    context = {
        "here": "offer",
        "form": form,
        "surge": surge_in(request.municipality),
        "lasts": OFFER_LASTS.days,
        "erased_after": ERASED_AFTER.days,
    }
    return render(request, "volunteering/offer.html", context, status=status)


@opened_or(DeskPermission.READ_REGISTER)
def needs(request: DeskRequest, municipality: str) -> HttpResponse:
    """What is needed now?"""
    found = open_needs(request.municipality, timezone.localdate())
    context = {
        "here": "needs",
        "needs": [shown_to_anyone(one) for one in found if not one.is_met],
        "surge": surge_in(request.municipality),
    }
    return render(request, "volunteering/public_needs.html", context)


@opened_or(DeskPermission.READ_REGISTER)
def status(request: DeskRequest, municipality: str) -> HttpResponse:
    """How does it stand, and where is there room?"""
    today = timezone.localdate()
    found = status_of(request.municipality, today)
    context = {"here": "status", "status": found, "today": today}
    return render(request, "volunteering/status.html", context)
