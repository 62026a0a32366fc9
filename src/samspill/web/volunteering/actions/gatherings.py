"""What comes of a gathering: who answers which need, and what became of it."""

from __future__ import annotations

import datetime
from typing import TypeAlias, cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.municipality.actions.entries import add_entry, change_entry
from samspill.web.municipality.models import Gathering, Match, MunicipalUnit, Need, Organisation
from samspill.web.volunteering.terms import FOLLOWED_UP_AFTER

Actor: TypeAlias = AbstractBaseUser | str


@transaction.atomic
def add_match(
    *,
    actor: Actor,
    gathering: Gathering,
    need: Need,
    by: Organisation | MunicipalUnit,
    offered: str,
    follow_up_on: datetime.date | None = None,
) -> Match:
    """Write down that someone answered a need; without a day it is followed up after 90 days.

    Raises SamspillError where it stands there already, or the need is one's own.
    """
    side = "organisation" if isinstance(by, Organisation) else "municipal_unit"
    if getattr(need, side) == by:
        raise SamspillError(
            _("The need is that of %(who)s itself.") % {"who": by}, _("Choose who answers it.")
        )
    if gathering.matches.filter(need=need, **{side: by}).exists():
        raise SamspillError(
            _("%(who)s has answered this need already.") % {"who": by},
            _("Change what stands there."),
        )
    match = add_entry(
        actor=actor,
        municipality=gathering.municipality,
        table="matches",
        values={
            "gathering": gathering.identifier,
            "need": need.identifier,
            side: by.identifier,
            "offered": offered,
            "outcome": "pending",
            "follow_up_on": follow_up_on or gathering.held_on + FOLLOWED_UP_AFTER,
        },
    )
    return cast("Match", match)


@transaction.atomic
def follow_up_match(
    *, actor: Actor, match: Match, outcome: str, follow_up_on: datetime.date | None = None
) -> None:
    """Write down what came of a match by today, and when to ask again where it is not settled."""
    values = {
        "outcome": outcome,
        "followed_up_on": timezone.localdate(),
        "follow_up_on": follow_up_on if outcome == "pending" else None,
    }
    change_entry(actor=actor, entry=match, values=values)
