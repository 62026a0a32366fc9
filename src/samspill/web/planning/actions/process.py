"""Making a policy: begun, heard, answered, adopted."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.errors import SamspillError
from samspill.web.municipality.actions.entries import add_entry, change_entries, change_entry
from samspill.web.municipality.models import Input, Municipality, Organisation, Policy, Process
from samspill.web.planning.actions.measures import add_policy
from samspill.web.planning.invitations import Invitation
from samspill.web.planning.letters import Report, deliver
from samspill.web.planning.process import KIND, is_settled

Actor: TypeAlias = AbstractBaseUser | str


@transaction.atomic
def begin_process(
    *, actor: Actor, municipality: Municipality, values: Mapping[str, Any]
) -> Process:
    """Begin to make a policy: the process, and the policy that it is to end with."""
    policy = add_policy(actor=actor, municipality=municipality, title=values["title"])
    made = add_entry(
        actor=actor,
        municipality=municipality,
        table="processes",
        values={
            "kind": KIND,
            "policy": policy.identifier,
            "provenance": "municipality",
            **values,
        },
    )
    return Process.objects.get(pk=made.pk)


@transaction.atomic
def list_organisations(
    *, actor: Actor, process: Process, organisations: Sequence[Organisation]
) -> int:
    """Put organisations on the list of those to be heard; returns how many were not there."""
    listed = set(process.inputs.values_list("organisation_id", flat=True))
    new = [one for one in organisations if one.pk not in listed]
    for organisation in new:
        add_entry(
            actor=actor,
            municipality=process.municipality,
            table="inputs",
            values={
                "process": process.identifier,
                "organisation": organisation.identifier,
                "outcome": "pending",
                "provenance": "municipality",
            },
        )
    return len(new)


@transaction.atomic
def mark_invited(*, actor: Actor, process: Process, given: Sequence[Input]) -> int:
    """Say that those on the list have been invited today; the sector is involved from then on."""
    today = timezone.localdate()
    if given and process.sector_involved_on is None:
        change_entry(actor=actor, entry=process, values={"sector_involved_on": today})
    return change_entries(actor=actor, entries=given, values={"invited_on": today})


def send_invitations(
    *,
    actor: Actor,
    process: Process,
    invitations: Sequence[Invitation],
    report: Report | None = None,
) -> tuple[int, int]:
    """Send invitations and mark each as the mail server takes it; returns how many were sent, and
    how many refused. Raises SamspillError where the server takes nothing; those not sent remain."""
    sent = 0

    def is_taken(place: int) -> None:
        nonlocal sent
        mark_invited(actor=actor, process=process, given=[invitations[place].given])
        sent += 1
        if report:
            report(place + 1, len(invitations))

    refused = deliver([one.letter for one in invitations], is_taken)
    return sent, refused


@transaction.atomic
def take_input(*, actor: Actor, given: Input, received_on: datetime.date, summary: str) -> None:
    """Write down what an organisation said. Raises SamspillError without a summary."""
    if not summary.strip():
        raise SamspillError(
            _("An input has no summary."),
            _("Write in a few sentences what they said, so that it can be answered."),
        )
    values: dict[str, Any] = {"received_on": received_on, "summary": summary.strip()}
    if not given.outcome:
        values["outcome"] = "pending"
    change_entry(actor=actor, entry=given, values=values)


@transaction.atomic
def settle_input(*, actor: Actor, given: Input, outcome: str, reason: str) -> None:
    """Say what was done with an input. Raises SamspillError without the reason."""
    if outcome != "pending" and not reason.strip():
        raise SamspillError(
            _("What was done with an input is not said without the reason."),
            _("Write the reason; those who gave the input will read it."),
        )
    change_entry(actor=actor, entry=given, values={"outcome": outcome, "reason": reason.strip()})


@transaction.atomic
def adopt(*, actor: Actor, process: Process, adopted_on: datetime.date, case_number: str) -> Policy:
    """End a process with its policy adopted; the one that held until then is replaced.

    Raises SamspillError without a case number, or while an input is without an answer.
    """
    open_inputs = [one for one in process.inputs.exclude(received_on=None) if not is_settled(one)]
    if open_inputs:
        raise SamspillError(
            ngettext(
                "%(n)s input has no answer with a reason yet.",
                "%(n)s inputs have no answer with a reason yet.",
                len(open_inputs),
            )
            % {"n": len(open_inputs)},
            _("Say what was done with each before the policy is adopted."),
        )
    if not case_number.strip():
        raise SamspillError(
            _("The decision has no case number."),
            _("Write the number of the case, so that the decision can be found."),
        )
    policy = process.policy
    if policy is None:
        raise SamspillError(
            _("The process leads to no policy."), _("Choose the policy on the process' entry.")
        )
    decided = {"adopted_on": adopted_on, "case_number": case_number.strip()}
    replaced = Policy.objects.filter(municipality=process.municipality, state="adopted").exclude(
        pk=policy.pk
    )
    change_entries(actor=actor, entries=list(replaced), values={"state": "replaced"})
    change_entry(actor=actor, entry=policy, values={"state": "adopted", **decided})
    change_entry(actor=actor, entry=process, values=decided)
    return policy
