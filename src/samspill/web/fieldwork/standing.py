"""How a respondent stands, told from what is written on it alone: enough for a list of many."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspill.web.fieldwork.messages.recipients import has_answered
from samspill.web.fieldwork.models import Message, Respondent

STANDINGS: Mapping[str, str | Promise] = MappingProxyType(
    {
        "sent": _("Answers sent"),
        "begun": _("Begun"),
        "invited": _("Invited, nothing heard"),
        "not_invited": _("Not invited yet"),
        "bounced": _("The address does not exist"),
        "no_address": _("No e-mail address"),
        "refused": _("Will not take part"),
        "not_asked": _("Does not belong to those asked"),
    }
)


def standing(respondent: Respondent) -> str:
    """The gravest of ``STANDINGS`` that holds."""
    response = getattr(respondent, "response", None)
    written = {
        "not_asked": bool(respondent.ineligible),
        "refused": respondent.refused_at is not None,
        "sent": has_answered(respondent),
        "begun": response is not None,
        "bounced": respondent.bounced_at is not None,
        "no_address": not respondent.email,
        "invited": any(m.state == Message.SENT for m in respondent.messages.all()),
    }
    return next((key for key, holds in written.items() if holds), "not_invited")
