"""Sending: a round of e-mails is planned at once, and each is decided on as it is handed over.

An e-mail is claimed (``sending``) in a transaction of its own before it is handed over, and settled
after. Whatever is begun again takes up those that wait; those that were being handed over when
work stopped stay ``sending`` until somebody decides, so that nobody gets the same e-mail twice.
"""

from __future__ import annotations

import smtplib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr
from typing import Any

from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from post_office.models import STATUS, Email

from samspill.errors import SamspillError
from samspill.web.fieldwork.messages.codes import is_no_such_address, status_code
from samspill.web.fieldwork.messages.composing import compose
from samspill.web.fieldwork.messages.recipients import decisions, why_not, with_history
from samspill.web.fieldwork.messages.texts import Text, text_of
from samspill.web.fieldwork.models import Collection, Message, Respondent

UNDER_WAY = timedelta(minutes=10)
"""How long an e-mail may be on its way to the mail server before it counts as left behind."""

Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of a round."""

    sent: int = 0
    skipped: int = 0
    refused: int = 0
    waiting: int = 0


def waiting(collection: Collection, purpose: str) -> QuerySet[Message]:
    """E-mails that are planned and not yet handed over."""
    return Message.objects.filter(
        respondent__collection=collection, purpose=purpose, state=Message.QUEUED
    )


def left_behind(collection: Collection) -> QuerySet[Message]:
    """E-mails that were being handed over when work stopped."""
    return Message.objects.filter(
        respondent__collection=collection,
        state=Message.SENDING,
        handed_over_at__lt=timezone.now() - UNDER_WAY,
    )


def latest_round(collection: Collection, purpose: str) -> int:
    """The number of the latest round of e-mails of a purpose; 0 before the first."""
    numbers = Message.objects.filter(respondent__collection=collection, purpose=purpose)
    return numbers.order_by("-number").values_list("number", flat=True).first() or 0


def plan(collection: Collection, purpose: str) -> int:
    """Queue an e-mail to everyone who would get one now and has none waiting; gives how many."""
    number = latest_round(collection, purpose) + 1
    held = set(waiting(collection, purpose).values_list("respondent", flat=True))
    due = [
        decision.respondent
        for decision in decisions(collection, purpose)
        if decision.reason is None and decision.respondent.pk not in held
    ]
    Message.objects.bulk_create(
        Message(respondent=respondent, purpose=purpose, number=number, to=respondent.email)
        for respondent in due
    )
    return len(due)


def send_waiting(collection: Collection, purpose: str, report: Report | None = None) -> Sent:
    """Hand over every e-mail that waits.

    Raises:
        SamspillError: the mail server does not answer, or takes nothing from this installation;
            those not yet handed over still wait.
    """
    keys = list(waiting(collection, purpose).order_by("pk").values_list("pk", flat=True))
    counts = {"sent": 0, "skipped": 0, "refused": 0, "waiting": 0}
    if not keys:
        return Sent()
    text = text_of(collection, purpose)
    connection = _connect()
    try:
        for place, key in enumerate(keys, start=1):
            counts[_send(key, text, connection)] += 1
            if report:
                report(place, len(keys))
    finally:
        connection.close()
    return Sent(**counts)


def _connect() -> Any:
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        raise _server_fault() from error
    return connection


def _server_fault() -> SamspillError:
    return SamspillError(
        _("The mail server does not take our e-mail now."),
        _("Those that wait are kept; send again later, or check SAMSPILL_EMAIL_URL."),
    )


def _send(key: int, text: Text, connection: Any) -> str:
    claimed = _claim(key, text)
    if claimed is None:
        return "skipped"
    message, email = claimed
    try:
        email.dispatch(commit=False, disconnect_after_delivery=False, connection=connection)
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        return _refused(message, code, said)
    except smtplib.SMTPDataError as error:
        return _refused(message, error.smtp_code, error.smtp_error)
    except smtplib.SMTPServerDisconnected as error:
        raise _server_fault() from error
    except AnymailRecipientsRefused:
        return _refused(message, 550, "")
    except (smtplib.SMTPException, AnymailAPIError) as error:
        _settle(message, Message.QUEUED)
        raise _server_fault() from error
    except OSError as error:
        raise _server_fault() from error
    _settle(message, Message.SENT)
    return "sent"


@transaction.atomic
def _claim(key: int, text: Text) -> tuple[Message, Email] | None:
    """Take an e-mail for handing over; None where another has it, or it is no longer wanted."""
    message = Message.objects.select_for_update().filter(pk=key, state=Message.QUEUED).first()
    if message is None:
        return None
    now = timezone.now()
    respondent = with_history(Respondent.objects.filter(pk=message.respondent_id)).get()
    if why_not(respondent, message.purpose, now) is not None:
        message.delete()
        return None
    message.state, message.handed_over_at, message.to = Message.SENDING, now, respondent.email
    message.email = email = _written(respondent, message, text)
    message.save()
    return message, email


def _written(respondent: Respondent, message: Message, text: Text) -> Email:
    """The e-mail as it is now, kept word for word; its identifier is the same however often it is
    tried."""
    composed = compose(respondent, message.purpose, text)
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    email = message.email or Email(message_id=f"<{uuid.uuid4()}@{domain}>", status=STATUS.queued)
    email.from_email, email.to = composed.sender, [composed.to]
    email.subject, email.message = composed.subject, composed.body
    email.headers = dict(composed.headers)
    email.save()
    return email


def _refused(message: Message, code: int, said: bytes | str) -> str:
    """Settle an e-mail that the server would not take: for good (5xx), or not now (4xx)."""
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    status = status_code(words) or str(code)
    if code < 500:
        _settle(message, Message.QUEUED, status)
        return "waiting"
    _settle(message, Message.FAILED, status)
    if is_no_such_address(status):
        mark_bounced(message)
    return "refused"


@transaction.atomic
def _settle(message: Message, state: str, outcome: str = "") -> None:
    now = timezone.now()
    message.state, message.outcome = state, outcome
    message.ended_at = None if state == Message.QUEUED else now
    message.save(update_fields=["state", "outcome", "ended_at"])
    if message.email is not None and state in {Message.SENT, Message.FAILED}:
        status = STATUS.sent if state == Message.SENT else STATUS.failed
        Email.objects.filter(pk=message.email.pk).update(status=status)


def mark_bounced(message: Message) -> None:
    """Write on the respondent that its address does not exist, if it still is the same address."""
    Respondent.objects.filter(
        pk=message.respondent_id, bounced_at=None, email__iexact=message.to
    ).update(bounced_at=timezone.now())
