"""A value through time, and what it takes for it to be another from a day on."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Span:
    """A value from a day (None: always before) up to but not including another (None: still).

    ``key`` finds what stores it.
    """

    value: str
    valid_from: datetime.date | None
    valid_to: datetime.date | None
    key: int = 0

    def holds_on(self, day: datetime.date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day < self.valid_to
        )


class Kind(StrEnum):
    """ADDED where nothing was known; CORRECTED in place; SUCCEEDED from a day on."""

    ADDED = "added"
    CORRECTED = "corrected"
    SUCCEEDED = "succeeded"


@dataclass(frozen=True, slots=True)
class Revision:
    """What changes: ``span`` is the one corrected or ended, ``valid_from`` and ``valid_to`` those
    of the value that is written."""

    kind: Kind
    value: str
    span: Span | None
    valid_from: datetime.date | None
    valid_to: datetime.date | None


def revise(spans: Sequence[Span], value: str, day: datetime.date | None) -> Revision | None:
    """What it takes for ``value`` to hold from ``day``; None where it does already.

    Without a day the value corrects the latest, unless it is one that held before: a list without
    dates cannot take a unit back in time.
    """
    if day is None:
        return _correct(spans, value)
    current = next((span for span in spans if span.holds_on(day)), None)
    if current is None:
        later = [s.valid_from for s in spans if s.valid_from is not None and s.valid_from > day]
        return Revision(Kind.ADDED, value, None, day, min(later, default=None))
    if current.value == value:
        return None
    if current.valid_from == day:
        return Revision(Kind.CORRECTED, value, current, day, current.valid_to)
    return Revision(Kind.SUCCEEDED, value, current, day, current.valid_to)


def _correct(spans: Sequence[Span], value: str) -> Revision | None:
    if any(span.value == value for span in spans):
        return None
    if not spans:
        return Revision(Kind.ADDED, value, None, None, None)
    latest = max(spans, key=lambda span: span.valid_from or datetime.date.min)
    return Revision(Kind.CORRECTED, value, latest, latest.valid_from, latest.valid_to)
