"""A municipality's public desk: who does what here, whom to call, and what is open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.register import TABLES, Register
from samspill.register.model import Row
from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import opened_or
from samspill.web.municipality.listing import without
from samspill.web.municipality.words import column_name, options, table_name
from samspill.web.organisation.addresses import public_address
from samspill.web.organisation.ahead import ahead
from samspill.web.organisation.grid import Address, Grid, cell, grid, title_of, words_of
from samspill.web.organisation.published import published_needs
from samspill.web.organisation.reaching import municipal_contacts, public_contacts
from samspill.web.organisation.reading import public_content

ON_A_PAGE = 50
SHOWN_AHEAD = 6
OPEN = ("municipal_units", "organisations", "meetings", "gatherings", "schemes", "processes")
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


class OrganisationFilter(forms.Form):
    """Which organisations to see; all of it stands in the address."""

    q = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=100)
    field = forms.ChoiceField(label=gettext_lazy("Field"), required=False)
    place = forms.ChoiceField(label=gettext_lazy("Place"), required=False)

    def __init__(self, data: Any, *, places: Sequence[str] = ()) -> None:
        super().__init__(data)
        everything = ("", _("All"))
        self.fields["field"].choices = [  # type: ignore[attr-defined]
            everything,
            *options(TABLES["organisations"].column("fields")),
        ]
        if places:
            self.fields["place"].choices = [everything, *((p, p) for p in places)]  # type: ignore[attr-defined]
        else:
            del self.fields["place"]

    @property
    def wanted(self) -> dict[str, str]:
        """What is looked for; nothing where it cannot be."""
        if not self.is_valid():
            return {}
        return {name: value for name, value in self.cleaned_data.items() if value}


@opened_or(DeskPermission.READ_REGISTER)
def desk(request: DeskRequest, municipality: str) -> HttpResponse:
    """Who does what here, and how do I offer help?"""
    tables = (*OPEN, "contacts", "bodies", "grants", "needs")
    shown = public_content(request.municipality, tables)
    today = timezone.localdate()
    there = _active(shown)
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
def organisations(request: DeskRequest, municipality: str) -> HttpResponse:
    """Which organisations are there, by field and place?"""
    shown = public_content(request.municipality, ("organisations",))
    there = _active(shown)
    places = sorted({str(row["place"]) for row in there if row["place"]}, key=str.casefold)
    form = OrganisationFilter(request.GET, places=places)
    wanted = form.wanted
    found = [row for row in there if _fits(shown, row, wanted)]
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


@opened_or(DeskPermission.READ_REGISTER)
def contacts(request: DeskRequest, municipality: str) -> HttpResponse:
    """Whom do I call?"""
    shown = public_content(request.municipality, ("municipal_units", "contacts", "organisations"))
    form = OrganisationFilter(request.GET)
    wanted = form.wanted
    every = municipal_contacts(shown)
    chosen = [row for row in every if _contact_fits(shown, row, wanted)]
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
            [row for row in reversed(meetings) if _on(row, "held_on") < today][:ON_A_PAGE],
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


def _active(shown: Register) -> list[Row]:
    rows = [r for r in shown.rows("organisations") if title_of(r) and r["status"] != "dissolved"]
    return sorted(rows, key=lambda row: title_of(row).casefold())


def _fits(shown: Register, row: Row, wanted: dict[str, str]) -> bool:
    field, place = wanted.get("field"), wanted.get("place")
    fields = row["fields"] if isinstance(row["fields"], tuple) else ()
    texts = [row["name"], row["purpose"], row["place"], row["national_parent"], row["number"]]
    return (
        (not field or field in fields)
        and (not place or row["place"] == place)
        and _has_words(texts, wanted.get("q", ""))
    )


def _contact_fits(shown: Register, row: Row, wanted: dict[str, str]) -> bool:
    field = wanted.get("field")
    fields = row["fields"] if isinstance(row["fields"], tuple) else ()
    unit = words_of(shown, TABLES["contacts"].column("municipal_unit"), row["municipal_unit"])
    texts = [row["name"], row["role"], row["matters"], unit]
    return (not field or field in fields) and _has_words(texts, wanted.get("q", ""))


def _has_words(texts: list[Any], words: str) -> bool:
    text = " ".join(str(part) for part in texts if part).casefold()
    return all(word in text for word in words.casefold().split())


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


def _of(shown: Register, table: str, column: str, row: Row) -> list[Row]:
    return [other for other in shown.rows(table) if other[column] == row["identifier"]]


def _on(row: Row, column: str) -> date:
    value = row[column]
    return value if isinstance(value, date) else date.max
