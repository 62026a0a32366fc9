"""Codes by what is known of the texts: how much, of how many, each cell with its passages."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.language import format_number, format_percent
from samspill.presentation import Figure, matrix_figure
from samspill.presentation.tables import Column, Table
from samspill.qualitative import Tables
from samspill.qualitative.queries import Matrix, matrix
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.interviews.asking.choosing import asked_of, codes_under
from samspill.web.interviews.asking.drawing import drawn, figure_file, picture
from samspill.web.interviews.asking.forms import MEASURES, MatrixForm
from samspill.web.interviews.asking.words import Words
from samspill.web.interviews.views.cases import CaseForm
from samspill.web.pages.faults import told

FILTERS = ("side", "field", "unit", "coder")
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A number with what it rests on; ``address`` leads to its passages, where there are any."""

    text: str
    base: str
    address: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page is about: the matrix, and the choices that it came from."""

    matrix: Matrix
    by: str
    measure: str
    filters: Mapping[str, str]


@requires(Permission.CODE_TEXT)
def show(request: StudyRequest, study: str) -> HttpResponse:
    """What do the codes say, and of whom?"""
    tables, words, locale = asked_of(request)
    form = MatrixForm(request.GET or None, tables=tables, words=words)
    context: dict[str, Any] = {"here": "matrix", "form": form, "empty": tables.codings.is_empty()}
    if not tables.codings.is_empty():
        asked = _asked(form, tables)
        context |= {
            "asked": asked,
            "columns": [(words.of(asked.by, value), n) for value, n in _columns(asked)],
            "rows": _rows(asked, words, locale),
            "measure": MEASURES[asked.measure],
            "by": words.dimensions[asked.by],
            "address": request.GET.urlencode(),
            "total": tables.sources.height,
            "language": locale,
            "case_form": CaseForm(),
        }
        try:
            context["picture"] = drawn(
                request.study, _question(asked, form), lambda: _figure(asked, words, locale)
            )
        except SamspillError as error:
            context["no_picture"] = told(error)
    return render(request, "interviews/matrix.html", context)


@requires(Permission.CODE_TEXT)
def figure(request: StudyRequest, study: str, form: str) -> HttpResponse:
    """The matrix of the same address as a picture; ``frame=no`` as it stands in the page."""
    tables, words, locale = asked_of(request)
    choices = MatrixForm(request.GET or None, tables=tables, words=words)
    if tables.codings.is_empty():
        raise Http404
    asked = _asked(choices, tables)

    def make() -> Figure:
        return _figure(asked, words, locale)

    try:
        if request.GET.get("frame") == "no":
            return picture(request.study, _question(asked, choices), make)
        question = _question(asked, choices)
        return figure_file(request.study, question, make, form, f"{study}-codes")
    except SamspillError as error:
        raise Http404 from error


def _question(asked: Asked, form: MatrixForm) -> str:
    chosen = (asked.by, asked.measure, form.chosen("under"), *sorted(asked.filters.items()))
    return f"matrix:{chosen}"


def _figure(asked: Asked, words: Words, locale: str) -> Figure:
    """The matrix drawn, with the page's words for values that the vocabulary does not name."""
    found = asked.matrix
    if asked.by not in ("field", "side"):
        named = pl.col(asked.by).map_elements(
            lambda value: words.of(asked.by, value), return_dtype=pl.String
        )
        found = dataclasses.replace(found, frame=found.frame.with_columns(named))
    return matrix_figure(found, locale)


@requires(Permission.CODE_TEXT)
def download(request: StudyRequest, study: str, form: str) -> HttpResponse:
    """The matrix of the same address as CSV or XLSX, one row a cell, with bases and intervals."""
    tables, words, locale = asked_of(request)
    asked = _asked(MatrixForm(request.GET or None, tables=tables, words=words), tables)
    table = _table(asked, words, locale)
    if form == "csv":
        answer = HttpResponse(table.to_csv(), content_type="text/csv; charset=utf-8")
    else:
        with tempfile.TemporaryDirectory() as folder:
            written = table.to_xlsx(Path(folder) / "matrix.xlsx").read_bytes()
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        answer = HttpResponse(written, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{study}-codes.{form}"'
    return answer


def _asked(form: MatrixForm, tables: Tables) -> Asked:
    by = form.chosen("by") or "field"
    measure = form.chosen("measure") or "share_of_sources"
    side, coder, given = (form.chosen(name) for name in ("side", "coder", "given"))
    found = matrix(
        tables,
        codes_under(tables, form.chosen("under")),
        by,
        measure=measure,  # type: ignore[arg-type]
        coders=coder or None,
        sources=(pl.col("side") == side) if side else None,
    )
    return Asked(found, by, measure, {"side": side, "coder": coder, "given": given})


def _columns(asked: Asked) -> list[tuple[str | None, int]]:
    """The values across, each with its number of texts."""
    totals = asked.matrix.totals.filter(pl.col("of") == "column")
    return list(totals.select(asked.by, "n").iter_rows())


def _rows(asked: Asked, words: Words, locale: str) -> list[dict[str, Any]]:
    depth = dict(asked.matrix.tables.codes.select("code", "depth").iter_rows())
    totals = {
        row["code"]: row for row in asked.matrix.totals.filter(pl.col("of") == "row").to_dicts()
    }
    rows: dict[str | None, dict[str, Any]] = {}
    for cell in asked.matrix.frame.to_dicts():
        row = rows.setdefault(
            cell["code"],
            {
                "code": cell["code"],
                "name": cell["name"],
                "depth": depth.get(cell["code"], 0),
                "cells": [],
                "total": _shown(asked, totals[cell["code"]], "", locale),
            },
        )
        row["cells"].append(_shown(asked, cell, cell[asked.by], locale))
    return list(rows.values())


def _shown(asked: Asked, cell: dict[str, Any], value: str | None, locale: str) -> ShownCell:
    """``value`` is that of the column, empty for the total."""
    raw = cell[asked.matrix.value]
    base = ""
    if asked.measure == "share_of_sources":
        text = NOTHING if raw is None else format_percent(raw, 0, locale)
        base = _("%(sources)s of %(n)s") % {"sources": cell["sources"], "n": cell["n"]}
    else:
        text = NOTHING if raw is None else format_number(raw, 0, locale)
    if not cell["codings"] or cell["code"] is None or value is None:
        return ShownCell(text, base, "")
    query = {"code": cell["code"], **{k: v for k, v in asked.filters.items() if v}}
    if value and asked.by in FILTERS:
        query[asked.by] = value
    elif value:
        return ShownCell(text, base, "")
    return ShownCell(text, base, urlencode(query))


def _table(asked: Asked, words: Words, locale: str) -> Table:
    frame = asked.matrix.frame.with_columns(
        pl.col(asked.by)
        .map_elements(lambda v: words.of(asked.by, v), return_dtype=pl.String, skip_nulls=False)
        .alias("group")
    )
    columns = [
        Column("name", _("Code")),
        Column("group", words.dimensions[asked.by]),
        Column("codings", _("Codings"), "integer"),
        Column("sources", _("Texts with the code"), "integer"),
        Column("n", _("Texts"), "integer"),
        Column("share", _("Share of texts"), "share", 1),
        Column("low", _("Interval at 95 per cent, from"), "share", 1),
        Column("high", _("Interval at 95 per cent, to"), "share", 1),
    ]
    if asked.measure == "characters":
        columns.append(Column("characters", _("Characters"), "integer"))
    return Table(
        number="",
        title=_("Codes by %(by)s") % {"by": words.dimensions[asked.by].lower()},
        note=_note(asked),
        columns=tuple(columns),
        frame=frame,
        language=locale,
    )


def _note(asked: Asked) -> str:
    told = _(
        "A code counts with those below it. The share is of the texts in the column, with Wilson's "
        "interval; texts chosen on purpose are no random sample, so the interval only says how "
        "little so few texts can tell."
    )
    if asked.filters["given"]:
        settled = _("Where coders differed and have settled it, what they settled is counted.")
        return f"{told} {settled}"
    return told
