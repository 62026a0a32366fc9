"""Which numbers of real answers would give a unit away, and are therefore not shown."""

from __future__ import annotations

import polars as pl

from samspill.analysis.publishing import THRESHOLD, holds_real_answers
from samspill.web.results.published import Edition
from samspill.web.results.rendering import remembered

EVERYTHING = ("*", "*")
Withheld = frozenset[tuple[str, str]]


def withheld(edition: Edition, split: str = "") -> Withheld:
    """The (indicator, field) whose counts, in all or split by an attribute, give away a cell
    below five; none of a study without observed answers. All of the split where it could not be
    examined."""
    if not holds_real_answers(edition.analysis):
        return frozenset()
    return remembered(edition, "withheld", lambda: _withheld(edition, split), split=split)


def is_withheld(found: Withheld, indicator: str, field: str) -> bool:
    return EVERYTHING in found or (indicator, field) in found


def too_few(count: int) -> bool:
    """Whether a count of real answers is one to four."""
    return 0 < count < THRESHOLD


def _withheld(edition: Edition, split: str) -> Withheld:
    found = edition.analysis.disclosure(by=split or None, threshold=THRESHOLD)
    if found.undecided:
        return frozenset({EVERYTHING})
    cells = found.cells.select("indicator", "field", "split").iter_rows()
    return frozenset((name, field or "") for name, field, by in cells if not by or by == split)


def gives_away(edition: Edition, counts: pl.DataFrame) -> bool:
    """Whether counts (columns ``count`` and ``n``) tell of one to four units with real answers."""
    if not holds_real_answers(edition.analysis) or not {"count", "n"} <= set(counts.columns):
        return False
    pairs = counts.select("count", "n").iter_rows()
    return any(too_few(count) or too_few(n - count) for count, n in pairs)
