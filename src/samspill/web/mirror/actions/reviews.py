"""A person accepts or corrects what the register answers."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.accounts.models import User
from samspill.web.audit.recording import record
from samspill.web.mirror.models import Review
from samspill.web.mirror.words import question_of, values_of
from samspill.web.municipality.models import Municipality


@transaction.atomic
def review_answer(
    *,
    actor: User,
    municipality: Municipality,
    variable: str,
    field: str,
    said: str,
    value: str,
    reason: str = "",
) -> Review:
    """Say that an answer holds, or what holds instead. Open answers do not stand in the log.

    Raises SamspillError for a value that the question does not have, and for a correction without
    a reason.
    """
    choices = values_of(variable)
    if value and choices and value not in choices:
        raise SamspillError(
            _("“%(value)s” is no answer to this question.") % {"value": value},
            _("Choose one of its answers."),
        )
    if value != said and choices and not reason.strip():
        raise SamspillError(
            _("A correction needs a reason."),
            _("Write what the register does not hold, so that the next one can see why."),
        )
    old = Review.objects.filter(municipality=municipality, variable=variable, field=field).first()
    review, _made = Review.objects.update_or_create(
        municipality=municipality,
        variable=variable,
        field=field,
        defaults={
            "said": said,
            "value": value,
            "reason": reason.strip(),
            "by": actor,
            "at": timezone.now(),
        },
    )
    question = question_of(variable)
    logged = question is None or question.type != "text"
    record(
        actor=actor,
        action="mirror.review_answer",
        subject=f"questionnaire/{field or 'municipality'}/{variable}",
        municipality=municipality.code,
        old={"value": old.value, "reason": old.reason} if old and logged else None,
        new={"said": said, "value": value, "reason": review.reason} if logged else None,
    )
    return review


def accept_known(
    *, actor: User, municipality: Municipality, answers: list[tuple[str, str, str]]
) -> int:
    """Accept many answers as they stand, each (variable, field, what the register says)."""
    with transaction.atomic():
        for variable, field, said in answers:
            review_answer(
                actor=actor,
                municipality=municipality,
                variable=variable,
                field=field,
                said=said,
                value=said,
            )
    return len(answers)
