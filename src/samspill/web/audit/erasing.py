"""The one exception to a log that is not edited: what identifies a person is taken out of it.

Article 17 of the General Data Protection Regulation gives the right to be erased; that something
was changed, when and by whom else, stays.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from samspill.web.audit.models import Event

ERASED = "[erased]"
"""Stands in the log for what has been taken out; ``in_words`` says it."""


def erase(
    texts: Iterable[str], *, municipality: str, subjects: Collection[str] | None = None
) -> int:
    """Replace texts in the log of a municipality, where they stand as whole words, in what was
    before and after each change; only in the changes of ``subjects`` where they are given. Gives
    the number of events that held any."""
    pattern = _pattern(texts)
    if pattern is None:
        return 0
    events = Event.objects.filter(municipality=municipality)
    if subjects is not None:
        events = events.filter(subject__in=subjects)
    changed: list[Event] = []
    for event in events.iterator(chunk_size=500):
        old, new = _without(event.old, pattern), _without(event.new, pattern)
        if (old, new) != (event.old, event.new):
            event.old, event.new = old, new
            changed.append(event)
    models.QuerySet[Event](Event).bulk_update(changed, ("old", "new"), batch_size=200)
    return len(changed)


def in_words(text: str) -> str:
    """A text of the log with what is taken out of it in the page's language."""
    return text.replace(ERASED, f"[{_('erased')}]")


def without(value: Any, texts: Iterable[str]) -> Any:
    """A value, or what is inside it, with the texts replaced."""
    pattern = _pattern(texts)
    return value if pattern is None else _without(value, pattern)


def _pattern(texts: Iterable[str]) -> re.Pattern[str] | None:
    wanted = sorted({text.strip() for text in texts if text.strip()}, key=len, reverse=True)
    if not wanted:
        return None
    alternatives = "|".join(re.escape(text) for text in wanted)
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)


def _without(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return pattern.sub(ERASED, value)
    if isinstance(value, list):
        return [_without(part, pattern) for part in value]
    if isinstance(value, dict):
        return {key: _without(part, pattern) for key, part in value.items()}
    return value
