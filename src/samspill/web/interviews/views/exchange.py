"""The material out to other programs, and in from them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samspill.errors import InvalidInput, SamspillError
from samspill.qualitative.refi import OffsetPolicy, PolicyEvidence
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.interviews.actions.exchange import export_material, take_in_project
from samspill.web.interviews.exchange.carrying import carries
from samspill.web.interviews.exchange.incoming import (
    LARGEST,
    Incoming,
    fit,
    keep_waiting,
    read_incoming,
    read_waiting,
)
from samspill.web.interviews.exchange.outgoing import FORMATS, lost_in_exchange, size
from samspill.web.interviews.exchange.saying import told_taken
from samspill.web.interviews.exchange.work import ask_for_export, ask_to_take_in, is_large
from samspill.web.interviews.models import WaitingProject
from samspill.web.pages.faults import told, told_problems, told_text

FAULTS_SHOWN = 20
KIND_LABELS = {
    "sources": gettext_lazy("Texts"),
    "codes": gettext_lazy("Codes"),
    "codings": gettext_lazy("Codings"),
    "memos": gettext_lazy("Memos"),
    "coders": gettext_lazy("Coders"),
}
UNIT_LABELS = {
    "codepoint": gettext_lazy("Unicode characters (the standard)"),
    "utf16": gettext_lazy("UTF-16 units"),
    "utf8": gettext_lazy("bytes of UTF-8"),
}
BREAK_LABELS = {
    "as_stored": gettext_lazy("as in the file"),
    "one": gettext_lazy("one"),
    "two": gettext_lazy("two"),
}
REASONS = {
    "evidence": gettext_lazy("The chosen one places more passages on whole words than any other."),
    "no_difference": gettext_lazy("The best ones place every passage equally well."),
    "declared": gettext_lazy("The file says that Samspill wrote it."),
    "asked": gettext_lazy("You chose it."),
}


class ProjectForm(forms.Form):
    """A project or a codebook of another program."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A project (.qdpx) or a codebook (.qdc), at most 100 MB."),
        widget=forms.FileInput(attrs={"accept": ".qdpx,.qde,.qdc"}),
    )


@requires(Permission.EXPORT)
def exchange(request: StudyRequest, study: str) -> HttpResponse:
    """What can go out, what would be lost, and what waits to come in."""
    return _page(request, ProjectForm())


@requires(Permission.EXPORT)
@require_POST
def give_out(request: StudyRequest, study: str, form: str) -> HttpResponse:
    """A file of the material: at once, or made by the worker where it is large."""
    if form not in FORMATS:
        raise Http404
    if is_large(**size(request.study)):
        job = ask_for_export(actor=request.user, study=request.study, form=form)
        return redirect("jobs:job", job.identifier)
    try:
        name, content = export_material(actor=request.user, study=request.study, form=form)
    except SamspillError as error:
        messages.error(request, told(error))
        return redirect("interviews:exchange", study)
    return HttpResponse(
        content,
        content_type=FORMATS[form].type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@requires(Permission.EDIT_SOURCES)
@require_POST
def receive(request: StudyRequest, study: str) -> HttpResponse:
    """Read a file. What cannot be read is not kept."""
    form = ProjectForm(request.POST, request.FILES)
    faults: tuple[str, ...] = ()
    if form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read(LARGEST + 1)
        try:
            read_incoming(content, file.name)
        except SamspillError as error:
            form.add_error("file", told(error))
            faults = tuple(told_problems(error, FAULTS_SHOWN))
        else:
            kept = keep_waiting(request.study, request.user, file.name, content)
            return redirect("interviews:waiting_project", study, kept.pk)
    return _page(request, form, faults)


@requires(Permission.EDIT_SOURCES)
def look(request: StudyRequest, study: str, waiting: int) -> HttpResponse:
    """What is in a file, how its passages are placed, and what would be new."""
    found = _mine(request, waiting)
    incoming = read_waiting(found)
    fitted = fit(request.study, incoming.project)
    context = {
        "here": "exchange",
        "waiting": found,
        "incoming": incoming,
        "shares": [(KIND_LABELS[share.kind], share) for share in fitted.shares],
        "fitted": fitted,
        "problems": [_problem(problem) for problem in incoming.problems],
        "policies": _policies(incoming),
        "reason": REASONS.get(incoming.offsets.reason, "") if incoming.offsets else "",
        "large": is_large(**_size(incoming)),
    }
    return render(request, "interviews/exchange_in.html", context)


@requires(Permission.EDIT_SOURCES)
@require_POST
def choose(request: StudyRequest, study: str, waiting: int) -> HttpResponse:
    """Say what the file's positions count; nothing chosen leaves it to the evidence."""
    found = _mine(request, waiting)
    incoming = read_waiting(found)
    offered = {str(row["key"]): row["policy"] for row in _policies(incoming)}
    chosen = offered.get(request.POST.get("policy", ""))
    found.policy = asdict(chosen) if chosen else {}
    found.save(update_fields=["policy"])
    return redirect("interviews:waiting_project", study, waiting)


@requires(Permission.EDIT_SOURCES)
@require_POST
def take_in(request: StudyRequest, study: str, waiting: int) -> HttpResponse:
    """Take in what is new. Sent twice, it is done once."""
    found = WaitingProject.objects.filter(
        pk=waiting, study=request.study, user_id=request.user.pk
    ).first()
    if found is None:
        messages.info(request, _("The project is taken in already, or left out."))
        return redirect("interviews:exchange", study)
    try:
        incoming = read_waiting(found)
        if is_large(**_size(incoming)):
            job = ask_to_take_in(actor=request.user, study=request.study, waiting=found)
            return redirect("jobs:job", job.identifier)
        fitted, taken = take_in_project(
            actor=request.user, study=request.study, project=incoming.project
        )
    except SamspillError as error:
        messages.error(request, told(error))
        return redirect("interviews:waiting_project", study, waiting)
    found.delete()
    messages.success(request, told_taken(fitted, taken))
    return redirect("interviews:overview", study)


@requires(Permission.EDIT_SOURCES)
@require_POST
def leave(request: StudyRequest, study: str, waiting: int) -> HttpResponse:
    """Leave the file out."""
    _mine(request, waiting).delete()
    messages.info(request, _("Nothing was taken in, and the file is removed."))
    return redirect("interviews:exchange", study)


def _mine(request: StudyRequest, key: int) -> WaitingProject:
    found: WaitingProject = get_object_or_404(
        WaitingProject, pk=key, study=request.study, user_id=request.user.pk
    )
    return found


def _page(request: StudyRequest, form: ProjectForm, faults: tuple[str, ...] = ()) -> HttpResponse:
    study = request.study
    amount = size(study)
    mine = WaitingProject.objects.filter(study=study, user_id=request.user.pk).defer("content")
    context = {
        "here": "exchange",
        "form": form,
        "faults": faults,
        "formats": FORMATS.items(),
        "sources": study.sources.count(),
        "codes": study.codes.count(),
        "codings": amount["codings"],
        "memos": study.memos.count(),
        "losses": [_problem(problem) for problem in _losses(request, amount)],
        "large": is_large(**amount),
        "carried": list(carries(study)),
        "waiting": list(mine),
        "named": study.sources.filter(pseudonymised=False).count(),
        "withheld": study.sources.filter(consent="not_quoted").count(),
    }
    return render(request, "interviews/exchange.html", context, status=422 if form.errors else 200)


def _losses(request: StudyRequest, amount: dict[str, int]) -> Any:
    """What would be lost, where it does not take longer to find out than a page may take."""
    try:
        return () if is_large(**amount) else lost_in_exchange(request.study)
    except InvalidInput:
        return ()


def _problem(problem: Any) -> dict[str, Any]:
    return {
        "row": problem.row,
        "message": told_text(problem.message),
        "next_step": told_text(problem.next_step),
    }


def _policies(incoming: Incoming) -> list[dict[str, Any]]:
    evidence = incoming.offsets
    if evidence is None:
        return []
    return [
        {
            "key": str(place),
            "policy": one.policy,
            "unit": UNIT_LABELS[one.policy.unit],
            "line_break": BREAK_LABELS[one.policy.line_break],
            "bom": one.policy.bom,
            "passages": one.passages,
            "within": one.within_share,
            "words": one.words_share,
            "chosen": one.policy == evidence.chosen,
        }
        for place, one in enumerate(_in_fixed_order(evidence.policies))
    ]


def _in_fixed_order(policies: tuple[PolicyEvidence, ...]) -> list[PolicyEvidence]:
    def key(one: PolicyEvidence) -> tuple[str, str, bool]:
        policy: OffsetPolicy = one.policy
        return policy.unit, policy.line_break, policy.bom

    return sorted(policies, key=key)


def _size(incoming: Incoming) -> dict[str, int]:
    project = incoming.project
    return {
        "characters": sum(len(source.text) for source in project.sources),
        "codings": len(project.codings),
    }
