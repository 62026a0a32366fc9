"""Sending reminders and invitations in the worker."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samspill.web.accounts.models import User
from samspill.web.audit.recording import SYSTEM
from samspill.web.jobs.running import Work, kind
from samspill.web.municipality.models import Municipality, Process
from samspill.web.planning.actions.process import send_invitations
from samspill.web.planning.actions.reminders import send_reminders
from samspill.web.planning.invitations import invitations

SEND = "planning.send_reminders"
INVITE = "planning.send_invitations"


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


@kind(INVITE)
def invite(work: Work, *, process: int, user: int, message: str) -> None:
    """Invite those on the list of a process who are not; begun again, it takes up where it
    stopped. The sender's words are not kept after that."""
    found = Process.objects.select_related("municipality").get(pk=process)
    sender = User.objects.get(pk=user)
    listed = found.inputs.select_related("municipality", "organisation")
    ready, _without = invitations(found, list(listed), sender, message)
    try:
        sent, refused = send_invitations(
            actor=sender, process=found, invitations=ready, report=work.progress
        )
    finally:
        work.job.arguments = {"process": process, "user": user}
        work.job.save(update_fields=["arguments"])
    told = _("%(sent)s invitations are sent, %(refused)s were refused.")
    work.progress(sent + refused, sent + refused, told % {"sent": sent, "refused": refused})
