"""Publishing: what would be public, whether it may be, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.errors import SamspillError
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.jobs.running import start
from samspill.web.results import actions
from samspill.web.results.drafts import Draft, drafts, examined, find_draft
from samspill.web.results.words import language


@requires(Permission.PUBLISH)
def publishing(request: StudyRequest, study: str) -> HttpResponse:
    """What is published, which drafts there are, and what they can be made from.

    A POST makes a draft of a collection.
    """
    collections = request.study.collections.all()
    if request.method == "POST":
        chosen = get_object_or_404(collections, identifier=request.POST.get("collection", ""))
        job = start(
            "results.prepare",
            owner=request.user,
            language=language(),
            back=reverse("results:publish", args=[request.study.slug]),
            collection=chosen.pk,
        )
        return redirect("jobs:job", job.identifier)
    context = {
        "publication": request.study.publications.filter(withdrawn_at=None).first(),
        "drafts": drafts(request.study),
        "collections": collections,
    }
    return render(request, "results/publishing.html", context)


@requires(Permission.PUBLISH)
def draft(request: StudyRequest, study: str, draft: str) -> HttpResponse:
    """What a draft would make public. A POST publishes it."""
    found = _draft(request, draft)
    fault = None
    if request.method == "POST":
        try:
            actions.publish(actor=request.user, study=request.study, draft=found)
        except SamspillError as error:
            fault = error
        else:
            start("results.warm", owner=request.user, language=language(), study=request.study.slug)
            messages.success(request, _("The results are published. Anyone can read them here."))
            return redirect("results:overview", request.study.slug)
    try:
        examination = examined(found)
    except SamspillError as error:
        fault, examination = error, None
    context = {"draft": found, "examination": examination, "fault": fault}
    return render(request, "results/draft.html", context)


@requires(Permission.PUBLISH)
@require_POST
def leave_out(request: StudyRequest, study: str, draft: str) -> HttpResponse:
    """Make a draft without what would be given away."""
    found = _draft(request, draft)
    job = start(
        "results.leave_out",
        owner=request.user,
        language=language(),
        back=reverse("results:publish", args=[request.study.slug]),
        study=request.study.slug,
        draft=found.name,
    )
    return redirect("jobs:job", job.identifier)


@requires(Permission.PUBLISH)
@require_POST
def withdraw(request: StudyRequest, study: str) -> HttpResponse:
    """Take the published results back."""
    actions.withdraw(actor=request.user, study=request.study)
    messages.success(request, _("The results are withdrawn. The files are kept."))
    return redirect("results:publish", request.study.slug)


def _draft(request: StudyRequest, name: str) -> Draft:
    found = find_draft(request.study, name)
    if found is None:
        raise Http404
    return found
