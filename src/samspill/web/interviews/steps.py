"""How far the coding of a study has come."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.web.access.permissions import Permission
from samspill.web.interviews.models import Coding
from samspill.web.studies.models import Study
from samspill.web.studies.progress import Standing, State, step


@step("coding")
def coding(study: Study) -> Standing:
    """Not begun without texts, done when every text has a coding."""
    texts = study.sources.count()
    if not texts:
        return Standing(
            State.NOT_BEGUN,
            _("There are no interviews or open answers to code."),
            _("Add texts"),
            reverse("interviews:add_texts", args=[study.slug]),
            Permission.EDIT_SOURCES,
        )
    coded = Coding.objects.filter(source__study=study).values("source").distinct().count()
    told = ngettext(
        "%(coded)s of %(n)s text is coded.", "%(coded)s of %(n)s texts are coded.", texts
    )
    return Standing(
        State.DONE if coded == texts else State.UNDER_WAY,
        told % {"coded": coded, "n": texts},
        _("See the texts") if coded == texts else _("Code the texts"),
        reverse("interviews:overview", args=[study.slug]),
        Permission.CODE_TEXT,
    )
