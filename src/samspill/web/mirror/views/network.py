"""Who is tied to whom, and what if someone leaves?"""

from __future__ import annotations

from django.http import HttpResponse

from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import at_desk
from samspill.web.mirror import network as written
from samspill.web.mirror.drawings import drawn
from samspill.web.mirror.reading import Mirror
from samspill.web.mirror.views.common import page


@at_desk(DeskPermission.READ_REGISTER)
def network(request: DeskRequest, municipality: str) -> HttpResponse:
    """The network, its weak points, and what is lost without the one chosen."""
    mirror = Mirror(request.municipality)
    chosen = request.GET.get("leaves", "")
    party, _colon, identifier = chosen.partition(":")
    departure = mirror.departure(party, identifier) if chosen else None
    hang = {row["side"]: row for row in mirror.hanging.to_dicts()}
    context = {
        "measures": written.measured(mirror),
        "core": written.core_members(mirror),
        "without_tie": written.without_tie(mirror),
        "weak": written.weak(mirror),
        "hang": hang,
        "hanging": written.hanging(mirror),
        "parties": written.parties(mirror),
        "chosen": chosen,
        "unknown": bool(chosen) and departure is None,
        "lost": written.lost(mirror, departure) if departure else None,
        "figure": drawn(mirror, "core"),
    }
    return page(request, "mirror/network.html", "network", context)
