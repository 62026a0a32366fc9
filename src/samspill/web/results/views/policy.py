"""Whether more collaboration goes with a volunteer policy."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from samspill.web.access.request import StudyRequest
from samspill.web.results.files import FIGURE_FORMATS, figure_file, file_response
from samspill.web.results.kept_views import kept_policy
from samspill.web.results.policy import (
    PolicyChoice,
    policy_figure,
    read_policy_choice,
)
from samspill.web.results.published import Edition
from samspill.web.results.views.common import asked_language, results_page
from samspill.web.results.words import language


@results_page
def policy(request: StudyRequest, edition: Edition) -> HttpResponse:
    """Every comparison, as figure and table."""
    choice = read_policy_choice(request.GET)
    found = kept_policy(edition, choice)
    context = {
        "page": found,
        "choice": choice,
        "language": language(),
        "formats": FIGURE_FORMATS,
    }
    return render(request, "results/policy.html", context)


@results_page
def policy_file(request: StudyRequest, edition: Edition, form: str) -> HttpResponseBase:
    """The figure or its numbers as a file; ``frame=no`` leaves heading and note out."""
    if form not in FIGURE_FORMATS:
        raise Http404
    choice = read_policy_choice(request.GET)
    framed = request.GET.get("frame") != "no"
    with asked_language(request):
        return file_response(
            request,
            edition,
            "policy file",
            lambda: _drawn(edition, choice, form, framed),
            form=form,
            name=f"{request.study.slug}-policy-{choice.scale}-{choice.correction}",
            choice=choice,
            framed=framed,
        )


def _drawn(edition: Edition, choice: PolicyChoice, form: str, framed: bool) -> bytes:
    figure = policy_figure(edition, choice)
    if figure is None:
        raise Http404
    return figure_file(figure, form, framed=framed)
