"""How far long work has come, and what came of it."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from samspill.web.access.rules import anyone
from samspill.web.jobs.models import Job


def _job(request: HttpRequest, identifier: uuid.UUID) -> Job:
    """The job, for its owner; work without an owner is for whoever has its address."""
    job = get_object_or_404(Job, pk=identifier)
    if job.owner_id is not None and job.owner_id != request.user.pk:
        raise Http404
    return job


@anyone
def job(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """The work's state. While it goes on the page loads itself anew."""
    template = "jobs/state.html" if getattr(request, "htmx", False) else "jobs/job.html"
    found = _job(request, identifier)
    response = render(request, template, {"job": found})
    if found.state in {"waiting", "running"}:
        response["Refresh"] = "2"
    return response


@anyone
def result(request: HttpRequest, identifier: uuid.UUID) -> FileResponse:
    """The file that the work made."""
    found = _job(request, identifier)
    if found.state != "done" or not found.result:
        raise Http404
    path = Path(settings.MEDIA_ROOT) / found.result
    return FileResponse(path.open("rb"), as_attachment=True, filename=found.filename)
