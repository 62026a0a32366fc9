"""The published waves of a study, opened together."""

from __future__ import annotations

import logging

from samspill.analysis.change import Succession, Waves, open_waves
from samspill.errors import SamspillError
from samspill.web.results.published import Edition, edition, edition_of
from samspill.web.studies.models import Study, UnitSuccession

log = logging.getLogger(__name__)


def published_waves(study: Study) -> tuple[Edition, ...]:
    """The newest edition of each wave that is published, in order of time; the last is the one
    that the study's results are shown of.

    Earlier publications of the same study folder have been replaced and are no waves. Nor is one
    that shares no indicator with the last, or cannot be read.
    """
    last = edition(study)
    if last is None:
        return ()
    found = {last.analysis.study.identifier: last}
    for publication in study.publications.filter(withdrawn_at=None):
        try:
            each = edition_of(publication)
        except SamspillError as error:
            log.warning("An earlier wave of '%s' cannot be read: %s", study.slug, error)
            continue
        other = each.analysis
        shared = set(other.definitions) & set(last.analysis.definitions)
        if shared and other.study.year < last.analysis.study.year:
            found.setdefault(other.study.identifier, each)
    return tuple(sorted(found.values(), key=lambda each: each.analysis.study.year))


def waves_of(study: Study, editions: tuple[Edition, ...]) -> Waves | None:
    """The waves with their units followed through the reforms that the study knows of; None with
    fewer than two."""
    if len(editions) < 2:
        return None
    rows = UnitSuccession.objects.filter(study=study).select_related("predecessor", "successor")
    successions = [
        Succession(
            row.predecessor.identifier if row.predecessor else None,
            row.successor.identifier if row.successor else None,
            row.occurred_on,
            row.outside,
        )
        for row in rows
    ]
    return open_waves([each.analysis for each in editions], successions=successions)
