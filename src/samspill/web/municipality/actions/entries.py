"""Adding, changing and removing entries of the register, one or many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.register import TABLES, Kind
from samspill.web.audit.models import Event
from samspill.web.audit.recording import record
from samspill.web.municipality.content import Content, content_of, plain, shown_from_the_start
from samspill.web.municipality.finding import entry_named, referring
from samspill.web.municipality.models import MODELS, Entry, Municipality

Actor: TypeAlias = AbstractBaseUser | str

CHANGED = "municipality.change_entry"
FOLLOWED = "municipality.follow_registers"
"""What the log calls a change by a person, and one that follows the national registers."""


@transaction.atomic
def add_entry(
    *,
    actor: Actor,
    municipality: Municipality,
    table: str,
    values: Mapping[str, Any],
    identifier: str = "",
) -> Entry:
    """Add a row. ``values`` are by column, references as identifiers; what is not given is empty,
    and what is shown to anyone is then what the table shows. Raises SamspillError where a reference
    leads nowhere or the identifier is taken."""
    model = MODELS[table]
    name = identifier or _next_identifier(municipality, table, values)
    if model._default_manager.filter(municipality=municipality, identifier=name).exists():
        raise SamspillError(
            _("There is already an entry called %(name)s.") % {"name": name},
            _("Change that one, or give this another name."),
        )
    entry = model(municipality=municipality, identifier=name)
    given = {"public": shown_from_the_start(table), **values}
    _fill(entry, given)
    entry.save(force_insert=True)
    _record(actor, entry, "municipality.add_entry", new=plain(content_of(entry)))
    return entry


@transaction.atomic
def change_entry(
    *, actor: Actor, entry: Entry, values: Mapping[str, Any], action: str = CHANGED
) -> bool:
    """Change a row's ``values``; returns whether anything was different. The log has what was."""
    before = content_of(entry)
    _fill(entry, values)
    after = content_of(entry)
    changed = [name for name in before if before[name] != after[name]]
    if not changed:
        return False
    entry.save()
    _record(
        actor,
        entry,
        action,
        old=plain({name: before[name] for name in changed}),
        new=plain({name: after[name] for name in changed}),
    )
    return True


@transaction.atomic
def change_entries(*, actor: Actor, entries: Sequence[Entry], values: Mapping[str, Any]) -> int:
    """Give many rows the same ``values``; returns how many were different."""
    return sum(change_entry(actor=actor, entry=entry, values=values) for entry in entries)


@transaction.atomic
def verify_entries(*, actor: Actor, entries: Sequence[Entry]) -> int:
    """Say that rows are right as they stand today; returns how many had not been seen today."""
    return change_entries(
        actor=actor, entries=entries, values={"verified_on": timezone.localdate()}
    )


@transaction.atomic
def show_column(*, actor: Actor, entries: Sequence[Entry], column: str, shown: bool) -> int:
    """Show a column of rows to anyone, or no longer; returns how many were different."""
    changed = 0
    for entry in entries:
        kept = [name for name in entry.public if name != column]
        values = {"public": [*kept, column] if shown else kept}
        changed += change_entry(actor=actor, entry=entry, values=values)
    return changed


@transaction.atomic
def remove_entry(*, actor: Actor, entry: Entry) -> Event:
    """Take a row away; ``restore_entry`` brings it back from the log's event, which is returned.
    Raises SamspillError where others refer to it."""
    held = referring(entry)
    if held:
        count = sum(len(rows) for rows in held.values())
        raise SamspillError(
            _("%(name)s cannot be removed: %(count)s other entries refer to it.")
            % {"name": entry, "count": count},
            _("Remove or change those first, or say when it ended instead."),
        )
    event = _record(actor, entry, "municipality.remove_entry", old=plain(content_of(entry)))
    entry.delete()
    return event


@transaction.atomic
def restore_entry(*, actor: Actor, municipality: Municipality, event: Event) -> Entry:
    """Bring back what an event of ``remove_entry`` took away. Raises SamspillError where something
    with its name stands there again."""
    table, _slash, identifier = event.subject.partition("/")
    values = {name: value for name, value in (event.old or {}).items() if name != "identifier"}
    return add_entry(
        actor=actor, municipality=municipality, table=table, values=values, identifier=identifier
    )


def subject_of(entry: Entry) -> str:
    """What the log calls an entry."""
    return f"{entry.table}/{entry.identifier}"


def _fill(entry: Entry, values: Mapping[str, Any]) -> None:
    table = TABLES[entry.table]
    for name, value in values.items():
        column = table.column(name)
        if column.kind is Kind.REFERENCE:
            target = entry_named(entry.municipality, column.of, value) if value else None
            setattr(entry, name, target)
            continue
        field = entry._meta.get_field(name)
        empty = "" if value is None and not field.null else value
        plain_value = list(empty) if isinstance(empty, tuple) else empty
        setattr(entry, name, field.to_python(plain_value))  # type: ignore[union-attr]


def _next_identifier(municipality: Municipality, table: str, values: Mapping[str, Any]) -> str:
    """The organisation's number where it has one, otherwise the table's name and the next count."""
    names = MODELS[table]._default_manager.filter(municipality=municipality)
    number = values.get("number") or ""
    if number and not names.filter(identifier=number).exists():
        return str(number)
    start = f"{table}-".replace("_", "-")
    found = names.filter(identifier__startswith=start).values_list("identifier", flat=True)
    counts = [int(tail) for tail in (n.removeprefix(start) for n in found) if tail.isdecimal()]
    return f"{start}{max(counts, default=0) + 1}"


def _record(
    actor: Actor,
    entry: Entry,
    action: str,
    old: Content | None = None,
    new: Content | None = None,
) -> Event:
    return record(
        actor=actor,
        action=action,
        subject=subject_of(entry),
        municipality=entry.municipality.code,
        old=old,
        new=new,
    )
