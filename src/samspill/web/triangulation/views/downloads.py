"""The comparison and the memo as files."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.http import Http404, HttpResponse
from django.utils.translation import get_language

from samspill.presentation import joint_table
from samspill.triangulation.memo import memo_frame
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.triangulation.gathering import Gathered, gathered

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@requires(Permission.EXPORT)
def display(request: StudyRequest, study: str, form: str) -> HttpResponse:
    """Every number of the comparison (CSV), or the display as it is read (XLSX)."""
    if form not in TYPES:
        raise Http404
    found = gathered(request.study)
    if form == "csv":
        return every_number(found, study)
    with tempfile.TemporaryDirectory() as folder:
        path = joint_table(found.display, get_language() or "nb").save(Path(folder) / "s.xlsx")
        return attached(path.read_bytes(), f"{study}-sources.xlsx", form)


@requires(Permission.EXPORT)
def memo(request: StudyRequest, study: str) -> HttpResponse:
    """Everything written, as a study folder's table ``triangulation``."""
    found = gathered(request.study)
    content = memo_frame(found.memos).write_csv().encode()
    return attached(content, "triangulation.csv", "csv")


def every_number(found: Gathered, study: str) -> HttpResponse:
    """The display's frame with how each comparison stands, as CSV."""
    standing = found.display.assessments.select("theme", "field", "holds", "standing")
    joined = found.display.frame.join(
        standing, on=["theme", "field"], how="left", maintain_order="left"
    )
    return attached(joined.write_csv().encode(), f"{study}-sources.csv", "csv")


def attached(content: bytes, name: str, form: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
