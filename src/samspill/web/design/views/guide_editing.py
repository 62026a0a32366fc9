"""Changing the interview guide: a question at a time, or the whole as a file."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.errors import SamspillError
from samspill.selection import Question
from samspill.selection.guide import read_guide
from samspill.selection.guide_editing import to_toml
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.design import actions
from samspill.web.design.guide_forms import GuideFileForm, QuestionForm, fingerprint
from samspill.web.design.guides import FILE, guide_of_study, has_own_guide
from samspill.web.pages.faults import told, told_problems

FAULTS = 10
STEPS = {"earlier": -1, "later": 1}


@requires(Permission.EDIT_SOURCES)
def add(request: StudyRequest, study: str) -> HttpResponse:
    """What else do we ask?"""
    return _question(request, None, _("The question is added."))


@requires(Permission.EDIT_SOURCES)
def change(request: StudyRequest, study: str, question: str) -> HttpResponse:
    """How do we ask it?"""
    return _question(request, _asked(request, question), _("The question is changed."))


def _question(request: StudyRequest, question: Question | None, done: str) -> HttpResponse:
    guide = guide_of_study(request.study)
    form = QuestionForm(request.POST or None, guide=guide, study=request.study, question=question)
    if request.method == "POST" and form.is_valid():
        identifier = question.identifier if question else f"own_{secrets.token_hex(4)}"
        made, heading = form.made(identifier, f"part_{secrets.token_hex(4)}")
        try:
            if form.cleaned_data["seen"] != fingerprint(question):
                raise SamspillError(
                    _("The question has been changed since the page was shown."),
                    _("Read it anew, and change what it says now."),
                )
            actions.write_question(
                actor=request.user, study=request.study, question=made, before=question,
                heading=heading,
            )  # fmt: skip
        except SamspillError as error:
            form.add_error(None, told(error))
        else:
            messages.success(request, done)
            return redirect("design:guide", request.study.slug)
    context = {"here": "guide", "form": form, "question": question}
    status = 400 if form.errors else 200
    return render(request, "design/question.html", context, status=status)


@requires(Permission.EDIT_SOURCES)
@require_POST
def move(request: StudyRequest, study: str, question: str) -> HttpResponse:
    """Let a question be asked earlier or later."""
    step = STEPS.get(request.POST.get("to", ""))
    if step is None:
        raise Http404
    return _done(
        request,
        lambda: actions.move_question(
            actor=request.user, study=request.study, identifier=question, step=step
        ),
        _("The question is moved."),
    )


@requires(Permission.EDIT_SOURCES)
@require_POST
def remove(request: StudyRequest, study: str, question: str) -> HttpResponse:
    """Ask it no more."""
    return _done(
        request,
        lambda: actions.remove_question(
            actor=request.user, study=request.study, identifier=question
        ),
        _("The question is taken out; the log keeps what it said."),
    )


@requires(Permission.EDIT_SOURCES)
def file(request: StudyRequest, study: str) -> HttpResponse:
    """Which guide do we use?"""
    form = GuideFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            brought = read_guide(given.read(), given.name)
            actions.bring_guide(actor=request.user, study=request.study, guide=brought)
        except SamspillError as error:
            for fault in told_problems(error, FAULTS) or [told(error)]:
                form.add_error("file", fault)
        else:
            messages.success(request, _("The guide is brought."))
            return redirect("design:guide", study)
    context = {"here": "guide", "form": form, "own": has_own_guide(request.study)}
    status = 400 if form.errors else 200
    return render(request, "design/guide_file.html", context, status=status)


@requires(Permission.EDIT_SOURCES)
@require_POST
def drop(request: StudyRequest, study: str) -> HttpResponse:
    """Use the guide that comes with Samspill again."""
    return _done(
        request,
        lambda: actions.drop_guide(actor=request.user, study=request.study),
        _("The study uses the guide that comes with Samspill; the log keeps its own."),
    )


@requires(Permission.READ_STUDY)
def download(request: StudyRequest, study: str) -> HttpResponse:
    """The guide as a file."""
    answer = HttpResponse(
        to_toml(guide_of_study(request.study)), content_type="application/toml; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{study}-{FILE}"'
    return answer


def _asked(request: StudyRequest, identifier: str) -> Question:
    for question in guide_of_study(request.study).questions:
        if question.identifier == identifier:
            return question
    raise Http404


def _done(request: StudyRequest, act: Callable[[], None], said: str) -> HttpResponse:
    try:
        act()
    except SamspillError as error:
        messages.error(request, told(error))
    else:
        messages.success(request, said)
    return redirect("design:guide", request.study.slug)
