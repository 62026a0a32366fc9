"""Taking earlier wordings out of the history, so that they cannot be had back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from samspill.web.interviews.models import Change
from samspill.web.studies.models import Study

WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "source": ("text", "name", "role", "speakers", "attributes"),
        "memo": ("title", "text"),
    }
)
"""The columns whose words may hold names."""


def forget_words(study: Study, guids: Collection[str]) -> None:
    """Take the words of sources and memos, by their ``guid``, out of every change of them.

    For after names have been replaced; those changes can no longer be undone.
    """
    wanted = set(guids)
    for change in Change.objects.filter(study=study).iterator(chunk_size=200):
        held = [row for row in change.rows if row["table"] in WORDS and row["guid"] in wanted]
        forgotten = [_forget(row) for row in held]
        if any(forgotten):
            change.undoable = False
            change.save(update_fields=["rows", "undoable"])


def _forget(row: Mapping[str, dict[str, object] | str | None]) -> bool:
    found = False
    for side in ("before", "after"):
        kept = row[side]
        if isinstance(kept, dict):
            for column in WORDS[str(row["table"])]:
                found |= kept.pop(column, None) is not None
    return found
