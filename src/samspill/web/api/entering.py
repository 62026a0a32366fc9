"""Answers that a program enters for a respondent, by the rules of the pages, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.instrument import Fault as AnswerFault
from samspill.instrument import Item, Step
from samspill.web.accounts.models import User
from samspill.web.answering.actions import save_page, submit
from samspill.web.answering.desk import Course, Desk, respondents, sheet_of
from samspill.web.answering.entry.views import OPENS
from samspill.web.answering.gate import gate_of
from samspill.web.api.errors import Conflict, Fault, InvalidContent
from samspill.web.audit.recording import record
from samspill.web.fieldwork.models import Respondent, Response
from samspill.web.instruments.rendering import Raw, input_name


def desk_of(respondent: Respondent, actor: User, mode: str, language: str) -> Desk:
    """The respondent's questionnaire, with the actor at it.

    Raises SamspillError where it cannot be answered now.
    """
    found = respondents().get(pk=respondent.pk)
    if gate_of(found) not in OPENS:
        raise SamspillError(
            _("No answers can be entered for this respondent now."),
            _("Look at whether the collection has been opened, and whether it is to be asked."),
        )
    author = f"user-{actor.pk}"
    return Desk(found, sheet_of(found.collection, language), "", author, mode, actor)


def answerable(step: Step) -> dict[str, Item]:
    """The items of a step that take an answer, by ``field/variable``."""
    return {input_name(a.item): a.item for a in step.asked if a.question.has_answer}


@transaction.atomic
def enter_page(
    *, desk: Desk, step: Step, answers: Mapping[str, str | list[str]], base: int
) -> Course:
    """Save a step's answers; those not named stay as they are.

    Raises InvalidContent where an answer does not fit, Conflict where somebody else has saved the
    step since ``base``, and differently. Nothing is saved then.
    """
    items = answerable(step)
    unknown = [name for name in answers if name not in items]
    if unknown:
        step_back = _("Use the names that GET of the pages gives.")
        message = _("This page asks nothing of this name.")
        raise _invalid(
            [Fault(place=f"answers.{n}", message=message, next_step=step_back) for n in unknown]
        )
    given = {items[name]: _raw(desk, items[name], value) for name, value in answers.items()}
    outcome = save_page(desk=desk, step=step, given=given, base=base)
    if outcome.set_aside:
        raise Conflict(
            _("Somebody else has saved this page in between."),
            _("Read it again, and send yours with its revision."),
        )
    if outcome.stopping:
        raise _invalid(faults_in(outcome.stopping))
    return outcome.course


@transaction.atomic
def submit_entered(*, desk: Desk) -> None:
    """Count a respondent's answers as sent. Raises InvalidContent where some are lacking."""
    sent = Response.objects.filter(respondent=desk.respondent, submitted_at__isnull=False)
    before = sent.exists()
    faults = submit(desk=desk)
    if faults:
        raise _invalid(faults_in(faults))
    if not before:
        record(
            actor=desk.entered_by,
            action="fieldwork.enter_response",
            subject=f"{desk.collection.identifier}/{desk.respondent.unit.identifier}",
            study=desk.collection.study.slug,
            new={"mode": desk.mode},
        )


def faults_in(faults: tuple[AnswerFault, ...]) -> list[Fault]:
    """Faults of answers, each with its item as place."""
    return [Fault(place=f"answers.{input_name(f.item)}", message=f.message) for f in faults]


def _raw(desk: Desk, item: Item, value: str | list[str]) -> Raw:
    if isinstance(value, list):
        return tuple(value)
    several = desk.sheet.instrument.question(item.variable).type == "multiple"
    return tuple(part for part in (value,) if part) if several else value


def _invalid(faults: list[Fault]) -> InvalidContent:
    return InvalidContent(
        _("Some answers do not fit, so that nothing was saved."),
        _("Correct what is listed, and send it again."),
        faults,
    )
