"""E-mails of the plan: written first, shown as they are, then handed to the mail server."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _

from samspill.errors import SamspillError

ONE_CLICK = "List-Unsubscribe=One-Click"
Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail word for word, but for its date and identifier (RFC 3834: sent by itself)."""

    to: str
    language: str
    subject: str
    body: str
    stop: str = ""
    """Where the recipient asks for no more (RFC 8058); empty for who is no person."""

    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def all_headers(self) -> dict[str, str]:
        given = {
            "Auto-Submitted": "auto-generated",
            "Content-Language": self.language,
            **self.headers,
        }
        if self.stop:
            given |= {
                "List-Unsubscribe": f"<{self.stop}>",
                "List-Unsubscribe-Post": ONE_CLICK,
            }
        return given


def deliver(letters: Sequence[Letter], taken: Callable[[int], None]) -> int:
    """Hand letters over in order, and tell the place of each that was taken; gives how many the
    server refused for their address.

    Raises:
        SamspillError: the mail server does not answer, or takes nothing from this installation.
    """
    if not letters:
        return 0
    refused = 0
    connection = get_connection()
    try:
        connection.open()
        for place, letter in enumerate(letters):
            try:
                _message(letter, connection).send()
            except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, AnymailRecipientsRefused):
                refused += 1
            else:
                taken(place)
    except (OSError, smtplib.SMTPException, AnymailAPIError) as error:
        raise SamspillError(
            _("The mail server does not take our e-mail now."),
            _("Nothing is lost: send again later, or check SAMSPILL_EMAIL_URL."),
        ) from error
    finally:
        connection.close()
    return refused


def one_line(text: str) -> str:
    """A text as a subject can hold it."""
    return " ".join(text.split())


def _message(letter: Letter, connection: BaseEmailBackend) -> EmailMessage:
    return EmailMessage(
        letter.subject,
        letter.body,
        settings.DEFAULT_FROM_EMAIL,
        [letter.to],
        headers=letter.all_headers,
        connection=connection,
    )
