"""Suggested codes: how well they can be trusted, and accepting or refusing each."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.errors import SamspillError
from samspill.language import format_number, format_percent, translate
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.interviews.actions.suggestions import accept_suggestion, refuse_suggestion
from samspill.web.interviews.changes import next_undo
from samspill.web.interviews.models import Source, Suggestion, Training
from samspill.web.interviews.suggesting import OWN, SUGGEST, ask_for_suggestions
from samspill.web.interviews.wording import deed
from samspill.web.jobs.models import Job
from samspill.web.pages.faults import told
from samspill.web.studies.models import Study

ON_A_PAGE = 20
CONTEXT = 90
NOTHING = "–"
MODELS = {"linear n-grams": gettext_lazy("the program's own model (words and letters, linear)")}


class SuggestionForm(forms.Form):
    """In which text, with which code?"""

    source = forms.ChoiceField(label=gettext_lazy("Text"), required=False)
    code = forms.ChoiceField(label=gettext_lazy("Code"), required=False)

    def __init__(self, data: Any, *, study: Study) -> None:
        super().__init__(data)
        left = Suggestion.objects.filter(source__study=study, state=Suggestion.OPEN)
        for name in ("source", "code"):
            counted = (
                left.values(f"{name}__guid", f"{name}__name")
                .annotate(n=Count("pk"))
                .order_by(f"{name}__order", f"{name}__pk")
            )
            choices = [
                (str(row[f"{name}__guid"]), f"{row[f'{name}__name']} ({row['n']})")
                for row in counted
            ]
            self.fields[name].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]

    def chosen(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "") if self.is_valid() else ""


@requires(Permission.CODE_TEXT)
def show(request: StudyRequest, study: str) -> HttpResponse:
    """Which codes are likely here, and how far are they to be trusted?"""
    locale = get_language() or "nb"
    form = SuggestionForm(request.GET or None, study=request.study)
    everything = Suggestion.objects.filter(source__study=request.study)
    counts = dict(everything.values_list("state").annotate(n=Count("pk")).order_by())
    left = everything.filter(state=Suggestion.OPEN).select_related("source", "code")
    wanted = {name: form.chosen(name) for name in ("source", "code") if form.chosen(name)}
    for name, guid in wanted.items():
        left = left.filter(**{f"{name}__guid": guid})
    page = Paginator(
        left.order_by("source__order", "source", "start", "-score"), ON_A_PAGE
    ).get_page(request.GET.get("page"))
    training = request.study.trainings.order_by("-at", "-pk").first()
    back = next_undo(request.study, request.user)
    undoable = back is not None and back.action in ("accept_suggestion", "refuse_suggestion")
    context = {
        "here": "suggestions",
        "form": form,
        "training": training,
        "model": MODELS.get(training.model, training.model) if training else "",
        "checked": _checked(request.study, training, locale) if training else [],
        "tested": _tested(training, locale) if training else None,
        "page": page,
        "rows": [_shown(row, locale) for row in page],
        "open": counts.get(Suggestion.OPEN, 0),
        "accepted": counts.get(Suggestion.ACCEPTED, 0),
        "refused": counts.get(Suggestion.REFUSED, 0),
        "address": urlencode(wanted),
        "here_again": request.get_full_path(),
        "undo": deed(back.action) if back and undoable else "",
        "job": _under_way(request),
        "endpoint": urlsplit(settings.SUGGESTION_ENDPOINT).hostname or "",
        "elsewhere": bool(settings.SUGGESTION_ENDPOINT) and settings.SUGGESTION_ELSEWHERE,
    }
    return render(request, "interviews/suggestions.html", context)


@requires(Permission.CODE_TEXT)
@require_POST
def learn(request: StudyRequest, study: str) -> HttpResponse:
    """Have codes suggested, in the worker."""
    try:
        job = ask_for_suggestions(
            actor=request.user, study=request.study, model=request.POST.get("model", OWN)
        )
    except SamspillError as error:
        messages.error(request, told(error))
        return redirect("interviews:suggestions", study)
    return redirect("jobs:job", job.identifier)


@requires(Permission.CODE_TEXT)
@require_POST
def decide(request: StudyRequest, study: str, suggestion: UUID) -> HttpResponse:
    """Accept a suggestion as one's own coding, or refuse it."""
    found = get_object_or_404(
        Suggestion.objects.select_related("source", "code"),
        source__study=request.study,
        guid=suggestion,
    )
    try:
        if request.POST.get("decision") == "accept":
            accept_suggestion(actor=request.user, suggestion=found)
            said = _("“%(code)s” is now your coding. It can be undone.")
        else:
            refuse_suggestion(actor=request.user, suggestion=found)
            said = _("“%(code)s” is refused, and is not suggested there again. It can be undone.")
    except SamspillError as error:
        messages.error(request, told(error))
    else:
        messages.success(request, said % {"code": found.code.name})
    back = reverse("interviews:suggestions", args=[study])
    kept = {n: request.POST[n] for n in ("source", "code", "page") if request.POST.get(n)}
    return HttpResponseRedirect(f"{back}?{urlencode(kept)}#open" if kept else f"{back}#open")


def _under_way(request: StudyRequest) -> Job | None:
    mine = Job.objects.filter(kind=SUGGEST, owner=request.user, state__in=("waiting", "running"))
    return mine.filter(arguments__study=request.study.pk).first()


def _shown(row: Suggestion, locale: str) -> dict[str, Any]:
    text = row.source.text
    return {
        "guid": row.guid,
        "source": row.source,
        "code": row.code,
        "score": format_number(row.score, 2, locale),
        "why": [each["words"] for each in row.why],
        "before": text[max(0, row.start - CONTEXT) : row.start].rpartition("\n")[2],
        "words": text[row.start : row.end],
        "after": text[row.end : row.end + CONTEXT].partition("\n")[0],
        "about": str(Source.SIDES.get(row.source.side, "")),
    }


def _checked(study: Study, training: Training, locale: str) -> list[dict[str, Any]]:
    """How each code did on texts held out; those that were not learnt say why."""
    codes = {str(code.guid): code for code in study.codes.all()}
    rows = []
    for row in training.codes:
        code = codes.get(row["code"])
        if code is None:
            continue
        rows.append(
            {
                "code": code,
                "examples": row["examples"],
                "sources": row["sources"],
                "suggested": NOTHING if row["suggested"] is None else row["suggested"],
                "right": NOTHING if row["right"] is None else row["right"],
                "precision": _percent(row["precision"], locale),
                "recall": _percent(row["recall"], locale),
                "average": _number(row["average_precision"], locale),
                "base": _number(row["base"], locale),
                "why": translate(row["note"], locale) if row["note"] else "",
            }
        )
    return rows


def _tested(training: Training, locale: str) -> dict[str, Any] | None:
    """How the suggestions on texts held out did, all codes together."""
    suggested = sum(row["suggested"] or 0 for row in training.codes)
    if not suggested:
        return None
    right = sum(row["right"] or 0 for row in training.codes)
    return {"n": suggested, "right": right, "share": _percent(right / suggested, locale)}


def _percent(value: float | None, locale: str) -> str:
    return NOTHING if value is None else format_percent(value, 0, locale)


def _number(value: float | None, locale: str) -> str:
    return NOTHING if value is None else format_number(value, 2, locale)
