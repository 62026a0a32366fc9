"""The founding questionnaire, answered by the register and reviewed by a person."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samspill.errors import SamspillError
from samspill.triangulation import counts_of_register
from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import at_desk
from samspill.web.mirror.actions import prefilling
from samspill.web.mirror.actions.reviews import accept_known, review_answer
from samspill.web.mirror.exporting import folder
from samspill.web.mirror.forms import PrefillForm, ReviewForm
from samspill.web.mirror.questions import answers_of, behind, is_text, parts
from samspill.web.mirror.reading import Mirror
from samspill.web.mirror.views.common import page
from samspill.web.mirror.words import question_text


@at_desk(DeskPermission.READ_REGISTER)
def questionnaire(request: DeskRequest, municipality: str) -> HttpResponse:
    """What does the register answer, and what is reviewed?"""
    mirror = Mirror(request.municipality)
    return _questionnaire(request, mirror, PrefillForm())


def _questionnaire(request: DeskRequest, mirror: Mirror, form: PrefillForm) -> HttpResponse:
    answers = answers_of(mirror)
    context = {
        "form": form,
        "total": len(answers),
        "known": sum(bool(one.said) for one in answers),
        "reviewed": sum(one.is_reviewed for one in answers),
        "stale": sum(one.is_stale for one in answers),
        "waiting": sum(bool(one.said) and not one.is_reviewed for one in answers),
        "pages_of_questions": parts(answers),
    }
    return page(request, "mirror/questionnaire.html", "questionnaire", context)


@at_desk(DeskPermission.READ_REGISTER)
def answer(request: DeskRequest, municipality: str, variable: str, field: str = "") -> HttpResponse:
    """One answer: what speaks for it, and what a person says."""
    mirror = Mirror(request.municipality)
    answers = answers_of(mirror)
    place = next(
        (n for n, one in enumerate(answers) if (one.variable, one.field) == (variable, field)), None
    )
    if place is None:
        raise Http404
    found = answers[place]
    may = DeskPermission.EDIT_REGISTER in request.permissions
    if request.method == "POST" and not may:
        return HttpResponse(status=403)
    form = ReviewForm(request.POST if request.method == "POST" else None, answer=found)
    if request.method == "POST" and form.is_valid():
        try:
            review_answer(
                actor=request.user,
                municipality=request.municipality,
                variable=variable,
                field=field,
                said=found.said,
                **form.cleaned_data,
            )
        except SamspillError as error:
            form.add_error("reason", str(error))
        else:
            messages.success(request, _("The answer is reviewed."))
            later = answers[place + 1 :] + answers[:place]
            following = next((one for one in later if not one.is_reviewed), None)
            if following is None:
                return redirect("mirror:questionnaire", municipality)
            about = (following.field,) if following.field else ()
            return redirect("mirror:answer", municipality, following.variable, *about)
    context = {
        "answer": found,
        "question": question_text(variable),
        "entries": behind(mirror, found),
        "is_text": is_text(found),
        "form": form,
        "reviewed": sum(one.is_reviewed for one in answers),
        "total": len(answers),
    }
    return page(request, "mirror/answer.html", "questionnaire", context)


@at_desk(DeskPermission.EDIT_REGISTER)
@require_POST
def accept(request: DeskRequest, municipality: str) -> HttpResponse:
    """Accept what entries speak for and nobody has reviewed, as it stands."""
    waiting = [
        (one.variable, one.field, one.said)
        for one in answers_of(Mirror(request.municipality))
        if one.said and one.entries and not one.is_reviewed and not one.is_stale
    ]
    count = accept_known(actor=request.user, municipality=request.municipality, answers=waiting)
    text = ngettext("%(n)s answer is accepted.", "%(n)s answers are accepted.", count)
    messages.success(request, text % {"n": count})
    return redirect("mirror:questionnaire", municipality)


@at_desk(DeskPermission.READ_REGISTER)
def export(request: DeskRequest, municipality: str) -> HttpResponse:
    """The answers as files of a study folder."""
    mirror = Mirror(request.municipality)
    answer = HttpResponse(folder(mirror, answers_of(mirror)), content_type="application/zip")
    mark = "-invented" if request.municipality.invented else ""
    name = f"{municipality}-questionnaire-{mirror.on.isoformat()}{mark}.zip"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@at_desk(DeskPermission.READ_REGISTER)
def counts(request: DeskRequest, municipality: str) -> HttpResponse:
    """What the register says of the themes that a study compares its sources on, as counts."""
    mirror = Mirror(request.municipality)
    found = counts_of_register(mirror.tables, mirror.on, municipality, provenance=mirror.provenance)
    answer = HttpResponse(found.frame.write_csv(), content_type="text/csv; charset=utf-8")
    mark = "-invented" if request.municipality.invented else ""
    name = f"{municipality}-counts-{mirror.on.isoformat()}{mark}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@at_desk(DeskPermission.EDIT_REGISTER)
@require_POST
def prefill(request: DeskRequest, municipality: str) -> HttpResponse:
    """Fill in a questionnaire that the municipality has been sent, by its own link."""
    mirror = Mirror(request.municipality)
    form = PrefillForm(request.POST)
    if not form.is_valid():
        return _questionnaire(request, mirror, form)
    try:
        token, filled = prefilling.prefill(
            actor=request.user,
            municipality=request.municipality,
            address=form.cleaned_data["address"],
            answers=answers_of(mirror),
        )
    except SamspillError as error:
        form.add_error("address", str(error))
        return _questionnaire(request, mirror, form)
    text = ngettext(
        "%(n)s answer is filled in. Read it through and send it.",
        "%(n)s answers are filled in. Read them through and send them.",
        filled,
    )
    messages.success(request, text % {"n": filled})
    return redirect("answering:overview", token)
