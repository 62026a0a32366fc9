"""Taking a collection's answers out, and in again."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from samspill.errors import SamspillError
from samspill.study import read_study
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.fieldwork.exports.files import unpack_study
from samspill.web.fieldwork.exports.forms import ExportForm, ImportForm
from samspill.web.fieldwork.exports.importing import import_responses
from samspill.web.fieldwork.exports.work import ask_for_files
from samspill.web.fieldwork.models import Collection
from samspill.web.fieldwork.outcomes import BREAK_OFF, standings
from samspill.web.pages.faults import told, told_problems

FAULTS_SHOWN = 50


@requires(Permission.EXPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def exports(request: StudyRequest, study: str, collection: str) -> HttpResponse:
    """What the files will hold, and having them built."""
    chosen = _collection(request, collection)
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        job = ask_for_files(
            actor=request.user,
            collection=chosen,
            formats=given["formats"],
            labels=given["language"],
            break_offs=given["break_offs"],
        )
        return redirect("jobs:job", job.identifier)
    return _page(request, chosen, form, ImportForm())


@requires(Permission.ENTER_RESPONSES)
@require_POST
def take_in(request: StudyRequest, study: str, collection: str) -> HttpResponse:
    """Take the answers of a study folder in as responses."""
    chosen = _collection(request, collection)
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, chosen, ExportForm(), form)
    try:
        with tempfile.TemporaryDirectory(prefix="samspill-import-") as folder:
            found = read_study(unpack_study(form.cleaned_data["archive"].file, Path(folder)))
            count = import_responses(actor=request.user, collection=chosen, study=found)
    except SamspillError as error:
        form.add_error("archive", told(error))
        faults = told_problems(error, FAULTS_SHOWN)
        return _page(request, chosen, ExportForm(), form, tuple(faults))
    said = ngettext("%(n)s response was taken in.", "%(n)s responses were taken in.", count)
    messages.success(request, said % {"n": count})
    return redirect("fieldwork:dashboard", study, collection)


def _collection(request: StudyRequest, identifier: str) -> Collection:
    found: Collection = get_object_or_404(
        request.study.collections.select_related("wave", "version"), identifier=identifier
    )
    return found


def _page(
    request: StudyRequest,
    chosen: Collection,
    form: ExportForm,
    import_form: ImportForm,
    faults: tuple[str, ...] = (),
) -> HttpResponse:
    found = standings(chosen)
    context = {
        "collection": chosen,
        "form": form,
        "import_form": import_form,
        "faults": faults,
        "asked": sum(each.eligible for each in found),
        "counted": sum(each.counts for each in found),
        "break_offs": sum(each.code == BREAK_OFF for each in found),
    }
    status = 422 if form.errors or import_form.errors else 200
    return render(request, "fieldwork/exports.html", context, status=status)
