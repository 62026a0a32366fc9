"""Where the evidence places each field among the ideal types, and what a person judges."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

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
from samspill.language import format_number, format_percent, translate
from samspill.presentation import Figure, placement_figure
from samspill.qualitative import Tables
from samspill.typology import TYPOLOGIES, Placement
from samspill.vocabulary import Scheme, load
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.interviews.actions.judging import judge
from samspill.web.interviews.asking.choosing import asked_of
from samspill.web.interviews.asking.drawing import drawn, figure_file, picture
from samspill.web.interviews.asking.forms import Asking
from samspill.web.interviews.asking.placing import judgements, placements
from samspill.web.interviews.asking.words import Words

QUOTES = 2
FORMS = ("svg", "png", "csv", "xlsx")
NOTHING = "–"
STATUS = {
    "not_found": gettext_lazy("A combination that the founding study did not find"),
    "undecided": gettext_lazy("As much on one side as on the other"),
    "not_enough_evidence": gettext_lazy("Not enough evidence"),
}


class UnitForm(Asking):
    """All units together, or one?"""

    unit = forms.ChoiceField(label=gettext_lazy("Unit"), required=False)

    def __init__(self, data: Any, *, tables: Tables, words: Words) -> None:
        super().__init__(data, tables=tables, words=words)
        spoken = set(tables.sources["unit"].drop_nulls())
        units = [item for item in words.values["unit"].items() if item[0] in spoken]
        self.offer("unit", [("", _("All units together")), *units])


@requires(Permission.CODE_TEXT)
def show(request: StudyRequest, study: str) -> HttpResponse:
    """Where does the evidence place the fields?"""
    tables, words, locale = asked_of(request)
    form = UnitForm(request.GET or None, tables=tables, words=words)
    unit = form.chosen("unit")
    parts = [_part(request, tables, words, locale, which, unit) for which in TYPOLOGIES]
    context = {
        "here": "placement",
        "form": form,
        "unit": unit,
        "unit_name": words.of("unit", unit) if unit else "",
        "parts": [part for part in parts if part["rows"]],
        "language": locale,
        "forms": FORMS,
    }
    return render(request, "interviews/placement.html", context)


@requires(Permission.CODE_TEXT)
def figure(request: StudyRequest, study: str, which: str, form: str) -> HttpResponse:
    """The square of a typology; ``frame=no`` as it stands in the page."""
    tables, words, locale = asked_of(request)
    unit = UnitForm(request.GET or None, tables=tables, words=words).chosen("unit")
    if which not in TYPOLOGIES or not placements(request.study, tables, which, unit):
        raise Http404
    question = f"placement:{which}:{unit}"

    def make() -> Figure:
        return placement_figure(placements(request.study, tables, which, unit), locale)

    if request.GET.get("frame") == "no":
        return picture(request.study, question, make)
    return figure_file(request.study, question, make, form, f"{study}-{which}")


@requires(Permission.CODE_TEXT)
@require_POST
def decide(request: StudyRequest, study: str) -> HttpResponse:
    """Judge where a field belongs, and why."""
    sent = request.POST
    asked = sent.get("unit", "")
    unit = get_object_or_404(request.study.units, identifier=asked) if asked else None
    try:
        judge(
            actor=request.user,
            study=request.study,
            typology=sent.get("typology", ""),
            field=sent.get("field", ""),
            ideal_type=sent.get("ideal_type", ""),
            reason=sent.get("reason", ""),
            unit=unit,
        )
    except SamspillError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The judgement is kept beside the evidence. It can be undone."))
    back = reverse("interviews:placement", args=[study])
    return HttpResponseRedirect(f"{back}?{urlencode({'unit': asked})}" if asked else back)


def _part(
    request: StudyRequest, tables: Tables, words: Words, locale: str, which: str, unit: str
) -> dict[str, Any]:
    """One typology: its figure, its axes, and a row for each field."""
    found = placements(request.study, tables, which, unit)
    scheme = load().schemes[which]
    made = [
        row
        for row in judgements(request.study)
        if row.typology == which and (row.unit.identifier if row.unit else "") == unit
    ]
    shown = None
    if found:
        shown = drawn(
            request.study, f"placement:{which}:{unit}", lambda: placement_figure(found, locale)
        )
    return {
        "which": which,
        "name": scheme.label(locale),
        "axes": [axis.label(locale) for axis in scheme.axes],
        "types": [(c.identifier, c.label(locale)) for c in scheme.concepts],
        "picture": shown,
        "rows": [
            _row(place, scheme, tables, words, locale, [r for r in made if r.field == place.field])
            for place in found
        ],
        "minimum": found[0].minimum if found else None,
    }


def _row(
    place: Placement,
    scheme: Scheme,
    tables: Tables,
    words: Words,
    locale: str,
    made: list[Any],
) -> dict[str, Any]:
    label = scheme[place.ideal_type].label(locale) if place.ideal_type else ""
    latest = made[-1] if made else None
    return {
        "field": place.field,
        "name": words.of("field", place.field),
        "said": label or str(STATUS[place.status]),
        "enough": place.status != "not_enough_evidence",
        "probability": _percent(place.probability, locale) if place.probability is not None else "",
        "axes": [_position(place.position(axis.identifier), axis, locale) for axis in scheme.axes],
        "sides": [
            {
                "axis": axis.label(locale),
                "side": words.of("side", row["side"]),
                **_position(row, axis, locale),
            }
            for axis in scheme.axes
            for row in place.axes.filter(
                pl.col("axis") == axis.identifier, pl.col("side").is_not_null()
            ).iter_rows(named=True)
        ],
        "candidates": _candidates(place, scheme, locale),
        "sources": place.evidence["source"].n_unique(),
        "codes": _codes(place, tables, locale),
        "judgement": latest,
        "judged": scheme[latest.ideal_type].label(locale) if latest else "",
        "earlier": len(made) - 1 if made else 0,
        "overrules": latest is not None and latest.ideal_type != place.ideal_type,
    }


def _candidates(place: Placement, scheme: Scheme, locale: str) -> list[tuple[str, str]]:
    """Each combination of poles with its probability, in the page's words."""
    rows, columns = scheme.axes
    labels = {
        (axis.identifier, pole.identifier): pole.label(locale)
        for axis in (rows, columns)
        for pole in axis.narrower
    }
    found = []
    for row in place.candidates.iter_rows(named=True):
        name = (
            scheme[row["ideal_type"]].label(locale)
            if row["ideal_type"]
            else f"{labels[rows.identifier, row['row_pole']]}, "
            f"{labels[columns.identifier, row['column_pole']]}"
        )
        found.append((name, NOTHING if row["probability"] is None else
                      _percent(row["probability"], locale)))  # fmt: skip
    return found


def _position(row: dict[str, Any], axis: Any, locale: str) -> dict[str, Any]:
    """The share at the second pole with its interval, and what each pole has."""
    first, second = (pole.label(locale) for pole in axis.narrower)
    interval = ""
    if row["low"] is not None:
        interval = f"{_percent(row['low'], locale)} – {_percent(row['high'], locale)}"
    return {
        "pole": second,
        "share": NOTHING if row["share"] is None else _percent(row["share"], locale),
        "interval": interval,
        "why": translate(row["note"], locale) if row["note"] else "",
        "counts": _("%(first)s: %(n)s · %(second)s: %(m)s")
        % {"first": first, "n": row["first"], "second": second, "m": row["second"]},
        "segments": format_number(row["segments"], 0, locale),
        "sources": row["sources"],
        "survey": row["survey"],
    }


def _codes(place: Placement, tables: Tables, locale: str) -> list[dict[str, Any]]:
    """What speaks, code by code or answer by answer, with some of its words."""
    by_concept = {
        concept: (code, name)
        for code, name, concept in tables.codes.select("code", "name", "concept").iter_rows()
    }
    found = []
    for evidence, rows in place.evidence.group_by("evidence", maintain_order=True):
        name = str(evidence[0])
        code, label = by_concept.get(name, ("", ""))
        query = {"code": code, "field": place.field, **({"unit": place.unit} if place.unit else {})}
        found.append(
            {
                "name": label or _indicator(name, locale),
                "survey": not code,
                "segments": rows.height,
                "sources": rows["source"].n_unique(),
                "address": urlencode(query) if code else "",
                "quotes": rows["quote"].drop_nulls().head(QUOTES).to_list(),
            }
        )
    return sorted(found, key=lambda row: -row["segments"])


def _indicator(name: str, locale: str) -> str:
    for scheme in load().schemes.values():
        if name in scheme:
            return scheme[name].label(locale)
    return name


def _percent(value: float, locale: str) -> str:
    return format_percent(value, 0, locale)
