"""The interviews against the plan, what is uneven, and whom to ask next."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.language import format_number
from samspill.selection import InterviewCoverage
from samspill.selection.informants import reason
from samspill.vocabulary import load
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.design.actions import plan_interviews, plan_unit
from samspill.web.design.forms import PlanForm, UnitPlanForm
from samspill.web.design.informants import cells, coverage_of, fields_in_depth, sides
from samspill.web.studies.listing import units_on

ASKED = 12
MARGINS = {
    "side": gettext_lazy("Between the sides"),
    "field": gettext_lazy("Between the fields"),
    "unit": gettext_lazy("Between the cases"),
    "field × side": gettext_lazy("Between fields and sides"),
    "unit × side": gettext_lazy("Between cases and sides"),
}


@requires(Permission.CODE_TEXT)
def coverage(request: StudyRequest, study: str) -> HttpResponse:
    """Who has been interviewed of those planned, and who is to be asked next?"""
    found = coverage_of(request.study)
    own = request.study.selections.filter(adopted_at__isnull=False).first()
    form = None
    if own is not None and Permission.EDIT_SOURCES in request.permissions:
        form = PlanForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            plan_interviews(
                actor=request.user, study=request.study, units=own.found["cases"], cells=cells(),
                each=form.cleaned_data["each"],
            )  # fmt: skip
            messages.success(request, _("The interviews are planned."))
            return redirect("design:coverage", study)
    context: dict[str, Any] = {"here": "coverage", "own": own, "form": form, "found": found}
    if found is not None:
        context |= _shown(request, found)
    return render(request, "design/coverage.html", context)


@requires(Permission.EDIT_SOURCES)
def plan(request: StudyRequest, study: str, unit: str) -> HttpResponse:
    """How many informants is one unit to have?"""
    found = get_object_or_404(request.study.units, identifier=unit)
    held = {(p.side, p.field): p.number for p in found.planned_interviews.all()}
    words, language = load(), get_language() or "nb"
    shown = [
        (
            f"{side}-{field}",
            f"{words.fields[field].label(language)}, {words.sides[side].label(language).lower()}",
            side,
            held.get((side, field), 0),
        )
        for side, field in cells()
    ]
    form = UnitPlanForm(request.POST or None, cells=shown)
    if request.method == "POST" and form.is_valid():
        numbers = {(s, f): form.cleaned_data[f"{s}-{f}"] for s, f in cells()}
        plan_unit(actor=request.user, study=request.study, unit=found, numbers=numbers)
        messages.success(request, _("The plan is changed."))
        return redirect("design:coverage", study)
    name = _names(request).get(unit, unit)
    return render(request, "design/plan.html", {"here": "coverage", "form": form, "name": name})


def _names(request: StudyRequest) -> dict[str, str]:
    return {row.unit.identifier: row.name for row in units_on(request.study, timezone.localdate())}


def _shown(request: StudyRequest, found: InterviewCoverage) -> dict[str, Any]:
    words, language = load(), get_language() or "nb"
    names = _names(request)
    fields = [f for f in words.fields if f in set(found.frame["field"])]
    labels = {f: words.fields[f].label(language) for f in fields}
    side_labels = {s: words.sides[s].label(language) for s in sides()}
    held = {
        (row["unit"], row["side"], row["field"]): row for row in found.frame.iter_rows(named=True)
    }
    units = list(found.frame["unit"].unique(maintain_order=True))
    return {
        "columns": [(labels[f], side_labels[s], *found.rests_on(field=f, side=s))
                    for f in fields for s in sides()],
        "fields": [labels[f] for f in fields],
        "sides": list(side_labels.values()),
        "rows": [
            (unit, names.get(unit, unit),
             [held.get((unit, s, f)) for f in fields for s in sides()],
             found.rests_on(unit=unit))
            for unit in units
        ],
        "uneven": [
            {
                **row,
                "label": MARGINS[row["by"]],
                "index": None if row["index"] is None
                else format_number(row["index"], 2, language),
                "elsewhere": None if row["elsewhere"] is None
                else format_number(row["elsewhere"], 1, language),
                "least": _least(row["least"], {**names, **labels, **side_labels}),
            }
            for row in found.unevenness().iter_rows(named=True)
        ],
        "ask": [
            {**row, "name": names.get(row["unit"], row["unit"]),
             "side": side_labels.get(row["side"], row["side"]),
             "field": labels.get(row["field"], row["field"]),
             "reason": reason(row, language, labels)}
            for row in found.ask_next(ASKED).iter_rows(named=True)
        ],
        "lacking": int(found.frame["lacking"].sum()),
        "beyond": int(
            found.frame.select((pl.col("achieved") - pl.col("met")).sum()).item()
        ),
        "in_depth": len(fields_in_depth()),
    }  # fmt: skip


def _least(text: str, labels: dict[str, str]) -> str:
    return " · ".join(labels.get(part, part) for part in text.split(" × "))
