"""Barriers: who speaks of each, beside what the survey counts."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import polars as pl
from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.errors import SamspillError
from samspill.language import format_number, format_p, format_percent
from samspill.qualitative import Tables
from samspill.qualitative.barriers import GROUPS, barrier_profile
from samspill.vocabulary import load
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.interviews.asking.barriers import Beside, beside_survey, who_wrote
from samspill.web.interviews.asking.choosing import asked_of
from samspill.web.interviews.asking.forms import Asking
from samspill.web.interviews.asking.kept import kept
from samspill.web.interviews.asking.words import Words
from samspill.web.pages.faults import told

SCHEME = "barriers"
STANDING = {
    "both": gettext_lazy("Both speak of it"),
    "interviews": gettext_lazy("Only the interviews; the survey is silent"),
    "survey": gettext_lazy("Only the survey; the interviews are silent"),
    "neither": gettext_lazy("Neither"),
}


class BarrierForm(Asking):
    """By what, and how finely?"""

    by = forms.ChoiceField(label=gettext_lazy("By"), required=False)
    sub = forms.BooleanField(label=gettext_lazy("Sub-themes too"), required=False)

    def __init__(self, data: Any, *, tables: Tables, words: Words) -> None:
        super().__init__(data, tables=tables, words=words)
        self.offer("by", [(name, words.dimensions[name]) for name in GROUPS])


@requires(Permission.CODE_TEXT)
def show(request: StudyRequest, study: str) -> HttpResponse:
    """What makes collaboration hard, and who says so?"""
    tables, words, locale = asked_of(request)
    form = BarrierForm(request.GET or None, tables=tables, words=words)
    by, fine = form.chosen("by") or "field", bool(form.chosen("sub"))
    context: dict[str, Any] = {"here": "barriers", "form": form}
    try:
        found = kept(
            request.study,
            f"barriers:{by}:{fine}",
            lambda: barrier_profile(tables, by, sub_themes=fine).frame,
        )
    except SamspillError as error:
        context["error"] = told(error)
        return render(request, "interviews/barriers.html", context)
    groups = found.select(by, "n").unique(maintain_order=True)
    ordered = sorted(groups.iter_rows(), key=lambda group: _order(by, group[0], words))
    beside = kept(request.study, "barriers:beside", lambda: beside_survey(tables))
    context |= {
        "by": words.dimensions[by],
        "columns": [(words.of(by, value), n) for value, n in ordered],
        "rows": _rows(found, by, [value for value, _n in ordered], tables, locale),
        "beside": _beside(beside, tables, locale) if beside else [],
        "own": beside is not None and beside.survey == "own",
        "wrote": _wrote(who_wrote(request.study, tables), locale),
        "spoken": not found.filter(pl.col("count") > 0).is_empty(),
    }
    return render(request, "interviews/barriers.html", context)


def _order(by: str, value: str, words: Words) -> tuple[int, str]:
    """The vocabulary's order; units by name."""
    known = list(words.values[by])
    place = known.index(value) if by != "unit" and value in known else 0
    return place, words.of(by, value)


def _rows(
    found: pl.DataFrame, by: str, values: list[str], tables: Tables, locale: str
) -> list[dict[str, Any]]:
    codes = _codes(tables)
    rows: dict[str, dict[str, Any]] = {}
    for cell in found.iter_rows(named=True):
        name = cell["barrier"]
        row = rows.setdefault(
            name,
            {"name": barrier_label(name, locale), "depth": name.count("/"),
             "code": codes.get(name, ""), "cells": {}},
        )  # fmt: skip
        query = {"code": codes.get(name, ""), by: cell[by]}
        row["cells"][cell[by]] = {
            "text": format_percent(cell["share"], 0, locale),
            "base": _("%(sources)s of %(n)s") % {"sources": cell["count"], "n": cell["n"]},
            "interval": _interval(cell, locale),
            "address": urlencode(query) if cell["count"] and codes.get(name) else "",
        }
    for row in rows.values():
        row["cells"] = [row["cells"][value] for value in values]
    return list(rows.values())


def _codes(tables: Tables) -> dict[str, str]:
    """The code of each barrier and sub-theme, where the study has one that stands for it."""
    pairs = tables.codes.select("concept", "code").drop_nulls().iter_rows()
    return {
        concept.removeprefix(f"{SCHEME}/"): code
        for concept, code in pairs
        if concept.startswith(f"{SCHEME}/")
    }


def barrier_label(path: str, locale: str) -> str:
    """A barrier, or a sub-theme by its path, in the page's words."""
    first, *rest = path.split("/")
    concept = load().barriers[first]
    for name in rest:
        concept = next(below for below in concept.narrower if below.identifier == name)
    return concept.label(locale)


def _interval(row: dict[str, Any], locale: str, prefix: str = "") -> str:
    low, high = row[f"{prefix}low"], row[f"{prefix}high"]
    return f"{format_percent(low, 0, locale)} – {format_percent(high, 0, locale)}"


def _beside(found: Beside, tables: Tables, locale: str) -> list[dict[str, Any]]:
    codes = _codes(tables)
    return [
        {
            "name": barrier_label(row["barrier"], locale),
            "cells": [
                {
                    "text": format_percent(row[f"{which}share"], 0, locale),
                    "base": _("%(sources)s of %(n)s")
                    % {"sources": row[f"{which}count"], "n": row[f"{which}n"]},
                    "interval": _interval(row, locale, which),
                    "address": urlencode({"code": codes[row["barrier"]]})
                    if not which and row["count"] and row["barrier"] in codes
                    else "",
                }
                for which in ("", "survey_")
            ],
            "standing": STANDING[found.standing(row)],
        }
        for row in found.frame.iter_rows(named=True)
    ]


def _wrote(row: dict[str, Any] | None, locale: str) -> dict[str, Any] | None:
    if row is None:
        return None
    points = [
        format_number(100 * row[name], 0, locale, sign=True)
        for name in ("difference", "low", "high")
    ]
    at = format_number(float(str(row["reference"]).rpartition(" ")[2]), 0, locale)
    return {
        "at": at,
        "small": format_percent(row["share_reference"], 0, locale),
        "small_n": row["n_reference"],
        "large": format_percent(row["share"], 0, locale),
        "large_n": row["n"],
        "difference": points[0],
        "low": points[1],
        "high": points[2],
        "p": format_p(row["p"], locale),
        "left_out": row["left_out"],
    }
