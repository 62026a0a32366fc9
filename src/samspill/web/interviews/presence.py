"""Who has the page of a text open now.

Only coders' keys are kept, in the cache of the installation, until they have not been heard of for
a while: who read what, and when, is stored nowhere.
"""

from __future__ import annotations

from django.core.cache import cache

from samspill.web.interviews.models import Coder, Source

HEARD_WITHIN = 15
"""Seconds; a page that is seen asks for news every four."""


def attend(source: Source, coder: Coder, *, now: float) -> list[tuple[int, str, str]]:
    """Tell that a coder has a text's page open at ``now`` (seconds), and who else has: key,
    initials and name, by name."""
    place = f"interviews.present.{source.guid}"
    heard: dict[int, float] = cache.get(place) or {}
    others = {key: at for key, at in heard.items() if now - at <= HEARD_WITHIN and key != coder.pk}
    cache.set(place, {**others, coder.pk: now}, HEARD_WITHIN)
    if not others:
        return []
    found = Coder.objects.filter(study=source.study_id, pk__in=others)
    return list(found.order_by("name", "pk").values_list("pk", "initials", "name"))
