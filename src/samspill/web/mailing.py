"""How e-mail leaves the installation, from one address: ``SAMSPILL_EMAIL_URL``.

``smtp://user:password@host:587/?tls=1`` (STARTTLS), ``smtps://host`` (TLS from the start), or one
of django-anymail's services with its settings: ``mailgun://?api_key=…&sender_domain=…``.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from samspill.errors import SamspillError
from samspill.web.configuration import parse_url

SMTP = "django.core.mail.backends.smtp.EmailBackend"
CONSOLE = "django.core.mail.backends.console.EmailBackend"
KEPT = "django.core.mail.backends.filebased.EmailBackend"
PLAIN, STARTTLS, TLS = 25, 587, 465


@dataclass(frozen=True, slots=True)
class Mailing:
    """Django's e-mail settings; ``services`` are anymail's, ``host`` and the rest those of SMTP."""

    backend: str
    host: str = "localhost"
    port: int = PLAIN
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False
    services: dict[str, str] = field(default_factory=dict)


def mailing(url: str, *, demo: bool, debug: bool) -> Mailing:
    """The settings that an address asks for. A demonstration keeps its e-mails in files, whatever
    the address; without an address one under development prints them, others use the machine's own
    mail server.

    Raises SamspillError for an address of another kind.
    """
    if demo:
        return Mailing(KEPT)
    if not url:
        return Mailing(CONSOLE if debug else SMTP)
    parts, user, password = parse_url(url)
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    if parts.scheme in {"smtp", "smtps"} and parts.hostname:
        tls = parts.scheme == "smtps"
        starttls = given.get("tls") == "1" and not tls
        port = parts.port or (TLS if tls else STARTTLS if starttls else PLAIN)
        return Mailing(SMTP, parts.hostname, port, user, password, starttls, tls)
    if parts.scheme.isalnum() and importlib.util.find_spec(f"anymail.backends.{parts.scheme}"):
        return Mailing(
            f"anymail.backends.{parts.scheme}.EmailBackend",
            services={f"{parts.scheme}_{key}".upper(): value for key, value in given.items()},
        )
    raise SamspillError(
        "SAMSPILL_EMAIL_URL is no address of a mail server.",
        "Write it as smtp://user:password@host:587/?tls=1.",
    )
