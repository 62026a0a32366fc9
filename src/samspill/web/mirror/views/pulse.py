"""How do both sides see it, and has it changed?"""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.access.permissions import DeskPermission, Permission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import at_desk, permissions_in
from samspill.web.mirror.actions.rounds import begin_round
from samspill.web.mirror.drawings import drawn
from samspill.web.mirror.forms import RoundForm
from samspill.web.mirror.pulse import sides
from samspill.web.mirror.pulse.answers import rounds_of
from samspill.web.mirror.pulse.asking import parties
from samspill.web.mirror.reading import Mirror
from samspill.web.mirror.views.common import page


@at_desk(DeskPermission.READ_REGISTER)
def pulse(request: DeskRequest, municipality: str) -> HttpResponse:
    """The gap in the latest round, item by item and field by field."""
    mirror = Mirror(request.municipality)
    rounds = rounds_of(request.municipality)
    fields = sides.fields_asked(mirror)
    asked = request.GET.get("field", "")
    field = asked if asked in dict(fields) else ""
    runs = bool(rounds) and Permission.RUN_FIELDWORK in permissions_in(
        request.user, rounds[0].collection.study
    )
    context = {
        "rounds": [(one, sides.counts(one)) for one in rounds],
        "latest": rounds[0] if rounds else None,
        "fields": fields,
        "field": field,
        "gaps": sides.gaps(mirror, field),
        "largest": sides.largest_gap(mirror),
        "changes": sides.changes(mirror),
        "runs_fieldwork": runs,
        "figure": drawn(mirror, "sides"),
    }
    return page(request, "mirror/pulse.html", "pulse", context)


@at_desk(DeskPermission.RUN_PULSE)
def new(request: DeskRequest, municipality: str) -> HttpResponse:
    """Whom would a new round ask? Nobody is sent anything before the invitations are looked at."""
    found = parties(request.municipality, timezone.localdate())
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = begin_round(
                actor=request.user,
                municipality=request.municipality,
                parties=found,
                closes_at=form.cleaned_data["closes_at"],
            )
        except SamspillError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The round is open. Look at the invitation and send it."))
            collection = made.collection
            return redirect(
                "fieldwork:send", collection.study.slug, collection.identifier, "invitation"
            )
    asked = Counter(one.side for one in found)
    unreachable = [one for one in found if not one.email]
    context = {
        "form": form,
        "counts": [(sides.side_name(side), asked[side]) for side in sides.SIDES],
        "asked": found,
        "unreachable": unreachable,
    }
    return page(request, "mirror/new_round.html", "pulse", context)
