"""Where the design and the frame of a study stand."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.web.access.permissions import Permission
from samspill.web.studies.models import Study
from samspill.web.studies.progress import Standing, State, step


@step("design")
def design(study: Study) -> Standing:
    """Done once the study has a wave."""
    waves = study.waves.count()
    if not waves:
        address = reverse("studies:new_wave", args=[study.slug])
        return Standing(
            State.UNDER_WAY,
            _("The study has a title, and no wave yet."),
            _("Add a wave"),
            address,
            Permission.EDIT_STUDY,
        )
    told = ngettext("The study has %(n)s wave.", "The study has %(n)s waves.", waves)
    address = reverse("studies:waves", args=[study.slug])
    return Standing(State.DONE, told % {"n": waves}, _("See the waves"), address)


@step("frame")
def frame(study: Study) -> Standing:
    """Done once the study has units."""
    units = study.units.filter(ceased_on=None).count()
    if not units:
        address = reverse("studies:import_units", args=[study.slug])
        return Standing(
            State.NOT_BEGUN,
            _("The study has no units yet."),
            _("Import the units"),
            address,
            Permission.EDIT_UNITS,
        )
    told = ngettext(
        "There is %(n)s unit in the frame.", "There are %(n)s units in the frame.", units
    )
    address = reverse("studies:units", args=[study.slug])
    return Standing(State.DONE, told % {"n": units}, _("See the units"), address)
