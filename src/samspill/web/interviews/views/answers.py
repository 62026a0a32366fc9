"""Open answers of a collection as texts to code."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.fieldwork.models import Collection
from samspill.web.interviews.actions.answers import take_in_answers
from samspill.web.interviews.openanswers import Question, open_answers, text_questions
from samspill.web.studies.models import in_language

SHOWN = 20


@requires(Permission.EDIT_SOURCES)
def answers(request: StudyRequest, study: str) -> HttpResponse:
    """The collections, and which of their questions are answered in words."""
    collections = request.study.collections.select_related("version").order_by("identifier")
    found = [(one, in_language(one.title), text_questions(one)) for one in collections]
    context = {"here": "sources", "collections": found}
    return render(request, "interviews/answers.html", context)


@requires(Permission.EDIT_SOURCES)
def question(request: StudyRequest, study: str, collection: str, variable: str) -> HttpResponse:
    """The answers to a question: how many are new, here already, or changed since."""
    chosen, asked = _asked(request, collection, variable)
    found = open_answers(chosen, asked)
    new = [answer for answer in found if answer.is_new]
    changed = [answer for answer in found if answer.has_changed]
    context = {
        "here": "sources",
        "collection": chosen,
        "title": in_language(chosen.title),
        "question": asked,
        "total": len(found),
        "new": new,
        "examples": new[:SHOWN],
        "same": len(found) - len(new) - len(changed),
        "changed": changed,
    }
    return render(request, "interviews/answers_question.html", context)


@requires(Permission.EDIT_SOURCES)
@require_POST
def take_in(request: StudyRequest, study: str, collection: str, variable: str) -> HttpResponse:
    """Take in the answers that are not here yet."""
    chosen, asked = _asked(request, collection, variable)
    added = take_in_answers(actor=request.user, collection=chosen, question=asked)
    if not added:
        messages.info(request, _("All answers are here already; nothing was added."))
        return redirect("interviews:answers_to", study, collection, variable)
    said = ngettext("%(n)s answer is added.", "%(n)s answers are added.", added)
    messages.success(request, f"{said % {'n': added}} {_('It can be undone.')}")
    return redirect("interviews:overview", study)


def _asked(request: StudyRequest, collection: str, variable: str) -> tuple[Collection, Question]:
    chosen: Collection = get_object_or_404(
        request.study.collections.select_related("version", "study"), identifier=collection
    )
    found = {asked.variable: asked for asked in text_questions(chosen)}
    if variable not in found:
        raise Http404
    return chosen, found[variable]
