"""Importing the frame of units: choose a file, say what its columns are, look, confirm."""

from __future__ import annotations

import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samspill.errors import SamspillError
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.studies import uploads
from samspill.web.studies.actions.frame import Imported, import_frame
from samspill.web.studies.forms import UploadForm
from samspill.web.studies.frame.checking import FrameRow, check_rows
from samspill.web.studies.frame.faults import FrameFaults
from samspill.web.studies.frame.forms import ConfirmForm, MappingForm
from samspill.web.studies.frame.mapping import FrameMapping, suggest
from samspill.web.studies.frame.planning import plan_import
from samspill.web.studies.frame.reading import LARGEST, read_sheet
from samspill.web.studies.models import Upload

UNITS = "units"
SHOWN = 100


@requires(Permission.EDIT_UNITS)
def upload(request: StudyRequest, study: str) -> HttpResponse:
    """Choose a file. What cannot be read is not kept."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if file.size > LARGEST:
                raise SamspillError(
                    _("The file is larger than 10 MB."),
                    _("Take away columns that are not needed."),
                )
            content = file.read()
            sheet = read_sheet(content, file.name)
            if not sheet.rows:
                raise SamspillError(
                    _("The file has a heading, but no rows."), _("Write one row for each unit.")
                )
        except SamspillError as error:
            form.add_error("file", str(error))
        else:
            kept = uploads.keep(request, UNITS, file.name, content)
            return redirect("studies:map_units", study, kept.pk)
    return render(request, "studies/import_upload.html", {"part": UNITS, "form": form})


@requires(Permission.EDIT_UNITS)
def columns(request: StudyRequest, study: str, upload: int) -> HttpResponse:
    """Say what each column is."""
    kept = uploads.find(request, UNITS, upload)
    sheet = read_sheet(bytes(kept.content), kept.filename)
    known = request.study.attributes.values_list("identifier", "type")
    suggested = suggest(sheet, known)
    initial = {}
    if kept.choices:
        chosen = FrameMapping.from_json(kept.choices)
        suggested = FrameMapping(chosen.uses, chosen.digits or suggested.digits)
        initial["valid_from"] = kept.choices["valid_from"]
    form = MappingForm(request.POST or None, sheet=sheet, suggested=suggested, initial=initial)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["valid_from"]
        kept.choices = {
            **form.mapping().to_json(),
            "valid_from": day.isoformat() if day else "",
        }
        kept.save(update_fields=["choices"])
        return redirect("studies:preview_units", study, kept.pk)
    context = {"part": UNITS, "form": form, "upload": kept, "rows": len(sheet.rows)}
    return render(request, "studies/import_columns.html", context)


@requires(Permission.EDIT_UNITS)
def preview(request: StudyRequest, study: str, upload: int) -> HttpResponse:
    """What would be new, changed and gone, or what is wrong; nothing is changed yet."""
    kept = uploads.find(request, UNITS, upload)
    if not kept.choices:
        return redirect("studies:map_units", study, kept.pk)
    return _preview(request, kept, ConfirmForm())


@requires(Permission.EDIT_UNITS)
@require_POST
def confirm(request: StudyRequest, study: str, upload: int) -> HttpResponse:
    """Import what the preview showed. Sent twice, it is done once."""
    kept = uploads.waiting(request, UNITS, upload)
    if kept is None:
        messages.info(request, _("The file is imported already, or removed."))
        return redirect("studies:units", study)
    form = ConfirmForm(request.POST)
    if not form.is_valid() or not kept.choices:
        return _preview(request, kept, form)
    try:
        mapping, rows = _rows(kept)
        done = import_frame(
            actor=request.user,
            study=request.study,
            mapping=mapping,
            rows=rows,
            gone_on=form.cleaned_data["gone_on"],
        )
    except (FrameFaults, SamspillError):
        return _preview(request, kept, form)
    kept.delete()
    messages.success(request, _told(done))
    return redirect("studies:units", study)


@requires(Permission.EDIT_UNITS)
@require_POST
def cancel(request: StudyRequest, study: str, upload: int) -> HttpResponse:
    """Throw the file away."""
    uploads.find(request, UNITS, upload).delete()
    messages.info(request, _("Nothing was imported, and the file is removed."))
    return redirect("studies:units", study)


def _rows(kept: Upload) -> tuple[FrameMapping, list[FrameRow]]:
    mapping = FrameMapping.from_json(kept.choices)
    day = kept.choices["valid_from"]
    sheet = read_sheet(bytes(kept.content), kept.filename)
    return mapping, check_rows(sheet, mapping, datetime.date.fromisoformat(day) if day else None)


def _preview(request: StudyRequest, kept: Upload, form: ConfirmForm) -> HttpResponse:
    context = {"part": UNITS, "upload": kept, "form": form, "shown": SHOWN}
    try:
        mapping, rows = _rows(kept)
        context |= {"plan": plan_import(request.study, mapping, rows), "rows": len(rows)}
    except FrameFaults as error:
        context |= {"faults": error.faults}
    except SamspillError as error:
        context |= {"refused": str(error)}
    return render(request, "studies/import_preview.html", context)


def _told(done: Imported) -> str:
    if not (done.new or done.changed or done.ceased):
        return _("The units were as in the file already; nothing changed.")
    parts = [
        (done.new, ngettext("%(n)s unit is new.", "%(n)s units are new.", done.new)),
        (done.changed, ngettext("%(n)s has changed.", "%(n)s have changed.", done.changed)),
        (done.ceased, ngettext("%(n)s has ceased.", "%(n)s have ceased.", done.ceased)),
    ]
    return " ".join(text % {"n": number} for number, text in parts if number)
