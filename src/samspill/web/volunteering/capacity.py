"""How much room organisations have, and how much of what is needed is met."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from samspill.web.municipality.listing import holds
from samspill.web.municipality.models import Capacity, Municipality, Need, Referral

TAKING_ROOM = ("pending", "accepted")


@dataclass(frozen=True, slots=True)
class Room:
    """What an organisation can receive in a field (``""`` for any), as it has said, and what is
    left."""

    field: str
    persons: int
    taken: int

    @property
    def left(self) -> int:
        return max(self.persons - self.taken, 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """A need with how many have been accepted for it; ``left`` is None where it has no number."""

    need: Need
    accepted: int

    @property
    def left(self) -> int | None:
        wanted = self.need.wanted
        return None if wanted is None else max(wanted - self.accepted, 0)

    @property
    def is_met(self) -> bool:
        return self.left == 0


def rooms(municipality: Municipality, today: datetime.date) -> dict[int, list[Room]]:
    """The room of each organisation that has said something of it, by its key."""
    stated = [c for c in Capacity.objects.filter(municipality=municipality) if holds(c, today)]
    passed_on = list(
        Referral.objects.filter(
            municipality=municipality,
            outcome__in=TAKING_ROOM,
            organisation__in={c.organisation_id for c in stated},
        ).select_related("offer")
    )
    found: dict[int, list[Room]] = defaultdict(list)
    for capacity in stated:
        taken = sum(_takes(referral, capacity) for referral in passed_on)
        found[capacity.organisation_id].append(Room(capacity.field, capacity.persons, taken))
    return dict(found)


def room_for(stated: Iterable[Room], fields: Iterable[str]) -> int | None:
    """The room for someone who offers help in some fields; None where nothing is said of it."""
    wanted = set(fields)
    fitting = [room for room in stated if not room.field or not wanted or room.field in wanted]
    return sum(room.left for room in fitting) if fitting else None


def open_needs(municipality: Municipality, today: datetime.date) -> list[Standing]:
    """The needs that are published and open on a day, with what is met of them."""
    found = (
        Need.objects.filter(municipality=municipality, published_on__lte=today, closed_on=None)
        .filter(Q(open_until=None) | Q(open_until__gte=today))
        .select_related("organisation", "municipal_unit")
        .order_by("published_on", "pk")
    )
    accepted: dict[int, int] = defaultdict(int)
    met = Referral.objects.filter(municipality=municipality, outcome="accepted", need__in=found)
    for need in met.values_list("need_id", flat=True):
        accepted[need or 0] += 1
    return [Standing(need, accepted[need.pk]) for need in found]


def _takes(referral: Referral, capacity: Capacity) -> bool:
    if referral.organisation_id != capacity.organisation_id:
        return False
    begun = capacity.valid_from is None or referral.sent_on >= capacity.valid_from
    fields = referral.offer.fields
    return begun and (not capacity.field or not fields or capacity.field in fields)
