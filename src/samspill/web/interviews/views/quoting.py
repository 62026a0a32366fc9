"""Coding without selecting: a text's codings as a table, and a form that takes quoted words."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.errors import SamspillError
from samspill.qualitative import Paragraph
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.interviews.actions import add_coding, remove_coding
from samspill.web.interviews.forms import QuoteForm
from samspill.web.interviews.models import Source
from samspill.web.interviews.reading import shown_paragraphs
from samspill.web.interviews.views.finding import coding_of, source_of

A_PAGE = 200


@requires(Permission.CODE_TEXT)
def codings(request: StudyRequest, study: str, source: UUID) -> HttpResponse:
    """Everything coded in a text, by its place."""
    return _page(request, source_of(request, source), QuoteForm(study=request.study))


@requires(Permission.CODE_TEXT)
@require_POST
def code(request: StudyRequest, study: str, source: UUID) -> HttpResponse:
    """Code words that are quoted from a paragraph."""
    found = source_of(request, source)
    form = QuoteForm(request.POST, study=request.study)
    if form.is_valid():
        try:
            start, end = passage(found, form.cleaned_data["paragraph"], form.cleaned_data["words"])
            add_coding(
                actor=request.user,
                source=found,
                start=start,
                end=end,
                code=form.cleaned_data["code"],
            )
        except SamspillError as error:
            form.add_error("words", str(error))
        else:
            messages.success(request, _("The passage is coded."))
            return redirect("interviews:codings", study, source)
    return _page(request, found, form)


@requires(Permission.CODE_TEXT)
@require_POST
def remove(request: StudyRequest, study: str, source: UUID, coding: UUID) -> HttpResponse:
    """Take a coding away."""
    try:
        remove_coding(actor=request.user, coding=coding_of(source_of(request, source), coding))
    except SamspillError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The coding is removed."))
    return redirect("interviews:codings", study, source)


def passage(source: Source, number: int, words: str) -> tuple[int, int]:
    """Where quoted words stand in a paragraph, by its number; all of it where none are quoted.

    Line breaks and repeated spaces in the quote are one space. Raises SamspillError where the text
    has no such paragraph, or the paragraph not these words, or has them twice.
    """
    shown = shown_paragraphs(source)
    if not 1 <= number <= len(shown):
        raise SamspillError(
            _("The text has no paragraph %(number)s.") % {"number": number},
            _("Its paragraphs are numbered from 1 to %(last)s.") % {"last": len(shown)},
        )
    paragraph, quoted = shown[number - 1], " ".join(words.split())
    if not quoted:
        return paragraph.words, paragraph.end
    return _quoted(source.text, paragraph, quoted)


def _quoted(text: str, paragraph: Paragraph, quoted: str) -> tuple[int, int]:
    start = text.find(quoted, paragraph.words, paragraph.end)
    if start < 0:
        raise SamspillError(
            _("The paragraph does not have these words."),
            _("Copy them from the text, as they stand there."),
        )
    if text.find(quoted, start + 1, paragraph.end) >= 0:
        raise SamspillError(
            _("The paragraph has these words more than once."), _("Quote more of them.")
        )
    return start, start + len(quoted)


def _page(request: StudyRequest, source: Source, form: QuoteForm) -> HttpResponse:
    found = source.codings.select_related("code", "coder").order_by("start", "end", "pk")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    editor = Permission.EDIT_SOURCES in request.permissions
    rows = [
        (
            coding,
            source.text[coding.start : coding.end],
            editor or (coding.coder is not None and coding.coder.user_id == request.user.pk),
        )
        for coding in page
    ]
    context = {"source": source, "rows": rows, "page": page, "form": form}
    return render(request, "interviews/codings.html", context)
