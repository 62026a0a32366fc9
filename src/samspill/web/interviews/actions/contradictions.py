"""A person's verdict on what may be a contradiction between the two sides."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.vocabulary import load
from samspill.web.accounts.models import User
from samspill.web.interviews.changes import changing
from samspill.web.interviews.coders import coder_of
from samspill.web.interviews.models import Code, Verdict
from samspill.web.studies.models import Study, Unit


def judge_contradiction(
    *,
    actor: User,
    study: Study,
    one: Code,
    other: Code,
    says_one: str,
    field: str,
    unit: Unit | None,
    verdict: str,
    reason: str,
    closed: bool = False,
) -> Verdict:
    """Say whether the sides contradict each other where ``says_one`` says ``one`` and the other
    ``other``, and why. Earlier verdicts stay; the latest holds.

    Raises SamspillError without a reason, for a side or verdict there is not, and where what is
    undecided is to be closed.
    """
    if verdict not in Verdict.VERDICTS or says_one not in load().sides:
        raise SamspillError(_("That is no verdict."), _("Choose one of those on the page."))
    if not reason.strip():
        raise SamspillError(_("A verdict is given for a reason."), _("Write it in a sentence."))
    if closed and verdict == Verdict.UNDECIDED:
        raise SamspillError(
            _("What is undecided is not closed."), _("Decide, or leave it open for others.")
        )
    made = Verdict(
        study=study,
        one=one,
        other=other,
        says_one=says_one,
        field=field,
        unit=unit,
        verdict=verdict,
        reason=reason.strip(),
        closed=closed,
        by=coder_of(study, actor),
    )
    with changing(actor=actor, study=study, action="judge_contradiction") as change:
        change.add(made)
    return made
