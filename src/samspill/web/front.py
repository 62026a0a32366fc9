"""The front page: what Samspill is, its doors, and what is known already."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samspill.errors import SamspillError
from samspill.web.access.rules import anyone
from samspill.web.municipality.models import Municipality
from samspill.web.results.glance import Overview
from samspill.web.results.kept import kept_overview
from samspill.web.results.published import edition
from samspill.web.studies.models import Study

FEW = 3


@anyone
def front(request: HttpRequest) -> HttpResponse:
    """One sentence, the doors, and the findings of the oldest published study."""
    study = Study.objects.exclude(published_at=None).order_by("year", "pk").first()
    found = _findings(study) if study is not None else None
    desks = Municipality.objects.exclude(opened_at=None)[:FEW]
    context = {"founding": study, "overview": found, "desks": desks}
    return render(request, "pages/front.html", context)


def _findings(study: Study) -> Overview | None:
    """What the study's own first page says; None where its folder cannot be opened, which that
    page tells of."""
    try:
        opened = edition(study)
    except SamspillError:
        return None
    if opened is None:
        return None
    return kept_overview(opened)
