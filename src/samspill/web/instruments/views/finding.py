"""The version that an address names."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from samspill.web.access.request import StudyRequest
from samspill.web.instruments.models import InstrumentVersion


def version_of(request: StudyRequest, instrument: str, number: int) -> InstrumentVersion:
    """A version in the study of the request, or 404."""
    return get_object_or_404(
        InstrumentVersion.objects.select_related("instrument__study"),
        instrument__study=request.study,
        instrument__identifier=instrument,
        number=number,
    )
