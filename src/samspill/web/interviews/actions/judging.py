"""A person's judgement of where a field belongs, beside what the evidence says."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.typology import TYPOLOGIES
from samspill.vocabulary import load
from samspill.web.accounts.models import User
from samspill.web.interviews.changes import changing
from samspill.web.interviews.coders import coder_of
from samspill.web.interviews.models import Judgement
from samspill.web.studies.models import Study, Unit


def judge(
    *,
    actor: User,
    study: Study,
    typology: str,
    field: str,
    ideal_type: str,
    reason: str,
    unit: Unit | None = None,
) -> Judgement:
    """Place a field, in a unit or in the country, as one of the ideal types. Earlier judgements
    stay; the latest holds.

    Raises SamspillError without a reason, and for a typology, field or type there is not.
    """
    words = load()
    if typology not in TYPOLOGIES or field not in words.fields:
        raise SamspillError(_("There is no such place to judge."), _("Choose a field on the page."))
    if ideal_type not in words.schemes[typology]:
        raise SamspillError(
            _("That is none of the typology's ideal types."), _("Choose one of them.")
        )
    if not reason.strip():
        raise SamspillError(_("A judgement is made for a reason."), _("Write it in a sentence."))
    judgement = Judgement(
        study=study,
        typology=typology,
        unit=unit,
        field=field,
        ideal_type=ideal_type,
        reason=reason.strip(),
        by=coder_of(study, actor),
    )
    with changing(actor=actor, study=study, action="judge") as change:
        change.add(judgement)
    return judgement
