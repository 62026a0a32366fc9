"""Quotes for publication: what may be printed, and how its speaker is told."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from samspill.qualitative.queries import conditions, quotes
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.interviews.asking.choosing import asked_of
from samspill.web.interviews.asking.forms import PassageForm
from samspill.web.interviews.models import KnownName
from samspill.web.studies.models import UnitName

SHOWN = 60


@requires(Permission.CODE_TEXT)
def show(request: StudyRequest, study: str) -> HttpResponse:
    """What can we quote?"""
    found, context = _found(request)
    context |= {
        "rows": list(found.frame.head(SHOWN).iter_rows(named=True)),
        "total": found.frame.height,
        "withheld": found.withheld.height,
        "reasons": _reasons(found),
        "smallest": found.smallest,
    }
    return render(request, "interviews/quotes.html", context)


@requires(Permission.EXPORT)
def download(request: StudyRequest, study: str) -> HttpResponse:
    """The quotes of the same address as Markdown, under their codes."""
    found, _context = _found(request)
    answer = HttpResponse(found.to_markdown(), content_type="text/markdown; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{study}-quotes.md"'
    return answer


def _found(request: StudyRequest) -> tuple[Any, dict[str, Any]]:
    tables, words, locale = asked_of(request)
    form = PassageForm(request.GET or None, tables=tables, words=words)
    for name in ("q", "along", "unit", "coder"):
        del form.fields[name]
    wanted = None
    makers = {"code": conditions.code, "side": conditions.side, "field": conditions.field}
    for name, make in makers.items():
        if form.chosen(name):
            part = make(form.chosen(name))
            wanted = part if wanted is None else wanted & part
    names = list(KnownName.objects.filter(study=request.study).values_list("text", flat=True))
    units = UnitName.objects.filter(unit__study=request.study)
    found = quotes(
        tables,
        wanted,
        language=locale,
        known_names=names,
        unit_names=dict(units.values_list("unit__identifier", "name")),
    )
    return found, {"here": "quotes", "form": form, "address": request.GET.urlencode()}


def _reasons(found: Any) -> list[tuple[str, int]]:
    counted = found.withheld["reason"].value_counts(sort=True) if found.withheld.height else None
    return [] if counted is None else list(counted.iter_rows())
