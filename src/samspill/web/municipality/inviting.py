"""The e-mail to someone who has been given a role and had no account."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from samspill.web.accounts.invitations import invitation_link
from samspill.web.accounts.models import User
from samspill.web.municipality.models import Municipality


def send_invitation(user: User, municipality: Municipality) -> None:
    """The link goes to the address alone: whoever holds it comes in as that person."""
    context = {"municipality": municipality, "link": invitation_link(user)}
    send_mail(
        _("You are invited to a municipality in Samspill"),
        render_to_string("municipality/invitation.txt.html", context),
        settings.DEFAULT_FROM_EMAIL,
        [user.email],
    )
