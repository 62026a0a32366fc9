"""A person's judgement of one point of the checklist."""

from __future__ import annotations

from typing import Any, TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.municipality.actions.entries import add_entry, change_entry
from samspill.web.municipality.models import Criterion, Policy

Actor: TypeAlias = AbstractBaseUser | str


@transaction.atomic
def judge(
    *,
    actor: Actor,
    policy: Policy,
    criterion: str,
    verdict: str,
    evidence: str,
    web: str = "",
    case_number: str = "",
) -> None:
    """Judge a point, anew where it has been judged before. Raises SamspillError without
    evidence, whatever the verdict."""
    if not evidence.strip():
        raise SamspillError(
            _("A point is not judged without evidence."),
            _("Write what the judgement rests on, also where the point is not met."),
        )
    values: dict[str, Any] = {
        "verdict": verdict,
        "evidence": evidence.strip(),
        "web": web,
        "case_number": case_number,
        "judged_on": timezone.localdate(),
    }
    held = Criterion.objects.filter(policy=policy, criterion=criterion).order_by("-pk").first()
    if held is not None:
        change_entry(actor=actor, entry=held, values=values)
        return
    add_entry(
        actor=actor,
        municipality=policy.municipality,
        table="criteria",
        values={
            "policy": policy.identifier,
            "criterion": criterion,
            "provenance": "municipality",
            **values,
        },
    )
