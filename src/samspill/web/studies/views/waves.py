"""The waves of a study."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.errors import SamspillError
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.studies.actions.waves import add_wave, delete_wave, edit_wave
from samspill.web.studies.forms import WaveForm


@requires(Permission.READ_STUDY)
def waves(request: StudyRequest, study: str) -> HttpResponse:
    """When the study asks, and whom it then describes."""
    found = request.study.waves.annotate(asked=Count("collections"))
    return render(request, "studies/waves.html", {"part": "waves", "waves": found})


@requires(Permission.EDIT_STUDY)
def new(request: StudyRequest, study: str) -> HttpResponse:
    """Add a wave."""
    form = WaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_wave(
                actor=request.user,
                study=request.study,
                identifier=form.cleaned_data["identifier"],
                title=form.words("title"),
                reference_date=form.cleaned_data["reference_date"],
            )
        except SamspillError as error:
            form.add_error("identifier", str(error))
        else:
            messages.success(request, _("The wave is added."))
            return redirect("studies:waves", study)
    return render(request, "studies/wave.html", {"part": "waves", "form": form})


@requires(Permission.EDIT_STUDY)
def edit(request: StudyRequest, study: str, wave: str) -> HttpResponse:
    """Change a wave's title and day."""
    found = get_object_or_404(request.study.waves, identifier=wave)
    given = {"title": found.title, "reference_date": found.reference_date}
    form = WaveForm(request.POST or None, initial=given, is_new=False)
    if request.method == "POST" and form.is_valid():
        edit_wave(
            actor=request.user,
            wave=found,
            title=form.words("title"),
            reference_date=form.cleaned_data["reference_date"],
        )
        messages.success(request, _("The wave is saved."))
        return redirect("studies:waves", study)
    return render(request, "studies/wave.html", {"part": "waves", "form": form, "wave": found})


@requires(Permission.EDIT_STUDY)
@require_POST
def delete(request: StudyRequest, study: str, wave: str) -> HttpResponse:
    """Delete a wave in which nothing has been collected."""
    found = get_object_or_404(request.study.waves, identifier=wave)
    try:
        delete_wave(actor=request.user, wave=found)
    except SamspillError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The wave is deleted."))
    return redirect("studies:waves", study)
