"""What is known of a person: shown, taken out, erased; and whose time has come."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import at_desk
from samspill.web.municipality.actions.persons import erase_person
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
        context = {"group": "people", "about": about}
        return render(request, "municipality/erase_person.html", context)
    done = erase_person(actor=request.user, municipality=request.municipality, about=about)
    text = _(
        "The person is erased: from %(entries)s entries, and from %(events)s lines of the log."
    )
    messages.success(request, text % {"entries": done.entries, "events": done.events})
    return redirect("municipality:persons", municipality)


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
