"""Making a collection, opening and closing it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.audit.recording import record
from samspill.web.fieldwork.models import Collection
from samspill.web.instruments.actions import freeze_version
from samspill.web.instruments.models import InstrumentVersion
from samspill.web.studies.models import Study, Wave

Actor: TypeAlias = AbstractBaseUser | str
RESERVED = frozenset({"new"})


@transaction.atomic
def create_collection(
    *,
    actor: Actor,
    study: Study,
    wave: Wave,
    version: InstrumentVersion,
    identifier: str,
    title: Mapping[str, str],
    sides: Sequence[str] = ("municipality",),
    closes_at: datetime.datetime | None = None,
    contact_name: str = "",
    contact_email: str = "",
) -> Collection:
    """Prepare a collection; nobody can answer before it is opened.

    Raises:
        SamspillError: the study has a collection of this identifier, or wave or version belong to
            another study.
    """
    if identifier in RESERVED or study.collections.filter(identifier=identifier).exists():
        raise SamspillError(
            _("The short name “%(identifier)s” is taken.") % {"identifier": identifier},
            _("Give the collection another short name."),
        )
    if wave.study_id != study.pk or version.instrument.study_id != study.pk:
        raise SamspillError(
            _("The wave or the questionnaire belongs to another study."),
            _("Choose one of this study's."),
        )
    collection = Collection(
        study=study,
        wave=wave,
        version=version,
        identifier=identifier,
        title=dict(title),
        sides=list(sides),
        closes_at=closes_at,
        contact_name=contact_name,
        contact_email=contact_email,
    )
    collection.save()
    _record(actor, collection, "fieldwork.create_collection", new=_content(collection))
    return collection


@transaction.atomic
def edit_collection(
    *,
    actor: Actor,
    collection: Collection,
    title: Mapping[str, str],
    closes_at: datetime.datetime | None,
    contact_name: str,
    contact_email: str,
) -> None:
    """Change what can be changed while a collection runs.

    Raises:
        SamspillError: an open collection would be closed by it.
    """
    collection = _locked(collection)
    old, was = _content(collection), collection.state
    collection.title, collection.closes_at = dict(title), closes_at
    collection.contact_name, collection.contact_email = contact_name, contact_email
    if was == Collection.OPEN and collection.state == Collection.CLOSED:
        raise SamspillError(
            _("The collection would close at a moment that has passed."),
            _("Choose a later moment, or close it."),
        )
    if _content(collection) != old:
        collection.save()
        _record(actor, collection, "fieldwork.edit_collection", old=old, new=_content(collection))


@transaction.atomic
def open_collection(
    *, actor: Actor, collection: Collection, opens_at: datetime.datetime | None = None
) -> None:
    """Let respondents answer, from now or a later moment. Freezes the questionnaire's version.
    Done once; a second time does nothing.

    Raises:
        SamspillError: it would close before it opens.
    """
    collection = _locked(collection)
    if collection.opens_at is not None:
        return
    moment = opens_at or timezone.now()
    if collection.closes_at is not None and collection.closes_at <= moment:
        raise SamspillError(
            _("The collection would close before it opens."), _("Choose a later closing day.")
        )
    freeze_version(actor=actor, version=collection.version)
    collection.opens_at = moment
    collection.save(update_fields=["opens_at"])
    _record(actor, collection, "fieldwork.open_collection", new={"opens_at": moment.isoformat()})


@transaction.atomic
def close_collection(*, actor: Actor, collection: Collection) -> None:
    """Let nobody answer any more, from now.

    Raises:
        SamspillError: it is not open.
    """
    collection = _locked(collection)
    if collection.state != Collection.OPEN:
        raise SamspillError(_("The collection is not open."), _("Open it first."))
    old = collection.closes_at
    collection.closes_at = timezone.now()
    collection.save(update_fields=["closes_at"])
    _record(
        actor,
        collection,
        "fieldwork.close_collection",
        old={"closes_at": _iso(old)},
        new={"closes_at": _iso(collection.closes_at)},
    )


@transaction.atomic
def reopen_collection(
    *, actor: Actor, collection: Collection, closes_at: datetime.datetime | None
) -> None:
    """Let respondents answer again, until a moment or until it is closed.

    Raises:
        SamspillError: it is not closed, or the moment has passed.
    """
    collection = _locked(collection)
    if collection.state != Collection.CLOSED:
        raise SamspillError(_("The collection is not closed."), _("Nothing needs to be done."))
    if closes_at is not None and closes_at <= timezone.now():
        raise SamspillError(
            _("The closing day has passed already."), _("Choose a later closing day.")
        )
    old, collection.closes_at = collection.closes_at, closes_at
    collection.save(update_fields=["closes_at"])
    _record(
        actor,
        collection,
        "fieldwork.reopen_collection",
        old={"closes_at": _iso(old)},
        new={"closes_at": _iso(closes_at)},
    )


def _locked(collection: Collection) -> Collection:
    return Collection.objects.select_for_update().get(pk=collection.pk)


def _iso(moment: datetime.datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _content(collection: Collection) -> dict[str, Any]:
    return {
        "title": collection.title,
        "wave": collection.wave.identifier,
        "version": str(collection.version),
        "sides": collection.sides,
        "closes_at": _iso(collection.closes_at),
        "contact_name": collection.contact_name,
        "contact_email": collection.contact_email,
    }


def _record(actor: Actor, collection: Collection, action: str, **changes: Any) -> None:
    record(
        actor=actor,
        action=action,
        subject=collection.identifier,
        study=collection.study.slug,
        **changes,
    )
