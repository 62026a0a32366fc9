"""The organisations of a municipality, for anyone: all of them, and one."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from samspill.register import TABLES, Register
from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import opened_or
from samspill.web.municipality.listing import without
from samspill.web.municipality.words import column_name, table_name
from samspill.web.organisation.addresses import public_address
from samspill.web.organisation.grid import Address, Grid, cell, grid, title_of
from samspill.web.organisation.reading import public_content
from samspill.web.organisation.searching import OrganisationFilter, active, organisation_fits

ON_A_PAGE = 50
LISTED = ("name", "kind", "fields", "place", "purpose", "web")
OF_AN_ORGANISATION = {
    "relations": ("form", "field", "municipal_unit", "valid_from", "valid_to"),
    "contacts": ("name", "role", "matters", "email", "phone", "web"),
    "seats": ("body", "role", "valid_from", "valid_to"),
    "agreements": ("title", "municipal_unit", "valid_from", "valid_to"),
    "grants": ("year", "scheme", "purpose", "decision", "amount"),
    "allocations": ("premises", "hours_a_week", "valid_from", "valid_to"),
    "needs": ("title", "field", "place", "times", "open_until"),
}
NOT_A_FACT = frozenset({"identifier", "name", "purpose", "municipality_code"})


@opened_or(DeskPermission.READ_REGISTER)
def organisations(request: DeskRequest, municipality: str) -> HttpResponse:
    """Which organisations are there, by field and place?"""
    shown = public_content(request.municipality, ("organisations",))
    there = active(shown)
    places = sorted({str(row["place"]) for row in there if row["place"]}, key=str.casefold)
    form = OrganisationFilter(request.GET, places=places)
    wanted = form.wanted
    found = [row for row in there if organisation_fits(row, wanted)]
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "group": "organisations",
        "form": form,
        "wanted": wanted,
        "page": page,
        "found": len(found),
        "total": len(there),
        "grid": grid(
            shown,
            "organisations",
            LISTED,
            list(page),
            table_name("organisations"),
            public_address(municipality),
        ),
        "address": without(request.GET, "page"),
    }
    return render(request, "organisation/organisations.html", context)


@opened_or(DeskPermission.READ_REGISTER)
def organisation(request: DeskRequest, municipality: str, organisation: str) -> HttpResponse:
    """What does this organisation do, and with whom?"""
    tables = ("municipal_units", "organisations", "bodies", "schemes", "premises")
    shown = public_content(request.municipality, (*tables, *OF_AN_ORGANISATION))
    row = shown.by_identifier("organisations").get(organisation)
    if row is None or not title_of(row):
        raise Http404
    table = TABLES["organisations"]
    address = public_address(municipality)
    context = {
        "group": "organisations",
        "name": title_of(row),
        "purpose": row["purpose"],
        "facts": [
            (
                column_name("organisations", column.name),
                cell(shown, "organisations", column, row, address),
            )
            for column in table.columns
            if column.name not in NOT_A_FACT and row[column.name] not in (None, ())
        ],
        "grids": list(_grids_of(shown, organisation, address)),
    }
    return render(request, "organisation/organisation.html", context)


def _grids_of(shown: Register, identifier: str, address: Address) -> list[Grid]:
    grids = []
    for table, columns in OF_AN_ORGANISATION.items():
        rows = [row for row in shown.rows(table) if row["organisation"] == identifier]
        if table == "contacts":
            rows = [row for row in rows if row["name"] or row["email"] or row["phone"]]
        if table == "grants":
            rows.sort(key=lambda row: str(row["year"] or ""), reverse=True)
        if rows:
            grids.append(grid(shown, table, columns, rows, table_name(table), address))
    return grids
