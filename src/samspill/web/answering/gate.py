"""Whether a questionnaire can be answered now."""

from __future__ import annotations

from enum import StrEnum

from django.utils import timezone

from samspill.web.fieldwork.models import Respondent


class Gate(StrEnum):
    """Why a respondent can or cannot answer."""

    OPEN = "open"
    NOT_YET = "not_yet"
    CLOSED = "closed"
    REFUSED = "refused"
    NOT_ASKED = "not_asked"


def gate_of(respondent: Respondent) -> Gate:
    """What a respondent meets at the door now."""
    collection, now = respondent.collection, timezone.now()
    if respondent.ineligible:
        return Gate.NOT_ASKED
    if collection.closes_at is not None and collection.closes_at <= now:
        return Gate.CLOSED
    if collection.opens_at is None or collection.opens_at > now:
        return Gate.NOT_YET
    if respondent.refused_at is not None:
        return Gate.REFUSED
    return Gate.OPEN
