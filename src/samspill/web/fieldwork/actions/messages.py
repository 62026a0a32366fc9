"""What e-mails say, and asking for them to be sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.audit.recording import record
from samspill.web.fieldwork.messages.sending import latest_round, left_behind, plan, waiting
from samspill.web.fieldwork.messages.texts import shipped_text, text_faults, text_of
from samspill.web.fieldwork.models import Collection, Message

Actor: TypeAlias = AbstractBaseUser | str


@transaction.atomic
def set_text(
    *,
    actor: Actor,
    collection: Collection,
    purpose: str,
    subject: Mapping[str, str],
    body: Mapping[str, str],
) -> None:
    """Give a collection its own text of one purpose, in every language that it is given in.

    Raises:
        SamspillError: a text has a fault; the forms tell of it by language before it comes to this.
    """
    for code in subject:
        for fault in text_faults(purpose, subject[code], body[code]).values():
            raise SamspillError(fault, _("Correct the text."))
    old = text_of(collection, purpose)
    content = {"subject": dict(subject), "body": dict(body)}
    if content == {"subject": dict(old.subject), "body": dict(old.body)}:
        return
    collection.texts.update_or_create(purpose=purpose, defaults=content)
    _record(
        actor,
        collection,
        "fieldwork.set_text",
        old={"purpose": purpose, "subject": dict(old.subject), "body": dict(old.body)},
        new={"purpose": purpose, **content},
    )


@transaction.atomic
def restore_text(*, actor: Actor, collection: Collection, purpose: str) -> None:
    """Take a collection's own text away, so that the shipped one holds."""
    old = text_of(collection, purpose)
    if collection.texts.filter(purpose=purpose).delete()[0]:
        shipped = shipped_text(purpose)
        _record(
            actor,
            collection,
            "fieldwork.set_text",
            old={"purpose": purpose, "subject": dict(old.subject), "body": dict(old.body)},
            new={
                "purpose": purpose,
                "subject": dict(shipped.subject),
                "body": dict(shipped.body),
            },
        )


@transaction.atomic
def plan_messages(*, actor: Actor, collection: Collection, purpose: str, after: int) -> int:
    """Queue a round of e-mails; gives how many wait. ``after`` is the latest round that the one who
    asks knew of: where another round has begun since, or some still wait, nothing new is queued,
    so that a form sent twice sends nothing twice."""
    locked = Collection.objects.select_for_update().get(pk=collection.pk)
    if latest_round(locked, purpose) == after and not waiting(locked, purpose).exists():
        planned = plan(locked, purpose)
        if planned:
            _record(
                actor,
                locked,
                "fieldwork.send_messages",
                new={"purpose": purpose, "round": after + 1, "messages": planned},
            )
    return waiting(locked, purpose).count()


@transaction.atomic
def settle_left_behind(*, actor: Actor, collection: Collection, again: bool) -> int:
    """Decide over e-mails of which it is not known whether they went out: send them again, or
    count them as sent. Gives how many."""
    state = Message.QUEUED if again else Message.SENT
    found = left_behind(collection).update(state=state)
    if found:
        _record(
            actor,
            collection,
            "fieldwork.settle_messages",
            new={"messages": found, "sent_again": again},
        )
    return found


def _record(actor: Actor, collection: Collection, action: str, **changes: Any) -> None:
    record(
        actor=actor,
        action=action,
        subject=collection.identifier,
        study=collection.study.slug,
        **changes,
    )
