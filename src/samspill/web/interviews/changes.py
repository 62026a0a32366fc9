"""How the material is changed: with a number, and with what it takes to undo it.

    with changing(actor=user, study=study, action="add_coding", source=source) as change:
        change.add(Coding(source=source, start=0, end=9, code=code, coder=coder))

The rows are written, and what they were and became is kept as one ``Change``, in one transaction.
``undo`` and ``redo`` walk a user's own changes, and refuse where the rows have been changed since;
``changes_since`` is what a live page asks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.accounts.models import User
from samspill.web.interviews.models import Change, Source
from samspill.web.interviews.records import (
    NAMES,
    TABLES,
    Content,
    Row,
    column_names,
    content,
    fill,
    restore,
)
from samspill.web.interviews.wording import deed
from samspill.web.studies.models import Study

BATCH = 500
PLACE = {name: place for place, name in enumerate(TABLES)}


@dataclass(slots=True)
class Changing:
    """A change that is being made; its methods write to the database at once."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    number: int = 0

    def add(self, *added: Row) -> None:
        """Save new rows, all of one table."""
        if not added:
            return
        model = type(added[0])
        if len(added) == 1:
            added[0].save(force_insert=True)
        else:
            model._default_manager.bulk_create(added, batch_size=BATCH)
        self.rows += [_kept(row, None, content(row)) for row in added]

    def remove(self, *removed: Row) -> None:
        """Delete rows, all of one table; what refers to them must be gone."""
        if not removed:
            return
        self.rows += [_kept(row, content(row), None) for row in removed]
        _delete(type(removed[0]), [row.pk for row in removed])

    def update(self, row: Row, **values: Any) -> None:
        """Give a row new values; nothing is kept where they are the old ones."""
        self.update_all([(row, values)])

    def update_all(self, updates: Sequence[tuple[Row, dict[str, Any]]]) -> None:
        """Give rows of one table new values, the same columns for all."""
        touched: list[Row] = []
        names: set[str] = set()
        for row, values in updates:
            attnames = column_names(type(row), values)
            before = content(row, attnames)
            for name, value in values.items():
                setattr(row, name, value)
            after = content(row, attnames)
            differing = [name for name in attnames if before[name] != after[name]]
            if differing:
                names.update(differing)
                touched.append(row)
                self.rows.append(
                    _kept(row, {n: before[n] for n in differing}, {n: after[n] for n in differing})
                )
        _save(touched, names | _revised(touched, names))


def _revised(rows: Iterable[Row], names: Iterable[str]) -> set[str]:
    """A text that changes, by an edit or by undoing one, has a new revision, which is never had
    before: positions taken in another wording are then known to be old."""
    if "text" not in names:
        return set()
    revised = [row for row in rows if isinstance(row, Source)]
    for source in revised:
        source.revision += 1
    return {"revision"} if revised else set()


def _kept(row: Row, before: Content | None, after: Content | None) -> dict[str, Any]:
    return {
        "table": NAMES[type(row)],
        "id": row.pk,
        "guid": str(row.guid),  # type: ignore[attr-defined]
        "before": before,
        "after": after,
    }


def _save(rows: Sequence[Row], names: Iterable[str]) -> None:
    if len(rows) == 1:
        rows[0].save(update_fields=list(names))
    elif rows:
        model = type(rows[0])
        model._default_manager.bulk_update(rows, list(names), batch_size=BATCH)


def _delete(model: type[Row], keys: Sequence[int]) -> None:
    for start in range(0, len(keys), BATCH):
        chosen = model._default_manager.filter(pk__in=keys[start : start + BATCH])
        chosen._raw_delete(chosen.db)


@contextmanager
def changing(
    *,
    actor: User | str,
    study: Study,
    action: str,
    source: Source | None = None,
    undoable: bool = True,
) -> Iterator[Changing]:
    """One change of a study's material, in a transaction; one that touches no row leaves no trace.

    ``actor`` is the user, or the name of a program that did it. ``action`` is named in ``wording``.
    """
    with transaction.atomic():
        Study.objects.select_for_update().get(pk=study.pk)
        change = Changing()
        yield change
        if change.rows:
            change.number = _write(
                actor=actor,
                study=study,
                action=action,
                source=source.guid if source else None,
                rows=change.rows,
                undoable=undoable,
            ).number


def _write(*, actor: User | str, study: Study, **fields: Any) -> Change:
    return Change.objects.create(
        study=study,
        number=last_number(study) + 1,
        user=actor if isinstance(actor, User) else None,
        by=str(actor),
        **fields,
    )


def last_number(study: Study) -> int:
    """The number of the latest change; 0 before the first."""
    latest = Change.objects.filter(study=study).aggregate(latest=Max("number"))["latest"]
    return latest or 0


def changes_since(study: Study, number: int) -> models.QuerySet[Change]:
    """The changes after ``number``, in order."""
    return Change.objects.filter(study=study, number__gt=number).order_by("number")


def next_undo(study: Study, user: User) -> Change | None:
    """The change that ``undo`` would take back: the user's latest that stands."""
    return _own(study, user).filter(undone=False).order_by("-number").first()


def next_redo(study: Study, user: User) -> Change | None:
    """The change that ``redo`` would do again: undone, with nothing new done after it."""
    own = _own(study, user)
    standing = own.filter(undone=False).aggregate(latest=Max("number"))["latest"] or 0
    return own.filter(undone=True, number__gt=standing).order_by("number").first()


def _own(study: Study, user: User) -> models.QuerySet[Change]:
    """A user's changes; their rows, which may be many, are read when they are asked for."""
    own = Change.objects.filter(study=study, user=user, reverses=None, undoable=True)
    return own.defer("rows")


def undo(*, actor: User, study: Study) -> Change:
    """Take back the user's latest change, and return what that changed.

    Raises SamspillError where there is none, or where someone has changed the same since.
    """
    return _reverse(actor, study, back=True)


def redo(*, actor: User, study: Study) -> Change:
    """Do again what the user undid last. Raises SamspillError as ``undo`` does."""
    return _reverse(actor, study, back=False)


def _reverse(actor: User, study: Study, *, back: bool) -> Change:
    with transaction.atomic():
        Study.objects.select_for_update().get(pk=study.pk)
        found = next_undo(study, actor) if back else next_redo(study, actor)
        if found is None:
            raise SamspillError(
                _("There is nothing to undo.") if back else _("There is nothing to do again.")
            )
        rows = [_turned(row) for row in found.rows] if back else found.rows
        try:
            with transaction.atomic():
                _apply(rows)
        except (_ChangedSince, IntegrityError) as error:
            raise _refusal(found, rows, error) from error
        found.undone = back
        found.save(update_fields=["undone"])
        return _write(
            actor=actor,
            study=study,
            action="undo" if back else "redo",
            source=found.source,
            rows=rows,
            reverses=found,
        )


def _turned(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "before": row["after"], "after": row["before"]}


class _ChangedSince(Exception):
    pass


def _apply(rows: Sequence[dict[str, Any]]) -> None:
    """Make rows what ``after`` says, where they are what ``before`` says.

    Rows come before those that refer to them, and go after them.
    """
    present = {
        name: _present(TABLES[name], [row for row in rows if row["table"] == name])
        for name in PLACE
    }
    for row in rows:
        _require(present[row["table"]].get(row["id"]), row["before"])
    for name, model in TABLES.items():
        of_table = [row for row in rows if row["table"] == name]
        added = [restore(model, r["id"], r["after"]) for r in of_table if r["before"] is None]
        _insert(model, added)
        kept = [r for r in of_table if r["before"] is not None and r["after"] is not None]
        by_columns: dict[tuple[str, ...], list[Row]] = {}
        for r in kept:
            changed = fill(present[name][r["id"]], r["after"])
            by_columns.setdefault(tuple(sorted(r["after"])), []).append(changed)
        for names, changed_rows in by_columns.items():
            _save(changed_rows, {*names} | _revised(changed_rows, names))
    for name in reversed(PLACE):
        removed = [r["id"] for r in rows if r["table"] == name and r["after"] is None]
        _require_unused(TABLES[name], removed)
        _delete(TABLES[name], removed)


def _present(model: type[Row], rows: Sequence[dict[str, Any]]) -> dict[int, Row]:
    keys = [row["id"] for row in rows]
    found: dict[int, Row] = {}
    for start in range(0, len(keys), BATCH):
        found.update(model._default_manager.in_bulk(keys[start : start + BATCH]))
    return found


def _require(present: Row | None, before: Content | None) -> None:
    if (present is None) != (before is None):
        raise _ChangedSince
    if present is not None and before is not None and content(present, before) != before:
        raise _ChangedSince


def _insert(model: type[Row], rows: Sequence[Row]) -> None:
    """Parents before children: a code may stand under another that comes back with it."""
    waiting, within = list(rows), {row.pk for row in rows}
    while waiting:
        ready = [row for row in waiting if getattr(row, "parent_id", None) not in within]
        model._default_manager.bulk_create(ready, batch_size=BATCH)
        within -= {row.pk for row in ready}
        waiting = [row for row in waiting if row.pk in within]


def _require_unused(model: type[Row], keys: Sequence[int]) -> None:
    """Nothing may refer to rows that go: someone has built on them since."""
    gone = set(keys)
    for relation in model._meta.related_objects:
        other = relation.related_model
        if other not in NAMES:
            continue
        for start in range(0, len(keys), BATCH):
            using = other._default_manager.filter(
                **{f"{relation.field.name}__in": keys[start : start + BATCH]}
            )
            if other is model:
                using = using.exclude(pk__in=gone)
            if using.exists():
                raise _ChangedSince


def _refusal(found: Change, rows: Sequence[dict[str, Any]], error: Exception) -> SamspillError:
    guids = {row["guid"] for row in rows}
    keys = {(row["table"], row["id"]) for row in rows}
    later = Change.objects.filter(study=found.study, number__gt=found.number).order_by("-number")
    next_step = _("Look at what stands there now, and change that.")
    for change in later.iterator(chunk_size=50):
        if any(row["guid"] in guids or _refers(row, keys) for row in change.rows):
            told = _("%(name)s has changed the same since: %(deed)s.")
            said = told % {"name": change.by, "deed": deed(change.action)}
            return SamspillError(said, next_step)
    return SamspillError(_("The same has been changed since, by another route."), next_step)


def _refers(row: dict[str, Any], keys: set[tuple[str, int]]) -> bool:
    after = row["after"] or {}
    for column in TABLES[row["table"]]._meta.concrete_fields:
        name = NAMES.get(column.related_model or models.Model)
        if name is not None and (name, after.get(column.attname, 0)) in keys:
            return True
    return False
