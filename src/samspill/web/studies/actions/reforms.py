"""Taking a study's units through changes of codes."""

from __future__ import annotations

import datetime
from typing import TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Q

from samspill.classification import ChangeTable
from samspill.web.audit.recording import record
from samspill.web.studies.models import AttributeValue, Study, Unit, UnitName, UnitSuccession
from samspill.web.studies.reforms.planning import ReformStep, plan_reforms

Actor: TypeAlias = AbstractBaseUser | str


@transaction.atomic
def apply_reforms(
    *,
    actor: Actor,
    study: Study,
    table: ChangeTable,
    after: datetime.date,
    until: datetime.date,
) -> list[ReformStep]:
    """Take the units through the changes later than ``after``, up to ``until``.

    A unit whose code or name alone changes stays the unit it is. Units that are merged, split or
    regrouped cease, others begin, and the successions between them are kept. Doing it again changes
    nothing. Returns the steps that were taken; each stands in the log.

    Raises SamspillError where the table contradicts itself.
    """
    study = Study.objects.select_for_update().get(pk=study.pk)
    steps = [step for step in plan_reforms(study, table, after, until) if not step.applied]
    for step in steps:
        if step.keeps_identity:
            _recode(study, step)
        else:
            _reshape(study, step)
        record(
            actor=actor,
            action="studies.apply_reforms",
            subject=", ".join(step.units)[:200],
            study=study.slug,
            old={"codes": sorted({link.old_code for link in step.links})},
            new={
                "kind": step.kind.value,
                "day": step.day.isoformat(),
                "units": [f"{new.code} {new.name}" for new in step.new],
            },
        )
    return steps


def _recode(study: Study, step: ReformStep) -> None:
    unit = study.units.get(identifier=step.units[0])
    _end(UnitName, unit, step.day)
    link = step.links[0]
    unit.names.create(code=link.new_code, name=link.new_name, valid_from=step.day)


def _reshape(study: Study, step: ReformStep) -> None:
    for new in step.new:
        if not new.exists:
            begun = study.units.create(identifier=new.identifier)
            begun.names.create(code=new.code, name=new.name, valid_from=step.day)
    concerned = {*step.units, *(new.identifier for new in step.new)}
    units = {unit.identifier: unit for unit in study.units.filter(identifier__in=concerned)}
    for identifier in step.units:
        old = units[identifier]
        old.ceased_on = step.day
        old.save(update_fields=["ceased_on"])
        _end(UnitName, old, step.day)
        _end(AttributeValue, old, step.day)
    for link in step.links:
        UnitSuccession.objects.get_or_create(
            study=study,
            predecessor=units.get(link.predecessor),
            successor=units[link.successor],
            outside="" if link.predecessor else f"{link.old_code} {link.old_name}",
            occurred_on=step.day,
        )


def _end(model: type[UnitName] | type[AttributeValue], unit: Unit, day: datetime.date) -> None:
    """What holds up to a day ends there."""
    begun = Q(valid_from=None) | Q(valid_from__lt=day)
    lasting = Q(valid_to=None) | Q(valid_to__gt=day)
    model._default_manager.filter(begun, lasting, unit=unit).update(valid_to=day)
