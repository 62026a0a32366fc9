"""Who is to be reminded of which measures, and what the e-mails say: decided anew each time."""

from __future__ import annotations

import datetime
from collections.abc import Container, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.language import languages
from samspill.web.access.models import Position
from samspill.web.access.roles import COORDINATOR
from samspill.web.accounts.models import User
from samspill.web.municipality.measures import OPEN_STATUSES, is_late
from samspill.web.municipality.models import Contact, Measure, Municipality
from samspill.web.planning.letters import Letter, one_line
from samspill.web.planning.models import Silence
from samspill.web.planning.progress import line_of
from samspill.web.planning.stopping import stop_path

AHEAD = datetime.timedelta(days=14)
"""How long before its deadline a measure is reminded of."""
AT_MOST_ONCE = datetime.timedelta(days=7)
"""A measure is not reminded of again before this has passed."""


class To(StrEnum):
    """Who gets the e-mail: the first of these that has an address and wants it."""

    CONTACT = "contact"
    UNIT = "unit"
    COORDINATORS = "coordinators"


class Reason(StrEnum):
    """Why a measure that is due is not reminded of now."""

    RECENT = "recent"
    NOBODY = "nobody"


REASONS: dict[Reason, str | Promise] = {
    Reason.RECENT: gettext_lazy("Reminded of less than a week ago"),
    Reason.NOBODY: gettext_lazy("Nobody has an address and wants reminders"),
}


@dataclass(frozen=True, slots=True)
class Recipient:
    """An address. ``person`` is who may ask for no more, None for a unit or a function."""

    address: str
    to: To
    name: str
    person: Contact | User | None = None

    @property
    def language(self) -> str:
        chosen = self.person.language if isinstance(self.person, User) else ""
        return chosen if chosen in languages() else languages()[0]


@dataclass(frozen=True, slots=True)
class Planned:
    """One e-mail about all that its recipient is to be reminded of."""

    recipient: Recipient
    measures: Sequence[Measure]
    letter: Letter


@dataclass(frozen=True, slots=True)
class Round:
    """What would be sent now, and what is due but is not reminded of."""

    planned: Sequence[Planned]
    left: Sequence[tuple[Measure, Reason]]

    @property
    def measures(self) -> list[Measure]:
        """What the e-mails are about, each once."""
        return list(dict.fromkeys(m for one in self.planned for m in one.measures))

    @property
    def reasons(self) -> list[tuple[Measure, str]]:
        return [(measure, str(REASONS[reason])) for measure, reason in self.left]


def due_measures(municipality: Municipality, today: datetime.date) -> list[Measure]:
    """Measures of policies not replaced, that are neither done nor dropped, late or soon due."""
    found = Measure.objects.filter(
        municipality=municipality, status__in=OPEN_STATUSES, deadline__lte=today + AHEAD
    ).exclude(goal__policy__state="replaced")
    return list(
        found.select_related("municipal_unit", "contact", "municipality")
        .prefetch_related("reminders")
        .order_by("deadline", "pk")
    )


def next_round(municipality: Municipality, now: datetime.datetime) -> Round:
    """The e-mails that are to go out now."""
    today = timezone.localdate(now)
    coordinators = _coordinators(municipality)
    silent = set(
        Silence.objects.filter(municipality=municipality, user=None).values_list(
            "contact_id", flat=True
        )
    )
    gathered: dict[Recipient, list[Measure]] = {}
    left: list[tuple[Measure, Reason]] = []
    for measure in due_measures(municipality, today):
        if any(r.sent_at > now - AT_MOST_ONCE for r in measure.reminders.all()):
            left.append((measure, Reason.RECENT))
            continue
        recipients = _recipients(measure, coordinators, silent)
        if not recipients:
            left.append((measure, Reason.NOBODY))
        for recipient in recipients:
            gathered.setdefault(recipient, []).append(measure)
    planned = [
        Planned(recipient, measures, _letter(municipality, recipient, measures, today))
        for recipient, measures in gathered.items()
    ]
    return Round(planned, left)


def _recipients(
    measure: Measure, coordinators: Sequence[Recipient], silent: Container[int | None]
) -> Sequence[Recipient]:
    contact, unit = measure.contact, measure.municipal_unit
    if contact and contact.email and contact.left_on is None and contact.pk not in silent:
        person = contact if contact.kind == "person" else None
        return [Recipient(contact.email, To.CONTACT, contact.name, person)]
    if unit and unit.email:
        return [Recipient(unit.email, To.UNIT, unit.name)]
    return coordinators


def _coordinators(municipality: Municipality) -> list[Recipient]:
    silent = Silence.objects.filter(municipality=municipality, contact=None)
    held = Position.objects.filter(
        municipality=municipality, role=COORDINATOR, user__is_active=True
    ).exclude(user__in=silent.values("user"))
    return [
        Recipient(position.user.email, To.COORDINATORS, str(position.user), position.user)
        for position in held.select_related("user")
    ]


def _letter(
    municipality: Municipality,
    recipient: Recipient,
    measures: Sequence[Measure],
    today: datetime.date,
) -> Letter:
    late = [m for m in measures if is_late(m, today)]
    person = recipient.person
    stop = settings.ADDRESS + stop_path(municipality, person) if person else ""
    with translation.override(recipient.language):
        subject = (
            _("Measures in the plan of %(municipality)s that are late")
            if late
            else _("Measures in the plan of %(municipality)s that are soon due")
        )
        context = {
            "municipality": municipality,
            "late": [line_of(m, today) for m in late],
            "due": [m for m in measures if m not in late],
            "plan": settings.ADDRESS + reverse("planning:overview", args=[municipality.code]),
            "stop": stop,
        }
        body = render_to_string("planning/reminder.txt.html", context)
        return Letter(
            to=recipient.address,
            language=recipient.language,
            subject=one_line(subject % {"municipality": municipality}),
            body=body.strip() + "\n",
            stop=stop,
        )
