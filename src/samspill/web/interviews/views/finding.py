"""Finding what an address names, within the study."""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404

from samspill.web.access.request import StudyRequest
from samspill.web.interviews.models import Coding, Source, Suggestion


def source_of(request: StudyRequest, guid: UUID) -> Source:
    """A text of the study; else not found."""
    found: Source = get_object_or_404(request.study.sources.select_related("unit"), guid=guid)
    found.study = request.study
    return found


def coding_of(source: Source, guid: UUID) -> Coding:
    """A coding in the text; else not found."""
    found: Coding = get_object_or_404(Coding, source=source, guid=guid)
    found.source = source
    return found


def suggestion_in(source: Source, guid: UUID) -> Suggestion:
    """A suggestion in the text; else not found."""
    found: Suggestion = get_object_or_404(
        Suggestion.objects.select_related("code"), source=source, guid=guid
    )
    found.source = source
    return found
