"""What happens when in a year: deadlines, meetings, reviews, hearings."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils import dates
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspill.web.municipality.models import (
    Agreement,
    Entry,
    Measure,
    Meeting,
    Municipality,
    Policy,
    Process,
    Scheme,
)
from samspill.web.planning.actions.measures import anniversary


class Occasion(StrEnum):
    """What kind of day it is, in the order of the wheel's rings from the outside."""

    MEASURE = "measure"
    SCHEME = "scheme"
    MEETING = "meeting"
    REVIEW = "review"
    HEARING = "hearing"
    POLICY = "policy"


LABELS: dict[Occasion, str | Promise] = {
    Occasion.MEASURE: _("Deadline of a measure"),
    Occasion.SCHEME: _("Deadline of a grant scheme"),
    Occasion.MEETING: _("Meeting"),
    Occasion.REVIEW: _("Review of an agreement"),
    Occasion.HEARING: _("Deadline of a hearing or plan process"),
    Occasion.POLICY: _("The policy runs out"),
}


@dataclass(frozen=True, slots=True)
class Day:
    """An occasion of the year; ``every_year`` where it comes back by itself."""

    on: datetime.date
    occasion: Occasion
    what: str
    table: str
    identifier: str
    every_year: bool = False

    @property
    def label(self) -> str:
        return str(LABELS[self.occasion])


@dataclass(frozen=True, slots=True)
class Month:
    """A month and its days in order."""

    number: int
    name: str
    days: Sequence[Day]


def year_of(municipality: Municipality, year: int) -> list[Month]:
    """January to December of a year."""
    found = sorted(_days(municipality, year), key=lambda day: (day.on, day.occasion, day.what))
    return [
        Month(number, str(dates.MONTHS[number]), [day for day in found if day.on.month == number])
        for number in range(1, 13)
    ]


def day_share(day: datetime.date) -> float:
    """How far into its month a day is, from 0 to 1."""
    return (day.day - 0.5) / calendar.monthrange(day.year, day.month)[1]


def _days(municipality: Municipality, year: int) -> Iterator[Day]:
    yield from _measures(municipality, year)
    dated: tuple[tuple[Occasion, type[Entry], str], ...] = (
        (Occasion.SCHEME, Scheme, "deadline"),
        (Occasion.MEETING, Meeting, "held_on"),
        (Occasion.REVIEW, Agreement, "review_on"),
        (Occasion.HEARING, Process, "deadline"),
        (Occasion.POLICY, Policy, "valid_to"),
    )
    for occasion, model, column in dated:
        found = model._default_manager.filter(
            municipality=municipality, **{f"{column}__year": year}
        )
        for entry in found:
            if isinstance(entry, Agreement) and entry.ended_on is not None:
                continue
            on = getattr(entry, column)
            yield Day(on, occasion, str(entry), entry.table, entry.identifier)


def _measures(municipality: Municipality, year: int) -> Iterator[Day]:
    found = (
        Measure.objects.filter(municipality=municipality)
        .exclude(status="dropped")
        .exclude(goal__policy__state="replaced")
    )
    for measure in found:
        deadline, repeated = measure.deadline, bool(measure.every_year)
        if deadline is None or (not repeated and deadline.year != year):
            continue
        if repeated and measure.begins_on and year < measure.begins_on.year:
            continue
        on = anniversary(deadline, year)
        yield Day(on, Occasion.MEASURE, measure.title, "measures", measure.identifier, repeated)
