"""The e-mail that carries a personal link."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from samspill.web.organisation.models import Link


def send_link(link: Link, token: str, language: str) -> None:
    """The link goes to the address alone: whoever holds it speaks for the organisation."""
    with translation.override(language):
        context = {
            "organisation": link.organisation,
            "municipality": link.organisation.municipality,
            "address": settings.ADDRESS + reverse("organisation_link:page", args=(token,)),
            "expires_at": link.expires_at,
        }
        send_mail(
            _("Your organisation's page with %(municipality)s") % context,
            render_to_string("organisation/letter.txt.html", context),
            settings.DEFAULT_FROM_EMAIL,
            [link.email],
        )
