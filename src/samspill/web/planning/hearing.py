"""Who is to be heard when a policy is made: the breadth of the sector, and who is missing.

Breadth is counted in groups: every field, small and large, umbrella bodies and volunteer centres,
those with and without a seat in a body of the municipality. An organisation stands in several.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from samspill.web.municipality.models import Municipality, Organisation, Process, Seat
from samspill.web.municipality.words import concept_name

SMALL, LARGE = 50, 200
"""Small has fewer members than the first, large at least the second."""
OF_EACH = 3
"""How many of each group the suggestion looks for; all umbrella bodies are suggested."""
STUDIED = ("culture_leisure", "health_care", "children_youth", "integration")


@dataclass(frozen=True, slots=True)
class Voice:
    """An organisation that may be heard, with the groups that it stands in."""

    organisation: Organisation
    groups: frozenset[str]

    @property
    def words(self) -> list[str]:
        return [group_name(group) for group in sorted(self.groups, key=_order)]


@dataclass(frozen=True, slots=True)
class Group:
    """A group of organisations: how many the register has, and how many are on the list."""

    identifier: str
    registered: int
    listed: int

    @property
    def name(self) -> str:
        return group_name(self.identifier)

    @property
    def is_missing(self) -> bool:
        return self.registered > 0 and self.listed == 0


def group_name(group: str) -> str:
    """A group in words."""
    names = {
        "umbrella": _("Umbrella bodies"),
        "volunteer_centre": _("Volunteer centres"),
        "small": _("Small: fewer than %(n)s members") % {"n": SMALL},
        "large": _("Large: %(n)s members or more") % {"n": LARGE},
        "seat": _("With a seat in a body"),
        "no_seat": _("Without a seat"),
    }
    return names.get(group) or concept_name("fields", group)


def voices(municipality: Municipality, today: datetime.date) -> list[Voice]:
    """All active organisations with their groups, by name."""
    seated = set(
        Seat.objects.filter(municipality=municipality, body__closed_on=None)
        .filter(Q(valid_to=None) | Q(valid_to__gte=today))
        .exclude(organisation=None)
        .values_list("organisation_id", flat=True)
    )
    found = Organisation.objects.filter(municipality=municipality, status="active")
    return sorted(
        (
            Voice(o, _groups(o, has_seat=o.pk in seated))
            for o in found.select_related("municipality")
        ),
        key=lambda voice: voice.organisation.name.casefold(),
    )


def breadth(known: Sequence[Voice], listed: Iterable[int], process: Process) -> list[Group]:
    """Every group of a process' fields (all studied fields where it names none) with its counts;
    ``listed`` are the keys of organisations on the list."""
    chosen = set(listed)
    return [
        Group(
            name,
            sum(name in voice.groups for voice in known),
            sum(name in voice.groups and voice.organisation.pk in chosen for voice in known),
        )
        for name in (*_fields(process), *SORTS)
    ]


def suggestion(known: Sequence[Voice], listed: Iterable[int], process: Process) -> set[int]:
    """Organisations to add so that each group has ``OF_EACH`` where the register has as many.

    Umbrella bodies all; then, again and again, the one that fills most groups still short, the
    first by name where several do. The same list gives the same suggestion.
    """
    chosen = set(listed)
    wanted = (*_fields(process), *(s for s in SORTS if s != "umbrella"))
    new = {
        v.organisation.pk
        for v in known
        if "umbrella" in v.groups and v.organisation.pk not in chosen
    }
    heard = [v for v in known if v.organisation.pk in chosen | new]
    short = {name: OF_EACH - sum(name in v.groups for v in heard) for name in wanted}
    rest = [v for v in known if v.organisation.pk not in chosen | new]
    while rest:
        best = max(rest, key=lambda v: sum(short.get(g, 0) > 0 for g in v.groups))
        filled = [g for g in best.groups if short.get(g, 0) > 0]
        if not filled:
            break
        for group in filled:
            short[group] -= 1
        new.add(best.organisation.pk)
        rest.remove(best)
    return new


SORTS = ("umbrella", "volunteer_centre", "small", "large", "seat", "no_seat")


def _fields(process: Process) -> Sequence[str]:
    return process.fields or STUDIED


def _groups(organisation: Organisation, *, has_seat: bool) -> frozenset[str]:
    groups = {*organisation.fields, "seat" if has_seat else "no_seat"}
    if organisation.kind in {"umbrella", "volunteer_centre"}:
        groups.add(organisation.kind)
    if organisation.members is not None and organisation.members < SMALL:
        groups.add("small")
    if organisation.members is not None and organisation.members >= LARGE:
        groups.add("large")
    return frozenset(groups)


def _order(group: str) -> tuple[bool, str]:
    return group in SORTS, group
