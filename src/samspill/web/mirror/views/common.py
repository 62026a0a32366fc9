"""What the mirror's pages share: their frame."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samspill.web.access.request import DeskRequest


def page(request: DeskRequest, template: str, part: str, context: dict[str, Any]) -> HttpResponse:
    """A page of the mirror; ``part`` is where it stands among them."""
    parts = (
        ("overview", _("Where we stand")),
        ("questionnaire", _("Questionnaire")),
        ("treatment", _("Equal treatment")),
        ("network", _("Network")),
        ("pulse", _("Both sides")),
        ("advice", _("Advice")),
    )
    frame = {"group": "mirror", "part": part, "parts": parts}
    return render(request, template, {**frame, **context})
