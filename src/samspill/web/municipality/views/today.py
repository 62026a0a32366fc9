"""The first page of the desk: what waits, and how it stands."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import at_desk
from samspill.web.municipality.today import standing, waiting


@at_desk(DeskPermission.READ_REGISTER)
def today(request: DeskRequest, municipality: str) -> HttpResponse:
    """How do we stand, what is late, what needs me today?"""
    day = timezone.localdate()
    offers = DeskPermission.HANDLE_OFFERS in request.permissions
    context = {
        "group": "today",
        "today": day,
        "waiting": waiting(request.municipality, day, offers=offers),
        "standing": standing(request.municipality, day),
    }
    return render(request, "municipality/today.html", context)
