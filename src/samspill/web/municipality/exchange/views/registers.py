"""The national registers: read by the worker, looked over, and followed as far as is chosen."""

from __future__ import annotations

import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samspill.errors import SamspillError
from samspill.studies.invented_municipality import MUNICIPALITY, SEED, national_files
from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import at_desk
from samspill.web.jobs.running import start
from samspill.web.municipality.actions.registers import follow_registers
from samspill.web.municipality.exchange import incoming
from samspill.web.municipality.exchange.forms import RegistersForm
from samspill.web.municipality.exchange.previews import lines_of_registers
from samspill.web.municipality.exchange.registers import proposal
from samspill.web.municipality.exchange.views.out import GROUP
from samspill.web.municipality.exchange.waiting import REGISTERS, waiting
from samspill.web.municipality.models import Municipality, Upload
from samspill.web.municipality.words import language
from samspill.web.pages.faults import told

ON_A_PAGE = 100
PROBLEMS_SHOWN = 50


@at_desk(DeskPermission.EXCHANGE_REGISTER)
def registers(request: DeskRequest, municipality: str) -> HttpResponse:
    """Choose the downloads of the registers, or ask the registers themselves."""
    form = RegistersForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        place = incoming.make_place()
        entities = incoming.write(place, "entities", form.cleaned_data["entities"])
        incoming.write(place, "voluntary", form.cleaned_data["voluntary"])
        return _ask(request, place.name, entities)
    context = {
        "group": GROUP,
        "form": form,
        "waits": waiting(request.municipality, request.user.pk, REGISTERS),
        "may_invent": _may_invent(request.municipality),
    }
    return render(request, "municipality/exchange/registers.html", context)


@at_desk(DeskPermission.EXCHANGE_REGISTER)
@require_POST
def fetch(request: DeskRequest, municipality: str) -> HttpResponse:
    """Ask the registers' interfaces."""
    return _ask(request, "", [])


@at_desk(DeskPermission.EXCHANGE_REGISTER)
@require_POST
def invented(request: DeskRequest, municipality: str) -> HttpResponse:
    """Try with files that are invented together with the municipality."""
    if not _may_invent(request.municipality):
        return redirect("municipality:registers", municipality)
    place = incoming.make_place()
    entities, _voluntary = national_files(_made_on(request.municipality), SEED, place)
    return _ask(request, place.name, [entities.name])


@at_desk(DeskPermission.EXCHANGE_REGISTER)
def preview(request: DeskRequest, municipality: str) -> HttpResponse:
    """What the registers would change; nothing is changed yet."""
    kept = waiting(request.municipality, request.user.pk, REGISTERS)
    return _none(request) if kept is None else _preview(request, kept)


@at_desk(DeskPermission.EXCHANGE_REGISTER)
@require_POST
def choose(request: DeskRequest, municipality: str) -> HttpResponse:
    """Keep what is ticked on a page of the preview, and with ``follow`` do all that is chosen."""
    kept = waiting(request.municipality, request.user.pk, REGISTERS)
    if kept is None:
        return _none(request)
    ticked = set(request.POST.getlist("key"))
    kept.choices |= {key: key in ticked for key in request.POST.getlist("shown")}
    kept.save(update_fields=["choices"])
    if "follow" not in request.POST:
        address = reverse("municipality:preview_registers", args=(municipality,))
        return redirect(f"{address}?{urlencode({'page': request.POST.get('next', '')})}")
    try:
        count = follow_registers(
            actor=request.user, upload=kept, expected=request.POST.get("expected", "-")
        )
    except SamspillError as error:
        return _preview(request, kept, told(error))
    text = ngettext(
        "%(n)s organisation is as the national registers say now.",
        "%(n)s organisations are as the national registers say now.",
        count,
    )
    messages.success(request, text % {"n": count})
    return redirect("municipality:registers", municipality)


@at_desk(DeskPermission.EXCHANGE_REGISTER)
@require_POST
def cancel(request: DeskRequest, municipality: str) -> HttpResponse:
    """Throw away what was read."""
    kept = waiting(request.municipality, request.user.pk, REGISTERS)
    if kept is not None:
        kept.delete()
    messages.info(request, _("Nothing is changed, and what was read is removed."))
    return redirect("municipality:registers", municipality)


def _ask(request: DeskRequest, folder: str, entities: list[str]) -> HttpResponse:
    job = start(
        "municipality.read_registers",
        owner=request.user,
        language=language(),
        back=reverse("municipality:preview_registers", args=(request.municipality.code,)),
        municipality=request.municipality.pk,
        user=request.user.pk,
        folder=folder,
        entities=entities,
    )
    return redirect("jobs:job", job.identifier)


def _preview(request: DeskRequest, kept: Upload, refused: str = "") -> HttpResponse:
    found = proposal(kept)
    page = Paginator(lines_of_registers(found), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "group": GROUP,
        "upload": kept,
        "refused": refused,
        "found": found,
        "changed": len({change.identifier for change in found.found.changed}),
        "page": page,
        "last": page.number == page.paginator.num_pages,
        "problems": found.problems[:PROBLEMS_SHOWN],
    }
    return render(request, "municipality/exchange/national.html", context)


def _may_invent(municipality: Municipality) -> bool:
    return municipality.invented and municipality.code == MUNICIPALITY.code


def _made_on(municipality: Municipality) -> datetime.date:
    """The day that an invented register is made for."""
    return timezone.localtime(municipality.created_at).date()


def _none(request: DeskRequest) -> HttpResponse:
    messages.info(request, _("Nothing has been read here, or it is taken in already."))
    return redirect("municipality:registers", request.municipality.code)
