"""The checklist: seven points, and what in the register stands behind each.

What the register shows is only ever suggested; a person judges, in words.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.register.schema import CRITERIA
from samspill.web.municipality.measures import State
from samspill.web.municipality.models import (
    Body,
    Contact,
    Criterion,
    Entry,
    Input,
    Meeting,
    Policy,
    Process,
)
from samspill.web.planning.hearing import voices
from samspill.web.planning.process import is_settled
from samspill.web.planning.progress import line_of, measures_of, progress_of

A_YEAR = datetime.timedelta(days=365)
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence computed from the register and the entries behind it; ``holds`` where it speaks
    for the point."""

    sentence: str
    entries: Sequence[Entry] = ()
    holds: bool = True

    @property
    def first(self) -> Sequence[Entry]:
        return self.entries[:SHOWN]

    @property
    def more(self) -> int:
        return max(len(self.entries) - SHOWN, 0)


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the checklist: what the register shows, and the judgement where there is one."""

    criterion: str
    question: str
    evidence: Sequence[Evidence]
    judgement: Criterion | None

    @property
    def is_unsupported(self) -> bool:
        """Judged as met although nothing in the register speaks for it."""
        return (
            self.judgement is not None
            and self.judgement.verdict == "met"
            and not any(one.holds for one in self.evidence)
        )


def checklist(policy: Policy, today: datetime.date) -> list[Point]:
    """The seven points of a policy on a day."""
    judged = {c.criterion: c for c in Criterion.objects.filter(policy=policy).order_by("pk")}
    questions = _questions()
    return [
        Point(name, questions[name], _EVIDENCE[name](policy, today), judged.get(name))
        for name in CRITERIA
    ]


def _questions() -> dict[str, str]:
    return {
        "own_policy": _("Has the municipality a policy of its own for the voluntary sector?"),
        "made_in_dialogue": _("Was it made in dialogue with the breadth of organisations?"),
        "politically_treated": _("Has the council treated it?"),
        "measures": _("Does it have measures that someone owns?"),
        "meeting_points": _("Are there meeting points?"),
        "contact": _("Do organisations know whom to call?"),
        "follow_up": _("Is it followed up?"),
    }


def _own_policy(policy: Policy, today: datetime.date) -> list[Evidence]:
    if policy.adopted_on is None:
        sentence = _("“%(policy)s” is not adopted.") % {"policy": policy}
        return [Evidence(sentence, [policy], holds=False)]
    day = formats.date_format(policy.adopted_on, "SHORT_DATE_FORMAT")
    sentence = _("“%(policy)s” was adopted %(day)s.") % {"policy": policy, "day": day}
    return [Evidence(sentence, [policy])]


def _made_in_dialogue(policy: Policy, today: datetime.date) -> list[Evidence]:
    processes = list(Process.objects.filter(policy=policy).select_related("municipality"))
    if not processes:
        return [Evidence(_("The register has no process by which it was made."), holds=False)]
    given = list(Input.objects.filter(process__in=processes))
    received = [one for one in given if one.received_on]
    settled = sum(is_settled(one) for one in received)
    heard = {one.organisation_id for one in received}
    groups = {
        group
        for voice in voices(policy.municipality, today)
        if voice.organisation.pk in heard
        for group in voice.groups
    }
    fields = len(groups - {"umbrella", "volunteer_centre", "small", "large", "seat", "no_seat"})
    found = [
        Evidence(
            _("%(received)s of %(invited)s invited gave input, and %(settled)s have an answer.")
            % {
                "received": len(received),
                "invited": sum(one.invited_on is not None for one in given),
                "settled": settled,
            },
            processes,
            holds=bool(received),
        )
    ]
    if received:
        sentence = ngettext(
            "Those who gave input work in %(n)s field.",
            "Those who gave input work in %(n)s fields.",
            fields,
        )
        found.append(Evidence(sentence % {"n": fields}, holds=fields > 1))
        without = (
            _("Organisations without a seat were heard.")
            if "no_seat" in groups
            else _("No organisation without a seat gave input.")
        )
        found.append(Evidence(without, holds="no_seat" in groups))
    return found


def _politically_treated(policy: Policy, today: datetime.date) -> list[Evidence]:
    if policy.adopted_on and policy.case_number:
        day = formats.date_format(policy.adopted_on, "SHORT_DATE_FORMAT")
        sentence = _("Adopted %(day)s in case %(case)s.")
        return [Evidence(sentence % {"day": day, "case": policy.case_number}, [policy])]
    return [Evidence(_("The decision's day or case number is missing."), [policy], holds=False)]


def _measures(policy: Policy, today: datetime.date) -> list[Evidence]:
    held = [m for m in measures_of(policy) if m.status != "dropped"]
    owned = [m for m in held if m.deadline and (m.municipal_unit_id or m.contact_id)]
    sentence = _("%(owned)s of %(all)s measures have an owner and a deadline.")
    return [Evidence(sentence % {"owned": len(owned), "all": len(held)}, owned, holds=bool(owned))]


def _meeting_points(policy: Policy, today: datetime.date) -> list[Evidence]:
    bodies = list(
        Body.objects.filter(
            municipality=policy.municipality,
            type__in=("meeting_point", "coordination_body"),
            closed_on=None,
        ).select_related("municipality")
    )
    sentence = ngettext(
        "%(n)s meeting point or coordination body is open.",
        "%(n)s meeting points and coordination bodies are open.",
        len(bodies),
    )
    found = [Evidence(sentence % {"n": len(bodies)}, bodies, holds=bool(bodies))]
    if bodies:
        held = list(
            Meeting.objects.filter(
                body__in=bodies, held_on__gt=today - A_YEAR, held_on__lte=today
            ).select_related("municipality")
        )
        sentence = ngettext(
            "They have met %(n)s time the last year.",
            "They have met %(n)s times the last year.",
            len(held),
        )
        found.append(Evidence(sentence % {"n": len(held)}, held, holds=bool(held)))
    return found


def _contact(policy: Policy, today: datetime.date) -> list[Evidence]:
    contacts = list(
        Contact.objects.filter(
            municipality=policy.municipality, side="municipality", left_on=None
        ).select_related("municipality")
    )
    seen = [c for c in contacts if c.verified_on and c.verified_on > today - A_YEAR]
    sentence = _("%(seen)s of the municipality's %(all)s contacts were verified the last year.")
    fields = {field for contact in seen for field in contact.fields}
    covered = ngettext("They answer for %(n)s field.", "They answer for %(n)s fields.", len(fields))
    return [
        Evidence(sentence % {"seen": len(seen), "all": len(contacts)}, seen, holds=bool(seen)),
        Evidence(covered % {"n": len(fields)}, holds=bool(fields)),
    ]


def _follow_up(policy: Policy, today: datetime.date) -> list[Evidence]:
    lines = [line_of(measure, today) for measure in measures_of(policy)]
    progress = progress_of(lines)
    shown = [
        line.measure for line in lines if line.state is State.DONE and line.measure.evidence.strip()
    ]
    late = [line.measure for line in lines if line.state is State.LATE]
    explained = sum(bool(measure.late_because.strip()) for measure in late)
    done = _("%(shown)s of %(all)s measures are done with evidence.")
    found = [
        Evidence(done % {"shown": len(shown), "all": progress.total}, shown, holds=bool(shown))
    ]
    if late:
        sentence = _("%(late)s are late, and %(explained)s of these say why.")
        counts = {"late": len(late), "explained": explained}
        found.append(Evidence(sentence % counts, late, holds=explained == len(late)))
    return found


_EVIDENCE: dict[str, Callable[[Policy, datetime.date], list[Evidence]]] = {
    "own_policy": _own_policy,
    "made_in_dialogue": _made_in_dialogue,
    "politically_treated": _politically_treated,
    "measures": _measures,
    "meeting_points": _meeting_points,
    "contact": _contact,
    "follow_up": _follow_up,
}
