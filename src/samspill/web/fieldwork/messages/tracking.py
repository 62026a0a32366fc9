"""What a mail service tells by django-anymail's webhooks of an e-mail that came back."""

from __future__ import annotations

from typing import Any

from anymail.signals import tracking
from django.dispatch import receiver

from samspill.web.fieldwork.messages.bounces import came_back
from samspill.web.fieldwork.messages.codes import status_code
from samspill.web.fieldwork.models import Message


@receiver(tracking)
def note_bounce(sender: Any, event: Any, **_rest: Any) -> None:
    """Handle an event as a notification: the service must give the server's own status code for a
    respondent to be marked."""
    if event.event_type != "bounced" or not event.message_id:
        return
    message = Message.objects.filter(email__message_id=event.message_id).first()
    if message is not None and (event.recipient or "").casefold() == message.to.casefold():
        came_back(message, status_code(event.mta_response or ""))
