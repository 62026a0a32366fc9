"""Who gets seats, money, premises and answers?"""

from __future__ import annotations

from django.http import HttpResponse

from samspill.register.mirror.equal_treatment import TABLE_OF, By
from samspill.register.mirror.holdings import WHATS
from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import at_desk
from samspill.web.mirror import treatment as written
from samspill.web.mirror.drawings import drawn
from samspill.web.mirror.reading import Mirror
from samspill.web.mirror.views.common import page


@at_desk(DeskPermission.READ_REGISTER)
def treatment(request: DeskRequest, municipality: str) -> HttpResponse:
    """The spread of each, those who have most, and who is inside and outside."""
    mirror = Mirror(request.municipality)
    asked = request.GET.get("by", "all")
    by: By = next((one for one in written.BYS if one == asked), "all")
    whole = {one.what: one for one in written.spreads(mirror.spread("all"), "all")}
    rows = written.spreads(mirror.spread(by), by)
    inside = written.members(mirror, inside=True)
    outside = written.members(mirror, inside=False)
    context = {
        "by": by,
        "bys": [(one, written.by_name(one)) for one in written.BYS],
        "whole": whole,
        "tables": [
            (written.what_name(what), TABLE_OF[what], [one for one in rows if one.what == what])
            for what in WHATS
        ],
        "holders": [(written.what_name(w), h) for w in WHATS if (h := written.holders(mirror, w))],
        "years": written.over_years(mirror),
        "outcomes": [written.outcome_name(one) for one in ("seat", "agreement", "grant", "inside")],
        "insides": written.insides(mirror, by),
        "inside": inside,
        "outside": outside,
        "organisations": len(inside) + len(outside),
        "waits": written.waits(mirror, by),
        "figure": drawn(mirror, "lorenz"),
    }
    return page(request, "mirror/treatment.html", "treatment", context)
