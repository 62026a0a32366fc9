"""One entry of the register: what it says, what refers to it, and what has been changed."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.errors import SamspillError
from samspill.register import TABLES, Kind
from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import at_desk
from samspill.web.audit.models import Event
from samspill.web.municipality.actions.entries import (
    add_entry,
    change_entry,
    remove_entry,
    restore_entry,
    subject_of,
    verify_entries,
)
from samspill.web.municipality.changes import told
from samspill.web.municipality.finding import entries, referring
from samspill.web.municipality.forms import EntryForm
from samspill.web.municipality.groups import LISTED, group_of
from samspill.web.municipality.listing import Cell, cells, headings, is_unverified, shown
from samspill.web.municipality.models import Entry
from samspill.web.municipality.views.listing import readable_table, readable_tables
from samspill.web.municipality.words import column_name, table_name

LATEST = 20
REMOVE = "municipality.remove_entry"


@dataclass(frozen=True, slots=True)
class Fact:
    """A value of the entry; ``target`` is the entry that it refers to, where it does."""

    name: str
    cell: Cell
    public: bool
    target: Entry | None = None
    web: str = ""


@at_desk(DeskPermission.READ_REGISTER)
def entry(request: DeskRequest, municipality: str, table: str, identifier: str) -> HttpResponse:
    """All that stands in an entry, and around it."""
    found = _entry(request, table, identifier)
    events = Event.objects.filter(municipality=request.municipality.code, subject=subject_of(found))
    may_read = DeskPermission.READ_CHANGES in request.permissions
    readable = readable_tables(request)
    context = {
        "table": table,
        "group": group_of(table),
        "table_name": table_name(table),
        "entry": found,
        "facts": _facts(found),
        "unverified": is_unverified(found, timezone.localdate()),
        "related": [
            (name, table_name(name), headings(TABLES[name], LISTED[name], ""), _rows(name, rows))
            for name, rows in referring(found).items()
            if name in readable
        ],
        "changes": told(request.municipality, events[:LATEST]) if may_read else [],
    }
    return render(request, "municipality/entry.html", context)


@at_desk(DeskPermission.EDIT_REGISTER)
def add(request: DeskRequest, municipality: str, table: str) -> HttpResponse:
    """Add an entry; the address may fill in some of it."""
    declared = readable_table(request, table)
    known = {c.name for c in declared.columns}
    given = {name: value for name, value in request.GET.items() if name in known}
    form = EntryForm(
        request.POST or None, municipality=request.municipality, table=declared, initial=given
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = add_entry(
                actor=request.user,
                municipality=request.municipality,
                table=table,
                values=form.values(),
            )
        except SamspillError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(entry)s is added.") % {"entry": made})
            return redirect("municipality:entry", municipality, table, made.identifier)
    context = {"table": table, "group": group_of(table), "form": form}
    return render(request, "municipality/edit.html", {**context, "table_name": table_name(table)})


@at_desk(DeskPermission.EDIT_REGISTER)
def edit(request: DeskRequest, municipality: str, table: str, identifier: str) -> HttpResponse:
    """Change an entry."""
    found = _entry(request, table, identifier)
    form = EntryForm(
        request.POST or None,
        municipality=request.municipality,
        table=TABLES[table],
        entry=found,
    )
    if request.method == "POST" and form.is_valid():
        changed = change_entry(actor=request.user, entry=found, values=form.values())
        said = _("The changes are saved.") if changed else _("Nothing was different.")
        messages.success(request, said)
        return redirect("municipality:entry", municipality, table, identifier)
    context = {"table": table, "group": group_of(table), "form": form, "entry": found}
    return render(request, "municipality/edit.html", {**context, "table_name": table_name(table)})


@at_desk(DeskPermission.EDIT_REGISTER)
@require_POST
def verify(request: DeskRequest, municipality: str, table: str, identifier: str) -> HttpResponse:
    """Say that an entry is right as it stands."""
    found = _entry(request, table, identifier)
    verify_entries(actor=request.user, entries=[found])
    messages.success(request, _("%(entry)s is verified today.") % {"entry": found})
    return redirect("municipality:entry", municipality, table, identifier)


@at_desk(DeskPermission.EDIT_REGISTER)
@require_POST
def remove(request: DeskRequest, municipality: str, table: str, identifier: str) -> HttpResponse:
    """Take an entry away. The page that follows offers to bring it back."""
    found = _entry(request, table, identifier)
    try:
        event = remove_entry(actor=request.user, entry=found)
    except SamspillError as error:
        messages.error(request, str(error))
        return redirect("municipality:entry", municipality, table, identifier)
    return redirect("municipality:removed", municipality, event.pk)


@at_desk(DeskPermission.EDIT_REGISTER)
def removed(request: DeskRequest, municipality: str, event: int) -> HttpResponse:
    """An entry that has been taken away, and the way to bring it back."""
    found = get_object_or_404(
        Event, municipality=request.municipality.code, action=REMOVE, pk=event
    )
    table = found.subject.partition("/")[0]
    readable_table(request, table)
    if request.method == "POST":
        try:
            made = restore_entry(actor=request.user, municipality=request.municipality, event=found)
        except SamspillError as error:
            messages.error(request, str(error))
            return redirect("municipality:listing", municipality, table)
        messages.success(request, _("%(entry)s is back.") % {"entry": made})
        return redirect("municipality:entry", municipality, table, made.identifier)
    context = {
        "table": table,
        "group": group_of(table),
        "table_name": table_name(table),
        "values": told(request.municipality, [found])[0][2],
    }
    return render(request, "municipality/removed.html", context)


def _entry(request: DeskRequest, table: str, identifier: str) -> Entry:
    readable_table(request, table)
    found = entries(request.municipality, table).filter(identifier=identifier).first()
    if found is None:
        raise Http404
    return found


def _facts(found: Entry) -> list[Fact]:
    facts = []
    for column in TABLES[found.table].columns:
        if column.name in {"identifier", "public"}:
            continue
        value = getattr(found, column.name)
        facts.append(
            Fact(
                column_name(found.table, column.name),
                shown(found, column),
                column.name in found.public,
                target=value if column.kind is Kind.REFERENCE else None,
                web=value if column.kind is Kind.WEB else "",
            )
        )
    return facts


def _rows(table: str, found: list[Entry]) -> list[tuple[Entry, list[Cell]]]:
    return [(row, cells(row, TABLES[table], LISTED[table])) for row in found]
