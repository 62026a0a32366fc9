"""The first administrator, who comes in by a link that is printed where the server was started."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.accounts.models import User
from samspill.web.audit.recording import SYSTEM, record

SALT = "samspill.serving.first-administrator"
HOURS = 24


def is_needed() -> bool:
    """Whether nobody runs this installation yet."""
    return not User.objects.filter(is_superuser=True).exists()


def new_link() -> str:
    """The full address where the first administrator chooses a password.

    It works for a day, and no longer once somebody has used it.
    """
    token = signing.dumps("first", salt=SALT)
    return f"{settings.ADDRESS}{reverse('serving:first_administrator', args=(token,))}"


def link_holds(token: str) -> bool:
    """Whether the token was signed here within a day, and has not been used."""
    try:
        signing.loads(token, salt=SALT, max_age=HOURS * 3600)
    except signing.BadSignature:
        return False
    return is_needed()


@transaction.atomic
def become_administrator(*, email: str, name: str, password: str) -> User:
    """Make the first administrator. Raises SamspillError where there is one, or where the address
    has an account."""
    if not is_needed():
        raise SamspillError(_("This installation has an administrator."), _("Sign in instead."))
    if User.objects.filter(email=email.strip().lower()).exists():
        raise SamspillError(_("This address has an account."), _("Use another address."))
    user = User.objects.create_superuser(email, password, name=name)
    record(actor=SYSTEM, action="serving.become_administrator", subject=user.email)
    return user
