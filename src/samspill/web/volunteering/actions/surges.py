"""A crisis begins, and is over."""

from __future__ import annotations

from typing import TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.audit.recording import record
from samspill.web.municipality.models import Municipality
from samspill.web.volunteering.models import Surge, surge_in

Actor: TypeAlias = AbstractBaseUser | str


@transaction.atomic
def begin_surge(*, actor: Actor, municipality: Municipality, reason: str) -> Surge:
    """Say that there is a crisis, which the public pages then say too.

    Raises SamspillError where one is going on.
    """
    if surge_in(municipality) is not None:
        raise SamspillError(_("The municipality is in a crisis already."), _("End that one first."))
    surge = Surge.objects.create(municipality=municipality, reason=reason)
    record(
        actor=actor,
        action="volunteering.begin_surge",
        subject=municipality.code,
        municipality=municipality.code,
        new={"reason": reason},
    )
    return surge


@transaction.atomic
def end_surge(*, actor: Actor, municipality: Municipality) -> None:
    """Say that the crisis is over. Raises SamspillError where there is none."""
    surge = surge_in(municipality)
    if surge is None:
        raise SamspillError(_("There is no crisis to end."), _("Nothing more is to be done."))
    surge.ended_at = timezone.now()
    surge.save(update_fields=["ended_at"])
    record(
        actor=actor,
        action="volunteering.end_surge",
        subject=municipality.code,
        municipality=municipality.code,
        old={"reason": surge.reason},
    )
