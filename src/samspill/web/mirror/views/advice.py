"""What can be done about what stands out?"""

from __future__ import annotations

from django.http import Http404, HttpResponse

from samspill import vocabulary
from samspill.advice import load
from samspill.errors import SamspillError
from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import at_desk
from samspill.web.mirror.advising import all_barriers, measures_for, shown
from samspill.web.mirror.reading import Mirror
from samspill.web.mirror.views.common import page
from samspill.web.mirror.words import barrier_name, field_name


@at_desk(DeskPermission.READ_REGISTER)
def advice(request: DeskRequest, municipality: str) -> HttpResponse:
    """The signals that show, and the measures linked to the barrier of one of them."""
    mirror = Mirror(request.municipality)
    signals = [shown(mirror, one) for one in mirror.signals]
    fields = vocabulary.load().fields
    field = request.GET.get("field", "") if request.GET.get("field", "") in fields else ""
    asked = request.GET.get("barrier", "") or (signals[0].barrier if signals else "coordination")
    try:
        barrier = load().barrier(asked)
    except SamspillError:
        raise Http404 from None
    context = {
        "signals": signals,
        "silent": sum(not one.shows for one in mirror.weighed),
        "barrier": barrier,
        "barrier_label": barrier_name(barrier),
        "barriers": all_barriers(),
        "fields": [(name, field_name(name)) for name in fields],
        "field": field,
        "measures": measures_for(municipality, barrier, field),
    }
    return page(request, "mirror/advice.html", "advice", context)
