"""How a code is told apart: by a colour, and by a pattern for those who do not see it.

A code without a colour has its parent's, one at the top the next of a row made to be told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from samspill.web.interviews.models import Code

COLOURS = (
    "#e0992e",
    "#3d7fb6",
    "#7a63b8",
    "#4f8a5b",
    "#c2557a",
    "#2a8f93",
    "#b4530f",
    "#5b6ee1",
    "#8a7a2b",
    "#98a2ab",
)
PATTERNS = ("solid", "dashed", "dotted", "double", "wavy")
BORDERS = {"wavy": "groove"}
HEX = re.compile(r"#[0-9a-fA-F]{6}\Z")


@dataclass(frozen=True, slots=True)
class Look:
    """``colour`` is ``#rrggbb``, ``pattern`` a style of CSS for the line under words."""

    colour: str
    pattern: str


def looks(codes: Iterable[Code]) -> dict[int, Look]:
    """The look of each code of a study, by its key."""
    known = list(codes)
    by_key = {code.pk: code for code in known}
    tops = [code.pk for code in known if code.parent_id not in by_key]
    palette = {key: COLOURS[place % len(COLOURS)] for place, key in enumerate(tops)}
    return {
        code.pk: Look(_colour(code, by_key, palette), PATTERNS[place % len(PATTERNS)])
        for place, code in enumerate(known)
    }


def _colour(code: Code, by_key: Mapping[int, Code], palette: Mapping[int, str]) -> str:
    above: Code | None = code
    while above is not None:
        if HEX.match(above.colour):
            return above.colour.lower()
        if above.pk in palette:
            return palette[above.pk]
        above = by_key.get(above.parent_id or 0)
    return COLOURS[-1]


def stylesheet(given: Mapping[int, Look]) -> str:
    """Rules for the marks in the text (``::highlight(code-7)``) and for what stands beside it
    (``.code-7``)."""
    return "".join(_rules(key, look) for key, look in sorted(given.items()))


def _rules(key: int, look: Look) -> str:
    red, green, blue = (int(look.colour[at : at + 2], 16) for at in (1, 3, 5))
    border = BORDERS.get(look.pattern, look.pattern)
    line = "1px" if look.pattern == "double" else "2px"
    return (
        f".code-{key} {{ --code: {look.colour}; --pattern: {border}; }}\n"
        f"::highlight(code-{key}) {{ background-color: rgb({red} {green} {blue} / 26%); "
        f"text-decoration: underline {look.pattern} {line} {look.colour}; }}\n"
    )
