"""The page of change, and its figures as files."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from samspill.web.access.request import StudyRequest
from samspill.web.results.change.choosing import ChangeChoice, compared, read_change_choice
from samspill.web.results.change.drawing import figure_of
from samspill.web.results.change.page import ChangePage, change_page
from samspill.web.results.change.waves import published_waves, waves_of
from samspill.web.results.files import FIGURE_FORMATS
from samspill.web.results.published import Edition
from samspill.web.results.rendering import remembered
from samspill.web.results.views.common import figure_response, results_file, results_page
from samspill.web.results.words import language
from samspill.web.studies.models import Study, UnitName

PARTS = ("waves", "series", "next")


@results_page
def change(request: StudyRequest, edition: Edition) -> HttpResponse:
    """How the shares have changed between the published waves, and what a next one could show."""
    editions = published_waves(request.study)
    choice = read_change_choice(request.GET, editions)
    context = {
        "page": _kept(request.study, editions, choice),
        "choice": choice,
        "reversed": bool(request.GET.get("before")) and not choice.before,
        "language": language(),
        "formats": FIGURE_FORMATS,
    }
    return render(request, "results/change.html", context)


@results_file
def change_file(request: StudyRequest, edition: Edition, part: str, form: str) -> HttpResponseBase:
    """A figure of the page or its numbers as a file."""
    if part not in PARTS:
        raise Http404
    study = request.study
    editions = published_waves(study)
    choice = read_change_choice(request.GET, editions)
    shown = editions if part == "series" else compared(editions, choice)
    return figure_response(
        request,
        editions[-1],
        "change file",
        lambda: figure_of(shown, waves_of(study, shown), choice, part),
        form=form,
        name="-".join(filter(None, _name(part, choice))),
        choice=choice,
        part=part,
        waves=_digests(study, editions),
    )


def _name(part: str, choice: ChangeChoice) -> tuple[str, ...]:
    """What a file is called."""
    years = () if part != "waves" else (choice.before, choice.after)
    return ("change", part, choice.indicator, *years)


def _kept(study: Study, editions: tuple[Edition, ...], choice: ChangeChoice) -> ChangePage:
    names = {
        name.unit.identifier: name.name
        for name in UnitName.objects.filter(unit__study=study).select_related("unit")
    }
    return remembered(
        editions[-1],
        "change",
        lambda: change_page(
            editions,
            waves_of(study, compared(editions, choice)),
            choice,
            names,
            waves_of(study, editions),
        ),
        choice=choice,
        waves=_digests(study, editions),
    )


def _digests(study: Study, editions: tuple[Edition, ...]) -> tuple[object, ...]:
    """What the page rests on besides the last wave."""
    newest = study.successions.order_by("-pk").values_list("pk", flat=True).first()
    return (*(each.digest for each in editions[:-1]), study.successions.count(), newest)
