"""The page of whoever has offered help, whose address is the key to it."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.errors import SamspillError
from samspill.register import TABLES
from samspill.web.access.rules import anyone
from samspill.web.audit.recording import record
from samspill.web.municipality.actions.entries import subject_of
from samspill.web.municipality.content import content_of
from samspill.web.municipality.models import Offer
from samspill.web.municipality.words import column_name, in_words
from samspill.web.studies.frame.writing import as_csv
from samspill.web.volunteering.actions.erasing import erase_offer
from samspill.web.volunteering.actions.offers import (
    ASKED_OF_A_PERSON,
    OPEN,
    VOLUNTEER,
    change_offer,
    prolong_offer,
)
from samspill.web.volunteering.files import as_json, own_data, own_rows
from samspill.web.volunteering.forms import OfferForm
from samspill.web.volunteering.links import offer_by
from samspill.web.volunteering.terms import ERASED_AFTER

GONE = 410
DATES = ("given_on", "consented_on", "expires_on", "status")


@anyone
def own(request: HttpRequest, token: str) -> HttpResponse:
    """What is stored of me, and what has been done with it?"""
    offer = offer_by(token)
    if offer is None:
        return kept_private(render(request, "volunteering/gone.html", status=GONE))
    columns = [TABLES["offers"].column(name) for name in (*ASKED_OF_A_PERSON, *DATES)]
    context = {
        "facts": [
            (column_name("offers", c.name), in_words(c, getattr(offer, c.name))) for c in columns
        ],
        "referrals": offer.referrals.select_related("organisation", "municipal_unit"),
        "is_new": "new" in request.GET,
        "is_open": offer.status in OPEN,
        "may_prolong": offer.status in {*OPEN, "expired"},
        "address": request.build_absolute_uri(reverse("volunteers:own", args=(token,))),
        "erased_after": ERASED_AFTER.days,
    }
    return _page(request, offer, token, "own", context)


@anyone
def change(request: HttpRequest, token: str) -> HttpResponse:
    """Change what is stored of me."""
    offer = _offer(token)
    if offer.status not in OPEN:
        return redirect("volunteers:own", token)
    given = request.POST if request.method == "POST" else None
    form = OfferForm(given, initial=content_of(offer))
    if given is not None and form.is_valid():
        changed = change_offer(offer=offer, values=form.values())
        messages.success(request, _("It is changed.") if changed else _("It stood so already."))
        return redirect("volunteers:own", token)
    return _page(request, offer, token, "change", {"form": form})


@anyone
@require_POST
def prolong(request: HttpRequest, token: str) -> HttpResponse:
    """The offer still stands."""
    try:
        prolong_offer(offer=_offer(token))
    except SamspillError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Thank you. Your offer still stands."))
    return redirect("volunteers:own", token)


@anyone
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Withdraw the offer; everything is erased at once."""
    offer = _offer(token)
    if request.method != "POST":
        told = offer.referrals.filter(outcome="accepted")
        context = {"told": [r.organisation or r.municipal_unit for r in told]}
        return _page(request, offer, token, "withdraw", context)
    erase_offer(actor=VOLUNTEER, offer=offer, status="withdrawn")
    request.municipality = offer.municipality  # type: ignore[attr-defined]
    return kept_private(render(request, "volunteering/erased.html"))


@anyone
def take_out(request: HttpRequest, token: str, form: str) -> HttpResponse:
    """All that is stored of me, as a file."""
    offer = _offer(token)
    if form == "json":
        answer = HttpResponse(as_json(own_data(offer)), content_type="application/json")
    elif form == "csv":
        answer = HttpResponse(as_csv(own_rows(offer)), content_type="text/csv")
    else:
        raise Http404
    record(
        actor=VOLUNTEER,
        action="volunteering.take_out",
        subject=subject_of(offer),
        municipality=offer.municipality.code,
    )
    answer["Content-Disposition"] = f'attachment; filename="samspill-{offer.identifier}.{form}"'
    return kept_private(answer)


def kept_private(answer: HttpResponse) -> HttpResponse:
    """Not kept by browsers or proxies, not found by search engines."""
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _offer(token: str) -> Offer:
    offer = offer_by(token)
    if offer is None:
        raise Http404
    return offer


def _page(
    request: HttpRequest, offer: Offer, token: str, page: str, context: Mapping[str, object]
) -> HttpResponse:
    request.municipality = offer.municipality  # type: ignore[attr-defined]
    shared = {"offer": offer, "token": token}
    return kept_private(render(request, f"volunteering/{page}.html", {**shared, **context}))
