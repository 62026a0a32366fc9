"""A respondent's answers as a tagged PDF that claims, and by Typst's checks keeps, PDF/UA-1."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspill.web.answering.desk import Desk, course_of
from samspill.web.answering.pages.common import go
from samspill.web.answering.pages.finish import Part, parts
from samspill.web.studies.models import in_language


def receipt_pdf(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What has been sent in, as a file to keep."""
    if desk.response is None or desk.response.submitted_at is None:
        return go(desk, "")
    with translation.override(desk.sheet.language):
        content = write_receipt(desk)
    name = f"{desk.collection.identifier}-{desk.respondent.unit.identifier}.pdf"
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-cache"
    return answer


def write_receipt(desk: Desk) -> bytes:
    """The receipt in the questionnaire's language."""
    response = desk.response
    submitted = response.submitted_at if response else None
    saved = response.saved_at if response else None
    way = course_of(desk)
    language, _dash, region = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}.get(
        desk.sheet.language, desk.sheet.language
    ).partition("-")
    title = in_language(desk.collection.title)
    opening = [
        _("Answers of %(unit)s.") % {"unit": desk.unit_name},
        _("Sent in %(at)s.") % {"at": _moment(submitted)},
        _("Last changed %(at)s.") % {"at": _moment(saved)},
        _("%(answered)s of %(asked)s questions are answered.")
        % {"answered": way.answered(), "asked": len(way.asked())},
    ]
    data = {
        "title": title,
        "heading": title,
        "author": in_language(desk.collection.study.title),
        "description": opening[0],
        "language": language,
        "region": region or None,
        "opening": [" ".join(opening)],
        "columns": [_("Question"), _("Answer")],
        "parts": [_part(part) for part in parts(desk, way) if part.asked],
    }
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "receipt.json").write_text(json.dumps(data), encoding="utf-8")
        (folder / "receipt.typ").write_text(_layout(), encoding="utf-8")
        return bytes(
            typst.compile(
                folder / "receipt.typ",
                root=folder,
                format="pdf",
                pdf_standards=["ua-1"],
                timestamp=timezone.now().replace(microsecond=0),
            )
        )


@cache
def _layout() -> str:
    return (Path(__file__).parent / "receipt.typ").read_text(encoding="utf-8")


def _moment(at: Any) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT") if at else "–"


def _part(part: Part) -> dict[str, Any]:
    groups: list[dict[str, Any]] = []
    for question, lines in part.grouped:
        rows = [
            [line.field or question, line.answer or _("Not answered"), bool(line.answer)]
            for line in lines
        ]
        if lines[0].field:
            groups.append({"heading": question, "rows": rows})
        elif groups and not groups[-1]["heading"]:
            groups[-1]["rows"] += rows
        else:
            groups.append({"heading": "", "rows": rows})
    return {"title": part.title, "groups": groups}
