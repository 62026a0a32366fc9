"""What the coders have noted, on the whole and on its parts."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.interviews.actions.memos import add_memo, edit_memo, remove_memo
from samspill.web.interviews.models import Code, Coding, Memo, Source
from samspill.web.studies.models import Study


class MemoForm(forms.Form):
    """A memo's title and text."""

    title = forms.CharField(label=gettext_lazy("Title"), required=False, max_length=200)
    text = forms.CharField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy("Never names of persons: memos go out with the project."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


@dataclass(frozen=True, slots=True)
class Subject:
    """What a memo is on: its name, and the address where it stands."""

    name: str
    address: str


@requires(Permission.CODE_TEXT)
def memos(request: StudyRequest, study: str) -> HttpResponse:
    """All memos, the latest first; and a new one on the whole."""
    form = MemoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        add_memo(actor=request.user, study=request.study, **form.cleaned_data)
        messages.success(request, _("The memo is added."))
        return redirect("interviews:memos", study)
    found = list(request.study.memos.select_related("coder").order_by("-changed_at", "-pk"))
    subjects = _subjects(request.study, {guid for memo in found for guid in memo.about})
    rows = [(memo, [subjects[g] for g in memo.about if g in subjects]) for memo in found]
    return render(request, "interviews/memos.html", {"here": "memos", "rows": rows, "form": form})


@requires(Permission.CODE_TEXT)
def memo(request: StudyRequest, study: str, guid: UUID) -> HttpResponse:
    """Change a memo."""
    found = get_object_or_404(request.study.memos, guid=guid)
    form = MemoForm(request.POST or None, initial={"title": found.title, "text": found.text})
    if request.method == "POST" and form.is_valid():
        edit_memo(actor=request.user, memo=found, **form.cleaned_data)
        messages.success(request, _("The memo is saved."))
        return redirect("interviews:memos", study)
    return render(request, "interviews/memo.html", {"here": "memos", "memo": found, "form": form})


@requires(Permission.CODE_TEXT)
@require_POST
def remove(request: StudyRequest, study: str, guid: UUID) -> HttpResponse:
    """Take a memo away."""
    found: Memo = get_object_or_404(request.study.memos, guid=guid)
    remove_memo(actor=request.user, memo=found)
    messages.success(request, _("The memo is removed. It can be undone."))
    return redirect("interviews:memos", study)


def _subjects(study: Study, guids: set[str]) -> dict[str, Subject]:
    """Texts, codes and codings by their identity."""
    found: dict[str, Subject] = {}
    for source in Source.objects.filter(study=study, guid__in=guids).defer("text"):
        address = reverse("interviews:text", args=[study.slug, source.guid])
        found[str(source.guid)] = Subject(source.name, address)
    for code in Code.objects.filter(study=study, guid__in=guids):
        address = reverse("interviews:code", args=[study.slug, code.guid])
        found[str(code.guid)] = Subject(code.name, address)
    codings = Coding.objects.filter(source__study=study, guid__in=guids)
    for coding in codings.select_related("source", "code"):
        address = reverse("interviews:text", args=[study.slug, coding.source.guid])
        name = f"{coding.source.name}: {coding.code.name}"
        found[str(coding.guid)] = Subject(name, f"{address}#coding-{coding.guid}")
    return found
