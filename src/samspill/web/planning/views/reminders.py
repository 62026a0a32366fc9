"""Reminders: who would get which e-mail now, sending them, and stopping them."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import anyone, at_desk
from samspill.web.jobs.running import start
from samspill.web.municipality.models import Municipality
from samspill.web.planning.actions.reminders import stop_reminders
from samspill.web.planning.models import Reminder
from samspill.web.planning.reminders import next_round
from samspill.web.planning.stopping import is_silent, signed_person
from samspill.web.planning.work import SEND

LATEST = 30


@at_desk(DeskPermission.EDIT_PLAN)
def reminders(request: DeskRequest, municipality: str) -> HttpResponse:
    """What would be sent now, word for word, and what has been."""
    sent = Reminder.objects.filter(measure__municipality=request.municipality)
    context = {
        "group": "plan",
        "part": "reminders",
        "round": next_round(request.municipality, timezone.now()),
        "sent": sent.select_related("measure__municipality")[:LATEST],
        "kept": settings.DEMO,
    }
    return render(request, "planning/reminders.html", context)


@at_desk(DeskPermission.EDIT_PLAN)
@require_POST
def send(request: DeskRequest, municipality: str) -> HttpResponse:
    """Send them, in the worker."""
    job = start(
        SEND,
        owner=request.user,
        language=translation.get_language() or "nb",
        back=reverse("planning:reminders", args=[municipality]),
        municipality=municipality,
        user=request.user.pk,
    )
    return redirect("jobs:job", job.identifier)


@anyone
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: DeskRequest, municipality: str, signed: str) -> HttpResponse:
    """Asked for, it asks; posted to, it acts, also from a mail program in one click (RFC 8058)."""
    found = Municipality.objects.filter(code=municipality).first()
    person = signed_person(found, signed) if found else None
    if found is None or person is None:
        return render(request, "planning/stop_unknown.html", status=404)
    if request.method == "POST":
        stop_reminders(municipality=found, person=person, silent="again" not in request.POST)
    context = {"of": found, "done": is_silent(found, person)}
    return render(request, "planning/stop.html", context)
