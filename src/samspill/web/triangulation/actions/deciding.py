"""A person's decision on a comparison: it holds for what the sources said at the time."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.triangulation import Row
from samspill.triangulation.memo import CLOSE, DECISIONS, OVERRULE, OVERRULED, REOPEN, WITHDRAW
from samspill.web.accounts.models import User
from samspill.web.audit.recording import record
from samspill.web.studies.models import Study
from samspill.web.triangulation.actions.writing import place_of, required, signed
from samspill.web.triangulation.models import Decision


@transaction.atomic
def decide(
    *, actor: User, study: Study, row: Row, kind: str, text: str, value: str = ""
) -> Decision:
    """Close the contradiction that ``row`` shows, open it again, overrule the assessment with
    ``value``, or withdraw an overruling. Earlier decisions stay; the latest holds.

    Raises SamspillError without a reason, and for what cannot be decided as it stands.
    """
    _allow(row, kind, value)
    made: Decision = study.source_decisions.create(
        theme=row.theme.identifier,
        field=row.field,
        kind=kind,
        value=value if kind == OVERRULE else "",
        text=required(text, _("A decision is made for a reason.")),
        fingerprint=row.fingerprint,
        **signed(actor),
    )
    record(
        actor=actor,
        action=f"triangulation.{kind}",
        subject=place_of(row.theme.identifier, row.field),
        study=study.slug,
        old={"holds": row.holds, "standing": row.standing},
        new={"text": made.text, "value": made.value, "fingerprint": made.fingerprint},
    )
    return made


def _allow(row: Row, kind: str, value: str) -> None:
    if kind not in DECISIONS or (kind == OVERRULE and value not in OVERRULED):
        raise SamspillError(_("That is no decision."), _("Choose one on the page."))
    wrong = {
        CLOSE: not row.unsettled,
        REOPEN: row.standing != "closed",
        OVERRULE: value == row.holds,
        WITHDRAW: row.overruled is None,
    }
    if wrong[kind]:
        raise SamspillError(
            _("This stands otherwise now: somebody has decided, or what is said has changed."),
            _("Read the page anew, and decide from what it shows."),
        )
