"""The drawings that stand in the mirror's pages."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import at_desk
from samspill.web.mirror.drawings import drawn
from samspill.web.mirror.figures import FIGURES
from samspill.web.mirror.reading import Mirror


@at_desk(DeskPermission.READ_REGISTER)
def figure(request: DeskRequest, municipality: str, name: str) -> HttpResponse:
    """One of the figures as SVG."""
    found = drawn(Mirror(request.municipality), name) if name in FIGURES else None
    if found is None:
        raise Http404
    return HttpResponse(found.svg, content_type="image/svg+xml")
