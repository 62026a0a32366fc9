"""The link by which an invited person sets a password and comes in."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from samspill.web.accounts.models import User


def invitation_link(user: User) -> str:
    """The full address of the page where the user chooses a password.

    It works once, and for as long as a link for a forgotten password does
    (``PASSWORD_RESET_TIMEOUT``).
    """
    parts = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    path = reverse("account_reset_password_from_key", kwargs=parts)
    return f"{settings.ADDRESS}{path}"
