"""Sending reminders in the worker."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samspill.web.accounts.models import User
from samspill.web.audit.recording import SYSTEM
from samspill.web.jobs.running import Work, kind
from samspill.web.municipality.models import Municipality
from samspill.web.planning.actions.reminders import send_reminders

SEND = "planning.send_reminders"


@kind(SEND)
def send(work: Work, *, municipality: str, user: int) -> None:
    """Send the reminders of a municipality that are due."""
    found = Municipality.objects.get(code=municipality)
    actor = User.objects.filter(pk=user).first() or SYSTEM
    came = send_reminders(actor=actor, municipality=found, report=work.progress)
    total = came.letters + came.refused
    told = _("%(sent)s e-mails sent about %(measures)s measures, %(refused)s refused.")
    work.progress(
        total,
        total,
        told % {"sent": came.letters, "measures": came.measures, "refused": came.refused},
    )
