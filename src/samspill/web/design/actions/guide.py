"""Changing what a study asks in its interviews."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.selection import Guide, Question
from samspill.selection.guide_editing import moved, with_question, without_question
from samspill.web.audit.recording import record
from samspill.web.design.guides import guide_of_study
from samspill.web.design.models import StudyGuide
from samspill.web.studies.models import Study

Actor: TypeAlias = AbstractBaseUser | str


@transaction.atomic
def write_question(
    *,
    actor: Actor,
    study: Study,
    question: Question,
    before: Question | None = None,
    heading: Mapping[str, str] | None = None,
) -> None:
    """Add a question, or change ``before`` into it; ``heading`` is that of a new part.

    Raises SamspillError where ``before`` is no longer what it was.
    """
    study, guide = _locked(study)
    held = next((q for q in guide.questions if q.identifier == question.identifier), None)
    if held != before:
        raise SamspillError(
            _("The question has been changed since the page was shown."),
            _("Read it anew, and change what it says now."),
        )
    changed = with_question(guide, question, heading)
    _keep(actor, study, changed)
    verb = "add_question" if before is None else "change_question"
    old = None if before is None else _of(guide, question.identifier)
    _log(actor, study, verb, question.identifier, old=old, new=_of(changed, question.identifier))


@transaction.atomic
def move_question(*, actor: Actor, study: Study, identifier: str, step: int) -> None:
    """Move a question among those of its part; nothing where it stands at the end already."""
    study, guide = _locked(study)
    _require(guide, identifier)
    changed = moved(guide, identifier, step)
    if changed == guide:
        return
    _keep(actor, study, changed)
    old, new = _place(guide, identifier), _place(changed, identifier)
    _log(actor, study, "move_question", identifier, old={"place": old}, new={"place": new})


@transaction.atomic
def remove_question(*, actor: Actor, study: Study, identifier: str) -> None:
    """Take a question away; the log keeps what it said. Raises SamspillError for the only one."""
    study, guide = _locked(study)
    _require(guide, identifier)
    _keep(actor, study, without_question(guide, identifier))
    _log(actor, study, "remove_question", identifier, old=_of(guide, identifier))


@transaction.atomic
def bring_guide(*, actor: Actor, study: Study, guide: Guide) -> None:
    """Let a whole guide take the place of the study's; the log keeps the one that it was."""
    study, before = _locked(study)
    _keep(actor, study, guide)
    _log(actor, study, "bring_guide", study.slug, old=before.content(), new=guide.content())


@transaction.atomic
def drop_guide(*, actor: Actor, study: Study) -> None:
    """Use the guide that comes with Samspill again; the log keeps the study's own."""
    study, before = _locked(study)
    if StudyGuide.objects.filter(study=study).delete()[0]:
        _log(actor, study, "drop_guide", study.slug, old=before.content())


def _locked(study: Study) -> tuple[Study, Guide]:
    held = Study.objects.select_for_update().get(pk=study.pk)
    return held, guide_of_study(held)


def _require(guide: Guide, identifier: str) -> None:
    if identifier not in {q.identifier for q in guide.questions}:
        raise SamspillError(
            _("The question is no longer in the guide."), _("See the guide as it is now.")
        )


def _keep(actor: Actor, study: Study, guide: Guide) -> None:
    name = actor if isinstance(actor, str) else actor.get_username()
    StudyGuide.objects.update_or_create(
        study=study, defaults={"content": guide.content(), "changed_by": name}
    )


def _of(guide: Guide, identifier: str) -> dict[str, Any]:
    told = guide.content()["question"]
    return next(dict(each) for each in told if each["identifier"] == identifier)


def _place(guide: Guide, identifier: str) -> int:
    return [q.identifier for q in guide.questions].index(identifier) + 1


def _log(
    actor: Actor,
    study: Study,
    verb: str,
    subject: str,
    *,
    old: dict[str, Any] | None = None,
    new: dict[str, Any] | None = None,
) -> None:
    record(
        actor=actor, action=f"design.{verb}", subject=subject[:200], study=study.slug, old=old,
        new=new,
    )  # fmt: skip
