"""What waits for the coordinator today, the most urgent first."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.web.municipality.matches import due_matches
from samspill.web.municipality.measures import OPEN_STATUSES, State, state_of
from samspill.web.municipality.models import (
    Agreement,
    Contact,
    Enquiry,
    Measure,
    Municipality,
    Offer,
    Organisation,
    Process,
)

REVIEW_AHEAD = datetime.timedelta(days=60)
HEARING_AHEAD = datetime.timedelta(days=60)
ANSWER_WITHIN = datetime.timedelta(days=14)
A_YEAR = datetime.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something to do. ``days`` until it is due, below nought where it is late; ``table`` and
    ``identifier`` say where to do it, ``identifier`` empty for a whole list."""

    days: int
    what: str
    why: str
    table: str
    identifier: str = ""

    @property
    def is_late(self) -> bool:
        return self.days < 0

    @property
    def days_over(self) -> int:
        return max(-self.days, 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """How plan and register stand: counts of measures by status, and of what nobody has seen for a
    year to be right."""

    measures: int
    done: int
    under_way: int
    late: int
    organisations: int
    unverified_organisations: int
    contacts: int
    unverified_contacts: int


def waiting(municipality: Municipality, today: datetime.date, *, offers: bool) -> list[Waiting]:
    """What waits on a day; people who offer help only where ``offers``."""
    found = [
        *_measures(municipality, today),
        *_agreements(municipality, today),
        *_enquiries(municipality, today),
        *_processes(municipality, today),
        *_matches(municipality, today),
        *(_offers(municipality, today) if offers else ()),
    ]
    return sorted(found, key=lambda one: one.days)


def standing(municipality: Municipality, today: datetime.date) -> Standing:
    """How it stands on a day."""
    measures = Measure.objects.filter(municipality=municipality).exclude(status="dropped")
    states = Counter(state_of(measure, today) for measure in measures)
    organisations = Organisation.objects.filter(municipality=municipality, status="active")
    contacts = Contact.objects.filter(municipality=municipality, left_on=None)
    seen = today - A_YEAR
    return Standing(
        measures=states.total(),
        done=states[State.DONE],
        under_way=states[State.UNDER_WAY],
        late=states[State.LATE],
        organisations=organisations.count(),
        unverified_organisations=organisations.exclude(verified_on__gte=seen).count(),
        contacts=contacts.count(),
        unverified_contacts=contacts.exclude(verified_on__gte=seen).count(),
    )


def _measures(municipality: Municipality, today: datetime.date) -> Iterator[Waiting]:
    late = Measure.objects.filter(
        municipality=municipality, status__in=OPEN_STATUSES, deadline__lt=today
    ).select_related("municipal_unit")
    for measure in late:
        owner = measure.municipal_unit
        why = _("Measure in the plan, owner %(owner)s") % {"owner": owner} if owner else ""
        yield Waiting(
            _days(measure.deadline, today),
            measure.title,
            why or _("Measure in the plan, without an owner"),
            "measures",
            measure.identifier,
        )


def _agreements(municipality: Municipality, today: datetime.date) -> Iterator[Waiting]:
    due = Agreement.objects.filter(
        municipality=municipality, ended_on=None, review_on__lte=today + REVIEW_AHEAD
    ).select_related("organisation")
    for agreement in due:
        yield Waiting(
            _days(agreement.review_on, today),
            _("%(agreement)s is to be reviewed") % {"agreement": agreement.title},
            str(agreement.organisation),
            "agreements",
            agreement.identifier,
        )


def _enquiries(municipality: Municipality, today: datetime.date) -> Iterator[Waiting]:
    unanswered = Enquiry.objects.filter(municipality=municipality, answered_on=None).select_related(
        "organisation"
    )
    for enquiry in unanswered:
        yield Waiting(
            _days(enquiry.received_on + ANSWER_WITHIN, today),
            enquiry.subject,
            _("%(who)s asked, and has no answer yet")
            % {"who": enquiry.organisation or _("An organisation")},
            "enquiries",
            enquiry.identifier,
        )


def _processes(municipality: Municipality, today: datetime.date) -> Iterator[Waiting]:
    open_now = Process.objects.filter(
        municipality=municipality,
        deadline__gte=today,
        deadline__lte=today + HEARING_AHEAD,
        inputs__invited_on=None,
    ).distinct()
    for process in open_now:
        if process.inputs.exclude(invited_on=None).exists():
            continue
        yield Waiting(
            _days(process.deadline, today),
            process.title,
            _("No organisation is invited yet"),
            "processes",
            process.identifier,
        )


def _matches(municipality: Municipality, today: datetime.date) -> Iterator[Waiting]:
    for due in due_matches(municipality, today):
        yield Waiting(
            _days(due.day, today),
            _("What came of it? %(need)s") % {"need": due.match.need},
            _("%(who)s answered the need")
            % {"who": due.match.organisation or due.match.municipal_unit},
            "matches",
            due.match.identifier,
        )


def _offers(municipality: Municipality, today: datetime.date) -> Iterator[Waiting]:
    unanswered = Offer.objects.filter(
        municipality=municipality, status="waiting", expires_on__gte=today
    ).order_by("given_on")
    count = unanswered.count()
    if count:
        oldest = unanswered[0]
        yield Waiting(
            _days(oldest.given_on + ANSWER_WITHIN, today),
            ngettext(
                "%(n)s who offers to help has no answer",
                "%(n)s who offer to help have no answer",
                count,
            )
            % {"n": count},
            _("Offer them first to organisations that have room"),
            "offers",
        )


def _days(day: datetime.date | None, today: datetime.date) -> int:
    return (day - today).days if day else 0
