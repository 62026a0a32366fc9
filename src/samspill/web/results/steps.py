"""How far the analysis and the publication of a study have come."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.web.access.permissions import Permission
from samspill.web.results.drafts import drafts
from samspill.web.studies.models import Study
from samspill.web.studies.progress import Standing, State, step


@step("analysis")
def analysis(study: Study) -> Standing:
    """Done once there is a draft of the results, or they are published."""
    address = reverse("results:publish", args=[study.slug])
    number = len(drafts(study))
    if not number and study.published_at is None:
        sentence = _("No answers have been made into results yet.")
        return Standing(State.NOT_BEGUN, sentence, _("Make a draft"), address, Permission.PUBLISH)
    told = ngettext(
        "There is %(n)s draft of the results.", "There are %(n)s drafts of the results.", number
    )
    sentence = told % {"n": number}
    return Standing(State.DONE, sentence, _("See the drafts"), address, Permission.PUBLISH)


@step("publication")
def publication(study: Study) -> Standing:
    """Done once the results can be read by anyone."""
    if study.published_at is not None:
        address = reverse("results:overview", args=[study.slug])
        return Standing(
            State.DONE, _("Anyone can read the results."), _("See the results"), address
        )
    address = reverse("results:publish", args=[study.slug])
    return Standing(
        State.NOT_BEGUN,
        _("Only members can see the study."),
        _("Prepare the results for publication"),
        address,
        Permission.PUBLISH,
    )
