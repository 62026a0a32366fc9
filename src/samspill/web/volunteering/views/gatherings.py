"""Resource gatherings: what was needed, who answered, and what came of it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.errors import SamspillError
from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import at_desk
from samspill.web.municipality.matches import day_of, due_matches
from samspill.web.municipality.models import Entry, Gathering, Match, Need, Offer
from samspill.web.municipality.words import concept_name
from samspill.web.volunteering.actions.gatherings import add_match, follow_up_match
from samspill.web.volunteering.board import brought_to
from samspill.web.volunteering.forms import FollowUpForm, MatchForm, receiver_named
from samspill.web.volunteering.terms import FOLLOWED_UP_AFTER

SETTLED = ("led_to_collaboration", "came_to_nothing")


@at_desk(DeskPermission.READ_REGISTER)
def gatherings(request: DeskRequest, municipality: str) -> HttpResponse:
    """What came of the gatherings?"""
    today = timezone.localdate()
    found = Gathering.objects.filter(municipality=request.municipality).order_by("-held_on")
    matches = list(
        Match.objects.filter(municipality=request.municipality).select_related(
            "gathering", "need", "organisation", "municipal_unit", "relation"
        )
    )
    rows = []
    for one in found:
        own = [match for match in matches if match.gathering_id == one.pk]
        led = sum(match.outcome == SETTLED[0] for match in own)
        rows.append((one, len(own), led, sum(match.outcome == "pending" for match in own)))
    own_accord = [match for match in matches if match.gathering is None]
    context = {
        "group": "volunteers",
        "part": "gatherings",
        "rows": rows,
        "matches": len(matches),
        "led": sum(match.outcome == SETTLED[0] for match in matches),
        "due": due_matches(request.municipality, today),
        "own_accord": len(own_accord),
        "today": today,
    }
    return render(request, "volunteering/gatherings.html", context)


@at_desk(DeskPermission.READ_REGISTER)
def gathering(request: DeskRequest, municipality: str, gathering: str) -> HttpResponse:
    """Who can answer what?"""
    return _page(request, _gathering(request, gathering), None)


@at_desk(DeskPermission.EDIT_REGISTER)
@require_POST
def match(request: DeskRequest, municipality: str, gathering: str) -> HttpResponse:
    """Write down that someone answers a need."""
    found = _gathering(request, gathering)
    form = MatchForm(request.POST, municipality=request.municipality, needs=_all_needs(request))
    if not form.is_valid():
        return _page(request, found, form)
    need = Need.objects.get(municipality=request.municipality, identifier=form.cleaned_data["need"])
    try:
        add_match(
            actor=request.user,
            gathering=found,
            need=need,
            by=receiver_named(request.municipality, form.cleaned_data["by"]),
            offered=form.cleaned_data["offered"],
            follow_up_on=form.cleaned_data["follow_up_on"],
        )
    except SamspillError as error:
        form.add_error(None, str(error))
        return _page(request, found, form)
    messages.success(request, _("The match is written down."))
    return redirect("volunteering:gathering", municipality, gathering)


@at_desk(DeskPermission.READ_REGISTER)
def matches(request: DeskRequest, municipality: str) -> HttpResponse:
    """What came of the matches that organisations have made on their own pages?"""
    found = Match.objects.filter(municipality=request.municipality, gathering=None)
    context = {
        "group": "volunteers",
        "part": "gatherings",
        **_with_forms(found),
    }
    return render(request, "volunteering/matches.html", context)


@at_desk(DeskPermission.EDIT_REGISTER)
@require_POST
def follow_up_own(request: DeskRequest, municipality: str, match: str) -> HttpResponse:
    """Write down what came of a match that was made without a gathering."""
    found = get_object_or_404(
        Match.objects.select_related("municipality", "need"),
        municipality=request.municipality,
        gathering=None,
        identifier=match,
    )
    _follow_up(request, found)
    return redirect("volunteering:matches", municipality)


@at_desk(DeskPermission.EDIT_REGISTER)
@require_POST
def follow_up(request: DeskRequest, municipality: str, gathering: str, match: str) -> HttpResponse:
    """Write down what came of a match; what led to collaboration can become a relation."""
    found = get_object_or_404(
        Match.objects.select_related("municipality", "need"),
        municipality=request.municipality,
        gathering__identifier=gathering,
        identifier=match,
    )
    _follow_up(request, found)
    return redirect("volunteering:gathering", municipality, gathering)


def _follow_up(request: DeskRequest, found: Match) -> None:
    form = FollowUpForm(request.POST, prefix=found.identifier)
    if not form.is_valid():
        messages.error(request, _("Say what came of it, and choose a day that is still to come."))
    else:
        follow_up_match(actor=request.user, match=found, **form.cleaned_data)
        messages.success(request, _("It is written down."))


def _with_forms(found: QuerySet[Match]) -> dict[str, object]:
    """Matches with the form of each and the address where it becomes a relation, and how many led
    to collaboration."""
    matches = found.select_related(
        "need__organisation", "need__municipal_unit", "organisation", "municipal_unit", "relation"
    ).order_by("pk")
    return {
        "matches": [
            (m, FollowUpForm(prefix=m.identifier, initial=_stands(m)), _as_relation(m))
            for m in matches
        ],
        "led": sum(m.outcome == SETTLED[0] for m in matches),
    }


def _page(request: DeskRequest, found: Gathering, form: MatchForm | None) -> HttpResponse:
    board = brought_to(found, timezone.localdate())
    if form is None:
        follow_up_on = found.held_on + FOLLOWED_UP_AFTER
        form = MatchForm(
            municipality=request.municipality,
            needs=list(board.needs),
            initial={"follow_up_on": follow_up_on},
        )
    may_see = DeskPermission.HANDLE_OFFERS in request.permissions
    context = {
        "group": "volunteers",
        "part": "gatherings",
        "gathering": found,
        "fields": ", ".join(concept_name("fields", name) for name in found.fields),
        "needs": board.needs,
        "offers": [(offer, _names(offer)) for offer in board.offers] if may_see else [],
        **_with_forms(found.matches.all()),
        "form": form,
    }
    return render(request, "volunteering/gathering.html", context)


def _stands(match: Match) -> dict[str, object]:
    return {"outcome": match.outcome, "follow_up_on": day_of(match)}


def _as_relation(match: Match) -> str:
    """The address where a match becomes a relation, filled in; empty where it cannot be one."""
    parties = (
        match.organisation or match.need.organisation,
        match.municipal_unit or match.need.municipal_unit,
    )
    organisation, unit = parties
    if match.relation or match.outcome != SETTLED[0] or organisation is None or unit is None:
        return ""
    given = {
        "organisation": organisation.identifier,
        "municipal_unit": unit.identifier,
        "field": match.need.field,
        "valid_from": timezone.localdate().isoformat(),
        "proposed_by": "organisation" if match.organisation else "municipality",
        "note": f"{match.gathering}: {match.need}" if match.gathering else "",
    }
    address = reverse("municipality:add", args=(match.municipality.code, "relations"))
    return f"{address}?{urlencode({k: v for k, v in given.items() if v})}"


def _names(offer: Offer) -> str:
    return ", ".join(concept_name("fields", name) for name in offer.fields)


def _all_needs(request: DeskRequest) -> list[Entry]:
    return list(Need.objects.filter(municipality=request.municipality))


def _gathering(request: DeskRequest, identifier: str) -> Gathering:
    found = Gathering.objects.select_related("municipality")
    return get_object_or_404(found, municipality=request.municipality, identifier=identifier)
