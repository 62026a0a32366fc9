"""What anyone may know: what is needed, where there is room, how many have offered to help."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.models import Q

from samspill.web.audit.models import Event
from samspill.web.municipality.models import Capacity, Municipality, Organisation
from samspill.web.municipality.words import concept_name
from samspill.web.volunteering.actions.daily import of_persons
from samspill.web.volunteering.capacity import Standing, open_needs, rooms
from samspill.web.volunteering.models import Surge, surge_in
from samspill.web.volunteering.terms import SMALLEST_SHOWN

COUNTED = ("waiting", "referred", "accepted")
TABLES_SHOWN = ("needs", "offers", "referrals", "capacities")


@dataclass(frozen=True, slots=True)
class InField:
    """A field: what is needed in it, and at least how many offer help in it now."""

    name: str
    needs: list[Standing]
    at_least: int

    @property
    def wanted(self) -> int | None:
        """The persons still needed; None where no need has a number."""
        left = [s.left for s in self.needs if s.left is not None]
        return sum(left) if left else None


@dataclass(frozen=True, slots=True)
class Receiver:
    """An organisation that has said what it can receive, and whether it is full."""

    organisation: Organisation
    is_full: bool


@dataclass(frozen=True, slots=True)
class Status:
    """How it stands on a day. Persons are counted in fives, rounded down, so that neither a small
    number nor the difference between two shows a single one."""

    surge: Surge | None
    fields: list[InField]
    receivers: list[Receiver]
    at_least: int
    changed_at: datetime.datetime | None
    smallest: int = SMALLEST_SHOWN

    @property
    def needs(self) -> int:
        return len({standing.need.pk for one in self.fields for standing in one.needs})


def status_of(municipality: Municipality, today: datetime.date) -> Status:
    """The status of a municipality on a day."""
    offers = list(
        of_persons(municipality)
        .filter(status__in=COUNTED, expires_on__gte=today)
        .values_list("fields", flat=True)
    )
    counts = Counter(field for fields in offers for field in fields)
    needs = [standing for standing in open_needs(municipality, today) if not standing.is_met]
    names = sorted({s.need.field for s in needs} | set(counts))
    return Status(
        surge_in(municipality),
        [
            InField(
                concept_name("fields", name) if name else "",
                [s for s in needs if s.need.field == name],
                _shown(counts[name]),
            )
            for name in names
        ],
        _receivers(municipality, today),
        _shown(len(offers)),
        _changed_at(municipality),
    )


def _shown(count: int) -> int:
    return count - count % SMALLEST_SHOWN


def _receivers(municipality: Municipality, today: datetime.date) -> list[Receiver]:
    stated = rooms(municipality, today)
    found = Organisation.objects.filter(
        pk__in=Capacity.objects.filter(municipality=municipality).values("organisation"),
        municipality=municipality,
    )
    return [
        Receiver(one, not any(room.left for room in stated[one.pk]))
        for one in found.order_by("name")
        if one.pk in stated and "name" in one.public
    ]


def _changed_at(municipality: Municipality) -> datetime.datetime | None:
    about = Q(action__in=("volunteering.begin_surge", "volunteering.end_surge"))
    for table in TABLES_SHOWN:
        about |= Q(subject__startswith=f"{table}/")
    events = Event.objects.filter(municipality=municipality.code).filter(about)
    return events.values_list("at", flat=True).first()
