"""The rounds of a study."""

from __future__ import annotations

import datetime
from typing import Any, TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.audit.recording import record
from samspill.web.studies.models import Study, Wave

Actor: TypeAlias = AbstractBaseUser | str


@transaction.atomic
def add_wave(
    *,
    actor: Actor,
    study: Study,
    identifier: str,
    title: dict[str, str],
    reference_date: datetime.date,
) -> Wave:
    """Raises SamspillError where the study has a wave of this identifier."""
    if study.waves.filter(identifier=identifier).exists():
        raise SamspillError(
            _("The study has a wave “%(identifier)s” already.") % {"identifier": identifier},
            _("Give this one another short name."),
        )
    wave: Wave = study.waves.create(
        identifier=identifier, title=title, reference_date=reference_date
    )
    _record(actor, wave, "studies.add_wave", new=_content(wave))
    return wave


@transaction.atomic
def edit_wave(
    *, actor: Actor, wave: Wave, title: dict[str, str], reference_date: datetime.date
) -> None:
    """Change a wave's title or day; its identifier stays."""
    old = _content(wave)
    wave.title, wave.reference_date = title, reference_date
    if _content(wave) == old:
        return
    wave.save(update_fields=["title", "reference_date"])
    _record(actor, wave, "studies.edit_wave", old=old, new=_content(wave))


@transaction.atomic
def delete_wave(*, actor: Actor, wave: Wave) -> None:
    """Raises SamspillError where something has been collected in the wave."""
    old = _content(wave)
    slug, subject = wave.study.slug, wave.identifier
    try:
        with transaction.atomic():
            wave.delete()
    except models.ProtectedError as error:
        raise SamspillError(
            _("There is a collection in this wave."), _("Delete the collection first.")
        ) from error
    record(actor=actor, action="studies.delete_wave", subject=subject, study=slug, old=old)


def _content(wave: Wave) -> dict[str, Any]:
    return {"title": wave.title, "reference_date": wave.reference_date.isoformat()}


def _record(actor: Actor, wave: Wave, action: str, **changes: Any) -> None:
    record(actor=actor, action=action, subject=wave.identifier, study=wave.study.slug, **changes)
