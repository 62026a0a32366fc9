"""What is brought to a gathering: needs, and what organisations and units offer."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Q

from samspill.web.municipality.models import Gathering, Need, Offer


@dataclass(frozen=True, slots=True)
class Board:
    """Needs and offers in the fields of a gathering that were open on its day, and every need that
    somebody answered there."""

    needs: list[Need]
    offers: list[Offer]


def brought_to(gathering: Gathering, today: datetime.date) -> Board:
    """The board of a gathering; before it is held, as it stands today."""
    day = min(gathering.held_on, today)
    open_then = (
        Q(published_on__lte=gathering.held_on)
        & (Q(closed_on=None) | Q(closed_on__gte=day))
        & (Q(open_until=None) | Q(open_until__gte=day))
    )
    needs = (
        Need.objects.filter(municipality=gathering.municipality)
        .filter(open_then | Q(matches__gathering=gathering))
        .select_related("organisation", "municipal_unit")
        .distinct()
    )
    offers = (
        Offer.objects.filter(municipality=gathering.municipality, given_on__lte=gathering.held_on)
        .filter(expires_on__gte=day)
        .exclude(organisation=None, municipal_unit=None)
        .exclude(status="withdrawn")
        .select_related("organisation", "municipal_unit")
    )
    wanted = set(gathering.fields)
    answered = set(gathering.matches.values_list("need_id", flat=True))
    return Board(
        [n for n in needs if not wanted or n.field in {"", *wanted} or n.pk in answered],
        [o for o in offers if not wanted or not o.fields or wanted & set(o.fields)],
    )
