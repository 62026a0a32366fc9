"""How far the fieldwork of a study has come."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.web.fieldwork.models import Collection, Respondent
from samspill.web.fieldwork.nextsteps import next_of
from samspill.web.studies.models import Study
from samspill.web.studies.progress import Standing, State, step


@step("fieldwork")
def fieldwork(study: Study) -> Standing:
    """Not begun without a collection, done when every one is closed."""
    collections = list(study.collections.all())
    address = reverse("fieldwork:overview", args=[study.slug])
    if not collections:
        return Standing(
            State.NOT_BEGUN,
            _("Nothing is being collected."),
            _("Prepare a collection"),
            address,
        )
    sent = Respondent.objects.filter(
        collection__study=study, response__submitted_at__isnull=False
    ).count()
    told = ngettext("%(n)s respondent has answered.", "%(n)s respondents have answered.", sent)
    sentence = told % {"n": sent}
    running = [c for c in collections if c.state != Collection.CLOSED]
    if not running:
        return Standing(State.DONE, sentence, _("See the collections"), address)
    first = next_of(running[0])
    return Standing(State.UNDER_WAY, sentence, first.label, first.address)
