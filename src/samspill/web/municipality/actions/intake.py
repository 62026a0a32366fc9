"""Whole tables taken in: what is new is added, what differs is changed, nothing is removed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.register import TABLES, Kind
from samspill.web.audit.models import Event
from samspill.web.municipality.actions.entries import change_entry
from samspill.web.municipality.content import Content, content_of, plain, rows_of, shown_by
from samspill.web.municipality.finding import entries
from samspill.web.municipality.models import MODELS, Entry, Municipality

Actor: TypeAlias = AbstractBaseUser | str
Rows: TypeAlias = Mapping[str, Sequence[Mapping[str, Any]]]
"""Rows by table as the library has them; columns may be left out, but for ``identifier``."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What taking in rows does to each table: the identifiers that are new, and what differs by
    identifier (column to old and new)."""

    new: Mapping[str, Sequence[str]] = field(default_factory=dict)
    changed: Mapping[str, Mapping[str, Mapping[str, tuple[Any, Any]]]] = field(default_factory=dict)
    untouched: int = 0

    @property
    def is_nothing(self) -> bool:
        return not any(self.new.values()) and not any(self.changed.values())

    @property
    def fingerprint(self) -> str:
        """The same for two intakes that do the same."""
        return hashlib.sha256(repr((self.new, self.changed)).encode()).hexdigest()


def planned(municipality: Municipality, rows: Rows) -> Intake:
    """What ``take_in`` would do."""
    present = rows_of(municipality, tuple(rows))
    new: dict[str, list[str]] = {}
    changed: dict[str, dict[str, dict[str, tuple[Any, Any]]]] = {}
    untouched = 0
    for table, arriving in rows.items():
        known = {row["identifier"]: row for row in present[table]}
        for row in arriving:
            old = known.get(row["identifier"])
            if old is None:
                new.setdefault(table, []).append(row["identifier"])
                continue
            different = {
                name: (old[name], value)
                for name, value in row.items()
                if _comparable(table, name, old[name]) != _comparable(table, name, value)
            }
            if different:
                changed.setdefault(table, {})[row["identifier"]] = different
            else:
                untouched += 1
    return Intake(new, changed, untouched)


@transaction.atomic
def take_in(*, actor: Actor, municipality: Municipality, rows: Rows, expected: str = "") -> Intake:
    """Add and change what ``rows`` say, all of it or nothing. Raises SamspillError where a
    reference leads nowhere, or where this is not what was ``expected``, by its fingerprint."""
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    plan = planned(municipality, rows)
    refuse_unexpected(plan.fingerprint, expected)
    for table in TABLES:
        arriving = rows.get(table, ())
        known = set(entries(municipality, table).values_list("identifier", flat=True))
        _add(actor, municipality, table, [r for r in arriving if r["identifier"] not in known])
        changes = plan.changed.get(table, {})
        for entry in entries(municipality, table).filter(identifier__in=changes):
            values = {
                name: shown_by(table, new) if name == "public" else new
                for name, (_old, new) in changes[entry.identifier].items()
            }
            change_entry(actor=actor, entry=entry, values=values)
    return plan


def refuse_unexpected(fingerprint: str, expected: str) -> None:
    """Raise SamspillError where something else would be done than what was looked over."""
    if expected and fingerprint != expected:
        raise SamspillError(
            _("The register has been changed since you looked at this, and nothing is taken in."),
            _("Look over what would change now."),
        )


def _add(
    actor: Actor, municipality: Municipality, table: str, rows: Sequence[Mapping[str, Any]]
) -> None:
    model = MODELS[table]
    columns = {column.name: column for column in TABLES[table].columns}
    to_others = [c for c in columns.values() if c.kind is Kind.REFERENCE and c.of != table]
    to_itself = [c for c in columns.values() if c.kind is Kind.REFERENCE and c.of == table]
    targets = {
        c.name: {
            e.identifier: e for e in MODELS[c.of]._default_manager.filter(municipality=municipality)
        }
        for c in to_others
    }
    made: list[Entry] = []
    for row in rows:
        entry = model(municipality=municipality)
        for name, value in {"public": None, **row}.items():
            if name == "public":
                entry.public = shown_by(table, value)
            elif name in targets:
                setattr(entry, name, _target(targets[name], columns[name].of, value))
            elif columns[name].kind is not Kind.REFERENCE:
                setattr(entry, name, _stored(entry, name, value))
        made.append(entry)
    model._default_manager.bulk_create(made, batch_size=500)
    if to_itself and made:
        _refer_to_each_other(model, municipality, [c.name for c in to_itself], rows)
    _tell(actor, municipality, table, [entry.identifier for entry in made])


def _refer_to_each_other(
    model: type[Entry],
    municipality: Municipality,
    names: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
) -> None:
    known = {e.identifier: e for e in model._default_manager.filter(municipality=municipality)}
    changed = []
    for row in rows:
        entry = known[row["identifier"]]
        for name in names:
            setattr(entry, name, _target(known, model.table, row.get(name)))
        changed.append(entry)
    model._default_manager.bulk_update(changed, names, batch_size=500)


def _target(known: Mapping[str, Entry], table: str, identifier: Any) -> Entry | None:
    if not identifier:
        return None
    if identifier not in known:
        raise SamspillError(
            f"There is no “{identifier}” in {table}.", "Check the name, or add it first."
        )
    return known[identifier]


def _tell(actor: Actor, municipality: Municipality, table: str, identifiers: Sequence[str]) -> None:
    name = actor if isinstance(actor, str) else actor.get_username()
    added = entries(municipality, table).filter(identifier__in=identifiers)
    Event.objects.bulk_create(
        Event(
            actor=name,
            action="municipality.add_entry",
            subject=f"{table}/{entry.identifier}",
            municipality=municipality.code,
            new=plain(_filled(content_of(entry))),
        )
        for entry in added
    )


def _filled(content: Content) -> Content:
    return {name: value for name, value in content.items() if value not in (None, "", [])}


def _stored(entry: Entry, name: str, value: Any) -> Any:
    if value is None and not entry._meta.get_field(name).null:
        return ""
    return list(value) if isinstance(value, tuple) else value


def _comparable(table: str, name: str, value: Any) -> Any:
    if name == "public":
        return set(shown_by(table, value))
    if isinstance(value, (list, tuple)):
        return list(value)
    return "" if value is None else value
