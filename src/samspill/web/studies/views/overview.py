"""The studies one is a member of; where one stands; making, changing and deleting it."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.access.models import ROLE_LABELS
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest, UserRequest
from samspill.web.access.rules import requires, signed_in
from samspill.web.accounts.models import User
from samspill.web.audit.models import Event
from samspill.web.studies.actions.studies import create_study, delete_study, edit_study, is_empty
from samspill.web.studies.forms import StudyForm, this_year
from samspill.web.studies.progress import State, next_step, progress


@signed_in
def mine(request: UserRequest) -> HttpResponse:
    """The studies that the reader is a member of."""
    memberships = (
        request.user.memberships.select_related("study")
        .annotate(units=Count("study__units", filter=Q(study__units__ceased_on=None)))
        .order_by("-study__year", "study__slug")
    )
    rows = [(m.study, ROLE_LABELS[m.role], m.units) for m in memberships]
    return render(request, "studies/list.html", {"rows": rows})


@signed_in
def new(request: UserRequest) -> HttpResponse:
    """Make a study."""
    form = StudyForm(request.POST or None, initial={"year": this_year()})
    if request.method == "POST" and form.is_valid():
        owner = User.objects.get(pk=request.user.pk)
        study = create_study(actor=owner, owner=owner, **form.content())
        messages.success(request, _("The study is made."))
        return redirect("studies:overview", study.slug)
    return render(request, "studies/new.html", {"form": form})


@requires(Permission.READ_STUDY)
def overview(request: StudyRequest, study: str) -> HttpResponse:
    """Where the study stands, and what is next."""
    steps = progress(request.study, request.permissions)
    context = {
        "steps": steps,
        "next": next_step(steps),
        "done": sum(step.state is State.DONE for step in steps),
        "members": request.study.memberships.count(),
        "events": _latest(request),
    }
    return render(request, "studies/overview.html", context)


@requires(Permission.EDIT_STUDY)
def edit(request: StudyRequest, study: str) -> HttpResponse:
    """Change what the study is called."""
    found = request.study
    given = {name: getattr(found, name) for name in ("title", "summary", "year", "invented")}
    form = StudyForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        edit_study(actor=request.user, study=found, **form.content())
        messages.success(request, _("The study is saved."))
        return redirect("studies:overview", found.slug)
    return render(request, "studies/edit.html", {"form": form, "empty": is_empty(found)})


@requires(Permission.EDIT_STUDY)
def delete(request: StudyRequest, study: str) -> HttpResponse:
    """Delete the study, as long as it holds nothing."""
    if request.method == "POST":
        try:
            delete_study(actor=request.user, study=request.study)
        except SamspillError as error:
            messages.error(request, str(error))
            return redirect("studies:overview", study)
        messages.success(request, _("The study is deleted."))
        return redirect("studies:list")
    return render(request, "studies/delete.html", {"empty": is_empty(request.study)})


def _latest(request: StudyRequest) -> list[Event]:
    if Permission.READ_LOG not in request.permissions:
        return []
    return list(Event.objects.filter(study=request.study.slug)[:5])
