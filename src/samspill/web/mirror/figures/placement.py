"""Where the entries place the fields in a typology."""

from __future__ import annotations

from samspill.presentation import Figure, placement_figure
from samspill.web.mirror.reading import Mirror
from samspill.web.municipality.words import language


def placed_figure(mirror: Mirror, typology: str) -> Figure | None:
    """The map of a typology; None where no entry speaks of it."""
    placements = mirror.placements(typology)
    return placement_figure(placements, language()) if placements else None
