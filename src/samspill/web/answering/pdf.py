"""A respondent's answers as a PDF."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from samspill.web.answering.desk import Desk
from samspill.web.answering.pages.common import go


def receipt_pdf(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The answers as PDF/UA."""
    return go(desk, "receipt/")
