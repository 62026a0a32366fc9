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
DIGITS = 8
"""A Norwegian telephone number's; a text of at least so many digits and no letters is a number."""
BETWEEN = r"[\s.()/\-]*"


class Traces:
    """The texts by which a person is known, found as whole words.

    Upper and lower case are alike, a name may have a genitive's s after it, and a telephone number
    is found however it is spaced, with and without the country's code.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        wanted = sorted({text.strip() for text in texts if text.strip()}, key=len, reverse=True)
        alternatives = "|".join(_alternative(text) for text in wanted)
        self._pattern = (
            re.compile(rf"(?<!\w)(?:{alternatives})(?=s?(?!\w))", re.IGNORECASE) if wanted else None
        )

    def __bool__(self) -> bool:
        return self._pattern is not None

    def stand_in(self, value: Any) -> bool:
        """Whether any of them stands in a value of JSON."""
        if self._pattern is None:
            return False
        if isinstance(value, str):
            return self._pattern.search(value) is not None
        if isinstance(value, dict):
            return any(self.stand_in(part) for part in value.values())
        if isinstance(value, list | tuple):
            return any(self.stand_in(part) for part in value)
        return False

    def without(self, value: Any) -> Any:
        """A value of JSON with ``ERASED`` in place of each."""
        if self._pattern is None:
            return value
        if isinstance(value, str):
            return self._pattern.sub(ERASED, value)
        if isinstance(value, list):
            return [self.without(part) for part in value]
        if isinstance(value, dict):
            return {key: self.without(part) for key, part in value.items()}
        return value


def erase(
    texts: Iterable[str],
    *,
    municipality: str = "",
    study: str = "",
    subjects: Collection[str] | None = None,
) -> int:
    """Replace texts in the log of a municipality, or of a study, where they stand as whole words,
    in what was before and after each change; only in the changes of ``subjects`` where they are
    given. Gives the number of events that held any."""
    traces = Traces(texts)
    if not traces:
        return 0
    where = {"study": study} if study else {"municipality": municipality}
    events = Event.objects.filter(**where)
    if subjects is not None:
        events = events.filter(subject__in=subjects)
    changed: list[Event] = []
    for event in events.iterator(chunk_size=500):
        old, new = traces.without(event.old), traces.without(event.new)
        if (old, new) != (event.old, event.new):
            event.old, event.new = old, new
            changed.append(event)
    _unguarded().bulk_update(changed, ("old", "new"), batch_size=200)
    return len(changed)


def forget_account(address: str) -> int:
    """Take an account that is no more out of the whole log: as the one who did something, and as
    the one to whom it was done. Gives the number of events that held it."""
    traces = Traces([address])
    found = Event.objects.filter(
        models.Q(actor__iexact=address) | models.Q(subject__icontains=address)
    )
    changed = []
    for event in found.iterator(chunk_size=500):
        event.actor, event.subject = traces.without(event.actor), traces.without(event.subject)
        if event.subject == ERASED:
            event.old = event.new = None
        changed.append(event)
    _unguarded().bulk_update(changed, ("actor", "subject", "old", "new"), batch_size=200)
    return len(changed)


def in_words(text: str) -> str:
    """A text of the log with what is taken out of it in the page's language."""
    return text.replace(ERASED, f"[{_('erased')}]")


def without(value: Any, texts: Iterable[str]) -> Any:
    """A value, or what is inside it, with the texts replaced."""
    return Traces(texts).without(value)


def is_number(text: str) -> bool:
    """Whether a text reads as a telephone number."""
    digits = re.sub(r"\D", "", text)
    return len(digits) >= DIGITS and re.fullmatch(r"\+?[\d\s.()/\-]+", text.strip()) is not None


def _alternative(text: str) -> str:
    if not is_number(text):
        return r"\s+".join(re.escape(word) for word in text.split())
    digits = re.sub(r"\D", "", text)
    for code in ("0047", "47"):
        if digits.startswith(code) and len(digits) == len(code) + DIGITS:
            digits = digits.removeprefix(code)
    return rf"(?:(?:\+|00)47{BETWEEN})?\+?" + BETWEEN.join(digits)


def _unguarded() -> models.QuerySet[Event]:
    return models.QuerySet[Event](Event)
