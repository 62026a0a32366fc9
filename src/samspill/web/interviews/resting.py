"""How many of the planned informants a result rests on; the plan belongs to another workspace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from samspill.vocabulary import load
from samspill.web.studies.models import Study

if TYPE_CHECKING:
    from samspill.selection import InterviewCoverage

    Telling = Callable[[Study], InterviewCoverage | None]

_tellings: list[Telling] = []


def told_by(telling: Telling) -> None:
    """Register who knows the plan."""
    _tellings[:] = [telling]


@dataclass(frozen=True, slots=True)
class Resting:
    """Informants met and planned: for all, and by field (label, then one pair a side)."""

    met: int
    planned: int
    sides: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[int, int], ...]], ...]


def resting_on(study: Study) -> Resting | None:
    """What the results of a study's interviews rest on; None where nothing is planned."""
    found = _tellings[0](study) if _tellings else None
    if found is None:
        return None
    words, language = load(), get_language() or "nb"
    fields = [f for f in words.fields if f in set(found.frame["field"])]
    return Resting(
        found.met,
        found.planned,
        tuple(concept.label(language) for concept in words.sides.concepts),
        tuple(
            (
                words.fields[field].label(language),
                tuple(found.rests_on(field=field, side=side) for side in words.sides),
            )
            for field in fields
        ),
    )
