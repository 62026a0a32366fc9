"""How many informants are planned for each unit, side and field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from samspill.web.audit.recording import record
from samspill.web.design.models import PlannedInterviews
from samspill.web.studies.models import Study, Unit

Actor: TypeAlias = AbstractBaseUser | str
Cell: TypeAlias = tuple[str, str]


@transaction.atomic
def plan_interviews(
    *, actor: Actor, study: Study, units: Sequence[str], cells: Sequence[Cell], each: int
) -> None:
    """Plan ``each`` informants for every side and field of some units, in place of the plan.

    ``cells`` are pairs of side and field.
    """
    old = _content(study)
    study.planned_interviews.all().delete()
    found = study.units.filter(identifier__in=list(units))
    PlannedInterviews.objects.bulk_create(
        PlannedInterviews(study=study, unit=unit, side=side, field=field, number=each)
        for unit in found
        for side, field in cells
    )
    record(
        actor=actor, action="design.plan_interviews", subject=study.slug, study=study.slug,
        old=old or None, new=_content(study),
    )  # fmt: skip


@transaction.atomic
def plan_unit(*, actor: Actor, study: Study, unit: Unit, numbers: Mapping[Cell, int]) -> None:
    """Plan another number of informants for some sides and fields of one unit."""
    held = {(p.side, p.field): p for p in study.planned_interviews.filter(unit=unit)}
    changed = {
        cell: number
        for cell, number in numbers.items()
        if number != (held[cell].number if cell in held else 0)
    }
    for (side, field), number in changed.items():
        PlannedInterviews.objects.update_or_create(
            study=study, unit=unit, side=side, field=field, defaults={"number": number}
        )
    if changed:
        record(
            actor=actor, action="design.plan_unit", subject=unit.identifier, study=study.slug,
            old={f"{s}/{f}": held[s, f].number if (s, f) in held else 0 for s, f in changed},
            new={f"{s}/{f}": number for (s, f), number in changed.items()},
        )  # fmt: skip


def _content(study: Study) -> dict[str, int]:
    """Planned informants by unit."""
    found: dict[str, int] = {}
    for unit, number in study.planned_interviews.values_list("unit__identifier", "number"):
        found[unit] = found.get(unit, 0) + number
    return found
