"""Bringing what a register holds to a study, and taking it away."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.triangulation import Counts
from samspill.triangulation.themes import REGISTER
from samspill.web.accounts.models import User
from samspill.web.audit.recording import record
from samspill.web.studies.models import Study
from samspill.web.triangulation.actions.writing import signed
from samspill.web.triangulation.models import RegisterCounts


@transaction.atomic
def bring_register(
    *,
    actor: User,
    study: Study,
    name: str,
    on: datetime.date,
    counts: Counts,
    invented: bool = False,
) -> RegisterCounts:
    """Keep what a register says of the themes; it takes the place of what was brought before.

    Raises SamspillError where nothing of it is a register's.
    """
    if set(counts.frame["column"]) != {REGISTER}:
        raise SamspillError(
            _("These are not the counts of a register."),
            _("Make the file with samspill sources counts --register."),
        )
    before = study.register_counts.filter(removed_at=None)
    old = before.last()
    before.update(removed_at=timezone.now())
    made: RegisterCounts = study.register_counts.create(
        name=name[:200],
        on=on,
        invented=invented,
        rows=counts.frame.to_dicts(),
        pairs=counts.pairs.to_dicts(),
        **signed(actor),
    )
    record(
        actor=actor,
        action="triangulation.bring_register",
        subject=name[:200],
        study=study.slug,
        old=_told(old),
        new=_told(made),
    )
    return made


@transaction.atomic
def remove_register(*, actor: User, study: Study) -> None:
    """Compare with no register any more."""
    held = study.register_counts.filter(removed_at=None)
    old = held.last()
    if old is None:
        return
    held.update(removed_at=timezone.now())
    record(
        actor=actor,
        action="triangulation.remove_register",
        subject=old.name,
        study=study.slug,
        old=_told(old),
        new=None,
    )


def _told(kept: RegisterCounts | None) -> dict[str, object] | None:
    if kept is None:
        return None
    return {"name": kept.name, "on": kept.on.isoformat(), "rows": len(kept.rows)}
