"""Making a policy, step by step: who is heard, invited, what came in, what was done, adopted."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samspill.errors import SamspillError
from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import at_desk
from samspill.web.jobs.models import Job
from samspill.web.jobs.running import start
from samspill.web.municipality.models import Input, Process
from samspill.web.planning.actions import process as actions
from samspill.web.planning.forms import (
    AdoptionForm,
    InputForm,
    MessageForm,
    OutcomeForm,
    ProcessForm,
)
from samspill.web.planning.hearing import OF_EACH, breadth, suggestion, voices
from samspill.web.planning.invitations import invitations
from samspill.web.planning.process import KIND, course_of, is_settled
from samspill.web.planning.views.finding import input_of, process_of
from samspill.web.planning.work import INVITE


@at_desk(DeskPermission.READ_REGISTER)
def processes(request: DeskRequest, municipality: str) -> HttpResponse:
    """The makings of policies, each with its next step."""
    found = Process.objects.filter(municipality=request.municipality, kind=KIND)
    rows = [
        (one, _course(one))
        for one in found.select_related("municipality", "policy").order_by("-pk")
    ]
    context = {"group": "plan", "part": "making", "rows": rows}
    return render(request, "planning/processes.html", context)


@at_desk(DeskPermission.EDIT_PLAN)
def new(request: DeskRequest, municipality: str) -> HttpResponse:
    """Begin to make a policy."""
    form = ProcessForm(request.POST or None, municipality=request.municipality)
    if request.method == "POST" and form.is_valid():
        made = actions.begin_process(
            actor=request.user, municipality=request.municipality, values=form.values()
        )
        messages.success(request, _("Begun. Choose who is to be heard."))
        return redirect("planning:hearing", municipality, made.identifier)
    return render(request, "planning/new_process.html", _context(form=form))


@at_desk(DeskPermission.READ_REGISTER)
def process(request: DeskRequest, municipality: str, identifier: str) -> HttpResponse:
    """How it stands: the steps, and what each on the list has said."""
    found = process_of(request, identifier)
    listed = _inputs(found)
    context = _context(
        process=found,
        course=_course(found),
        inputs=[(one, is_settled(one)) for one in listed],
    )
    return render(request, "planning/process.html", context)


@at_desk(DeskPermission.EDIT_PLAN)
def hearing(request: DeskRequest, municipality: str, identifier: str) -> HttpResponse:
    """Who is to be heard: the breadth, who is missing, and a suggestion."""
    found = process_of(request, identifier)
    known = voices(request.municipality, timezone.localdate())
    if request.method == "POST":
        names = set(request.POST.getlist("organisation"))
        chosen = [v.organisation for v in known if v.organisation.identifier in names]
        added = actions.list_organisations(actor=request.user, process=found, organisations=chosen)
        told = ngettext("%(n)s is put on the list.", "%(n)s are put on the list.", added)
        messages.success(request, told % {"n": added})
        return redirect("planning:process", municipality, identifier)
    listed = {one.organisation_id for one in _inputs(found) if one.organisation_id}
    suggested = suggestion(known, listed, found)
    rows = [(v, v.organisation.pk in listed, v.organisation.pk in suggested) for v in known]
    context = _context(
        process=found,
        groups=breadth(known, listed, found),
        after=breadth(known, listed | suggested, found),
        voices=sorted(rows, key=lambda row: not row[2]),
        listed=len(listed),
        suggested=len(suggested),
        of_each=OF_EACH,
    )
    return render(request, "planning/hearing.html", context)


@at_desk(DeskPermission.EDIT_PLAN)
def invite(request: DeskRequest, municipality: str, identifier: str) -> HttpResponse:
    """The invitations word for word; sent in the worker when the button says so."""
    found = process_of(request, identifier)
    form = MessageForm(request.POST or None)
    message = form.cleaned_data["message"] if form.is_valid() else ""
    ready, without = invitations(found, _inputs(found), request.user, message)
    if request.method == "POST" and "send" in request.POST and form.is_valid():
        return redirect("jobs:job", _sending(request, found, message).identifier)
    context = _context(process=found, form=form, ready=ready, without=without, kept=settings.DEMO)
    return render(request, "planning/invitations.html", context)


@at_desk(DeskPermission.EDIT_PLAN)
@require_POST
def mark(request: DeskRequest, municipality: str, identifier: str) -> HttpResponse:
    """Say that some have been invited in another way."""
    found = process_of(request, identifier)
    names = request.POST.getlist("input")
    chosen = [one for one in _inputs(found) if one.identifier in names and not one.invited_on]
    marked = actions.mark_invited(actor=request.user, process=found, given=chosen)
    told = ngettext("%(n)s is marked as invited.", "%(n)s are marked as invited.", marked)
    messages.success(request, told % {"n": marked})
    return redirect("planning:process", municipality, identifier)


@at_desk(DeskPermission.EDIT_PLAN)
def given(request: DeskRequest, municipality: str, identifier: str, given: str) -> HttpResponse:
    """What one on the list has said."""
    found = process_of(request, identifier)
    one = input_of(found, given)
    form = InputForm(request.POST or None, given=one)
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_input(actor=request.user, given=one, **form.cleaned_data)
        except SamspillError as error:
            form.add_error("summary", str(error))
        else:
            messages.success(request, _("The input is kept. Say what is done with it."))
            return redirect("planning:input", municipality, identifier, given)
    return _input_page(request, found, one, form, OutcomeForm(given=one))


@at_desk(DeskPermission.EDIT_PLAN)
@require_POST
def answer(request: DeskRequest, municipality: str, identifier: str, given: str) -> HttpResponse:
    """What was done with an input, and why."""
    found = process_of(request, identifier)
    one = input_of(found, given)
    form = OutcomeForm(request.POST, given=one)
    if form.is_valid():
        try:
            actions.settle_input(actor=request.user, given=one, **form.cleaned_data)
        except SamspillError as error:
            form.add_error("reason", str(error))
        else:
            messages.success(request, _("The answer is kept."))
            return redirect("planning:process", municipality, identifier)
    return _input_page(request, found, one, InputForm(given=one), form)


@at_desk(DeskPermission.EDIT_PLAN)
def adoption(request: DeskRequest, municipality: str, identifier: str) -> HttpResponse:
    """The council's decision; the policy holds from then on."""
    found = process_of(request, identifier)
    form = AdoptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            policy = actions.adopt(actor=request.user, process=found, **form.cleaned_data)
        except SamspillError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("“%(policy)s” is adopted.") % {"policy": policy})
            return redirect("planning:process", municipality, identifier)
    context = _context(process=found, course=_course(found), form=form)
    return render(request, "planning/adoption.html", context)


def _input_page(
    request: DeskRequest, found: Process, one: Input, form: InputForm, outcome: OutcomeForm
) -> HttpResponse:
    context = _context(process=found, given=one, form=form, outcome=outcome)
    return render(request, "planning/input.html", context)


def _sending(request: DeskRequest, process: Process, message: str) -> Job:
    """The work that sends a process' invitations: that which is asked for already, or new."""
    asked = Job.objects.filter(kind=INVITE, state__in=("waiting", "running"))
    for job in asked.filter(owner=request.user):
        if job.arguments["process"] == process.pk:
            return job
    return start(
        INVITE,
        owner=request.user,
        language=translation.get_language() or "nb",
        back=reverse("planning:process", args=[process.municipality.code, process.identifier]),
        process=process.pk,
        user=request.user.pk,
        message=message,
    )


def _inputs(process: Process) -> list[Input]:
    found = process.inputs.select_related("municipality", "organisation", "municipal_unit")
    return sorted(found, key=lambda one: str(one.organisation or one.municipal_unit).casefold())


def _course(process: Process) -> Any:
    today = timezone.localdate()
    listed = _inputs(process)
    keys = [one.organisation_id for one in listed if one.organisation_id]
    groups = breadth(voices(process.municipality, today), keys, process)
    return course_of(process, listed, groups, today)


def _context(**own: Any) -> dict[str, Any]:
    return {"group": "plan", "part": "making", **own}
