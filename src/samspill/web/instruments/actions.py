"""Changes of a study's instruments. Samspill numbers the versions: the definition that is stored
carries its instrument's identifier and its number, whatever the file said."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.instrument import Instrument as Definition
from samspill.instrument import compare, instrument_digest, instrument_text
from samspill.web.audit.recording import record
from samspill.web.instruments.definitions import definition
from samspill.web.instruments.models import Instrument, InstrumentVersion
from samspill.web.studies.models import Study

Actor: TypeAlias = AbstractBaseUser | str


@transaction.atomic
def add_instrument(*, actor: Actor, study: Study, content: Definition) -> InstrumentVersion:
    """Give a study a new instrument, with its first version as a draft.

    Raises:
        SamspillError: the study has an instrument of this identifier.
    """
    identifier = content.identifier
    if study.instruments.filter(identifier=identifier).exists():
        raise SamspillError(
            _("The study has a questionnaire “%(identifier)s” already.")
            % {"identifier": identifier},
            _("Add a new version of it, or give this one another identifier."),
        )
    instrument = Instrument(study=study, identifier=identifier, title=dict(content.title))
    instrument.clean_fields()
    instrument.save()
    return _add(actor, instrument, 1, content, "instruments.add_instrument")


@transaction.atomic
def add_version(*, actor: Actor, instrument: Instrument, content: Definition) -> InstrumentVersion:
    """Give an instrument a new version, as a draft.

    Raises:
        SamspillError: its newest version is a draft still, or has the same content.
    """
    newest = _locked(instrument.versions.order_by("-number")[:1].get())
    if newest.frozen_at is None:
        raise SamspillError(
            _("Version %(number)s is a draft still.") % {"number": newest.number},
            _("Change the draft, or freeze it first."),
        )
    if _numbered(instrument, newest.number, content) == definition(newest):
        raise SamspillError(
            _("Nothing differs from version %(number)s.") % {"number": newest.number},
            _("Change a text or a rule first."),
        )
    return _add(actor, instrument, newest.number + 1, content, "instruments.add_version")


@transaction.atomic
def change_draft(
    *, actor: Actor, version: InstrumentVersion, content: Definition, base: str = ""
) -> None:
    """Put another definition in the place of a draft's. ``base`` is the digest of the definition
    that the change was made from; empty where it replaces whatever is there.

    Raises:
        SamspillError: the version is frozen, or somebody else has changed it since ``base``.
    """
    version = _draft(version)
    if base and base != version.digest:
        raise SamspillError(
            _("Somebody else has changed version %(number)s since you opened it.")
            % {"number": version.number},
            _("Look at it in another window; to put yours in its place, save once more."),
        )
    old = definition(version)
    new = _numbered(version.instrument, version.number, content)
    if new == old:
        return
    old_digest = version.digest
    version.definition, version.digest = instrument_text(new), instrument_digest(new)
    version.save(update_fields=("definition", "digest"))
    _retitle(version.instrument, new)
    changes = {c.variable: [c.status, *c.changes] for c in compare(old, new).variables}
    _log(
        actor,
        "instruments.change_draft",
        version,
        old={"digest": old_digest},
        new={
            "digest": version.digest,
            "variables": {v: what for v, what in changes.items() if what != ["unchanged"]},
        },
    )


@transaction.atomic
def freeze_version(*, actor: Actor, version: InstrumentVersion) -> None:
    """Freeze a version: it never changes again. Done when a collection opens; a second time does
    nothing."""
    version = _locked(version)
    if version.frozen_at is not None:
        return
    version.frozen_at = timezone.now()
    version.save(update_fields=("frozen_at",))
    _log(actor, "instruments.freeze_version", version, new={"digest": version.digest})


@transaction.atomic
def remove_draft(*, actor: Actor, version: InstrumentVersion) -> None:
    """Take a draft away, and with the only version its instrument.

    Raises:
        SamspillError: the version is frozen, or a collection uses it.
    """
    version = _draft(version)
    instrument = version.instrument
    _log(actor, "instruments.remove_draft", version, old={"digest": version.digest})
    try:
        version.delete()
    except models.ProtectedError:
        raise SamspillError(
            _("A collection uses version %(number)s.") % {"number": version.number},
            _("Give the collection another version first."),
        ) from None
    newest = instrument.versions.order_by("-number").first()
    if newest is None:
        instrument.delete()
    else:
        _retitle(instrument, definition(newest))


def _add(
    actor: Actor, instrument: Instrument, number: int, content: Definition, action: str
) -> InstrumentVersion:
    content = _numbered(instrument, number, content)
    version = instrument.versions.create(
        number=number, definition=instrument_text(content), digest=instrument_digest(content)
    )
    _retitle(instrument, content)
    _log(actor, action, version, new={"digest": version.digest})
    return version


def _numbered(instrument: Instrument, number: int, content: Definition) -> Definition:
    return replace(content, identifier=instrument.identifier, version=str(number))


def _retitle(instrument: Instrument, content: Definition) -> None:
    if instrument.title != dict(content.title):
        instrument.title = dict(content.title)
        instrument.save(update_fields=("title",))


def _locked(version: InstrumentVersion) -> InstrumentVersion:
    return InstrumentVersion.objects.select_for_update().get(pk=version.pk)


def _draft(version: InstrumentVersion) -> InstrumentVersion:
    version = _locked(version)
    if version.frozen_at is not None:
        raise SamspillError(
            _("Version %(number)s is frozen.") % {"number": version.number},
            _("Make a new version."),
        )
    return version


def _log(actor: Actor, action: str, version: InstrumentVersion, **change: Any) -> None:
    instrument = version.instrument
    record(
        actor=actor,
        action=action,
        subject=f"{instrument.identifier} {version.number}",
        study=instrument.study.slug,
        **change,
    )
