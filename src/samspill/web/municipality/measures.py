"""How a measure of the plan stands on a day."""

from __future__ import annotations

import datetime
from enum import StrEnum

from samspill.web.municipality.models import Measure

OPEN_STATUSES = ("planned", "under_way")


class State(StrEnum):
    """What counts of a measure, each measure in one: late goes before its status."""

    DONE = "done"
    UNDER_WAY = "under_way"
    PLANNED = "planned"
    LATE = "late"
    DROPPED = "dropped"


def is_late(measure: Measure, today: datetime.date) -> bool:
    """Whether a measure that is neither done nor dropped is past its deadline."""
    return (
        measure.status in OPEN_STATUSES
        and measure.deadline is not None
        and measure.deadline < today
    )


def state_of(measure: Measure, today: datetime.date) -> State:
    """How it stands. One that is repeated each year is done until its next deadline is past."""
    if is_late(measure, today):
        return State.LATE
    if measure.every_year and measure.done_on and measure.status in OPEN_STATUSES:
        return State.DONE
    return State(measure.status)
