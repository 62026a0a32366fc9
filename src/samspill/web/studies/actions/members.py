"""Who takes part in a study. There is always an owner."""

from __future__ import annotations

from typing import TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.access.models import Membership
from samspill.web.access.roles import OWNER, ROLES
from samspill.web.accounts.actions import account_for
from samspill.web.audit.recording import record
from samspill.web.studies.models import Study

Actor: TypeAlias = AbstractBaseUser | str


@transaction.atomic
def add_member(
    *, actor: Actor, study: Study, email: str, role: str, name: str = ""
) -> tuple[Membership, bool]:
    """Give a person a role in the study; whoever has no account is given one, without a password.

    Returns the membership, and whether the account is new. Raises SamspillError where the person is
    a member already or the account is closed.
    """
    _check_role(role)
    user, is_new = account_for(actor=actor, email=email, name=name)
    if study.memberships.filter(user=user).exists():
        raise SamspillError(
            _("%(email)s is a member already.") % {"email": user.email},
            _("Change the role in the table instead."),
        )
    membership = study.memberships.create(user=user, role=role)
    _record(actor, study, "studies.add_member", user.email, new=role)
    return membership, is_new


@transaction.atomic
def change_role(*, actor: Actor, membership: Membership, role: str) -> None:
    """Give a member another role. Raises SamspillError where the last owner would be none."""
    _check_role(role)
    old = membership.role
    if old == role:
        return
    _keep_an_owner(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    _record(actor, membership.study, "studies.change_role", membership.user.email, old, role)


@transaction.atomic
def remove_member(*, actor: Actor, membership: Membership) -> None:
    """Take a person out of the study. Raises SamspillError for the last owner."""
    _keep_an_owner(membership)
    study, email, role = membership.study, membership.user.email, membership.role
    membership.delete()
    _record(actor, study, "studies.remove_member", email, old=role)


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise SamspillError(_("There is no such role."), _("Choose one of the roles in the table."))


def _keep_an_owner(membership: Membership) -> None:
    owners = Membership.objects.select_for_update().filter(study=membership.study, role=OWNER)
    if [owner.pk for owner in owners] == [membership.pk]:
        raise SamspillError(
            _("The study would be left without an owner."), _("Make someone else an owner first.")
        )


def _record(
    actor: Actor, study: Study, action: str, email: str, old: str = "", new: str = ""
) -> None:
    record(
        actor=actor,
        action=action,
        subject=email,
        study=study.slug,
        old={"role": old} if old else None,
        new={"role": new} if new else None,
    )
