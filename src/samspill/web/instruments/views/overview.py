"""Which questionnaires a study has, and where a new one comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.instrument import shipped_instrument, shipped_instruments
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.instruments import actions
from samspill.web.instruments.definitions import definition
from samspill.web.instruments.faults import faults_of
from samspill.web.instruments.forms import UploadForm
from samspill.web.instruments.models import Instrument, InstrumentVersion
from samspill.web.instruments.outline import Outline, outline
from samspill.web.instruments.uploading import read_upload
from samspill.web.studies.models import in_language


@dataclass(frozen=True, slots=True)
class ListedVersion:
    """A version in the list, with its counts."""

    version: InstrumentVersion
    outline: Outline


@requires(Permission.READ_STUDY)
def overview(request: StudyRequest, study: str) -> HttpResponse:
    """The study's instruments and their versions."""
    versions = InstrumentVersion.objects.filter(instrument__study=request.study)
    listed = [
        ListedVersion(version, outline(definition(version), get_language() or ""))
        for version in versions.select_related("instrument").order_by(
            "instrument__identifier", "-number"
        )
    ]
    count = Instrument.objects.filter(study=request.study).count()
    context = {
        "listed": listed,
        "count": count,
        "frozen": sum(entry.version.frozen_at is not None for entry in listed),
    }
    return render(request, "instruments/overview.html", context)


@requires(Permission.EDIT_INSTRUMENTS)
def add(request: StudyRequest, study: str) -> HttpResponse:
    """Start from a shipped instrument, or from a file."""
    shipped = request.POST.get("shipped")
    posted = request.method == "POST" and shipped is None
    form = UploadForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        initial={"language": get_language()},
    )
    context = {"form": form, "shipped": list(_shipped())}
    if request.method == "POST" and (shipped is not None or form.is_valid()):
        try:
            if shipped is not None:
                content = shipped_instrument(shipped)
            else:
                content = read_upload(form.cleaned_data["file"], form.cleaned_data["language"])
            version = actions.add_instrument(
                actor=request.user, study=request.study, content=content
            )
        except SamspillError as error:
            context["faults"] = faults_of(error)
        else:
            messages.success(request, _("The questionnaire is saved as a draft."))
            return redirect("instruments:version", study, version.instrument.identifier, 1)
    return render(request, "instruments/add.html", context)


def _shipped() -> Iterator[dict[str, object]]:
    for identifier in shipped_instruments():
        instrument = shipped_instrument(identifier)
        yield {
            "identifier": identifier,
            "title": in_language(dict(instrument.title)),
            "outline": outline(instrument, get_language() or ""),
        }
