"""Hearing that what the mirror is derived from has changed, and having it derived anew."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from samspill.web.audit.models import Event
from samspill.web.fieldwork.models import Response
from samspill.web.jobs.models import Job
from samspill.web.jobs.running import start_later
from samspill.web.mirror.models import PulseRound

WARM = "mirror.warm"
GATHERING = datetime.timedelta(seconds=2)
"""How long after a change the work begins, so that those that follow it closely are of the same."""


@dataclass(frozen=True, slots=True)
class _Due:
    """Asks for the work once the change is saved, unless it is asked for and not begun."""

    municipality: str

    def __call__(self) -> None:
        waiting = Job.objects.filter(kind=WARM, state="waiting").values_list("arguments", flat=True)
        if {"municipality": self.municipality} not in waiting:
            start_later(
                WARM,
                after=GATHERING,
                language=settings.LANGUAGE_CODE,
                municipality=self.municipality,
            )


def ask_to_warm(municipality: str) -> None:
    """Have the mirror of a municipality (its code) made ready; many times in a transaction is
    once."""
    due = _Due(municipality)
    if due not in [held[1] for held in connection.run_on_commit]:
        transaction.on_commit(due)


def register_changed(sender: Any, instance: Event, created: bool, **_rest: Any) -> None:
    """A line of the log of a municipality that the mirror is derived from is written."""
    if created and instance.municipality and not instance.action.startswith("mirror."):
        ask_to_warm(instance.municipality)


def answer_given(sender: Any, instance: Response, **_rest: Any) -> None:
    """An answer to a round of the pulse is sent, or changed after that."""
    if instance.submitted_at is not None:
        rounds = PulseRound.objects.filter(collection__respondents=instance.respondent_id)
        for code in rounds.values_list("municipality__code", flat=True):
            ask_to_warm(code)
