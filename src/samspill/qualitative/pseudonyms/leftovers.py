"""Is a known name left? What is asked of a quote before it is published."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from samspill.errors import Message
from samspill.qualitative.pseudonyms.forms import KnownName, forms, occurrences

_LONG = 5


@dataclass(frozen=True, slots=True)
class NameLeft:
    """``text[start:end]`` is, or may be, a known name; ``reason`` says how."""

    start: int
    end: int
    words: str
    name: str
    reason: Message


def known_names_left(text: str, known: Iterable[KnownName]) -> tuple[NameLeft, ...]:
    """Every place where a known name may be left, in order: in any case, with any genitive, and as
    the beginning of a longer word (*bergensk*, *Kari-Anne*) where the name has five letters or a
    hyphen follows. Rather one too many than one too few.
    """
    names = tuple(known)
    found = [
        NameLeft(o.start, o.end, text[o.start : o.end], o.names[0], Message("It is a known name."))
        for o in occurrences(text, names, any_case=True)
    ]
    there = [(left.start, left.end) for left in found]
    for name, form in {(item.name, form) for item in names for form in forms(item)}:
        pattern = rf"(?<!\w){re.escape(form)}" + (r"-?\w+" if len(form) >= _LONG else r"-\w+")
        for match in re.finditer(pattern, text, re.IGNORECASE):
            start, end = match.span()
            if not any(a < end and start < b for a, b in there):
                reason = Message("It begins with a known name.")
                found.append(NameLeft(start, end, match[0], name, reason))
                there.append((start, end))
    return tuple(sorted(found, key=lambda left: left.start))
