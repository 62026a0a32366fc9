"""Codes that go together: on the same words, in the same paragraph, in the same text."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.http import HttpResponse
from django.shortcuts import render

from samspill.language import format_number
from samspill.qualitative.queries import cooccurrence
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.interviews.asking.choosing import asked_of, codes_under
from samspill.web.interviews.asking.forms import WITHIN, TogetherForm

SHOWN = 60


@requires(Permission.CODE_TEXT)
def show(request: StudyRequest, study: str) -> HttpResponse:
    """Which codes go together?"""
    tables, words, locale = asked_of(request)
    form = TogetherForm(request.GET or None, tables=tables, words=words)
    within = form.chosen("within") or "overlap"
    context: dict[str, Any] = {
        "here": "together",
        "form": form,
        "within": WITHIN[within],
        "empty": tables.codings.is_empty(),
    }
    if not tables.codings.is_empty():
        codes = codes_under(tables, form.chosen("under"))
        found = cooccurrence(
            tables,
            codes if isinstance(codes, list) else None,
            within,  # type: ignore[arg-type]
            with_descendants=False,
        )
        pairs = found.frame.filter(pl.col("both") > 0).sort(
            "jaccard", descending=True, nulls_last=True, maintain_order=True
        )
        context |= {
            "total": pairs.height,
            "rows": [_shown(row, locale) for row in pairs.head(SHOWN).to_dicts()],
        }
    return render(request, "interviews/together.html", context)


def _shown(row: dict[str, Any], locale: str) -> dict[str, Any]:
    def number(name: str, places: int) -> str:
        return "–" if row[name] is None else format_number(row[name], places, locale)

    return {
        "a": row["a_name"],
        "b": row["b_name"],
        "both": number("both", 0),
        "n_a": number("n_a", 0),
        "n_b": number("n_b", 0),
        "jaccard": number("jaccard", 2),
        "expected": number("expected", 1),
        "lift": number("lift", 1),
        "address": urlencode({"code": row["a"], "along": row["b"]}),
    }
