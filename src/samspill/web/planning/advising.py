"""What a new measure begins with when it comes from a barrier: the advice of the library, where
there is one of that name, otherwise what the address says."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from samspill.web.municipality.words import language

ROOM = "samspill.advice"
GIVEN = ("title", "description", "barrier", "field", "advice", "goal", "municipal_unit")


def beginning(address: Mapping[str, str]) -> dict[str, Any]:
    """Columns of ``measures`` to begin with."""
    given = {name: address[name] for name in GIVEN if address.get(name)}
    advice = _advice(given.get("advice", ""))
    if advice is None:
        return given
    own = {
        "title": advice.title.get(language(), ""),
        "description": advice.description.get(language(), ""),
    }
    return {**{name: text for name, text in own.items() if text}, **given}


def _advice(identifier: str) -> Any:
    if not identifier or find_spec(ROOM) is None:
        return None
    return import_module(ROOM).load().get(identifier)
