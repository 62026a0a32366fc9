"""What is taken out: a person's own data, and the list of those whom an organisation receives."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from samspill.register import TABLES
from samspill.register.labels import choice_label
from samspill.web.municipality.content import content_of, plain
from samspill.web.municipality.models import Municipality, Offer, Organisation, Referral
from samspill.web.municipality.words import column_name, in_words, language

LISTED = ("name", "phone", "email", "fields", "place", "times", "languages")
NOT_OF_THE_PERSON = frozenset({"public", "verified_on", "provenance", "organisation"})


def own_data(offer: Offer) -> dict[str, Any]:
    """All that is stored of a person who offers help, as JSON can hold."""
    stored = plain(content_of(offer))
    return {
        **notice(offer.municipality),
        "municipality": {"code": offer.municipality.code, "name": offer.municipality.name},
        "offer": {k: v for k, v in stored.items() if k not in NOT_OF_THE_PERSON},
        "passed_on_to": [
            {
                "receiver": str(referral.organisation or referral.municipal_unit),
                "sent_on": referral.sent_on.isoformat(),
                "answered_on": referral.answered_on and referral.answered_on.isoformat(),
                "outcome": referral.outcome,
            }
            for referral in offer.referrals.select_related("organisation", "municipal_unit")
        ],
        "links_sent": [link.made_at.isoformat() for link in offer.links.all()],
    }


def own_rows(offer: Offer) -> list[list[str]]:
    """The same in words: what it is and what it says."""
    table = TABLES["offers"]
    rows = [[_("What"), _("Stored")]]
    rows += [[_("Municipality"), f"{offer.municipality.code} {offer.municipality.name}"]]
    for column in table.columns:
        if column.name not in NOT_OF_THE_PERSON:
            value = getattr(offer, column.name)
            if column.name == "municipal_unit":
                continue
            rows.append([column_name("offers", column.name), in_words(column, value)])
    for referral in offer.referrals.select_related("organisation", "municipal_unit"):
        receiver = referral.organisation or referral.municipal_unit
        outcome = choice_label(referral.outcome, language())
        rows.append([_("Passed on"), f"{receiver} {referral.sent_on.isoformat()} {outcome}"])
    rows += [[note, ""] for note in notice(offer.municipality).values()]
    return rows


def as_json(content: dict[str, Any]) -> bytes:
    """UTF-8, with letters as they are."""
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def received_by(organisation: Organisation) -> list[Referral]:
    """Whom an organisation has said that it receives, and who has not been erased."""
    found = Referral.objects.filter(
        organisation=organisation, outcome="accepted", offer__status="accepted"
    )
    return list(found.select_related("offer").order_by("answered_on", "pk"))


def list_rows(organisation: Organisation, referrals: Sequence[Referral]) -> list[list[str]]:
    """A hand-over list: the heading, and a row for each person."""
    columns = [TABLES["offers"].column(name) for name in LISTED]
    rows = [[column_name("offers", column.name) for column in columns]]
    for referral in referrals:
        rows.append([in_words(column, getattr(referral.offer, column.name)) for column in columns])
    rows += [[note] for note in notice(organisation.municipality).values()]
    return rows


def notice(municipality: Municipality) -> dict[str, str]:
    """What every file of an invented municipality says."""
    if not municipality.invented:
        return {}
    said = _("%(municipality)s is invented, with everything in it, for demonstration.")
    return {"notice": said % {"municipality": municipality.name}}
