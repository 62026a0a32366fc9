"""Which units of a study can be compared between two days."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import TypeAlias

from samspill.classification import Comparability, comparable_groups
from samspill.web.studies.listing import exists_on, name_on
from samspill.web.studies.models import Study, Unit, UnitName, UnitSuccession

Node: TypeAlias = tuple[str, int | str]


@dataclass(frozen=True, slots=True)
class Named:
    """A unit with the code and name it has on a day."""

    identifier: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """Units of two days that cover the same ground.

    ``outside`` are codes and names, beyond the study's frame, of what went into the group or came
    out of it: with any of them the sums do not cover the same ground.
    """

    comparability: Comparability
    before: tuple[Named, ...]
    after: tuple[Named, ...]
    outside: tuple[str, ...]


def compare_units(
    study: Study, start: datetime.date, end: datetime.date
) -> dict[Comparability, list[UnitGroup]]:
    """The groups of the study's units on two days, by what can be compared; in order of code."""
    units = {unit.pk: unit for unit in study.units.all()}
    names: dict[int, list[UnitName]] = defaultdict(list)
    for name in UnitName.objects.filter(unit__study=study):
        names[name.unit_id].append(name)
    links: list[tuple[Node, Node]] = []
    strangers: dict[Node, str] = {}
    for row in UnitSuccession.objects.filter(
        study=study, occurred_on__gt=start, occurred_on__lte=end
    ):
        old, new = _node(row, row.predecessor_id), _node(row, row.successor_id)
        links.append((old, new))
        strangers |= {node: row.outside for node in (old, new) if node[0] == "outside"}
    groups = comparable_groups(
        [*_on(units, names, start), *strangers], _on(units, names, end), links
    )
    found: dict[Comparability, list[UnitGroup]] = defaultdict(list)
    for group in groups:
        outside = tuple(sorted(strangers[node] for node in group.before if node in strangers))
        before = tuple(n for n in group.before if n not in strangers)
        sides = [
            _named(nodes, units, names, day) for nodes, day in ((before, start), (group.after, end))
        ]
        if not any(sides):
            continue
        kind = group.comparability
        found[kind].append(UnitGroup(kind, sides[0], sides[1], outside))
    for rows in found.values():
        rows.sort(key=lambda group: [unit.code for unit in (*group.before, *group.after)])
    return found


def _node(row: UnitSuccession, unit: int | None) -> Node:
    return ("unit", unit) if unit is not None else ("outside", f"{row.outside} {row.occurred_on}")


def _on(units: dict[int, Unit], names: dict[int, list[UnitName]], day: datetime.date) -> list[Node]:
    return [("unit", pk) for pk, unit in units.items() if exists_on(unit, names[pk], day)]


def _named(
    nodes: tuple[Node, ...],
    units: dict[int, Unit],
    names: dict[int, list[UnitName]],
    day: datetime.date,
) -> tuple[Named, ...]:
    found = []
    for _kind, key in nodes:
        pk = int(key)
        held = name_on(names[pk], day)
        identifier = units[pk].identifier
        found.append(
            Named(identifier, held.code if held else identifier, held.name if held else identifier)
        )
    return tuple(sorted(found, key=lambda unit: unit.code))
