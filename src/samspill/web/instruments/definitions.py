"""The instrument that a version holds, parsed once for each digest."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.instrument import Instrument, parse_instrument
from samspill.web.instruments.models import InstrumentVersion


def definition(version: InstrumentVersion) -> Instrument:
    """The instrument of a version. Only the version's digest is read where it is known already.

    Raises:
        SamspillError: the stored definition is not what its digest says.
    """
    return _of_digest(version.digest)


@lru_cache(maxsize=64)
def _of_digest(digest: str) -> Instrument:
    stored = InstrumentVersion.objects.filter(digest=digest).values_list("definition", flat=True)
    text = stored[:1].get()
    if hashlib.sha256(text.encode()).hexdigest() != digest:
        raise SamspillError(
            _("The stored questionnaire is not the one that was saved."),
            _("Restore the database from a backup."),
        )
    return parse_instrument(text)
