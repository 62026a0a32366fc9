"""Where the design stands: waves, then cases and the interviews planned there."""

from __future__ import annotations

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.web.access.permissions import Permission
from samspill.web.design.informants import coverage_of
from samspill.web.studies import steps
from samspill.web.studies.models import Study
from samspill.web.studies.progress import Standing, State, step


@step("design")
def design(study: Study) -> Standing:
    """As the waves say, and once there are waves, how far cases and interviews have come."""
    begun = steps.design(study)
    own = study.selections.filter(adopted_at__isnull=False).first()
    if begun.state is not State.DONE or own is None:
        return begun
    number = len(own.found["cases"])
    told = ngettext("It has %(n)s case.", "It has %(n)s cases.", number) % {"n": number}
    found = coverage_of(study)
    if found is None:
        return replace(
            begun,
            sentence=f"{begun.sentence} {told}",
            next=_("See the cases"),
            address=reverse("design:cases", args=[study.slug]),
        )
    met = _("%(met)s of %(planned)s planned informants are interviewed.")
    return replace(
        begun,
        sentence=f"{begun.sentence} {told} {met % {'met': found.met, 'planned': found.planned}}",
        next=_("See whom to ask next"),
        address=reverse("design:coverage", args=[study.slug]),
        needs=Permission.CODE_TEXT,
    )
