"""E-mails that came back: delivery status notifications (RFC 3464), judged conservatively.

A notification counts only where it returns the identifier of an e-mail that was sent from here,
and tells of the address it was sent to. Only a permanent fault of the address itself marks a
respondent.
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.message import Message as MimeMessage
from enum import StrEnum
from typing import cast

from django.db import transaction
from django.utils import timezone

from samspill.web.fieldwork.messages.codes import is_no_such_address, status_code
from samspill.web.fieldwork.messages.sending import mark_bounced
from samspill.web.fieldwork.models import Message

LARGEST = 2_000_000


class Notice(StrEnum):
    """What a notification came to."""

    NO_NOTICE = "no notification of delivery"
    UNKNOWN = "not of an e-mail sent from here"
    DELIVERED = "delivered or delayed"
    CAME_BACK = "came back, the address may exist"
    NO_SUCH_ADDRESS = "came back, the address does not exist"


@dataclass(frozen=True, slots=True)
class Report:
    """One recipient's part of a notification; ``address`` in small letters."""

    address: str
    action: str
    status: str


@dataclass(frozen=True, slots=True)
class DeliveryStatus:
    """A notification: the identifier of the e-mail it returns, and what it says of recipients."""

    message_id: str
    reports: tuple[Report, ...]


def read_delivery_status(content: bytes) -> DeliveryStatus | None:
    """The notification in an e-mail; None where it is none, or is larger than 2 MB."""
    if len(content) > LARGEST:
        return None
    parsed = email.message_from_bytes(content, policy=email.policy.compat32)
    if parsed.get_content_type() != "multipart/report" or not parsed.is_multipart():
        return None
    reports: list[Report] = []
    message_id = ""
    for part in cast("list[MimeMessage]", parsed.get_payload()):
        kind = part.get_content_type()
        if kind in {"message/delivery-status", "message/global-delivery-status"}:
            reports.extend(_reports(part))
        elif kind in {"message/rfc822", "text/rfc822-headers", "message/global-headers"}:
            message_id = message_id or _returned_identifier(part)
    return DeliveryStatus(message_id, tuple(reports)) if reports else None


def _reports(part: MimeMessage) -> Iterator[Report]:
    blocks = part.get_payload()
    for block in cast("list[MimeMessage]", blocks if isinstance(blocks, list) else []):
        recipient = str(block.get("Original-Recipient") or block.get("Final-Recipient") or "")
        if recipient:
            yield Report(
                address=recipient.partition(";")[2].strip().strip("<>").casefold(),
                action=str(block.get("Action", "")).strip().casefold(),
                status=status_code(str(block.get("Status", "")).strip()),
            )


def _returned_identifier(part: MimeMessage) -> str:
    payload = part.get_payload()
    returned = payload[0] if isinstance(payload, list) and payload else None
    if returned is None:
        raw = part.get_payload(decode=True)
        returned = email.message_from_bytes(raw if isinstance(raw, bytes) else b"")
    return str(cast("EmailMessage", returned).get("Message-ID", "")).strip()


@transaction.atomic
def take_in(content: bytes) -> Notice:
    """Write down what a notification tells. The same one again changes nothing."""
    found = read_delivery_status(content)
    if found is None:
        return Notice.NO_NOTICE
    message = Message.objects.filter(email__message_id=found.message_id or None).first()
    report = next(
        (r for r in found.reports if message and r.address == message.to.casefold()), None
    )
    if message is None or report is None:
        return Notice.UNKNOWN
    if report.action != "failed":
        return Notice.DELIVERED
    return came_back(message, report.status)


def came_back(message: Message, status: str) -> Notice:
    """Write down that an e-mail came back with a status code."""
    if message.state != Message.BOUNCED:
        message.state, message.outcome = Message.BOUNCED, status
        message.ended_at = timezone.now()
        message.save(update_fields=["state", "outcome", "ended_at"])
        if is_no_such_address(status):
            mark_bounced(message)
    return Notice.NO_SUCH_ADDRESS if is_no_such_address(status) else Notice.CAME_BACK
