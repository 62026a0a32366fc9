"""Sending in the worker."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samspill.web.fieldwork.messages.sending import send_waiting
from samspill.web.fieldwork.models import Collection
from samspill.web.jobs.running import Work, kind

SEND = "fieldwork.send_messages"


@kind(SEND)
def send(work: Work, *, collection: int, purpose: str) -> None:
    """Hand over the e-mails that wait; begun again, it takes up where it stopped."""
    found = Collection.objects.get(pk=collection)
    came = send_waiting(found, purpose, work.progress)
    total = came.sent + came.skipped + came.refused + came.waiting
    told = _(
        "%(sent)s sent, %(skipped)s no longer wanted, %(refused)s refused by the mail server, "
        "%(waiting)s still waiting."
    )
    work.progress(
        total,
        total,
        told
        % {
            "sent": came.sent,
            "skipped": came.skipped,
            "refused": came.refused,
            "waiting": came.waiting,
        },
    )
