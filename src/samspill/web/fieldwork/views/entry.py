"""Choosing whose answers to enter, and how they came."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.fieldwork.exports.units import names_of
from samspill.web.fieldwork.models import Respondent
from samspill.web.fieldwork.outcomes import response_of

MOST_SHOWN = 100


@requires(Permission.ENTER_RESPONSES)
@require_safe
def enter(request: StudyRequest, study: str, collection: str) -> HttpResponse:
    """The respondents whose answers can be entered, found by unit, code or organisation."""
    chosen = get_object_or_404(
        request.study.collections.select_related("wave"), identifier=collection
    )
    sought = request.GET.get("q", "").strip()[:100]
    respondents = chosen.respondents.select_related("unit", "response").filter(ineligible="")
    if sought:
        day = chosen.wave.reference_date
        valid = Q(unit__names__valid_from=None) | Q(unit__names__valid_from__lte=day)
        valid &= Q(unit__names__valid_to=None) | Q(unit__names__valid_to__gt=day)
        named = Q(unit__names__name__icontains=sought) | Q(unit__names__code=sought)
        respondents = respondents.filter(
            Q(unit__identifier__icontains=sought)
            | Q(organisation__icontains=sought)
            | (named & valid)
        ).distinct()
    names = names_of(chosen)
    ordered = respondents.order_by("unit__identifier", "side", "organisation")
    shown = [_row(each, names) for each in ordered[:MOST_SHOWN]]
    context = {
        "collection": chosen,
        "q": sought,
        "shown": shown,
        "more": respondents.count() - len(shown),
    }
    return render(request, "fieldwork/enter.html", context)


def _row(respondent: Respondent, names: dict[int, str]) -> dict[str, object]:
    response = response_of(respondent)
    return {
        "respondent": respondent,
        "name": names.get(respondent.unit_id) or respondent.unit.identifier,
        "response": response,
        "sent": response is not None and response.submitted_at is not None,
    }
