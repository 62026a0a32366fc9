"""What every page of results does first: find the edition, or say why there is none."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from samspill.errors import SamspillError
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import published_or
from samspill.web.results.published import edition

View = Callable[..., HttpResponse]


def results_page(page: View) -> View:
    """A page about a published study: the view is given the edition in place of the slug.

    Open to anyone once the study is published, to members who may read results before that.
    """

    @published_or(Permission.READ_RESULTS)
    @wraps(page)
    def view(request: StudyRequest, study: str, **kwargs: Any) -> HttpResponse:
        try:
            found = edition(request.study)
        except SamspillError as error:
            return render(request, "results/unreadable.html", {"error": error}, status=503)
        if found is None:
            return render(request, "results/nothing.html")
        return page(request, found, **kwargs)

    return view
