"""The units of a study as they are on a day, searched and filtered."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from samspill.web.studies.models import FROM_THE_FIRST, AttributeValue, Study, Unit, UnitName


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit on a day; ``values`` by the attribute's key.

    ``exists`` is whether it had begun and not ceased by the day.
    """

    unit: Unit
    exists: bool
    code: str
    name: str
    valid_from: datetime.date | None
    values: Mapping[int, str]


def units_on(study: Study, day: datetime.date) -> list[UnitRow]:
    """Every unit of the study, by code, with the code, name and values it has on the day.

    A unit that has ceased, or that has not begun, has its last or first instead.
    """
    names: dict[int, list[UnitName]] = defaultdict(list)
    for name in UnitName.objects.filter(unit__study=study).order_by(FROM_THE_FIRST):
        names[name.unit_id].append(name)
    values: dict[int, dict[int, str]] = defaultdict(dict)
    for value in AttributeValue.objects.filter(unit__study=study).valid_on(day):
        values[value.unit_id][value.attribute_id] = value.value
    rows = []
    for unit in study.units.all():
        held = name_on(names[unit.pk], day)
        rows.append(
            UnitRow(
                unit,
                exists_on(unit, names[unit.pk], day),
                held.code if held else unit.identifier,
                held.name if held else unit.identifier,
                held.valid_from if held else None,
                values[unit.pk],
            )
        )
    return sorted(rows, key=lambda row: (row.code, row.unit.identifier))


def exists_on(unit: Unit, names: Sequence[UnitName], day: datetime.date) -> bool:
    """Whether a unit had begun, and had not ceased, by a day."""
    if unit.ceased_on is not None and unit.ceased_on <= day:
        return False
    return not names or any(name.valid_from is None or name.valid_from <= day for name in names)


def name_on(names: Sequence[UnitName], day: datetime.date) -> UnitName | None:
    """The code and name that hold on a day, else the nearest before, else the first."""
    begun = [n for n in names if n.valid_from is None or n.valid_from <= day]
    if begun:
        return max(begun, key=lambda n: n.valid_from or datetime.date.min)
    return min(names, key=lambda n: n.valid_from or datetime.date.min, default=None)


def search(rows: Iterable[UnitRow], text: str) -> list[UnitRow]:
    """Units whose identifier, code or name holds the text."""
    wanted = text.casefold()
    return [
        row
        for row in rows
        if wanted in row.name.casefold()
        or wanted in row.code.casefold()
        or wanted in row.unit.identifier.casefold()
    ]
