"""Altair's charts, whose encodings may be given in short without a search for each of them.

Altair finds the class of an encoding given as text or value by hashing every class of its schema,
each time anew, which was most of the time of a figure. Here the class is that of the name.
"""

from __future__ import annotations

from typing import Any

import altair as alt


class Chart(alt.Chart):
    """``alt.Chart``, drawn the same."""

    def encode(self, *args: Any, **channels: Any) -> Any:
        known = {name: _channel(name, given) for name, given in channels.items()}
        return super().encode(*args, **known)


def _channel(name: str, given: Any) -> Any:
    kind = name[0].upper() + name[1:]
    if isinstance(given, str):
        return getattr(alt, kind)(given)
    if isinstance(given, dict) and "value" in given:
        return getattr(alt, f"{kind}Value")(**given)
    return given
