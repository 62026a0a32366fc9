"""Asking for a selection of cases, and making one the study's own."""

from __future__ import annotations

from typing import Any, TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.audit.recording import record
from samspill.web.design.frames import frame_of
from samspill.web.design.models import CaseSelection
from samspill.web.studies.models import Study

Actor: TypeAlias = AbstractBaseUser | str


@transaction.atomic
def ask_for_selection(*, actor: Actor, study: Study, asked: dict[str, Any]) -> CaseSelection:
    """A selection without an answer yet, over the study's units as they are now."""
    name = actor if isinstance(actor, str) else actor.get_username()
    selection: CaseSelection = study.selections.create(
        asked=asked, frame=frame_of(study).stored(), created_by=name
    )
    record(
        actor=actor, action="design.ask_for_selection", subject=str(selection.pk), study=study.slug,
        new=asked,
    )  # fmt: skip
    return selection


@transaction.atomic
def keep_found(*, actor: Actor, selection: CaseSelection, found: dict[str, Any]) -> None:
    """Keep the answer to what was asked."""
    selection.found = found
    selection.save(update_fields=["found"])
    record(
        actor=actor, action="design.choose_cases", subject=str(selection.pk),
        study=selection.study.slug, new={"cases": found["cases"]},
    )  # fmt: skip


@transaction.atomic
def adopt_selection(*, actor: Actor, selection: CaseSelection) -> None:
    """Make a selection the study's cases, in place of the one that is.

    Raises SamspillError where it has no answer yet.
    """
    study = Study.objects.select_for_update().get(pk=selection.study_id)
    if not selection.found:
        raise SamspillError(_("The selection is not made yet."), _("Wait until it is done."))
    before = study.selections.filter(adopted_at__isnull=False).first()
    if before is not None and before.pk == selection.pk:
        return
    study.selections.filter(adopted_at__isnull=False).update(adopted_at=None)
    selection.adopted_at = timezone.now()
    selection.save(update_fields=["adopted_at"])
    record(
        actor=actor, action="design.adopt_selection", subject=str(selection.pk), study=study.slug,
        old={"cases": before.found["cases"]} if before else None,
        new={"cases": selection.found["cases"], "method": selection.asked["method"]},
    )  # fmt: skip
