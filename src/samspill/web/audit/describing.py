"""The log in words: what an action is called, and what it changed, value by value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from samspill.web.audit.erasing import in_words
from samspill.web.audit.models import Event

_LABELS: dict[str, str | Promise] = {}


def name_actions(labels: Mapping[str, str | Promise]) -> None:
    """Say what an app's actions are called; it stands in ``<app>/wording.py``, found by itself."""
    _LABELS.update(labels)


def action_label(action: str) -> str:
    """An action in words; its identifier where no app has named it."""
    return str(_LABELS.get(action, action))


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that an event changed; ``key`` is empty where the whole is one value."""

    key: str
    old: str
    new: str


def differences(event: Event) -> list[Difference]:
    """What differs between an event's old and new content, key by key."""
    old, new = _keyed(event.old), _keyed(event.new)
    return [
        Difference(key, _text(old.get(key)), _text(new.get(key)))
        for key in dict.fromkeys([*old, *new])
        if old.get(key) != new.get(key)
    ]


def _keyed(content: Any) -> dict[str, Any]:
    if content is None:
        return {}
    return content if isinstance(content, dict) else {"": content}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return " · ".join(f"{key}: {_text(part)}" for key, part in value.items())
    if isinstance(value, list):
        return ", ".join(_text(part) for part in value)
    if isinstance(value, str):
        return in_words(value)
    return json.dumps(value, ensure_ascii=False)
