"""What the pulse asks an organisation now, and whether it has answered."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from samspill.web.mirror.models import Asked
from samspill.web.municipality.models import Organisation

SIDE = "organisation"


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A round that asks the organisation; ``field`` is empty where it is asked of no field alone,
    ``sent_at`` where nothing is sent yet, and ``is_begun`` tells whether something is saved."""

    address: str
    field: str
    closes_at: datetime.datetime | None
    is_begun: bool
    sent_at: datetime.datetime | None


def open_rounds(
    organisation: Organisation, now: datetime.datetime | None = None
) -> list[OpenRound]:
    """The rounds of the pulse that ask an organisation and can be answered, the one that closes
    first in front. A round that it has said no to, or is no part of, asks it no more."""
    moment = now or timezone.now()
    found = Asked.objects.filter(
        Q(respondent__collection__closes_at=None) | Q(respondent__collection__closes_at__gt=moment),
        round__municipality=organisation.municipality,
        identifier=organisation.identifier,
        respondent__side=SIDE,
        respondent__collection__opens_at__lte=moment,
        respondent__refused_at=None,
        respondent__ineligible="",
    ).select_related("respondent__collection", "respondent__response")
    rounds = []
    for one in found.order_by("respondent__collection__closes_at", "pk"):
        response = getattr(one.respondent, "response", None)
        rounds.append(
            OpenRound(
                reverse("answering:start", args=[one.respondent.token]),
                one.field,
                one.respondent.collection.closes_at,
                response is not None and response.saved_at is not None,
                response.submitted_at if response is not None else None,
            )
        )
    return rounds
