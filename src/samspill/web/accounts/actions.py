"""What is done with accounts."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.accounts.models import User
from samspill.web.audit.recording import record


@transaction.atomic
def invite(*, actor: AbstractBaseUser | str, email: str, name: str = "") -> User:
    """An account without a password; its owner sets one by the link of ``accounts.invitations``.

    Whoever was invited before and has not come in yet is invited again. Raises SamspillError where
    the account is in use, so that no invitation opens somebody else's account.
    """
    address = email.strip().lower()
    found = User.objects.filter(email=address).first()
    if found is not None:
        if found.last_login is None and not found.has_usable_password():
            return found
        raise SamspillError(
            _("%(email)s has an account already.") % {"email": address},
            _("The person can sign in, and ask for a new password there."),
        )
    user = User.objects.create_user(address, name=name)
    record(actor=actor, action="accounts.invite", subject=address, new={"name": name})
    return user


def account_for(*, actor: AbstractBaseUser | str, email: str, name: str = "") -> tuple[User, bool]:
    """A person's account; whoever has none is given one, without a password. Returns also whether
    it is new. Raises SamspillError where the account is closed."""
    address = email.strip().lower()
    user = User.objects.filter(email=address).first()
    if user is None:
        return invite(actor=actor, email=address, name=name), True
    if not user.is_active:
        raise SamspillError(
            _("The account of %(email)s is closed.") % {"email": address},
            _("Ask an administrator to open it again."),
        )
    return user, False


@transaction.atomic
def set_active(*, actor: AbstractBaseUser, user: User, active: bool) -> None:
    """Close an account, or open it again. Raises SamspillError where it is one's own."""
    if user.pk == actor.pk:
        raise SamspillError(
            _("You cannot close your own account."), _("Ask another administrator to do it.")
        )
    if user.is_active == active:
        return
    user.is_active = active
    user.save(update_fields=["is_active"])
    record(
        actor=actor,
        action="accounts.set_active",
        subject=user.email,
        old={"active": not active},
        new={"active": active},
    )


@transaction.atomic
def change_profile(*, user: User, **fields: Any) -> None:
    """Change what an account says of its owner."""
    old = {key: getattr(user, key) for key in fields}
    if old == fields:
        return
    for key, value in fields.items():
        setattr(user, key, value)
    user.save(update_fields=list(fields))
    record(actor=user, action="accounts.change_profile", subject=user.email, old=old, new=fields)
