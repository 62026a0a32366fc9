"""A municipality gets a desk here, opens its public pages, and closes them."""

from __future__ import annotations

from typing import TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.access.models import Position
from samspill.web.access.roles import COORDINATOR
from samspill.web.accounts.models import User
from samspill.web.audit.recording import record
from samspill.web.municipality.models import Municipality

Actor: TypeAlias = AbstractBaseUser | str


@transaction.atomic
def create_municipality(
    *, actor: Actor, code: str, name: str, coordinator: User, invented: bool = False
) -> Municipality:
    """Make a municipality's desk with its first coordinator.

    Raises SamspillError where the municipality has one.
    """
    if Municipality.objects.filter(code=code).exists():
        raise SamspillError(
            _("The municipality %(code)s has a desk here already.") % {"code": code},
            _("Ask its coordinator to give you a role."),
        )
    municipality = Municipality(code=code, name=name, invented=invented)
    municipality.full_clean()
    municipality.save()
    Position.objects.create(municipality=municipality, user=coordinator, role=COORDINATOR)
    record(
        actor=actor,
        action="municipality.create",
        subject=code,
        municipality=code,
        new={"name": name, "coordinator": coordinator.email},
    )
    return municipality


@transaction.atomic
def open_desk(*, actor: Actor, municipality: Municipality, opened: bool) -> None:
    """Show the public pages to anyone, or no longer."""
    if (municipality.opened_at is not None) == opened:
        return
    municipality.opened_at = timezone.now() if opened else None
    municipality.save(update_fields=["opened_at"])
    record(
        actor=actor,
        action="municipality.open" if opened else "municipality.close",
        subject=municipality.code,
        municipality=municipality.code,
    )
