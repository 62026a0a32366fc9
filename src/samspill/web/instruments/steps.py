"""How far the questionnaires of a study have come."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.web.access.permissions import Permission
from samspill.web.instruments.models import InstrumentVersion
from samspill.web.studies.models import Study
from samspill.web.studies.progress import Standing, State, step


@step("instrument")
def instrument(study: Study) -> Standing:
    """Not begun without a questionnaire, done when one is frozen."""
    versions = InstrumentVersion.objects.filter(instrument__study=study)
    address = reverse("instruments:overview", args=(study.slug,))
    frozen = versions.exclude(frozen_at=None).count()
    drafts = versions.filter(frozen_at=None)
    if frozen:
        sentence = ngettext(
            "%(n)s version of a questionnaire is frozen.",
            "%(n)s versions of questionnaires are frozen.",
            frozen,
        )
        return Standing(State.DONE, sentence % {"n": frozen}, _("See the questionnaires"), address)
    if drafts:
        titles = ", ".join(sorted({str(version.instrument) for version in drafts}))
        sentence = _("A draft is being written: %(titles)s.") % {"titles": titles}
        return Standing(State.UNDER_WAY, sentence, _("See the questionnaires"), address)
    return Standing(
        State.NOT_BEGUN,
        _("The study has no questionnaire."),
        _("Add a questionnaire"),
        reverse("instruments:add", args=(study.slug,)),
        needs=Permission.EDIT_INSTRUMENTS,
    )
