"""Letting readers of the results see the interviews' side and the memo, and taking it back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from samspill.web.accounts.models import User
from samspill.web.audit.recording import record
from samspill.web.studies.models import Study
from samspill.web.triangulation.actions.writing import signed


@transaction.atomic
def share(*, actor: User, study: Study) -> None:
    """Show readers the whole comparison, open contradictions and quotes fit for print included."""
    if study.sharings.filter(withdrawn_at=None).exists():
        return
    study.sharings.create(**signed(actor))
    _log(actor, study, "share", old=False, new=True)


@transaction.atomic
def withdraw(*, actor: User, study: Study) -> None:
    """Show readers only what the published study says by itself."""
    shown = study.sharings.filter(withdrawn_at=None)
    if not shown.exists():
        return
    shown.update(withdrawn_at=timezone.now())
    _log(actor, study, "withdraw_sharing", old=True, new=False)


def _log(actor: User, study: Study, verb: str, *, old: bool, new: bool) -> None:
    record(
        actor=actor,
        action=f"triangulation.{verb}",
        subject=study.slug,
        study=study.slug,
        old={"shared": old},
        new={"shared": new},
    )
