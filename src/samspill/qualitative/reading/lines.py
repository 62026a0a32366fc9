"""What every format is read to: lines, each a paragraph."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph in clean text. ``speaker`` is who says it, where the format says so; ``bold`` how
    many characters it begins with in bold; ``times`` are pairs of an offset in ``text`` and the
    milliseconds after which it was said."""

    text: str
    speaker: str = ""
    bold: int = 0
    times: tuple[tuple[int, int], ...] = ()
