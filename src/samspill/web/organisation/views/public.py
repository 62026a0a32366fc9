"""A municipality's public desk: who does what here, whom to call, and what is open."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.register import TABLES, Register
from samspill.register.model import Row
from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import opened_or
from samspill.web.municipality.words import options, table_name
from samspill.web.organisation.addresses import public_address
from samspill.web.organisation.ahead import ahead
from samspill.web.organisation.grid import grid, title_of, words_of
from samspill.web.organisation.published import published_needs
from samspill.web.organisation.reaching import municipal_contacts, public_contacts
from samspill.web.organisation.reading import public_content
from samspill.web.organisation.searching import OrganisationFilter, active, contact_fits

MEETINGS_SHOWN = 50
SHOWN_AHEAD = 6
OPEN = ("municipal_units", "organisations", "meetings", "gatherings", "schemes", "processes")


@opened_or(DeskPermission.READ_REGISTER)
def desk(request: DeskRequest, municipality: str) -> HttpResponse:
    """Who does what here, and how do I offer help?"""
    tables = (*OPEN, "contacts", "bodies", "needs")
    shown = public_content(request.municipality, tables)
    today = timezone.localdate()
    there = active(shown)
    found = ahead(shown, today)
    held: dict[str, int] = {}
    for row in there:
        for field in row["fields"] if isinstance(row["fields"], tuple) else ():
            held[field] = held.get(field, 0) + 1
    fields = [
        (name, label, held[name])
        for name, label in options(TABLES["organisations"].column("fields"))
        if name in held
    ]
    context = {
        "group": "desk",
        "form": OrganisationFilter(None),
        "organisations": len(there),
        "fields": fields,
        "contacts": len(municipal_contacts(shown)),
        "bodies": sum(row["closed_on"] is None for row in shown.rows("bodies")),
        "ahead": found[:SHOWN_AHEAD],
        "needs": published_needs(shown, today),
    }
    return render(request, "organisation/desk.html", context)


@opened_or(DeskPermission.READ_REGISTER)
def contacts(request: DeskRequest, municipality: str) -> HttpResponse:
    """Whom do I call?"""
    shown = public_content(request.municipality, ("municipal_units", "contacts", "organisations"))
    form = OrganisationFilter(request.GET)
    wanted = form.wanted
    every = municipal_contacts(shown)
    chosen = [row for row in every if contact_fits(shown, row, wanted)]
    context = {
        "group": "contacts",
        "form": form,
        "wanted": wanted,
        "matters": public_contacts(shown, chosen),
        "found": len(chosen),
        "total": len(every),
    }
    return render(request, "organisation/contacts.html", context)


@opened_or(DeskPermission.READ_REGISTER)
def bodies(request: DeskRequest, municipality: str) -> HttpResponse:
    """Where do the municipality and the organisations meet?"""
    tables = ("municipal_units", "organisations", "bodies", "seats", "meetings")
    shown = public_content(request.municipality, tables)
    today = timezone.localdate()
    there = [row for row in shown.rows("bodies") if title_of(row)]
    address = public_address(municipality)
    meetings = sorted(shown.rows("meetings"), key=lambda row: str(row["held_on"] or ""))
    coming = [row for row in meetings if _on(row, "held_on") >= today]
    columns = ("title", "held_on", "starts_at", "place", "body", "audience", "agenda", "minutes")
    context = {
        "group": "bodies",
        "bodies": [
            (
                row,
                words_of(shown, TABLES["bodies"].column("type"), row["type"]),
                grid(
                    shown,
                    "seats",
                    ("organisation", "municipal_unit", "side", "role", "valid_to"),
                    [s for s in _of(shown, "seats", "body", row) if _on(s, "valid_to") >= today],
                    str(row["name"]),
                    address,
                ),
            )
            for row in there
            if row["closed_on"] is None
        ],
        "closed": [row for row in there if row["closed_on"] is not None],
        "coming": grid(shown, "meetings", columns, coming, _("Meetings ahead")),
        "held": grid(
            shown,
            "meetings",
            columns,
            [row for row in reversed(meetings) if _on(row, "held_on") < today][:MEETINGS_SHOWN],
            _("The latest meetings held"),
        ),
    }
    return render(request, "organisation/bodies.html", context)


@opened_or(DeskPermission.READ_REGISTER)
def now(request: DeskRequest, municipality: str) -> HttpResponse:
    """What is open now: money, hearings, needs?"""
    shown = public_content(request.municipality, (*OPEN, "needs", "premises"))
    today = timezone.localdate()
    address = public_address(municipality)

    def still_open(table: str) -> list[Row]:
        rows = [
            row for row in shown.rows(table) if row["deadline"] and _on(row, "deadline") >= today
        ]
        return sorted(rows, key=lambda row: str(row["deadline"]))

    schemes, processes = still_open("schemes"), still_open("processes")
    context = {
        "group": "now",
        "schemes": grid(
            shown,
            "schemes",
            ("name", "deadline", "economic_relation", "fields", "budget", "criteria", "web"),
            schemes,
            table_name("schemes"),
        ),
        "processes": grid(
            shown,
            "processes",
            ("title", "deadline", "kind", "fields", "municipal_unit", "web"),
            processes,
            table_name("processes"),
        ),
        "premises": grid(
            shown,
            "premises",
            ("name", "address", "capacity", "step_free", "price", "equipment", "booking"),
            shown.rows("premises"),
            table_name("premises"),
            address,
        ),
        "needs": published_needs(shown, today),
    }
    return render(request, "organisation/now.html", context)


def _of(shown: Register, table: str, column: str, row: Row) -> list[Row]:
    return [other for other in shown.rows(table) if other[column] == row["identifier"]]


def _on(row: Row, column: str) -> date:
    value = row[column]
    return value if isinstance(value, date) else date.max
