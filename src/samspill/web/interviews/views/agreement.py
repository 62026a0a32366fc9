"""How far coders agree, where they differ, and settling what they differ on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import polars as pl
from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samspill.errors import SamspillError
from samspill.language import format_number, format_percent, translate
from samspill.qualitative import Tables
from samspill.qualitative.agreement import coding_agreement, disagreements
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.interviews.actions.settling import settle
from samspill.web.interviews.asking.choosing import asked_of
from samspill.web.interviews.asking.kept import kept
from samspill.web.interviews.models import Code, Settlement

BY = {
    "sentence": gettext_lazy("Sentences"),
    "paragraph": gettext_lazy("Paragraphs"),
    "character": gettext_lazy("Characters"),
    "segment": gettext_lazy("Coded segments"),
}
OVER = {
    "all": gettext_lazy("The whole text"),
    "coded": gettext_lazy("Only what somebody has coded"),
}
COEFFICIENTS = {
    "percent_agreement": gettext_lazy("Percent agreement"),
    "cohen": gettext_lazy("Cohen's kappa"),
    "krippendorff": gettext_lazy("Krippendorff's alpha"),
    "gwet": gettext_lazy("Gwet's AC1"),
}
FOR_MANY = ("percent_agreement", "conger", "krippendorff", "gwet")
KINDS = {
    "different_code": gettext_lazy("Different codes"),
    "one_only": gettext_lazy("Only one has coded"),
    "boundaries": gettext_lazy("The same code, other boundaries"),
}
ON_A_PAGE = 25


class AgreementForm(forms.Form):
    """In what units agreement is counted, and over which text."""

    by = forms.ChoiceField(label=gettext_lazy("Unit"), choices=[*BY.items()], required=False)
    over = forms.ChoiceField(label=gettext_lazy("Over"), choices=[*OVER.items()], required=False)

    def chosen(self, name: str, otherwise: str) -> str:
        return str(self.cleaned_data.get(name) or otherwise) if self.is_valid() else otherwise


@requires(Permission.CODE_TEXT)
def show(request: StudyRequest, study: str) -> HttpResponse:
    """How far do we agree?"""
    tables, words, locale = asked_of(request)
    form = AgreementForm(request.GET or None)
    by, over = form.chosen("by", "sentence"), form.chosen("over", "all")
    coders = tables.codings["coder"].drop_nulls().unique().sort().to_list()
    context: dict[str, Any] = {"here": "agreement", "form": form, "coders": len(coders)}
    if len(coders) > 1:
        many = len(coders) > 2
        wanted = list(FOR_MANY) if many else list(COEFFICIENTS)
        try:
            found = kept(
                request.study,
                f"agreement:{by}:{over}",
                lambda: (
                    coding_agreement(
                        tables,
                        coders,
                        by=by,  # type: ignore[arg-type]
                        over=over,  # type: ignore[arg-type]
                        coefficients=wanted,
                    ).frame
                ),
            )
        except SamspillError as error:
            context["error"] = error
        else:
            context |= {
                "rows": _rows(found, wanted, locale, many=many),
                "coefficients": [_label(name) for name in wanted],
                "who": ", ".join(words.of("coder", coder) for coder in coders),
                "differences": _differing(tables, coders).height,
            }
    return render(request, "interviews/agreement.html", context)


def _label(name: str) -> str:
    return _("Conger's kappa") if name == "conger" else str(COEFFICIENTS[name])


def _rows(found: pl.DataFrame, wanted: list[str], locale: str, *, many: bool) -> list[Any]:
    """One row a code, all codes together first; of three coders or more all together."""
    if many:
        found = found.filter(pl.col("first").is_null())
    rows: dict[str | None, dict[str, Any]] = {}
    for row in found.iter_rows(named=True):
        shown = rows.setdefault(
            row["code"],
            {
                "name": row["name"],
                "code": row["code"],
                "units": format_number(row["units"], 0, locale),
                "given": format_number(row["given"], 0, locale),
                "texts": row["clusters"],
                "cells": {},
            },
        )
        shown["cells"][row["coefficient"]] = _cell(row, locale)
    for shown in rows.values():
        shown["cells"] = [shown["cells"].get(name) for name in wanted]
    return list(rows.values())


def _cell(row: dict[str, Any], locale: str) -> dict[str, str]:
    def number(name: str) -> str:
        if row["coefficient"] == "percent_agreement":
            return format_percent(row[name], 0, locale)
        return format_number(row[name], 2, locale)

    why = translate(row["note"], locale) if row["note"] else ""
    if row["estimate"] is None:
        return {"text": "–", "interval": "", "why": why}
    interval = "" if row["low"] is None else f"{number('low')}\u2009–\u2009{number('high')}"
    return {"text": number("estimate"), "interval": interval, "why": why if not interval else ""}


def _differing(tables: Tables, coders: list[str]) -> pl.DataFrame:
    return disagreements(tables, coders)


@requires(Permission.CODE_TEXT)
def differences(request: StudyRequest, study: str) -> HttpResponse:
    """Where do we differ?"""
    tables, words, _locale = asked_of(request)
    coders = tables.codings["coder"].drop_nulls().unique().sort().to_list()
    found = _differing(tables, coders) if len(coders) > 1 else pl.DataFrame()
    settled = {
        guid
        for codings in Settlement.objects.filter(source__study=request.study).values_list(
            "codings", flat=True
        )
        for guid in codings
    }
    kind = request.GET.get("kind", "")
    rows = [
        row
        for row in found.iter_rows(named=True)
        if (kind not in KINDS or row["kind"] == kind)
        and not {row["first_coding"], row["second_coding"]} & settled
    ]
    codes = dict(tables.codes.select("code", "name").iter_rows())
    sources = dict(tables.sources.select("source", "name").iter_rows())
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "here": "agreement",
        "kinds": [(key, label, kind == key) for key, label in KINDS.items()],
        "address": f"kind={kind}" if kind in KINDS else "",
        "page": page,
        "total": len(rows),
        "settled": Settlement.objects.filter(source__study=request.study).count(),
        "rows": [_difference(row, codes, sources, words) for row in page],
    }
    return render(request, "interviews/differences.html", context)


def _difference(
    row: dict[str, Any], codes: dict[str, str], sources: dict[str, str], words: Any
) -> dict[str, Any]:
    sides = []
    for which in ("first", "second"):
        start, end = row[f"{which}_start"], row[f"{which}_end"]
        code = row[f"{which}_code"]
        sides.append(
            {
                "coder": words.of("coder", row[which]),
                "code": code,
                "name": codes.get(code, "") if code else "",
                "coding": row[f"{which}_coding"],
                "words": row["text"][start - row["start"] : end - row["start"]] if code else "",
            }
        )
    return {
        "kind": KINDS[row["kind"]],
        "source": row["source"],
        "name": sources[row["source"]],
        "text": row["text"],
        "start": row["start"],
        "end": row["end"],
        "sides": sides,
        "codings": " ".join(s["coding"] for s in sides if s["coding"]),
        "choices": list({s["code"]: s["name"] for s in sides if s["code"]}.items()),
    }


@requires(Permission.CODE_TEXT)
@require_POST
def decide(request: StudyRequest, study: str) -> HttpResponse:
    """Settle a difference: which code stands, or none, and why."""
    sent = request.POST
    source = get_object_or_404(request.study.sources, guid=_guid(sent.get("source")))
    code = get_object_or_404(Code, study=request.study, guid=_guid(sent.get("about")))
    try:
        settle(
            actor=request.user,
            source=source,
            start=int(sent.get("start") or 0),
            end=int(sent.get("end") or 0),
            code=code,
            codings=sent.get("codings", "").split(),
            stands=sent.get("stands") != "none",
            reason=sent.get("reason", ""),
        )
    except (SamspillError, ValueError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The difference is settled. It can be undone."))
    return HttpResponseRedirect(reverse("interviews:differences", args=[study]))


def _guid(written: str | None) -> UUID:
    try:
        return UUID(written or "")
    except ValueError:
        return UUID(int=0)
