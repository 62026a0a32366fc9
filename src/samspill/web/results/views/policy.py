"""Whether more collaboration goes with a volunteer policy."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from samspill.web.access.request import StudyRequest
from samspill.web.results.files import FIGURE_FORMATS
from samspill.web.results.kept_views import kept_policy
from samspill.web.results.policy import (
    policy_figure,
    read_policy_choice,
)
from samspill.web.results.published import Edition
from samspill.web.results.views.common import figure_response, results_file, results_page
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


@results_file
def policy_file(request: StudyRequest, edition: Edition, form: str) -> HttpResponseBase:
    """The figure or its numbers as a file."""
    choice = read_policy_choice(request.GET)
    return figure_response(
        request,
        edition,
        "policy file",
        lambda: policy_figure(edition, choice),
        form=form,
        name=f"policy-{choice.scale}-{choice.correction}",
        choice=choice,
    )
