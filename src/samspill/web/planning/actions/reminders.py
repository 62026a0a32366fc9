"""Sending reminders, and stopping them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from samspill.web.accounts.models import User
from samspill.web.audit.recording import record
from samspill.web.municipality.models import Contact, Municipality
from samspill.web.planning.letters import Report, deliver
from samspill.web.planning.models import Reminder
from samspill.web.planning.reminders import Round, next_round
from samspill.web.planning.stopping import silence

Actor: TypeAlias = AbstractBaseUser | str


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of a round: e-mails taken by the mail server and refused, and measures told of."""

    letters: int = 0
    refused: int = 0
    measures: int = 0


def send_reminders(
    *, actor: Actor, municipality: Municipality, report: Report | None = None
) -> Sent:
    """Send what ``next_round`` says.

    A measure is marked as reminded of before its e-mail is handed over, so that two who send at
    once, or a machine that stops midway, never remind twice; the mark is taken away again where
    the mail server took none of its e-mails. Raises SamspillError where the server takes nothing.
    """
    planned, marks = _marked(actor, municipality)
    told: set[int] = set()
    letters = [one.letter for one in planned.planned]
    taken = 0

    def is_taken(place: int) -> None:
        nonlocal taken
        taken += 1
        told.update(measure.pk for measure in planned.planned[place].measures)
        if report:
            report(place + 1, len(letters))

    try:
        refused = deliver(letters, is_taken)
    finally:
        Reminder.objects.filter(pk__in=marks).exclude(measure__in=told).delete()
        _record(
            actor,
            municipality,
            letters=taken,
            measures=sorted(m.identifier for m in planned.measures if m.pk in told),
        )
    return Sent(taken, refused, len(told))


@transaction.atomic
def _marked(actor: Actor, municipality: Municipality) -> tuple[Round, list[int]]:
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    now = timezone.now()
    found = next_round(municipality, now)
    to = {measure.pk: one.recipient.to for one in found.planned for measure in one.measures}
    made = [Reminder.objects.create(measure_id=key, to=who, sent_at=now) for key, who in to.items()]
    return found, [mark.pk for mark in made]


def _record(actor: Actor, municipality: Municipality, *, letters: int, measures: list[str]) -> None:
    if letters:
        record(
            actor=actor,
            action="planning.send_reminders",
            subject="measures",
            municipality=municipality.code,
            new={"letters": letters, "measures": measures},
        )


@transaction.atomic
def stop_reminders(*, municipality: Municipality, person: Contact | User, silent: bool) -> None:
    """A person's own wish, by the link in the e-mail. The log does not say whose."""
    if silence(municipality, person, silent=silent):
        record(
            actor="recipient",
            action="planning.stop_reminders" if silent else "planning.want_reminders",
            subject="reminders",
            municipality=municipality.code,
        )
