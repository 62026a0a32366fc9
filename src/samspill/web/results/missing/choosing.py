"""How should the answers be weighted?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.fieldwork.exports import collection_study
from samspill.web.fieldwork.exports.units import attributes_of
from samspill.web.results.missing.choices import (
    choose_weighting,
    chosen_weighting,
    drop_weighting,
)
from samspill.web.results.missing.forms import METHODS, WeightingForm
from samspill.web.results.missing.preview import counted, preview


@requires(Permission.PUBLISH)
def overview(request: StudyRequest, study: str) -> HttpResponse:
    """The study's collections, and how the answers of each are weighted."""
    names = dict(METHODS)
    rows = []
    for collection in request.study.collections.all():
        chosen = chosen_weighting(collection)
        rows.append((collection, chosen, names.get(chosen.method) if chosen else None))
    return render(request, "results/missing/weighting.html", {"rows": rows})


@requires(Permission.PUBLISH)
def choose(request: StudyRequest, study: str, collection: str) -> HttpResponse:
    """Choose the weights of a collection: see what they would be, keep them, or do without."""
    found = get_object_or_404(request.study.collections, identifier=collection)
    if "drop" in request.POST:
        drop_weighting(actor=request.user, collection=found)
        messages.success(request, _("The answers will stand unweighted."))
        return redirect("results:weighting", study)
    made, fault, shown = collection_study(found, texts=False), None, None
    form = WeightingForm(
        request.POST or None,
        attributes=[each for each in attributes_of(found) if each.type != "number"],
        counted=counted(made),
        chosen=chosen_weighting(found),
        who=request.user.name,
    )
    if request.method == "POST" and form.is_valid():
        weighting = form.weighting(timezone.localdate().isoformat())
        try:
            shown = preview(made, weighting)
        except SamspillError as error:
            fault = error
        else:
            if "keep" in request.POST:
                choose_weighting(actor=request.user, collection=found, weighting=weighting)
                messages.success(
                    request, _("The weights are chosen. The next draft is made with them.")
                )
                return redirect("results:weighting", study)
    context = {
        "collection": found,
        "chosen": chosen_weighting(found),
        "form": form,
        "preview": shown,
        "fault": fault,
    }
    return render(request, "results/missing/choose.html", context)
