"""Writing to the log, in the transaction of the change itself."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser

from samspill.web.audit.models import Event

SYSTEM = "samspill"
RESPONDENT = "respondent"


def record(
    *,
    actor: AbstractBaseUser | str,
    action: str,
    subject: str,
    study: str = "",
    municipality: str = "",
    old: Any = None,
    new: Any = None,
) -> Event:
    """Write one change in a study or a municipality. ``action`` is ``<app>.<verb>``, ``subject``
    names what was changed, ``old`` and ``new`` are what JSON can hold. Answers of respondents do
    not stand in the log."""
    name = actor if isinstance(actor, str) else actor.get_username()
    return Event.objects.create(
        actor=name,
        action=action,
        subject=subject,
        study=study,
        municipality=municipality,
        old=old,
        new=new,
    )
