"""What a table of changes of codes would do to the units of a study."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass

from samspill.classification import ChangeTable, Event, EventKind, events, trace
from samspill.web.studies.listing import exists_on, name_on
from samspill.web.studies.models import FROM_THE_FIRST, Study, UnitName, UnitSuccession

SAME_GROUND = frozenset({EventKind.RENAMED, EventKind.RECODED})


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit that begins; ``exists`` where the study holds it already."""

    identifier: str
    code: str
    name: str
    exists: bool


@dataclass(frozen=True, slots=True)
class Link:
    """An old code and a new one, each with the unit that has it, or empty where none has."""

    old_code: str
    old_name: str
    predecessor: str
    new_code: str
    new_name: str
    successor: str


@dataclass(frozen=True, slots=True)
class ReformStep:
    """What one event does: a unit gets another code or name, or units cease and others begin.

    ``units`` are identifiers of the units that are concerned; ``applied`` is True where it has been
    done before.
    """

    day: datetime.date
    kind: EventKind
    units: tuple[str, ...]
    new: tuple[NewUnit, ...]
    links: tuple[Link, ...]
    keeps_identity: bool
    applied: bool

    @property
    def before(self) -> tuple[str, ...]:
        """Old codes with their names."""
        return tuple(dict.fromkeys(f"{k.old_code} {k.old_name}" for k in self.links)) or self.units

    @property
    def outside(self) -> tuple[str, ...]:
        """Codes and names of predecessors that the study does not hold."""
        lacking = {f"{k.old_code} {k.old_name}" for k in self.links if not k.predecessor}
        return tuple(sorted(lacking))


def plan_reforms(
    study: Study, table: ChangeTable, after: datetime.date, until: datetime.date
) -> list[ReformStep]:
    """The steps that the changes later than ``after``, up to ``until``, take in the study.

    Raises SamspillError where the table contradicts itself.
    """
    frame = _Frame(study)
    held = frame.codes_on(after)
    history = trace(table.between(after, until), [(code, name) for code, name, _id in held])
    owners = {code: identifier for code, _name, identifier in held}
    steps: list[ReformStep] = []
    since = after + datetime.timedelta(days=1)
    for event in events(history):
        frame.begin(owners, since, event.occurred_on)
        since = event.occurred_on
        step = _step(event, owners, frame)
        for period in event.old:
            owners.pop(period.code, None)
        if step is None:
            continue
        steps.append(step)
        for link in step.links:
            if link.successor:
                owners[link.new_code] = link.successor
    return steps


def _step(event: Event, owners: dict[str, str], frame: _Frame) -> ReformStep | None:
    units = tuple(owners[p.code] for p in event.old if p.code in owners)
    if not units:
        return None
    begun = {p.code: frame.beginning(p.code, event.occurred_on, units) for p in event.new}
    keeps = event.kind in SAME_GROUND and not any(begun.values())
    names = {p.code: p.name for p in event.old}
    new_names = {p.code: p.name for p in event.new}
    inherited = {new for old, new in event.links if old in owners}
    new: dict[str, NewUnit] = {}
    for code in inherited:
        identifier = units[0] if keeps else begun[code] or frame.free(code, event.occurred_on)
        new[code] = NewUnit(identifier, code, new_names[code], keeps or bool(begun[code]))
    links = tuple(
        Link(old, names[old], owners.get(old, ""), code, new_names[code], new[code].identifier)
        for old, code in event.links
        if code in new
    )
    if keeps:
        applied = frame.has_name(units[0], event.new[0].code, event.occurred_on)
    else:
        applied = frame.has_ended(units, event.occurred_on)
    found = tuple(new[code] for code in sorted(new))
    return ReformStep(event.occurred_on, event.kind, units, found, links, keeps, applied)


class _Frame:
    """The study's units as they are stored, and the identifiers taken so far."""

    def __init__(self, study: Study) -> None:
        self.units = {unit.identifier: unit for unit in study.units.all()}
        self.names: dict[str, list[UnitName]] = {identifier: [] for identifier in self.units}
        self.taken = set(self.units)
        rows = UnitName.objects.filter(unit__study=study).select_related("unit")
        for name in rows.order_by(FROM_THE_FIRST):
            self.names[name.unit.identifier].append(name)
        successions = UnitSuccession.objects.filter(study=study, predecessor__isnull=False)
        self.ended = {
            (row.predecessor.identifier, row.occurred_on)
            for row in successions.select_related("predecessor")
            if row.predecessor
        }

    def codes_on(self, day: datetime.date) -> list[tuple[str, str, str]]:
        """Code, name and identifier of every unit on a day."""
        found = []
        for identifier, unit in self.units.items():
            held = name_on(self.names[identifier], day)
            if held and exists_on(unit, self.names[identifier], day):
                found.append((held.code, held.name, identifier))
        return found

    def begin(self, owners: dict[str, str], since: datetime.date, day: datetime.date) -> None:
        """Let the units come in whose first code holds from ``since`` or later, before ``day``."""
        for identifier, names in self.names.items():
            first = names[0] if names else None
            if first and first.valid_from and since <= first.valid_from < day:
                owners.setdefault(first.code, identifier)

    def beginning(self, code: str, day: datetime.date, units: tuple[str, ...]) -> str:
        """The unit that begins with a code on a day, if the study holds it already."""
        return next(
            (
                identifier
                for identifier, names in self.names.items()
                if identifier not in units
                and names
                and names[0].code == code
                and names[0].valid_from == day
            ),
            "",
        )

    def free(self, code: str, day: datetime.date) -> str:
        """An identifier for a unit that begins: its code, with the year where that is taken."""
        wanted = code
        number = 1
        while wanted in self.taken:
            wanted = f"{code}-{day.year}" if number == 1 else f"{code}-{day.year}-{number}"
            number += 1
        self.taken.add(wanted)
        return wanted

    def has_name(self, identifier: str, code: str, day: datetime.date) -> bool:
        names = self.names.get(identifier, [])
        return any(name.code == code and name.valid_from == day for name in names)

    def has_ended(self, units: tuple[str, ...], day: datetime.date) -> bool:
        return all(
            (identifier, day) in self.ended
            or (identifier in self.units and self.units[identifier].ceased_on == day)
            for identifier in units
        )


def kinds(steps: list[ReformStep]) -> Counter[EventKind]:
    """How many steps of each kind are to be done."""
    return Counter(step.kind for step in steps if not step.applied)
