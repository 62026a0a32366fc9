"""A crisis: who has room, whom they are given, and the lists that they are handed."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samspill.errors import SamspillError
from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import at_desk
from samspill.web.audit.recording import record
from samspill.web.municipality.actions.entries import subject_of
from samspill.web.municipality.models import Organisation, Referral
from samspill.web.municipality.words import concept_name
from samspill.web.studies.frame.writing import as_csv, as_xlsx
from samspill.web.volunteering.actions.handing import fitting, waiting
from samspill.web.volunteering.actions.handing import hand_over as give
from samspill.web.volunteering.actions.surges import begin_surge, end_surge
from samspill.web.volunteering.capacity import Room, rooms
from samspill.web.volunteering.files import list_rows, received_by
from samspill.web.volunteering.forms import SurgeForm
from samspill.web.volunteering.models import Surge, surge_in
from samspill.web.volunteering.views.own import kept_private

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WRITERS = {"csv": (as_csv, "text/csv"), "xlsx": (as_xlsx, XLSX)}


@dataclass(frozen=True, slots=True)
class Receiving:
    """An organisation with what it can receive, whom it has, and how many wait that fit."""

    organisation: Organisation
    rooms: list[tuple[str, Room]]
    received: int
    fitting: int

    @property
    def persons(self) -> int:
        return sum(room.persons for _, room in self.rooms)

    @property
    def left(self) -> int:
        return sum(room.left for _, room in self.rooms)


@at_desk(DeskPermission.READ_REGISTER)
def crisis(request: DeskRequest, municipality: str) -> HttpResponse:
    """Who can receive how many?"""
    return _page(request, SurgeForm())


@at_desk(DeskPermission.HANDLE_OFFERS)
@require_POST
def begin(request: DeskRequest, municipality: str) -> HttpResponse:
    """Say that there is a crisis."""
    form = SurgeForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        begin_surge(actor=request.user, municipality=request.municipality, **form.cleaned_data)
    except SamspillError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The public pages say that there is a crisis."))
    return redirect("volunteering:crisis", municipality)


@at_desk(DeskPermission.HANDLE_OFFERS)
@require_POST
def end(request: DeskRequest, municipality: str) -> HttpResponse:
    """Say that it is over."""
    try:
        end_surge(actor=request.user, municipality=request.municipality)
    except SamspillError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The crisis is over."))
    return redirect("volunteering:crisis", municipality)


@at_desk(DeskPermission.HANDLE_OFFERS)
@require_POST
def hand_over(request: DeskRequest, municipality: str, organisation: str) -> HttpResponse:
    """Give an organisation those who have waited longest, as many as it has room for."""
    found = _organisation(request, organisation)
    try:
        given = give(actor=request.user, organisation=found)
    except SamspillError as error:
        messages.error(request, str(error))
    else:
        said = ngettext(
            "%(n)s person is handed over to %(who)s. Send them the list.",
            "%(n)s persons are handed over to %(who)s. Send them the list.",
            len(given),
        )
        messages.success(request, said % {"n": len(given), "who": found})
    return redirect("volunteering:crisis", municipality)


@at_desk(DeskPermission.HANDLE_OFFERS)
def hand_over_list(request: DeskRequest, municipality: str, organisation: str) -> HttpResponse:
    """The list as a page to be printed."""
    found = _organisation(request, organisation)
    received = received_by(found)
    heading, *rows = list_rows(found, received)
    _record(request, found, received, "print")
    context = {
        "group": "volunteers",
        "part": "crisis",
        "organisation": found,
        "heading": heading,
        "rows": rows[: len(received)],
        "today": timezone.localdate(),
    }
    return kept_private(render(request, "volunteering/list.html", context))


@at_desk(DeskPermission.HANDLE_OFFERS)
def hand_over_file(
    request: DeskRequest, municipality: str, organisation: str, form: str
) -> HttpResponse:
    """The list as a file."""
    found = _organisation(request, organisation)
    if form not in WRITERS:
        raise Http404
    write, kind = WRITERS[form]
    received = received_by(found)
    _record(request, found, received, form)
    answer = HttpResponse(write(list_rows(found, received)), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{found.identifier}.{form}"'
    return kept_private(answer)


def _page(request: DeskRequest, form: SurgeForm) -> HttpResponse:
    today = timezone.localdate()
    stated = rooms(request.municipality, today)
    may_see = DeskPermission.HANDLE_OFFERS in request.permissions
    offers = waiting(request.municipality) if may_see else []
    received = Referral.objects.filter(
        municipality=request.municipality, outcome="accepted", offer__status="accepted"
    ).values_list("organisation_id", flat=True)
    have = list(received)
    receiving = [
        Receiving(
            one,
            [
                (concept_name("fields", r.field) if r.field else "", r)
                for r in stated.get(one.pk, [])
            ],
            have.count(one.pk),
            len(fitting(offers, one, stated.get(one.pk, []))),
        )
        for one in Organisation.objects.filter(pk__in={*stated, *have}).order_by("name")
    ]
    context = {
        "group": "volunteers",
        "part": "crisis",
        "form": form,
        "surge": surge_in(request.municipality),
        "earlier": Surge.objects.filter(municipality=request.municipality).exclude(ended_at=None),
        "receiving": receiving,
        "persons": sum(one.persons for one in receiving),
        "left": sum(one.left for one in receiving),
        "waiting": len(offers),
    }
    return render(request, "volunteering/crisis.html", context)


def _record(
    request: DeskRequest, organisation: Organisation, received: list[Referral], form: str
) -> None:
    record(
        actor=request.user,
        action="volunteering.hand_over",
        subject=subject_of(organisation),
        municipality=request.municipality.code,
        new={"persons": len(received), "form": form},
    )


def _organisation(request: DeskRequest, identifier: str) -> Organisation:
    found = Organisation.objects.select_related("municipality")
    return get_object_or_404(found, municipality=request.municipality, identifier=identifier)
