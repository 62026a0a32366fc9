"""What the two sides say: where they agree, where one speaks alone, where they contradict."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import polars as pl
from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.language import format_number, format_percent
from samspill.qualitative.queries import contradictions, sides
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.interviews.asking.choosing import asked_of, codes_under
from samspill.web.interviews.asking.forms import Asking, code_choices
from samspill.web.interviews.asking.words import Words

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
            "contradictions": _contradictions(tables, words),
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


def _contradictions(tables: Any, words: Words) -> list[dict[str, Any]]:
    """Where one side says a thing and the other its opposite, in the same unit and field."""
    found = contradictions(tables).frame
    rows = []
    for row in found.head(SHOWN).iter_rows(named=True):
        where = {"unit": row["unit"] or "", "field": row["field"] or ""}
        rows.append(
            {
                "unit": words.of("unit", row["unit"]),
                "field": words.of("field", row["field"]),
                "parts": [
                    {
                        "side": row[f"says_{which}"],
                        "label": words.of("side", row[f"says_{which}"]),
                        "code": row[f"{which}_name"],
                        "sources": row[f"sources_{which}"],
                        "n": row[f"n_{which}"],
                        "divided": row[f"also_{which}"],
                        "address": urlencode(
                            {"code": row[which], "side": row[f"says_{which}"], **where}
                        ),
                    }
                    for which in ("one", "other")
                ],
            }
        )
    return rows
