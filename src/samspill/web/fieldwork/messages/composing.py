"""An e-mail as it is sent, made from a collection's text and a respondent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import formataddr

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import formats, timezone, translation

from samspill.web.fieldwork.messages.texts import (
    Text,
    fill,
    language_for,
    text_of,
    unsubscribe_sentence,
)
from samspill.web.fieldwork.messages.unsubscribing import unsubscribe_path
from samspill.web.fieldwork.models import Collection, Respondent
from samspill.web.studies.listing import name_on
from samspill.web.studies.models import in_language

ONE_CLICK = "List-Unsubscribe=One-Click"


@dataclass(frozen=True, slots=True)
class Composed:
    """An e-mail word for word, but for its date and identifier."""

    sender: str
    to: str
    language: str
    subject: str
    body: str
    headers: Mapping[str, str]


def with_names(respondents: QuerySet[Respondent]) -> QuerySet[Respondent]:
    """Respondents with what an e-mail to them needs, in few queries."""
    return respondents.select_related(
        "collection__study", "collection__wave", "unit"
    ).prefetch_related("unit__names")


def unit_name(respondent: Respondent) -> str:
    """What the unit was called on the wave's reference day."""
    held = name_on(list(respondent.unit.names.all()), respondent.collection.wave.reference_date)
    return held.name if held else respondent.unit.identifier


def addressee(respondent: Respondent) -> str:
    """Who is asked: the organisation, or the unit."""
    if respondent.side == "municipality":
        return unit_name(respondent)
    return respondent.name or respondent.organisation or unit_name(respondent)


def compose(respondent: Respondent, purpose: str, text: Text | None = None) -> Composed:
    """The e-mail of one purpose to a respondent, in its language (RFC 8058, RFC 3834)."""
    collection = respondent.collection
    text = text or text_of(collection, purpose)
    language = language_for(respondent.language)
    unsubscribe = settings.ADDRESS + unsubscribe_path(respondent)
    with translation.override(language):
        values = _values(respondent, collection)
    headers = {
        "Auto-Submitted": "auto-generated",
        "Content-Language": language,
        "List-Unsubscribe": f"<{unsubscribe}>",
        "List-Unsubscribe-Post": ONE_CLICK,
    }
    if collection.contact_email:
        headers["Reply-To"] = formataddr((collection.contact_name, collection.contact_email))
    body = fill(text.body[language], values)
    return Composed(
        sender=formataddr((_one_line(collection.contact_name), settings.DEFAULT_FROM_EMAIL)),
        to=respondent.email,
        language=language,
        subject=_one_line(fill(text.subject[language], values)),
        body=f"{body}\n\n{unsubscribe_sentence(language)}\n{unsubscribe}\n",
        headers=headers,
    )


def _values(respondent: Respondent, collection: Collection) -> dict[str, str]:
    closes = collection.closes_at
    return {
        "name": respondent.name or addressee(respondent),
        "unit": addressee(respondent),
        "title": in_language(collection.title) or collection.identifier,
        "link": settings.ADDRESS + reverse("answering:start", args=[respondent.token]),
        "closes": formats.date_format(timezone.localtime(closes), "DATETIME_FORMAT")
        if closes
        else "",
        "contact": " ".join(
            part
            for part in (
                collection.contact_name,
                f"<{collection.contact_email}>" if collection.contact_email else "",
            )
            if part
        ),
    }


def _one_line(text: str) -> str:
    return " ".join(text.split())
