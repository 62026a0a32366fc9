"""Any table of the register as a list that can be searched, ordered and changed in bulk."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samspill.register import TABLES, Table
from samspill.register.labels import table_description
from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import at_desk
from samspill.web.municipality.actions.entries import (
    change_entries,
    show_column,
    verify_entries,
)
from samspill.web.municipality.bulk import SET, SHOW, VERIFY, BulkForm
from samspill.web.municipality.finding import entries, table_named
from samspill.web.municipality.forms import EntryForm
from samspill.web.municipality.groups import GROUPS, LISTED, PRIVATE, group_of
from samspill.web.municipality.listing import (
    ListForm,
    cells,
    chosen,
    headings,
    ordered,
    without,
)
from samspill.web.municipality.models import Entry
from samspill.web.municipality.words import column_name, language, table_name

ON_A_PAGE = 50


@at_desk(DeskPermission.READ_REGISTER)
def listing(request: DeskRequest, municipality: str, table: str) -> HttpResponse:
    """What stands in a table."""
    declared = readable_table(request, table)
    form = ListForm(request.GET, table=declared, municipality=request.municipality)
    sort = request.GET.get("sort", "")
    found = chosen(request.municipality, declared, form, timezone.localdate())
    page = Paginator(ordered(found, declared, sort), ON_A_PAGE).get_page(request.GET.get("page"))
    names = LISTED[table]
    context = {
        "table": table,
        "table_name": table_name(table),
        "description": table_description(table, language()),
        "group": group_of(table),
        "tables": tables_beside(request, table),
        "form": form,
        "bulk": BulkForm(table=declared),
        "headings": headings(declared, names, sort),
        "rows": [(entry, cells(entry, declared, names)) for entry in page],
        "page": page,
        "found": len(found),
        "total": entries(request.municipality, table).count(),
        "address": without(request.GET, "page"),
        "unsorted": without(request.GET, "page", "sort"),
    }
    return render(request, "municipality/listing.html", context)


@at_desk(DeskPermission.EDIT_REGISTER)
@require_POST
def bulk(request: DeskRequest, municipality: str, table: str) -> HttpResponse:
    """Change the chosen entries of a list together; a value is asked for on a page of its own."""
    declared = readable_table(request, table)
    found = list(
        entries(request.municipality, table).filter(identifier__in=request.POST.getlist("entry"))
    )
    address = request.POST.get("address", "")
    back = reverse("municipality:listing", args=(municipality, table))
    answer = redirect(f"{back}?{address}" if address else back)
    form = BulkForm(request.POST, table=declared)
    if not found:
        messages.error(request, _("No entry was chosen. Tick those that you want to change."))
        return answer
    if not form.is_valid():
        messages.error(request, _("Choose what to do with them."))
        return answer
    if form.what != SET:
        return _told(request, answer, _without_value(request, form, found))
    given = request.POST if "given" in request.POST else None
    values = EntryForm(
        given, municipality=request.municipality, table=declared, only=(form.column,)
    )
    if given is not None and values.is_valid():
        changed = change_entries(actor=request.user, entries=found, values=values.values())
        return _told(request, answer, changed)
    context = {
        "table": table,
        "group": group_of(table),
        "form": values,
        "entries": found,
        "what": form.cleaned_data["what"],
        "address": address,
        "table_name": table_name(table),
        "column": column_name(table, form.column),
    }
    return render(request, "municipality/bulk.html", context)


def readable_table(request: DeskRequest, table: str) -> Table:
    """The table of the address, where the reader may see it."""
    declared = table_named(table)
    if table in PRIVATE and DeskPermission.HANDLE_OFFERS not in request.permissions:
        raise PermissionDenied
    return declared


def readable_tables(request: DeskRequest) -> set[str]:
    """The tables that the reader may see."""
    may = DeskPermission.HANDLE_OFFERS in request.permissions
    return {name for name in TABLES if may or name not in PRIVATE}


def tables_beside(request: DeskRequest, table: str) -> list[tuple[str, str]]:
    """The tables of the same group that the reader may see, with their names."""
    readable = readable_tables(request)
    return [(name, table_name(name)) for name in GROUPS[group_of(table)] if name in readable]


def _without_value(request: DeskRequest, form: BulkForm, found: list[Entry]) -> int:
    if form.what == VERIFY:
        return verify_entries(actor=request.user, entries=found)
    return show_column(
        actor=request.user, entries=found, column=form.column, shown=form.what == SHOW
    )


def _told(request: DeskRequest, answer: HttpResponse, changed: int) -> HttpResponse:
    text = ngettext("%(n)s entry is changed.", "%(n)s entries are changed.", changed)
    messages.success(request, text % {"n": changed})
    return answer
