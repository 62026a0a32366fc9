"""What a collection needs next."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from samspill.web.fieldwork.messages.sending import left_behind
from samspill.web.fieldwork.models import Collection, Message


@dataclass(frozen=True, slots=True)
class Next:
    """One sentence on where a collection stands, and the next thing to do with where to do it."""

    sentence: str
    label: str
    address: str


def next_of(collection: Collection) -> Next:
    """The next thing to do for a collection."""
    if not collection.respondents.exists():
        return _at(
            collection,
            _("Nobody is asked yet."),
            _("Say who is asked"),
            "respondents",
        )
    return {
        Collection.PREPARED: _prepared,
        Collection.PLANNED: _planned,
        Collection.OPEN: _open,
        Collection.CLOSED: _closed,
    }[collection.state](collection)


def _prepared(collection: Collection) -> Next:
    return _at(
        collection,
        _("It is prepared, and not open yet."),
        _("Look through it and open it"),
        "collection",
    )


def _planned(collection: Collection) -> Next:
    return _at(
        collection,
        _("It opens by itself later."),
        _("Look through the invitation"),
        "send",
        "invitation",
    )


def _open(collection: Collection) -> Next:
    messages = Message.objects.filter(respondent__collection=collection)
    if left_behind(collection).exists() or messages.filter(state=Message.QUEUED).exists():
        return _at(
            collection, _("Not all e-mails have gone out."), _("See the e-mails"), "messages"
        )
    uninvited = collection.respondents.exclude(email="").filter(
        messages=None, response=None, refused_at=None, ineligible="", bounced_at=None
    )
    if uninvited.exists():
        return _at(
            collection,
            _("It is open, and not all have been invited."),
            _("Send the invitations"),
            "send",
            "invitation",
        )
    return _at(
        collection, _("It is open, and answers come in."), _("See who is missing"), "dashboard"
    )


def _closed(collection: Collection) -> Next:
    return _at(collection, _("It is closed."), _("Take the answers out"), "exports")


def _at(collection: Collection, sentence: str, label: str, view: str, *rest: str) -> Next:
    place = [collection.study.slug, collection.identifier, *rest]
    return Next(sentence, label, reverse(f"fieldwork:{view}", args=place))
