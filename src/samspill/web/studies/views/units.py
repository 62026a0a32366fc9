"""The units of a study: the table, one unit through time, files to take away."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from samspill.language import format_number
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.studies.frame import writing
from samspill.web.studies.frame.forms import UnitFilter, attribute_choices
from samspill.web.studies.listing import UnitRow, name_on, search, units_on
from samspill.web.studies.models import FROM_THE_FIRST, Attribute, Unit

ON_A_PAGE = 50
FORMATS = {
    "csv": ("text/csv; charset=utf-8", writing.as_csv),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        writing.as_xlsx,
    ),
}


@requires(Permission.READ_STUDY)
def units(request: StudyRequest, study: str) -> HttpResponse:
    """Which units the study has, searched and filtered by the address."""
    attributes = list(request.study.attributes.all())
    form, rows = _chosen(request, attributes)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    labels = {a.pk: dict(attribute_choices(a)) for a in attributes}
    table = [
        (row, [_shown(row.values.get(a.pk, ""), labels[a.pk], a.type) for a in attributes])
        for row in page
    ]
    context = {
        "part": "units",
        "form": form,
        "attributes": attributes,
        "table": table,
        "page": page,
        "found": len(rows),
        "total": request.study.units.count(),
        "address": query.urlencode(),
    }
    return render(request, "studies/units.html", context)


@requires(Permission.READ_STUDY)
def unit(request: StudyRequest, study: str, unit: str) -> HttpResponse:
    """What is known of one unit, and since when."""
    found = get_object_or_404(request.study.units, identifier=unit)
    values = found.values.select_related("attribute").order_by(
        "attribute__identifier", FROM_THE_FIRST
    )
    context = {
        "part": "units",
        "unit": found,
        "names": list(found.names.order_by(FROM_THE_FIRST)),
        "values": [
            (v, _shown(v.value, dict(attribute_choices(v.attribute)), v.attribute.type)[0])
            for v in values
        ],
        "predecessors": [
            (row, _named(row.predecessor, row.occurred_on, first=False))
            for row in found.predecessors.select_related("predecessor")
        ],
        "successors": [
            (row, _named(row.successor, row.occurred_on, first=True))
            for row in found.successors.select_related("successor")
        ],
    }
    return render(request, "studies/unit.html", context)


@requires(Permission.READ_STUDY)
def export(request: StudyRequest, study: str, format: str) -> HttpResponse:  # noqa: A002
    """The units that the same address would show, as a file."""
    attributes = list(request.study.attributes.all())
    _form, rows = _chosen(request, attributes)
    return _file(format, writing.table(rows, attributes), f"{study}-units")


@requires(Permission.READ_STUDY)
def template(request: StudyRequest, study: str, format: str) -> HttpResponse:  # noqa: A002
    """An empty file with the headings that import knows."""
    heading = writing.heading(request.study.attributes.all())
    return _file(format, [heading], f"{study}-units-template")


def _chosen(request: StudyRequest, attributes: list[Attribute]) -> tuple[UnitFilter, list[UnitRow]]:
    form = UnitFilter(request.GET or None, attributes=attributes)
    if not form.is_valid():
        rows = units_on(request.study, datetime.date.today())
        return form, [row for row in rows if row.exists]
    wanted = form.cleaned_data
    rows = search(units_on(request.study, form.day), wanted["q"])
    if wanted["state"] != "all":
        rows = [row for row in rows if row.exists == (wanted["state"] != "ceased")]
    for name, attribute in form.chosen_by.items():
        if wanted[name]:
            rows = [row for row in rows if row.values.get(attribute.pk) == wanted[name]]
    return form, rows


def _shown(value: str, labels: dict[str, str], kind: str) -> tuple[str, bool]:
    """A value in the page's language, and whether it is a number."""
    if kind == "number" and value:
        places = len(value.partition(".")[2])
        return format_number(Decimal(value), places, get_language() or "nb"), True
    return labels.get(value, value) or "–", kind == "number"


def _named(unit: Unit | None, day: datetime.date, *, first: bool) -> str:
    """The code and name that a unit begins with on a day, or had up to it."""
    if unit is None:
        return ""
    name = name_on(list(unit.names.all()), day if first else day - datetime.timedelta(days=1))
    return f"{name.code} {name.name}" if name else unit.identifier


def _file(format: str, rows: list[list[str]], name: str) -> HttpResponse:  # noqa: A002
    content_type, write = FORMATS[format]
    response = HttpResponse(write(rows), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{format}"'
    return response
