"""The year: what happens when."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import dates, timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.presentation.figures.wheel import Mark, wheel_svg
from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import at_desk
from samspill.web.municipality.words import language
from samspill.web.planning.wheel import LABELS, Day, Occasion, day_share, year_of

EARLIEST, LATEST = 1990, 2100


@at_desk(DeskPermission.READ_REGISTER)
def year(request: DeskRequest, municipality: str) -> HttpResponse:
    """January to December of the year in the address, otherwise of this."""
    today = timezone.localdate()
    asked = request.GET.get("year", "")
    chosen = int(asked) if asked.isdecimal() and len(asked) == 4 else today.year
    chosen = min(max(chosen, EARLIEST), LATEST)
    months = year_of(request.municipality, chosen)
    days = [day for month in months for day in month.days]
    context = {
        "group": "plan",
        "part": "year",
        "year": chosen,
        "before": chosen - 1,
        "after": chosen + 1,
        "months": months,
        "now": today.month if chosen == today.year else 0,
        "total": len(days),
        "next": next((day for day in days if day.on >= today), None),
        "figure": mark_safe(_figure(days, chosen)) if days else "",  # noqa: S308
    }
    return render(request, "planning/year.html", context)


def _figure(days: list[Day], chosen: int) -> str:
    """The wheel, which escapes what it is given."""
    used = [kind for kind in Occasion if any(day.occasion is kind for day in days)]
    counts = [sum(day.occasion is kind for day in days) for kind in used]
    told = ngettext(
        "%(n)s day of the year %(year)s.", "%(n)s days of the year %(year)s.", len(days)
    )
    kinds = ", ".join(f"{LABELS[kind]}: {n}" for kind, n in zip(used, counts, strict=True))
    return wheel_svg(
        [Mark(day.on.month, day_share(day.on), used.index(day.occasion)) for day in days],
        [str(dates.MONTHS_3[month]) for month in range(1, 13)],
        [f"{LABELS[kind]} ({n})" for kind, n in zip(used, counts, strict=True)],
        title=_("The year %(year)s as a wheel") % {"year": chosen},
        description=f"{told % {'n': len(days), 'year': chosen}} {kinds}.",
        language=language(),
    )
