"""A changed definition becomes the draft, or the next version where this one is frozen."""

from __future__ import annotations

from samspill.instrument import Instrument as Definition
from samspill.web.instruments import actions
from samspill.web.instruments.models import InstrumentVersion


def changeable(version: InstrumentVersion) -> bool:
    """Whether a change can start from this version: a draft, or the newest."""
    later = version.instrument.versions.filter(number__gt=version.number)
    return version.frozen_at is None or not later.exists()


def save(
    actor: actions.Actor, version: InstrumentVersion, content: Definition, base: str
) -> InstrumentVersion:
    """Change the draft, or add the next version. Gives the version that was written.

    Raises:
        SamspillError: nothing differs, or somebody else has changed the draft since ``base``.
    """
    if version.frozen_at is not None:
        return actions.add_version(actor=actor, instrument=version.instrument, content=content)
    actions.change_draft(actor=actor, version=version, content=content, base=base)
    return version
