"""What the mirror shows beside the first page of the desk."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import at_desk
from samspill.web.mirror.network import hanging
from samspill.web.mirror.pulse.sides import largest_gap
from samspill.web.mirror.reading import Mirror
from samspill.web.mirror.reference import reference
from samspill.web.mirror.standing import STUDIED, standings

HANGING = 3
WIDTH = 120
LOW, HIGH = 1, 5


@at_desk(DeskPermission.READ_REGISTER)
def panels(request: DeskRequest, municipality: str) -> HttpResponse:
    """Where we stand, the largest gap between the sides, and what hangs on one person."""
    mirror = Mirror(request.municipality)
    others = reference(mirror)
    found = [one for one in standings(mirror, others) if one.field in STUDIED]
    gap = largest_gap(mirror)
    context = {
        "standings": [
            (
                one,
                round(WIDTH * one.share),
                round(WIDTH * one.others) if one.others is not None else None,
            )
            for one in found
        ],
        "width": WIDTH,
        "reference": others,
        "n": next((one.n for one in found if one.n), ""),
        "gap": gap,
        "hanging": hanging(mirror, "municipality", HANGING),
    }
    return render(request, "mirror/today.html", context)
