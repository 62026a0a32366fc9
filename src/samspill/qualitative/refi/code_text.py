"""What is known of a code, in the one text that the standard has for it.

A code's ``Description`` is its definition, then a paragraph for each of the others that is given,
each behind a blank line and its name in brackets:

    The parties do not know who there is.

    [Inclusion] Lists that are missing or out of date.

    [Exclusion] Contact that is missing.

    [Example] “We have no list.”

    [Concept] barriers/coordination/poor_overview

A line of a text that itself begins like one of these gets a backslash before it, which is taken off
again on reading, so that every text comes back as it was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from samspill.qualitative.model import Code

_FIELDS = ("inclusion", "exclusion", "example", "concept")
_NAMES = "|".join(field.capitalize() for field in _FIELDS)
_BEGINNING = re.compile(rf"(?:\A|\n\n)\[({_NAMES})\] ")
_PLAIN = re.compile(rf"^(\\*\[(?:{_NAMES})\] )", re.MULTILINE)
_ESCAPED = re.compile(rf"^\\(\\*\[(?:{_NAMES})\] )", re.MULTILINE)


def description(code: Code) -> str | None:
    """The ``Description`` of a code; None where nothing is known of it."""
    parts = [_escaped(code.definition)] if code.definition else []
    for field in _FIELDS:
        text = getattr(code, field)
        if text:
            parts.append(f"[{field.capitalize()}] {_escaped(text)}")
    return "\n\n".join(parts) if parts else None


def described(text: str | None) -> Mapping[str, str]:
    """``definition`` and the other fields of a code, from its ``Description``."""
    if not text:
        return {}
    definition, *rest = _BEGINNING.split(text)
    names = [name.lower() for name in rest[::2]]
    if names != sorted(set(names), key=_FIELDS.index):
        return {"definition": text}
    found = {"definition": _plain(definition)}
    found.update({name: _plain(part) for name, part in zip(names, rest[1::2], strict=True)})
    return found


def _escaped(text: str) -> str:
    return _PLAIN.sub(r"\\\1", text)


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)
