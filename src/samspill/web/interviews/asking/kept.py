"""Answers that take a second to find, kept until the material changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache

from samspill.web.interviews.changes import last_number
from samspill.web.studies.models import Study

Answer = TypeVar("Answer")
A_DAY = 24 * 3600


def kept(study: Study, question: str, find: Callable[[], Answer]) -> Answer:
    """The answer to a question of the material as it stands; ``question`` names all its choices."""
    material = f"{study.pk}:{study.created_at.timestamp()}:{last_number(study)}"
    key = f"interviews:{material}:{question}"
    answer: Answer | None = cache.get(key)
    if answer is None:
        answer = find()
        cache.set(key, answer, A_DAY)
    return answer
