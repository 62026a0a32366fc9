"""What importing a file would change in a study."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.studies.frame.checking import FrameRow
from samspill.web.studies.frame.mapping import FrameMapping, Use
from samspill.web.studies.frame.spans import Revision, Span, revise
from samspill.web.studies.models import AttributeValue, Study, Unit, UnitName

SEPARATOR = "\t"


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """What changes for a unit: its code and name, and attributes by identifier."""

    unit: Unit
    row: FrameRow
    name: Revision | None
    values: dict[str, Revision]

    @property
    def revisions(self) -> list[tuple[str, str, Revision]]:
        """Each change with what it is of and the old value in words."""
        named = [("", self.name)] if self.name else []
        return [
            (what, revision.span.value.replace(SEPARATOR, " ") if revision.span else "", revision)
            for what, revision in (*named, *self.values.items())
        ]


@dataclass(frozen=True, slots=True)
class FramePlan:
    """What is new, changed, as before and gone; ``attributes`` are those the study lacks."""

    new: list[FrameRow]
    changed: list[UnitPlan]
    same: int
    gone: list[Unit]
    attributes: dict[str, tuple[str, Use]]

    @property
    def changes_nothing(self) -> bool:
        return not (self.new or self.changed or self.attributes)


def plan_import(study: Study, mapping: FrameMapping, rows: Iterable[FrameRow]) -> FramePlan:
    """Compare the rows of a file with what the study holds.

    Raises SamspillError where the file takes an attribute for another type than the study does.
    """
    known = dict(study.attributes.values_list("identifier", "type"))
    for identifier, (column, use) in mapping.attributes.items():
        if known.get(identifier, use) != use:
            raise SamspillError(
                _("“%(column)s” has another type in the study.") % {"column": column},
                _("Choose the type that it has there, or give the column another name."),
            )
    units = {unit.identifier: unit for unit in study.units.all()}
    names, values = _names(study), _values(study)
    new, changed, same, seen = [], [], 0, set()
    for row in rows:
        seen.add(row.identifier)
        unit = units.get(row.identifier)
        if unit is None:
            new.append(row)
            continue
        plan = _unit(unit, row, mapping, names[unit.pk], values[unit.pk])
        if plan.name or plan.values:
            changed.append(plan)
        else:
            same += 1
    gone = [u for u in units.values() if u.identifier not in seen and u.ceased_on is None]
    lacking = {name: found for name, found in mapping.attributes.items() if name not in known}
    return FramePlan(new, changed, same, gone, lacking)


def _unit(
    unit: Unit,
    row: FrameRow,
    mapping: FrameMapping,
    names: list[Span],
    values: dict[str, list[Span]],
) -> UnitPlan:
    named = mapping.column(Use.NAME) or mapping.column(Use.CODE)
    name = revise(names, f"{row.code}{SEPARATOR}{row.name}", row.valid_from) if named else None
    revisions = {
        identifier: revision
        for identifier, value in row.values.items()
        if (revision := revise(values.get(identifier, []), value, row.valid_from))
    }
    return UnitPlan(unit, row, name, revisions)


def _names(study: Study) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = defaultdict(list)
    for name in UnitName.objects.filter(unit__study=study):
        text = f"{name.code}{SEPARATOR}{name.name}"
        found[name.unit_id].append(Span(text, name.valid_from, name.valid_to, name.pk))
    return found


def _values(study: Study) -> dict[int, dict[str, list[Span]]]:
    found: dict[int, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    rows = AttributeValue.objects.filter(unit__study=study).select_related("attribute")
    for row in rows:
        span = Span(row.value, row.valid_from, row.valid_to, row.pk)
        found[row.unit_id][row.attribute.identifier].append(span)
    return found
