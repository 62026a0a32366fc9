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
    nothing. Returns the steps that were taken.

    Raises SamspillError where the table contradicts itself.
    """
    study = Study.objects.select_for_update().get(pk=study.pk)
    steps = [step for step in plan_reforms(study, table, after, until) if not step.applied]
    for step in steps:
        if step.keeps_identity:
            _recode(study, step)
        else:
            _reshape(study, step)
            _record(actor, study, step.day, [step], ", ".join(step.units))
    for day in sorted({step.day for step in steps}):
        kept = [step for step in steps if step.keeps_identity and step.day == day]
        if kept:
            _record(actor, study, day, kept, day.isoformat())
    return steps


def _record(
    actor: Actor, study: Study, day: datetime.date, steps: list[ReformStep], subject: str
) -> None:
    """New codes and names of a day stand in one entry, every change of borders in its own."""
    record(
        actor=actor,
        action="studies.apply_reforms",
        subject=subject[:200],
        study=study.slug,
        old={"units": [name for step in steps for name in step.before]},
        new={
            "units": [f"{new.code} {new.name}" for step in steps for new in step.new],
            "day": day.isoformat(),
        },
    )


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
