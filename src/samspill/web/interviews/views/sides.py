"""What the two sides say: where they agree, where one speaks alone, where they contradict."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import polars as pl
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samspill.errors import SamspillError
from samspill.language import format_number, format_percent
from samspill.qualitative import Tables
from samspill.qualitative.queries import sides
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.interviews.actions.contradictions import judge_contradiction
from samspill.web.interviews.asking.choosing import asked_of, codes_under
from samspill.web.interviews.asking.contradicting import contradicting
from samspill.web.interviews.asking.forms import Asking, code_choices
from samspill.web.interviews.asking.words import Words
from samspill.web.interviews.models import Code, Verdict
from samspill.web.pages.faults import told
from samspill.web.studies.models import Unit

AGREEMENT = {
    "both": gettext_lazy("Both speak of it"),
    "municipality only": gettext_lazy("Only the municipality"),
    "organisation only": gettext_lazy("Only the organisations"),
    "neither": gettext_lazy("Neither"),
    "not comparable": gettext_lazy("One side was not asked"),
}
SIDES = ("municipality", "organisation")
SHOWN = 40


class SidesForm(Asking):
    """Which themes, in which field?"""

    under = forms.ChoiceField(label=gettext_lazy("Which codes"), required=False)
    field = forms.ChoiceField(label=gettext_lazy("Field"), required=False)

    def __init__(self, data: Any, *, tables: Any, words: Words) -> None:
        super().__init__(data, tables=tables, words=words)
        parents = set(tables.codes["parent"].drop_nulls())
        branches = [choice for choice in code_choices(tables) if choice[0] in parents]
        self.offer("under", [("", _("All codes")), *branches])
        spoken = set(tables.sources["fields"].explode().drop_nulls())
        fields = [item for item in words.values["field"].items() if item[0] in spoken]
        self.offer("field", [("", _("All fields together")), *fields])


@requires(Permission.CODE_TEXT)
def show(request: StudyRequest, study: str) -> HttpResponse:
    """Do the two sides tell the same story?"""
    tables, words, locale = asked_of(request)
    form = SidesForm(request.GET or None, tables=tables, words=words)
    context: dict[str, Any] = {"here": "sides", "form": form, "empty": tables.codings.is_empty()}
    if not tables.codings.is_empty():
        themes = codes_under(tables, form.chosen("under"))
        field = form.chosen("field")
        kept = pl.col("fields").list.contains(field) if field else None
        found = sides(tables, themes, by=(), sources=kept)
        spoken = found.frame.filter(
            (pl.col("municipality_sources") > 0) | (pl.col("organisation_sources") > 0)
        )
        counts = dict(spoken["agreement"].value_counts().iter_rows())
        asked = found.coverage().row(0, named=True)
        context |= {
            "rows": [_row(row, field, locale) for row in spoken.iter_rows(named=True)],
            "both": counts.get("both", 0),
            "municipality_only": counts.get("municipality only", 0),
            "organisation_only": counts.get("organisation only", 0),
            "asked": asked,
            "field": words.of("field", field) if field else "",
            "coverage": _coverage(tables, words),
            **_contradictions(request, tables, words),
            "verdicts": Verdict.VERDICTS.items(),
            "address": urlencode(request.GET.dict()),
        }
    return render(request, "interviews/sides.html", context)


def _row(row: dict[str, Any], field: str, locale: str) -> dict[str, Any]:
    cells = []
    for side in SIDES:
        n, sources = row[f"{side}_n"], row[f"{side}_sources"]
        share = row[f"{side}_share"]
        query = {"code": row["code"], "side": side, **({"field": field} if field else {})}
        cells.append(
            {
                "text": "–" if not n else format_percent(share, 0, locale),
                "base": "" if not n else _("%(sources)s of %(n)s") % {"sources": sources, "n": n},
                "address": urlencode(query) if sources else "",
            }
        )
    return {
        "code": row["code"],
        "name": row["name"],
        "cells": cells,
        "difference": _points(row, locale),
        "agreement": AGREEMENT[row["agreement"]],
        "key": row["agreement"].replace(" ", "-"),
    }


def _points(row: dict[str, Any], locale: str) -> str:
    if row["difference"] is None:
        return "–"
    point, low, high = (
        format_number(100 * row[name], 0, locale, sign=True)
        for name in ("difference", "difference_low", "difference_high")
    )
    return f"{point} ({low} – {high})"


def _coverage(tables: Any, words: Words) -> list[dict[str, Any]]:
    """Interviews of each side in each field; where there is none, nobody was asked."""
    by_field = sides(tables, codes_under(tables, ""), by="field").coverage()
    return [
        {"field": words.of("field", row["field"]), **{s: row[s] for s in SIDES}}
        for row in by_field.iter_rows(named=True)
        if row["field"]
    ]


@requires(Permission.CODE_TEXT)
@require_POST
def judge(request: StudyRequest, study: str) -> HttpResponse:
    """Say whether the sides contradict each other at a place, and why."""
    sent = request.POST
    try:
        judge_contradiction(
            actor=request.user,
            study=request.study,
            one=_code(request, sent.get("one", "")),
            other=_code(request, sent.get("other", "")),
            says_one=sent.get("says_one", ""),
            field=sent.get("field", ""),
            unit=_unit(request, sent.get("unit", "")),
            verdict=sent.get("verdict", ""),
            reason=sent.get("reason", ""),
            closed="closed" in sent,
        )
    except SamspillError as error:
        messages.error(request, told(error))
    else:
        messages.success(request, _("The verdict is kept with its reason. It can be undone."))
    back = reverse("interviews:sides", args=[study])
    asked = sent.get("asked", "")
    return HttpResponseRedirect(f"{back}?{asked}#contradict" if asked else f"{back}#contradict")


def _code(request: StudyRequest, guid: str) -> Code:
    try:
        found: Code = get_object_or_404(request.study.codes, guid=UUID(guid))
    except ValueError as error:
        raise Http404 from error
    return found


def _unit(request: StudyRequest, identifier: str) -> Unit | None:
    if not identifier:
        return None
    found: Unit = get_object_or_404(request.study.units, identifier=identifier)
    return found


def _contradictions(request: StudyRequest, tables: Tables, words: Words) -> dict[str, Any]:
    """Where one side says a thing and the other its opposite, in the same unit and field: what is
    to be judged first, then what contradicts; apart from them what is closed."""
    found = contradicting(request.study, tables)
    rows = [_opposed(row, verdict, words) for row, verdict in found.rows]
    left = [row for row in rows if not row["closed"]]
    left.sort(key=lambda row: row["decided"])
    return {
        "contradictions": left[:SHOWN],
        "all_open": len(left),
        "closed": [row for row in rows if row["closed"]],
        "unused": found.unused,
    }


def _opposed(row: dict[str, Any], verdict: Verdict | None, words: Words) -> dict[str, Any]:
    where = {"unit": row["unit"] or "", "field": row["field"] or ""}
    return {
        "unit": words.of("unit", row["unit"]),
        "field": words.of("field", row["field"]),
        "where": {**where, **{name: row[name] for name in ("one", "other", "says_one")}},
        "verdict": verdict,
        "closed": verdict is not None and verdict.closed,
        "decided": verdict is not None and verdict.verdict != Verdict.UNDECIDED,
        "parts": [
            {
                "side": row[f"says_{which}"],
                "label": words.of("side", row[f"says_{which}"]),
                "code": row[f"{which}_name"],
                "sources": row[f"sources_{which}"],
                "n": row[f"n_{which}"],
                "divided": row[f"also_{which}"],
                "address": urlencode({"code": row[which], "side": row[f"says_{which}"], **where}),
            }
            for which in ("one", "other")
        ],
    }
