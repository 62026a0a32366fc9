"""One measure: how it stands, and how far it has come since."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.errors import SamspillError
from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import at_desk
from samspill.web.audit.models import Event
from samspill.web.municipality.actions.entries import subject_of
from samspill.web.municipality.changes import told
from samspill.web.municipality.models import Measure
from samspill.web.planning.actions.measures import set_status
from samspill.web.planning.forms import StatusForm
from samspill.web.planning.progress import line_of
from samspill.web.planning.views.finding import measure_of

LATEST = 20


@at_desk(DeskPermission.READ_REGISTER)
def measure(request: DeskRequest, municipality: str, identifier: str) -> HttpResponse:
    """A measure with all that is known of it."""
    found = measure_of(request, identifier)
    return _page(request, found, StatusForm(measure=found))


@at_desk(DeskPermission.EDIT_PLAN)
@require_POST
def status(request: DeskRequest, municipality: str, identifier: str) -> HttpResponse:
    """Say how far a measure has come; back to the list that it was said in."""
    found = measure_of(request, identifier)
    form = StatusForm(request.POST, measure=found)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        changed = set_status(actor=request.user, measure=found, **form.cleaned_data)
    except SamspillError as error:
        form.add_error("evidence", str(error))
        return _page(request, measure_of(request, identifier), form)
    if changed:
        messages.success(request, _("“%(measure)s” is brought up to date.") % {"measure": found})
    else:
        messages.info(request, _("Nothing was different."))
    if "address" not in request.POST:
        return redirect("planning:measure", municipality, identifier)
    address = QueryDict(request.POST["address"]).urlencode()
    return redirect(f"{reverse('planning:overview', args=[municipality])}?{address}")


def _page(request: DeskRequest, found: Measure, form: StatusForm) -> HttpResponse:
    may_read = DeskPermission.READ_CHANGES in request.permissions
    events = Event.objects.filter(municipality=request.municipality.code, subject=subject_of(found))
    context = {
        "group": "plan",
        "part": "overview",
        "line": line_of(found, timezone.localdate()),
        "measure": found,
        "policy": found.goal.policy,
        "form": form,
        "changes": told(request.municipality, events[:LATEST]) if may_read else [],
    }
    return render(request, "planning/measure.html", context)
