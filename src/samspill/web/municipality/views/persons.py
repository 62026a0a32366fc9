"""What is known of a person: shown, taken out, erased; and whose time has come."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import at_desk
from samspill.web.audit.models import Event
from samspill.web.municipality.actions.persons import ERASE, erase_person
from samspill.web.municipality.erasing import HOLDINGS, KEPT, Holding, Kept
from samspill.web.municipality.finding import entries
from samspill.web.municipality.models import Contact, Entry
from samspill.web.municipality.persons import SHORTEST, events_about, mentions, taken_out
from samspill.web.municipality.words import column_name, table_name


@at_desk(DeskPermission.ERASE_PERSONS)
def persons(request: DeskRequest, municipality: str) -> HttpResponse:
    """Look for a person by name, e-mail address or telephone number."""
    q = request.GET.get("q", "").strip()[:100]
    found = mentions(request.municipality, [q])
    due = Contact.objects.filter(
        municipality=request.municipality, keep_until__lt=timezone.localdate()
    )
    context = {
        "group": "people",
        "q": q,
        "too_short": 0 < len(q) < SHORTEST,
        "about": [(one.entry, table_name(one.entry.table)) for one in found if one.is_about],
        "elsewhere": [
            (
                one.entry,
                table_name(one.entry.table),
                ", ".join(column_name(one.entry.table, c.name) for c in one.columns),
            )
            for one in found
            if not one.is_about
        ],
        "events": len(events_about(request.municipality, [q])) if q else 0,
        "due": due,
    }
    return render(request, "municipality/persons.html", context)


@at_desk(DeskPermission.ERASE_PERSONS)
@require_POST
def take_out(request: DeskRequest, municipality: str) -> HttpResponse:
    """The chosen person's data as a file."""
    about = _chosen(request)
    if not about:
        return _nobody(request)
    answer = JsonResponse(
        taken_out(request.municipality, about),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
    answer["Content-Disposition"] = 'attachment; filename="person.json"'
    return answer


@at_desk(DeskPermission.ERASE_PERSONS)
@require_POST
def erase(request: DeskRequest, municipality: str) -> HttpResponse:
    """Erase the chosen person, in the register and in the log."""
    about = _chosen(request)
    if not about:
        return _nobody(request)
    if "sure" not in request.POST:
        context = {
            "group": "people",
            "about": about,
            "reached": [one.told for one in HOLDINGS.values()],
            "staying": [one.told for one in KEPT.values()],
        }
        return render(request, "municipality/erase_person.html", context)
    done = erase_person(actor=request.user, municipality=request.municipality, about=about)
    return redirect("municipality:erased_person", municipality, done.event.pk)


@at_desk(DeskPermission.ERASE_PERSONS)
def erased(request: DeskRequest, municipality: str, event: int) -> HttpResponse:
    """What an erasure took out, and what stays and why; nothing of who it was."""
    found = get_object_or_404(Event, pk=event, municipality=request.municipality.code, action=ERASE)
    came = found.new or {}
    context = {
        "group": "people",
        "at": found.at,
        "entries": came.get("entries", 0),
        "events": came.get("events", 0),
        "removed": _told(came.get("holdings"), HOLDINGS),
        "stays": _told(came.get("kept"), KEPT),
    }
    return render(request, "municipality/erased_person.html", context)


def _told(
    counts: Mapping[str, int] | None, known: Mapping[str, Holding] | Mapping[str, Kept]
) -> list[tuple[int, str]]:
    return [(n, str(known[name].told)) for name, n in (counts or {}).items() if name in known]


def _chosen(request: DeskRequest) -> list[Entry]:
    found: list[Entry] = []
    for name in request.POST.getlist("entry"):
        table, _slash, identifier = name.partition("/")
        if table in {"contacts", "offers"}:
            found += entries(request.municipality, table).filter(identifier=identifier)
    return found


def _nobody(request: DeskRequest) -> HttpResponse:
    messages.error(request, _("Nobody was chosen. Tick the entries that are about the person."))
    return redirect("municipality:persons", request.municipality.code)
