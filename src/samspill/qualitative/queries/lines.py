"""The paragraphs and turns of all sources, on the line of ``tables.line``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from samspill.qualitative.model import Source
from samspill.qualitative.queries.spans import Ints
from samspill.qualitative.turns import paragraphs

if TYPE_CHECKING:
    from samspill.qualitative.tables import Tables


@dataclass(frozen=True, slots=True, eq=False)
class Paragraphs:
    """Paragraphs that hold something, in order. ``turn`` numbers the turns: one begins where a
    speaker is named, and goes on through the paragraphs that name none."""

    start: Ints
    end: Ints
    source: Ints
    turn: Ints
    words: Ints

    def at(self, position: Ints) -> Ints:
        """The paragraph that holds each position, or the one before it."""
        found = np.searchsorted(self.start, position, side="right") - 1
        return np.maximum(found, 0)

    def turn_bounds(self) -> tuple[Ints, Ints]:
        """Where each turn starts (its words, without the speaker) and ends."""
        first = np.flatnonzero(np.diff(self.turn, prepend=-1))
        last = np.append(first[1:], self.turn.size) - 1
        return self.words[first], self.end[last]


def lay_paragraphs(tables: Tables) -> Paragraphs:
    """The paragraphs of all sources."""
    rows = []
    turn = -1
    offsets = tables.line.offsets
    for place, (text, speakers) in enumerate(tables.sources.select("text", "speakers").iter_rows()):
        base = int(offsets[place])
        fresh = True
        for part in paragraphs(Source("", "", text, speakers=tuple(speakers or ()))):
            if part.start == part.end:
                continue
            turn += fresh or bool(part.speaker)
            fresh = False
            rows.append((base + part.start, base + part.end, place, turn, base + part.words))
    table = np.array(rows, np.int64).reshape(-1, 5)
    return Paragraphs(*(table[:, column] for column in range(5)))
