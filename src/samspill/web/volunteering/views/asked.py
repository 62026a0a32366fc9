"""The page of an organisation or a unit that is asked whether it can receive someone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.register import TABLES
from samspill.web.access.rules import anyone
from samspill.web.municipality.words import column_name, in_words
from samspill.web.volunteering.actions.referrals import RECEIVER, answer_referral
from samspill.web.volunteering.links import referral_by
from samspill.web.volunteering.views.own import GONE, kept_private

BEFORE = ("fields", "place", "times", "languages")
AFTER = ("name", "phone", "email", *BEFORE, "description")
"""Who the person is, is told only to whoever has said yes."""


@anyone
def asked(request: HttpRequest, token: str) -> HttpResponse:
    """Can you receive someone who offers to help?"""
    referral = referral_by(token)
    if referral is None:
        return kept_private(render(request, "volunteering/gone.html", status=GONE))
    if request.method == "POST":
        accepted = request.POST.get("answer") == "yes"
        try:
            answer_referral(actor=RECEIVER, referral=referral, accepted=accepted)
        except SamspillError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Thank you for answering."))
        return redirect("volunteers:asked", token)
    offer = referral.offer
    names = AFTER if referral.outcome == "accepted" else BEFORE
    columns = [TABLES["offers"].column(name) for name in names]
    request.municipality = referral.municipality  # type: ignore[attr-defined]
    context = {
        "referral": referral,
        "receiver": referral.organisation or referral.municipal_unit,
        "facts": [
            (column_name("offers", c.name), in_words(c, getattr(offer, c.name))) for c in columns
        ],
        "may_answer": referral.outcome == "pending"
        or (referral.outcome == "no_answer" and offer.status == "waiting"),
    }
    return kept_private(render(request, "volunteering/asked.html", context))
