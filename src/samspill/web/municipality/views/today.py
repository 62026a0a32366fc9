"""The first page of the desk: what waits, and how it stands."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import at_desk
from samspill.web.municipality.today import standing, waiting

AT_FIRST = 8


@at_desk(DeskPermission.READ_REGISTER)
def today(request: DeskRequest, municipality: str) -> HttpResponse:
    """How do we stand, what is late, what needs me today?"""
    day = timezone.localdate()
    may = DeskPermission.HANDLE_OFFERS in request.permissions
    found = waiting(request.municipality, day, offers=may)
    context = {
        "group": "today",
        "today": day,
        "waiting": found,
        "first": found[:AT_FIRST],
        "rest": found[AT_FIRST:],
        "standing": standing(request.municipality, day),
    }
    return render(request, "municipality/today.html", context)
