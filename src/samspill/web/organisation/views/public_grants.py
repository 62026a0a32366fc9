"""Grants given, for anyone to see and take away."""

from __future__ import annotations

import csv
import io
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.register import TABLES, Register
from samspill.register.model import Row
from samspill.register.values import text_of
from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import opened_or
from samspill.web.municipality.listing import without
from samspill.web.municipality.words import options, table_name
from samspill.web.organisation.addresses import public_address
from samspill.web.organisation.granting import by_field, given, total, years_of
from samspill.web.organisation.grid import grid, words_of
from samspill.web.organisation.reading import public_content
from samspill.web.organisation.views.public_organisations import ON_A_PAGE

TABLES_READ = ("municipal_units", "organisations", "schemes", "grants")
LISTED = ("organisation", "year", "field", "scheme", "purpose", "economic_relation", "amount")
YEARS_SHOWN = 5


class GrantFilter(forms.Form):
    """Which grants to see."""

    q = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=100)
    year = forms.TypedChoiceField(
        label=gettext_lazy("Year"), required=False, coerce=int, empty_value=None
    )
    field = forms.ChoiceField(label=gettext_lazy("Field"), required=False)

    def __init__(self, data: Any, *, years: list[int]) -> None:
        super().__init__(data)
        everything = ("", _("All"))
        self.fields["year"].choices = [everything, *((y, str(y)) for y in years)]  # type: ignore[attr-defined]
        self.fields["field"].choices = [  # type: ignore[attr-defined]
            everything,
            *options(TABLES["grants"].column("field")),
        ]


@opened_or(DeskPermission.READ_REGISTER)
def grants(request: DeskRequest, municipality: str) -> HttpResponse:
    """Who has been given what?"""
    shown = public_content(request.municipality, TABLES_READ)
    every = given(shown.rows("grants"))
    years = years_of(every)
    form = GrantFilter(request.GET, years=years)
    found = _chosen(shown, every, form)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "group": "grants",
        "form": form,
        "years": years[:YEARS_SHOWN],
        "lines": by_field(every, years[:YEARS_SHOWN]),
        "all": total(every),
        "chosen": total(found),
        "page": page,
        "grid": grid(
            shown, "grants", LISTED, list(page), table_name("grants"), public_address(municipality)
        ),
        "address": without(request.GET, "page"),
    }
    return render(request, "organisation/grants.html", context)


@opened_or(DeskPermission.READ_REGISTER)
def grants_file(request: DeskRequest, municipality: str) -> HttpResponse:
    """The grants that fit, as CSV: identifiers for programs, names for people."""
    shown = public_content(request.municipality, TABLES_READ)
    every = given(shown.rows("grants"))
    found = _chosen(shown, every, GrantFilter(request.GET, years=years_of(every)))
    columns = [c for c in TABLES["grants"].columns if c.public]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    named = ("organisation", "scheme", "municipal_unit")
    writer.writerow(["identifier", *(c.name for c in columns), *(f"{name}_name" for name in named)])
    for row in found:
        names = [words_of(shown, TABLES["grants"].column(name), row[name]) for name in named]
        writer.writerow([row["identifier"], *(text_of(row[c.name]) for c in columns), *names])
    answer = HttpResponse(buffer.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{municipality}-grants.csv"'
    return answer


def _chosen(shown: Register, rows: list[Row], form: GrantFilter) -> list[Row]:
    wanted = form.cleaned_data if form.is_valid() else {}
    words = str(wanted.get("q") or "").casefold().split()

    def fits(row: Row) -> bool:
        column = TABLES["grants"].column("organisation")
        text = f"{words_of(shown, column, row['organisation'])} {row['purpose']}".casefold()
        return (
            (not wanted.get("year") or row["year"] == wanted["year"])
            and (not wanted.get("field") or row["field"] == wanted["field"])
            and all(word in text for word in words)
        )

    found = [row for row in rows if fits(row)]
    return sorted(found, key=lambda row: (str(row["year"]), row["amount"] or 0), reverse=True)
