"""Adding texts: choose files, look over what was read, say what is known, add."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.errors import SamspillError
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.interviews.actions.arriving import add_waiting
from samspill.web.interviews.arriving import (
    LARGEST,
    MOST,
    Arrived,
    keep,
    notes_of,
    read,
    remember,
    waiting_texts,
)
from samspill.web.interviews.intake.forms import FilesForm, ForAllForm, WaitingForm
from samspill.web.interviews.models import Source, WaitingText
from samspill.web.pages.faults import told, told_text
from samspill.web.studies.models import UnitName

FIRST_LINES = 6
IN_PREVIEW = 20_000


@requires(Permission.EDIT_SOURCES)
def add(request: StudyRequest, study: str) -> HttpResponse:
    """Choose files, and what waits to be added. Nothing is in the study yet."""
    return _page(request, FilesForm(), _for_all(request))


@requires(Permission.EDIT_SOURCES)
@require_POST
def receive(request: StudyRequest, study: str) -> HttpResponse:
    """Read files that were sent: one from the page's script, or several from its form."""
    arrived = [_arrive(request, file) for file in request.FILES.getlist("files")]
    if request.accepts("text/html"):
        if not arrived:
            messages.error(request, _("No file was chosen."))
        for one in arrived:
            if one.refused:
                messages.error(request, one.refused)
        read_ones = sum(one.waiting is not None for one in arrived)
        if read_ones:
            said = ngettext("%(n)s file is read.", "%(n)s files are read.", read_ones)
            messages.success(request, said % {"n": read_ones})
        return redirect("interviews:add_texts", study)
    answers = [{"name": one.name, "ok": not one.refused, "said": _said(one)} for one in arrived]
    return JsonResponse({"files": answers}, status=200 if answers else 400)


@requires(Permission.EDIT_SOURCES)
@require_POST
def for_all(request: StudyRequest, study: str) -> HttpResponse:
    """Say what is known of all texts that wait."""
    form = _for_all(request)
    if not form.is_valid():
        return _page(request, FilesForm(), form)
    known = form.known()
    for waiting in waiting_texts(request.study, request.user):
        remember(waiting, **known)
    if known:
        messages.success(request, _("It is noted for all texts in the list."))
    return redirect("interviews:add_texts", study)


@requires(Permission.EDIT_SOURCES)
def one(request: StudyRequest, study: str, waiting: int) -> HttpResponse:
    """What was read from one file, and what is known of it."""
    found = _mine(request, waiting)
    locale = get_language() or "nb"
    form = WaitingForm(request.POST or None, waiting=found, locale=locale)
    if request.method == "POST" and form.is_valid():
        form.remember()
        messages.success(request, _("It is noted. The text is not added yet."))
        return redirect("interviews:add_texts", study)
    context = {
        "here": "sources",
        "waiting": found,
        "form": form,
        "notes": [told_text(note) for note in notes_of(found)],
        "lines": found.text[:IN_PREVIEW].split("\n"),
        "cut": len(found.text) > IN_PREVIEW,
        "characters": len(found.text),
        "shown": IN_PREVIEW,
    }
    return render(request, "interviews/add_one.html", context)


@requires(Permission.EDIT_SOURCES)
@require_POST
def leave(request: StudyRequest, study: str, waiting: int) -> HttpResponse:
    """Leave a file out."""
    found = _mine(request, waiting)
    name = found.filename
    found.delete()
    messages.info(request, _("“%(name)s” is left out.") % {"name": name})
    return redirect("interviews:add_texts", study)


@requires(Permission.EDIT_SOURCES)
@require_POST
def leave_all(request: StudyRequest, study: str) -> HttpResponse:
    """Leave all files out."""
    WaitingText.objects.filter(study=request.study, user=request.user).delete()
    messages.info(request, _("Nothing was added, and what was read is removed."))
    return redirect("interviews:overview", study)


@requires(Permission.EDIT_SOURCES)
@require_POST
def confirm(request: StudyRequest, study: str) -> HttpResponse:
    """Add the texts that wait."""
    try:
        added = add_waiting(actor=request.user, study=request.study)
    except SamspillError as error:
        messages.error(request, told(error))
        return redirect("interviews:add_texts", study)
    said = ngettext("%(n)s text is added.", "%(n)s texts are added.", added)
    messages.success(request, f"{said % {'n': added}} {_('It can be undone.')}")
    return redirect("interviews:overview", study)


def _arrive(request: StudyRequest, file: UploadedFile[bytes]) -> Arrived:
    name = (file.name or "")[:200]
    try:
        content = file.read(LARGEST + 1)
        made = read(name, content)
        return Arrived(name, keep(request.study, request.user, name, content, made))
    except SamspillError as error:
        return Arrived(name, refused=told(error))


def _said(arrived: Arrived) -> str:
    if arrived.waiting is None:
        return arrived.refused
    words = len(arrived.waiting.text.split())
    said = ngettext("Read: %(n)s word.", "Read: %(n)s words.", words)
    return said % {"n": words}


def _mine(request: StudyRequest, key: int) -> WaitingText:
    found: WaitingText = get_object_or_404(
        WaitingText, pk=key, study=request.study, user_id=request.user.pk
    )
    return found


def _for_all(request: StudyRequest) -> ForAllForm:
    return ForAllForm(request.POST or None, study=request.study, locale=get_language() or "nb")


def _page(request: StudyRequest, form: FilesForm, every: ForAllForm) -> HttpResponse:
    waiting = waiting_texts(request.study, request.user)
    units = dict(UnitName.objects.filter(unit__study=request.study).values_list("unit", "name"))
    context = {
        "here": "sources",
        "form": form,
        "for_all": every,
        "rows": [_row(text, units) for text in waiting],
        "largest": LARGEST,
        "most": MOST,
    }
    return render(request, "interviews/add.html", context)


def _row(waiting: WaitingText, units: dict[int, str]) -> dict[str, Any]:
    known = waiting.known
    return {
        "waiting": waiting,
        "name": known.get("name", ""),
        "unit": units.get(known.get("unit_id") or 0, ""),
        "side": known.get("side", ""),
        "side_label": Source.SIDES.get(known.get("side", ""), ""),
        "speakers": known.get("speakers", []),
        "consent": Source.CONSENTS.get(known.get("consent", ""), ""),
        "characters": len(waiting.text),
        "lines": waiting.text.split("\n")[:FIRST_LINES],
        "notes": [told_text(note) for note in notes_of(waiting)],
    }
