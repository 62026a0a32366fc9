"""Finding what an address names, in the request's study alone."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from samspill.web.access.request import StudyRequest
from samspill.web.fieldwork.messages.recipients import with_history
from samspill.web.fieldwork.models import Collection, Respondent


def collection_of(request: StudyRequest, identifier: str) -> Collection:
    """A collection of the study; Http404 where it has none of the name."""
    return get_object_or_404(
        request.study.collections.select_related("study", "wave", "version__instrument"),
        identifier=identifier,
    )


def respondent_of(request: StudyRequest, identifier: str, key: int) -> Respondent:
    """A respondent of a collection of the study; Http404 where there is none."""
    respondents = Respondent.objects.filter(
        collection__study=request.study, collection__identifier=identifier
    )
    return get_object_or_404(with_history(respondents), pk=key)
