"""Which matches of needs are to be followed up."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from samspill.web.municipality.models import Match, Municipality

AFTER = datetime.timedelta(days=90)
"""When a match is followed up that has no day of its own and no gathering."""


@dataclass(frozen=True, slots=True)
class Due:
    """A match that is not settled, and the day on which to ask what came of it."""

    match: Match
    day: datetime.date


def due_matches(municipality: Municipality, today: datetime.date) -> list[Due]:
    """Matches whose day has come, the oldest first: of gatherings, and those that organisations
    have made between themselves."""
    pending = Match.objects.filter(municipality=municipality, outcome="pending").select_related(
        "gathering", "need", "organisation", "municipal_unit"
    )
    found = [Due(match, day) for match in pending if (day := day_of(match)) and day <= today]
    return sorted(found, key=lambda one: (one.day, one.match.pk))


def day_of(match: Match) -> datetime.date | None:
    """The day on which a match is to be followed up; None where a gathering's has none."""
    if match.follow_up_on is not None or match.gathering is not None:
        return match.follow_up_on
    return match.created_at.date() + AFTER
