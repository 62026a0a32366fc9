"""What of the register anyone may take away: decided here, offered on the public pages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samspill.register import TABLES
from samspill.register.publicity import INTERNAL
from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import anyone, at_desk
from samspill.web.municipality.actions.entries import show_column
from samspill.web.municipality.bulk import NOT_SHOWN
from samspill.web.municipality.exchange.publishing import shown_tables
from samspill.web.municipality.exchange.views.out import GROUP
from samspill.web.municipality.finding import entries
from samspill.web.municipality.models import Municipality
from samspill.web.municipality.words import column_name, table_name


@dataclass(frozen=True, slots=True)
class Shown:
    """A column, and in how many entries it is shown; ``personal`` is decided entry by entry."""

    column: str
    name: str
    entries: int
    personal: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """A table of which something can be shown: its entries, those shown, and its columns."""

    table: str
    name: str
    entries: int
    shown: int
    columns: tuple[Shown, ...]


@at_desk(DeskPermission.OPEN_DESK)
def published(request: DeskRequest, municipality: str) -> HttpResponse:
    """What is shown to anyone, table by table and column by column, and whether it is open."""
    seen = shown_tables(request.municipality)
    decided = [_decided(request.municipality, table, seen.get(table, 0)) for table in _tables()]
    context = {"group": GROUP, "decided": decided, "rows": sum(seen.values()), "tables": len(seen)}
    return render(request, "municipality/exchange/published.html", context)


@at_desk(DeskPermission.OPEN_DESK)
@require_POST
def publish(request: DeskRequest, municipality: str, table: str) -> HttpResponse:
    """Show a column of every entry of a table to anyone, or of none."""
    column, shown = request.POST.get("column", ""), request.POST.get("shown") == "true"
    if table not in _tables() or column not in _choosable(table):
        raise Http404
    found = list(entries(request.municipality, table))
    changed = show_column(actor=request.user, entries=found, column=column, shown=shown)
    text = ngettext("%(n)s entry is changed.", "%(n)s entries are changed.", changed)
    messages.success(request, text % {"n": changed})
    return redirect(reverse("municipality:published", args=(municipality,)) + f"#{table}")


@anyone
def open_data(request: HttpRequest, municipality: str) -> HttpResponsePermanentRedirect:
    """Where open data have their address: on the public pages."""
    return redirect("public_desk:data", municipality, permanent=True)


@anyone
def dataset(request: HttpRequest, municipality: str, name: str) -> HttpResponsePermanentRedirect:
    """Where a file of open data has its address."""
    return redirect("public_desk:data_file", municipality, name, permanent=True)


def _tables() -> list[str]:
    return [table for table in TABLES if table not in INTERNAL]


def _choosable(table: str) -> list[str]:
    columns = TABLES[table].columns
    return [c.name for c in columns if not c.personal and c.name not in NOT_SHOWN]


def _decided(municipality: Municipality, table: str, shown: int) -> Decided:
    held = list(entries(municipality, table).values_list("public", flat=True))
    counts = Counter(column for named in held for column in named)
    choosable = set(_choosable(table))
    return Decided(
        table,
        table_name(table),
        len(held),
        shown,
        tuple(
            Shown(c.name, column_name(table, c.name), counts[c.name], c.personal)
            for c in TABLES[table].columns
            if c.personal or c.name in choosable
        ),
    )
