"""Importing the frame of units: all of a file, or nothing."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import translation

from samspill.web.audit.recording import record
from samspill.web.studies.frame.checking import FrameRow
from samspill.web.studies.frame.mapping import FrameMapping, Use
from samspill.web.studies.frame.planning import SEPARATOR, FramePlan, UnitPlan, plan_import
from samspill.web.studies.frame.spans import Kind, Revision
from samspill.web.studies.models import Attribute, AttributeValue, Study, Unit, UnitName

Actor: TypeAlias = AbstractBaseUser | str
NAMED_IN_LOG = 200


@dataclass(frozen=True, slots=True)
class Imported:
    """How many units an import made, changed and let cease."""

    new: int
    changed: int
    ceased: int


@transaction.atomic
def import_frame(
    *,
    actor: Actor,
    study: Study,
    mapping: FrameMapping,
    rows: Sequence[FrameRow],
    gone_on: datetime.date | None = None,
) -> Imported:
    """Bring the study's units in step with checked rows; doing it again changes nothing.

    ``gone_on`` is the day on which units that the rows lack cease; without it they stay.
    Raises SamspillError where an attribute has another type in the study.
    """
    study = Study.objects.select_for_update().get(pk=study.pk)
    plan = plan_import(study, mapping, rows)
    _add_attributes(study, plan)
    attributes = {a.identifier: a for a in study.attributes.all()}
    _add_categories(attributes, rows)
    _add_units(study, plan.new, attributes)
    for changed in plan.changed:
        _revise(changed, attributes)
    gone = plan.gone if gone_on else []
    for unit in gone:
        unit.ceased_on = gone_on
    Unit.objects.bulk_update(gone, ["ceased_on"])
    if not plan.changes_nothing or gone:
        _record(actor, study, plan, gone)
    return Imported(len(plan.new), len(plan.changed), len(gone))


def _add_attributes(study: Study, plan: FramePlan) -> None:
    language = translation.get_language() or "nb"
    Attribute.objects.bulk_create(
        Attribute(study=study, identifier=identifier, label={language: column}, type=use.value)
        for identifier, (column, use) in plan.attributes.items()
    )


def _add_categories(attributes: dict[str, Attribute], rows: Iterable[FrameRow]) -> None:
    found: dict[str, dict[str, None]] = {}
    for row in rows:
        for identifier, value in row.values.items():
            found.setdefault(identifier, {})[value] = None
    for identifier, values in found.items():
        attribute = attributes[identifier]
        if attribute.type == Use.NUMBER:
            continue
        known = {category["value"] for category in attribute.categories}
        lacking = [value for value in values if value not in known]
        if not known:
            lacking.sort(key=_order)
        if lacking:
            attribute.categories += [{"value": value, "label": {}} for value in lacking]
            attribute.save(update_fields=["categories"])


def _order(value: str) -> tuple[int, float, str]:
    try:
        return 0, float(value.replace(",", ".")), value
    except ValueError:
        return 1, 0, value


def _add_units(study: Study, rows: list[FrameRow], attributes: dict[str, Attribute]) -> None:
    units = Unit.objects.bulk_create(Unit(study=study, identifier=row.identifier) for row in rows)
    UnitName.objects.bulk_create(
        UnitName(unit=unit, code=row.code, name=row.name, valid_from=row.valid_from)
        for unit, row in zip(units, rows, strict=True)
    )
    AttributeValue.objects.bulk_create(
        AttributeValue(
            unit=unit,
            attribute=attributes[identifier],
            value=value,
            valid_from=row.valid_from,
        )
        for unit, row in zip(units, rows, strict=True)
        for identifier, value in row.values.items()
    )


def _revise(plan: UnitPlan, attributes: dict[str, Attribute]) -> None:
    if plan.name:
        code, _sign, name = plan.name.value.partition(SEPARATOR)
        _write(plan.name, UnitName, {"unit": plan.unit}, {"code": code, "name": name})
    for identifier, revision in plan.values.items():
        keys = {"unit": plan.unit, "attribute": attributes[identifier]}
        _write(revision, AttributeValue, keys, {"value": revision.value})


def _write(
    revision: Revision,
    model: type[UnitName] | type[AttributeValue],
    keys: dict[str, Any],
    content: dict[str, str],
) -> None:
    if revision.kind is Kind.CORRECTED and revision.span:
        model._default_manager.filter(pk=revision.span.key).update(**content)
        return
    if revision.span:
        model._default_manager.filter(pk=revision.span.key).update(valid_to=revision.valid_from)
    model._default_manager.create(
        **keys, **content, valid_from=revision.valid_from, valid_to=revision.valid_to
    )


def _record(actor: Actor, study: Study, plan: FramePlan, gone: list[Unit]) -> None:
    content = {
        "units": len(plan.new),
        "changed": [unit.unit.identifier for unit in plan.changed[:NAMED_IN_LOG]],
        "ceased": [unit.identifier for unit in gone[:NAMED_IN_LOG]],
        "attributes": list(plan.attributes),
    }
    record(
        actor=actor,
        action="studies.import_frame",
        subject=study.slug,
        study=study.slug,
        new={key: value for key, value in content.items() if value},
    )
