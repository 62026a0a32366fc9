"""The page on how the fieldwork goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import translation

from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.fieldwork.dashboard.course import by_day, by_step
from samspill.web.fieldwork.dashboard.figure import day_figure
from samspill.web.fieldwork.dashboard.groups import Grouping, groupings
from samspill.web.fieldwork.dashboard.response import (
    OTHERS,
    RATES,
    balance,
    by_attribute,
    cases,
    rates,
)
from samspill.web.fieldwork.exports.units import names_of
from samspill.web.fieldwork.models import Collection
from samspill.web.fieldwork.outcomes import LABELS, Standing, standings
from samspill.web.instruments.definitions import definition


@requires(Permission.READ_FIELDWORK)
def dashboard(request: StudyRequest, study: str, collection: str) -> HttpResponse:
    """How many have answered, and who is missing."""
    chosen = get_object_or_404(
        request.study.collections.select_related("wave", "version"), identifier=collection
    )
    found = standings(chosen)
    eligible = [each for each in found if each.eligible]
    grouped = groupings(chosen, eligible)
    days = by_day(found)
    missing = [each for each in eligible if not each.counts]
    context = {
        "collection": chosen,
        "asked": len(eligible),
        "sent": sum(each.code == "1.1" for each in found),
        "partial": sum(each.code == "1.2" for each in found),
        "missing_count": len(missing),
        "days": days,
        "figure": day_figure(days),
        "busiest": max(days, key=lambda day: day.sent, default=None),
        "steps": by_step(found, definition(chosen.version), translation.get_language() or "nb"),
        **_response(found, eligible, grouped),
        **_missing(request.GET, chosen, missing, grouped),
    }
    return render(request, "fieldwork/dashboard.html", context)


def _response(
    found: Sequence[Standing], eligible: Sequence[Standing], grouped: Sequence[Grouping]
) -> dict[str, Any]:
    computed = rates(found)
    rows = {row["rate"]: _with_whole(row) for row in computed.frame.iter_rows(named=True)}
    return {
        "cases": cases(found),
        "eligibility": computed.eligibility,
        "rates": [rows[name] for name in RATES],
        "other_rates": [rows[name] for name in OTHERS],
        "rr1": rows["RR1"]["value"],
        "rr2": rows["RR2"]["value"],
        "attributes": by_attribute(eligible, grouped),
        "unknown_of_silent": [each.label for each in grouped if not each.informative],
        "balance": balance(eligible, grouped),
    }


def _with_whole(row: dict[str, Any]) -> dict[str, Any]:
    """A rate's row, with how many decimals its denominator needs."""
    return {**row, "places": 0 if float(row["denominator"]).is_integer() else 1}


def _missing(
    query: QueryDict,
    collection: Collection,
    missing: Sequence[Standing],
    grouped: Sequence[Grouping],
) -> dict[str, Any]:
    """The list of units that are missing, filtered by disposition and by groups."""
    names = names_of(collection)
    code = query.get("code", "")
    shown = [each for each in missing if code in ("", each.code)]
    filters = []
    for grouping in grouped:
        wanted = query.get(f"by_{grouping.identifier}", "")
        wanted = wanted if wanted in grouping.labels else ""
        if wanted:
            shown = [each for each in shown if grouping.of[each.respondent.pk] == wanted]
        filters.append((grouping, wanted))
    met = {each.code for each in missing}
    return {
        "missing": [(each, names.get(each.respondent.unit_id, "")) for each in shown],
        "codes": [(value, label) for value, label in LABELS.items() if value in met],
        "code": code if code in met else "",
        "filters": filters,
        "filtered": bool(code) or any(wanted for _, wanted in filters),
    }
