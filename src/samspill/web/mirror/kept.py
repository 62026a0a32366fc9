"""What is derived from a register is kept while register, day and program stay the same."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache

from samspill.web.audit.models import Event
from samspill.web.mirror.pulse.answers import latest_answer
from samspill.web.municipality.models import Municipality
from samspill.web.results.rendering import program

T = TypeVar("T")


def state_of(municipality: Municipality, day: datetime.date) -> str:
    """Names all that the mirror is derived from, as it stands now."""
    events = Event.objects.filter(municipality=municipality.code)
    last = events.exclude(action__startswith="mirror.").order_by("-pk").values_list("pk", "at")
    asked = (municipality.pk, last.first(), latest_answer(municipality), day, program())
    return hashlib.sha256(repr(asked).encode()).hexdigest()


def kept(state: str, name: str, make: Callable[[], T], *parameters: object) -> T:
    """What ``make`` gives, derived once for this state, name and parameters. The value must be one
    that can be pickled."""
    asked = hashlib.sha256(repr((name, parameters)).encode()).hexdigest()
    key = f"mirror-{state}-{asked}"
    found: tuple[T] | None = cache.get(key)
    if found is None:
        found = (make(),)
        cache.set(key, found)
    return found[0]
