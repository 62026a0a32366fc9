"""Settling what coders differ on."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.accounts.models import User
from samspill.web.interviews.actions.codings import require_passage
from samspill.web.interviews.changes import changing
from samspill.web.interviews.coders import coder_of
from samspill.web.interviews.models import Code, Settlement, Source


def settle(
    *,
    actor: User,
    source: Source,
    start: int,
    end: int,
    code: Code,
    codings: Sequence[str],
    stands: bool,
    reason: str,
) -> Settlement:
    """Say of a passage that coders differ on whether ``code`` stands, and why.

    ``codings`` are the identities of the codings that differ; they stay as they are, so that
    agreement is still counted from what each coder saw. Raises SamspillError without a reason.
    """
    require_passage(source, start, end)
    if not reason.strip():
        raise SamspillError(
            _("A difference is settled for a reason."), _("Write it in a sentence.")
        )
    settlement = Settlement(
        source=source,
        start=start,
        end=end,
        code=code,
        codings=list(codings),
        stands=stands,
        reason=reason.strip(),
        by=coder_of(source.study, actor),
    )
    with changing(actor=actor, study=source.study, action="settle", source=source) as change:
        change.add(settlement)
    return settlement
