"""Who gets an e-mail, and why others do not: decided anew at the moment of sending."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspill.web.fieldwork.messages.composing import with_names
from samspill.web.fieldwork.models import Collection, Message, Respondent

QUIET = timedelta(days=1)
"""How long a respondent is left in peace after an e-mail before a reminder comes."""


class Reason(StrEnum):
    """Why a respondent does not get an e-mail."""

    NOT_ASKED = "not_asked"
    REFUSED = "refused"
    NO_ADDRESS = "no_address"
    UNSUBSCRIBED = "unsubscribed"
    BOUNCED = "bounced"
    NOT_OPEN = "not_open"
    ANSWERED = "answered"
    NOT_ANSWERED = "not_answered"
    NOT_INVITED = "not_invited"
    HAS_IT = "has_it"
    RECENT = "recent"


REASONS: dict[Reason, str | Promise] = {
    Reason.NOT_ASKED: _("Does not belong to those asked"),
    Reason.REFUSED: _("Will not take part"),
    Reason.NO_ADDRESS: _("Has no e-mail address"),
    Reason.UNSUBSCRIBED: _("Wants no more e-mail"),
    Reason.BOUNCED: _("The address does not exist: an e-mail came back"),
    Reason.NOT_OPEN: _("The collection is not open"),
    Reason.ANSWERED: _("Has sent its answers"),
    Reason.NOT_ANSWERED: _("Has not sent its answers"),
    Reason.NOT_INVITED: _("Has not been invited by e-mail"),
    Reason.HAS_IT: _("Has got it already"),
    Reason.RECENT: _("Got an e-mail less than a day ago"),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a respondent gets an e-mail; ``reason`` is None for those who do."""

    respondent: Respondent
    reason: Reason | None

    @property
    def label(self) -> str:
        return str(REASONS[self.reason]) if self.reason else ""


def with_history(respondents: QuerySet[Respondent]) -> QuerySet[Respondent]:
    """Respondents with all that a decision about them needs, in few queries."""
    return with_names(respondents.select_related("response")).prefetch_related("messages")


def decisions(collection: Collection, purpose: str, now: datetime | None = None) -> list[Decision]:
    """For every respondent of a collection, by unit, whether it would get the e-mail now."""
    moment = now or timezone.now()
    return [
        Decision(respondent, why_not(respondent, purpose, moment))
        for respondent in with_history(collection.respondents.order_by("unit__identifier", "pk"))
    ]


def why_not(respondent: Respondent, purpose: str, now: datetime) -> Reason | None:
    """Why a respondent does not get an e-mail of this purpose; None where it does.

    Nobody who has refused, unsubscribed or bounced gets any; nobody who has answered is invited or
    reminded; nobody gets the same invitation twice.
    """
    return _barred(respondent) or _unfit(respondent, purpose, now)


def _barred(respondent: Respondent) -> Reason | None:
    if respondent.ineligible:
        return Reason.NOT_ASKED
    if respondent.refused_at is not None:
        return Reason.REFUSED
    if not respondent.email:
        return Reason.NO_ADDRESS
    if respondent.unsubscribed_at is not None:
        return Reason.UNSUBSCRIBED
    if respondent.bounced_at is not None:
        return Reason.BOUNCED
    return None


def _unfit(respondent: Respondent, purpose: str, now: datetime) -> Reason | None:
    history = [m for m in respondent.messages.all() if m.state in {Message.SENDING, Message.SENT}]
    if purpose == "thanks":
        return _unfit_for_thanks(respondent, history)
    if has_answered(respondent):
        return Reason.ANSWERED
    if respondent.collection.state != Collection.OPEN:
        return Reason.NOT_OPEN
    invited = _invited(respondent, history)
    if purpose == "invitation":
        return Reason.HAS_IT if invited else None
    if not invited:
        return Reason.NOT_INVITED
    return Reason.RECENT if _latest(history) > now - QUIET else None


def _unfit_for_thanks(respondent: Respondent, history: Sequence[Message]) -> Reason | None:
    if not has_answered(respondent):
        return Reason.NOT_ANSWERED
    return Reason.HAS_IT if any(m.purpose == "thanks" for m in history) else None


def _invited(respondent: Respondent, history: Sequence[Message]) -> bool:
    address = respondent.email.casefold()
    return any(m.purpose == "invitation" and m.to.casefold() == address for m in history)


def has_answered(respondent: Respondent) -> bool:
    """Whether a respondent's answers have been sent in."""
    response = getattr(respondent, "response", None)
    return response is not None and response.submitted_at is not None


def _latest(history: Sequence[Message]) -> datetime:
    return max(m.handed_over_at or m.created_at for m in history)
