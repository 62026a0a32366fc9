"""Who has which role at the desk, and who speaks for an organisation. There is always a
coordinator."""

from __future__ import annotations

from typing import TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.access.models import Position
from samspill.web.access.roles import COORDINATOR, DESK_ROLES, REPRESENTATIVE
from samspill.web.accounts.actions import account_for
from samspill.web.audit.recording import record
from samspill.web.municipality.models import Municipality, Organisation

Actor: TypeAlias = AbstractBaseUser | str


@transaction.atomic
def give_position(
    *,
    actor: Actor,
    municipality: Municipality,
    email: str,
    role: str,
    name: str = "",
    organisation: Organisation | None = None,
) -> tuple[Position, bool]:
    """Give a person a role; whoever has no account is given one, without a password.

    Returns the position, and whether the account is new. Raises SamspillError where the person has
    a role there already, the account is closed, or a representative has no organisation.
    """
    if role not in DESK_ROLES:
        raise SamspillError(_("There is no such role."), _("Choose one of the roles in the table."))
    if (role == REPRESENTATIVE) != (organisation is not None):
        raise SamspillError(
            _("A representative speaks for one organisation, and nobody else does."),
            _("Choose the organisation, or another role."),
        )
    user, is_new = account_for(actor=actor, email=email, name=name)
    held = Position.objects.filter(user=user, municipality=municipality, organisation=organisation)
    if held.exists():
        raise SamspillError(
            _("%(email)s has a role here already.") % {"email": user.email},
            _("Take that away first."),
        )
    position = Position.objects.create(
        user=user, municipality=municipality, role=role, organisation=organisation
    )
    _record(actor, position, "municipality.give_position", new=_described(position))
    return position, is_new


@transaction.atomic
def take_position(*, actor: Actor, position: Position) -> None:
    """Take a role away. Raises SamspillError for the last coordinator."""
    coordinators = Position.objects.select_for_update().filter(
        municipality=position.municipality, role=COORDINATOR
    )
    if position.role == COORDINATOR and not coordinators.exclude(pk=position.pk).exists():
        raise SamspillError(
            _("The last coordinator cannot be taken away."),
            _("Give someone else that role first."),
        )
    _record(actor, position, "municipality.take_position", old=_described(position))
    position.delete()


def _described(position: Position) -> dict[str, str]:
    organisation = position.organisation
    return {"role": position.role} | (
        {"organisation": organisation.identifier} if organisation else {}
    )


def _record(
    actor: Actor,
    position: Position,
    action: str,
    old: dict[str, str] | None = None,
    new: dict[str, str] | None = None,
) -> None:
    record(
        actor=actor,
        action=action,
        subject=position.user.email,
        municipality=position.municipality.code,
        old=old,
        new=new,
    )
