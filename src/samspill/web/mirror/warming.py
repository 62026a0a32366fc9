"""The mirror made ready before anyone looks into it.

A change makes its numbers stale at once (``kept.state_of``); whoever comes before they are ready
waits for them and sees the new ones.
"""

from __future__ import annotations

from django.utils import translation

from samspill.language import languages
from samspill.register import TABLES
from samspill.register.mirror.holdings import WHATS
from samspill.typology import TYPOLOGIES
from samspill.web.mirror.drawings import drawn
from samspill.web.mirror.figures import FIGURES
from samspill.web.mirror.reading import Mirror
from samspill.web.mirror.reference import reference
from samspill.web.mirror.treatment import BYS
from samspill.web.municipality.groups import PRIVATE
from samspill.web.municipality.models import Municipality


def warm(municipality: Municipality) -> None:
    """Derive what the mirror's pages show, where it is not kept already, in every language."""
    mirror = Mirror(municipality)
    for name in ("answers", "weighed", "years", "membership", "measures", "core", "weakest"):
        getattr(mirror, name)
    for name in ("hanging", "dependence", "gaps", "changes"):
        getattr(mirror, name)
    for typology in TYPOLOGIES:
        mirror.placements(typology)
    for by in BYS:
        mirror.spread(by), mirror.insiders(by), mirror.answering_time(by)
    for what in WHATS:
        mirror.largest(what)
    for table in TABLES.keys() - PRIVATE:
        mirror.names(table)
    reference(mirror)
    for language in languages():
        with translation.override(language):
            for figure in FIGURES:
                drawn(mirror, figure)
