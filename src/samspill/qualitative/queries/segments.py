"""Retrieval: the passages that fulfil a condition, with their context."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.errors import Message, SamspillError
from samspill.qualitative.queries.choice import code_places, coder_mask, memberships
from samspill.qualitative.queries.conditions import (
    Beside,
    Both,
    By,
    Coded,
    Condition,
    Either,
    No,
    Of,
    Saying,
)
from samspill.qualitative.queries.lines import Paragraphs, lay_paragraphs
from samspill.qualitative.queries.passages import KNOWN
from samspill.qualitative.queries.spans import Ints, Spans, overlapping
from samspill.statistics.results import Result

if TYPE_CHECKING:
    from samspill.qualitative.tables import Tables

Context = int | Literal["turn", "paragraph"]
Mask = NDArray[np.bool_]


class Found(NamedTuple):
    """Spans on the line, with the codings of the line that made each."""

    start: Ints
    end: Ints
    behind: list[tuple[int, ...]]

    @property
    def spans(self) -> Spans:
        return Spans(np.zeros_like(self.start), self.start, self.end)

    def chosen(self, places: Ints) -> Found:
        return Found(
            self.start[places], self.end[places], [self.behind[place] for place in places.tolist()]
        )


Test = Callable[[Found], Mask]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Segments(Result):
    """Passages.

    ``frame``, in the order of the sources and their texts: ``source``, ``start``, ``end``,
    ``text`` (the words), ``before`` and ``after`` (context), ``codes`` and ``coders`` (names and
    identities, of the codings that made the passage), ``codings`` (their identities), then of the
    source ``name``, ``unit``, ``side``, ``fields``, ``role``, ``date``, ``language``, ``consent``.
    """

    @property
    def heading(self) -> str:
        return f"{self.frame.height} passages in {self.frame['source'].n_unique()} sources"


def segments(
    tables: Tables, condition: Condition | None = None, *, context: Context = 0
) -> Segments:
    """The passages that fulfil a condition; all codings without one.

    ``context`` is so many characters on both sides, or the whole ``paragraph`` or ``turn``
    (of the speaker who says it). Passages that are the same words of the same source, found in
    several ways, are one.

    Raises SamspillError for a code, coder or attribute that the project lacks.
    """
    search = _Search(tables)
    found = search.passages(condition) if condition is not None else search.everything()
    return Segments(_framed(tables, _distinct(found), context))


def find(tables: Tables, condition: Condition) -> Found:
    """The spans that fulfil a condition, each once."""
    return _distinct(_Search(tables).passages(condition))


class _Search:
    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.line = tables.line
        self._paragraphs: Paragraphs | None = None

    def everything(self) -> Found:
        return self._codings(np.arange(self.line.start.size))

    def passages(self, condition: Condition) -> Found:
        met = self._meet(condition)
        return met if isinstance(met, Found) else _where(self.everything(), met)

    def _codings(self, places: Ints) -> Found:
        behind: list[tuple[int, ...]] = [(place,) for place in places.tolist()]
        return Found(self.line.start[places], self.line.end[places], behind)

    def _meet(self, condition: Condition) -> Found | Test:  # noqa: PLR0911
        match condition:
            case Coded():
                return self._codings(np.flatnonzero(self._with(condition)))
            case Beside():
                return self._beside(condition)
            case Both(one, other):
                return self._both(self._meet(one), self._meet(other))
            case Either(one, other):
                return self._either(self._meet(one), self._meet(other))
            case No(what):
                return self._no(self._meet(what))
            case Of(holds):
                return self._of(holds)
            case By(coders):
                by = coder_mask(self.tables, coders)
                return lambda found: np.array([all(by[list(b)]) for b in found.behind], bool)
            case Saying(pattern):
                return lambda found: np.array(
                    [bool(pattern.search(text)) for text in _words(self.tables, found)], bool
                )
        raise SamspillError(
            Message("“{condition}” is not a condition.", condition=condition),
            "Make it with code(), side() …",
        )

    def _with(self, condition: Coded) -> Mask:
        places = code_places(self.tables, condition.codes)
        _, codes = memberships(self.tables, places, with_descendants=condition.with_descendants)
        return np.isin(self.line.code, codes)

    def _of(self, holds: pl.Expr) -> Test:
        try:
            answer = self.tables.sources.select(holds.fill_null(value=False).alias("holds"))
        except pl.exceptions.ColumnNotFoundError as error:
            raise SamspillError(
                Message("Sources have no attribute {what}.", what=str(error).splitlines()[0]),
                Message("Choose among: {known}.", known=", ".join(self.tables.sources.columns)),
            ) from None
        fulfils = answer["holds"].to_numpy().astype(bool)
        return lambda found: fulfils[self._source(found.start)]

    def _source(self, position: Ints) -> Ints:
        found: Ints = np.searchsorted(self.line.offsets, position, side="right") - 1
        return found

    def _both(self, one: Found | Test, other: Found | Test) -> Found | Test:
        if isinstance(one, Found) and isinstance(other, Found):
            i, j = overlapping(one.spans, other.spans)
            behind = [
                tuple(dict.fromkeys(one.behind[a] + other.behind[b]))
                for a, b in zip(i.tolist(), j.tolist(), strict=True)
            ]
            return Found(
                np.maximum(one.start[i], other.start[j]),
                np.minimum(one.end[i], other.end[j]),
                behind,
            )
        if isinstance(one, Found):
            return _where(one, other)  # type: ignore[arg-type]
        if isinstance(other, Found):
            return _where(other, one)
        return lambda found: one(found) & other(found)

    def _either(self, one: Found | Test, other: Found | Test) -> Found | Test:
        if not isinstance(one, Found) and not isinstance(other, Found):
            return lambda found: one(found) | other(found)
        parts = [
            part if isinstance(part, Found) else _where(self.everything(), part)
            for part in (one, other)
        ]
        return Found(
            np.concatenate([part.start for part in parts]),
            np.concatenate([part.end for part in parts]),
            [behind for part in parts for behind in part.behind],
        )

    def _no(self, what: Found | Test) -> Test:
        if not isinstance(what, Found):
            return lambda found: ~what(found)

        def untouched(found: Found) -> Mask:
            free = np.ones(found.start.size, bool)
            free[overlapping(found.spans, what.spans)[0]] = False
            return free

        return untouched

    def _beside(self, condition: Beside) -> Found:
        one, other = self.passages(condition.one), self.passages(condition.other)
        keep = np.zeros(one.start.size, bool)
        if condition.relation == "within":
            keep = _inside(one, other)
        elif condition.relation == "overlapping":
            keep[overlapping(one.spans, other.spans)[0]] = True
        elif condition.relation == "near":
            keep = self._near(one, other, condition.characters)
        else:
            wide, beside = self._in_paragraphs(one), self._in_paragraphs(other)
            keep[overlapping(wide, beside)[0]] = True
        return one.chosen(np.flatnonzero(keep))

    def _near(self, one: Found, other: Found, characters: int) -> Mask:
        from samspill.qualitative.queries.proximity import nearest

        gap, _ = nearest(one.spans, other.spans, self.line.offsets)
        return (gap >= 0) & (gap <= characters)

    def _in_paragraphs(self, found: Found) -> Spans:
        if self._paragraphs is None:
            self._paragraphs = lay_paragraphs(self.tables)
        laid = self._paragraphs
        first, last = laid.at(found.start), laid.at(np.maximum(found.end - 1, found.start))
        return Spans(np.zeros_like(first), first, last + 1)


def _where(found: Found, test: Test) -> Found:
    return found.chosen(np.flatnonzero(test(found)))


def _inside(one: Found, other: Found) -> Mask:
    """Which of ``one`` lie in a span of ``other``: of those starting no later, the longest."""
    if not other.start.size:
        return np.zeros(one.start.size, bool)
    order = np.argsort(other.start, kind="stable")
    furthest = np.maximum.accumulate(other.end[order])
    before = np.searchsorted(other.start[order], one.start, side="right") - 1
    inside: Mask = (before >= 0) & (furthest[np.maximum(before, 0)] >= one.end)
    return inside


def _distinct(found: Found) -> Found:
    """Each span once, in order, with all codings that made it."""
    order = np.lexsort((found.end, found.start))
    merged: dict[tuple[int, int], dict[int, None]] = {}
    for place in order.tolist():
        key = (int(found.start[place]), int(found.end[place]))
        merged.setdefault(key, {}).update(dict.fromkeys(found.behind[place]))
    bounds = np.array(list(merged), np.int64).reshape(-1, 2)
    return Found(bounds[:, 0], bounds[:, 1], [tuple(behind) for behind in merged.values()])


def _words(tables: Tables, found: Found) -> list[str]:
    texts = tables.sources["text"].to_list()
    offsets = tables.line.offsets
    source = np.searchsorted(offsets, found.start, side="right") - 1
    begin, stop = found.start - offsets[source], found.end - offsets[source]
    rows = zip(source.tolist(), begin.tolist(), stop.tolist(), strict=True)
    return [texts[place][start:end] for place, start, end in rows]


def _framed(tables: Tables, found: Found, context: Context) -> pl.DataFrame:
    line = tables.line
    source = np.searchsorted(line.offsets, found.start, side="right") - 1
    base = line.offsets[source]
    low, high = _context(tables, found, context)
    texts = tables.sources["text"].to_list()
    names, identities = tables.codes["name"].to_list(), tables.codings["coding"].to_list()
    bounds = np.stack([low - base, found.start - base, found.end - base, high - base], axis=1)
    rows = []
    for place, (a, b, c, d), behind in zip(
        source.tolist(), bounds.tolist(), found.behind, strict=True
    ):
        whole = texts[place]
        at = list(behind)
        codes = dict.fromkeys(names[i] if i < len(names) else None for i in line.code[at].tolist())
        coders = dict.fromkeys(line.coders[i] for i in line.coder[at].tolist())
        made = [identities[i] for i in line.coding[at].tolist()]
        rows.append(
            (place, b, c, whole[b:c], whole[a:b], whole[c:d], list(codes), list(coders), made)
        )
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "place": pl.Int64,
        "start": pl.Int64,
        "end": pl.Int64,
        "text": pl.String,
        "before": pl.String,
        "after": pl.String,
        "codes": pl.List(pl.String),
        "coders": pl.List(pl.String),
        "codings": pl.List(pl.String),
    }
    known = tables.sources.select("source", *KNOWN, place=pl.int_range(pl.len(), dtype=pl.Int64))
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    joined = frame.join(known, on="place", maintain_order="left")
    return joined.select("source", *list(schema)[1:], *KNOWN)


def _context(tables: Tables, found: Found, context: Context) -> tuple[Ints, Ints]:
    offsets = tables.line.offsets
    source = np.searchsorted(offsets, found.start, side="right") - 1
    if isinstance(context, int):
        if context < 0:
            raise SamspillError("A context is not negative.", "Give a number from 0, or 'turn'.")
        low = np.maximum(found.start - context, offsets[source])
        return low, np.minimum(found.end + context, offsets[source + 1] - 1)
    laid = lay_paragraphs(tables)
    if context not in ("turn", "paragraph") or not laid.start.size:
        raise SamspillError(
            Message("There is no context called “{context}”.", context=context),
            "Give a number of characters, 'paragraph' or 'turn'.",
        )
    first, last = laid.at(found.start), laid.at(np.maximum(found.end - 1, found.start))
    if context == "turn":
        begins, ends = laid.turn_bounds()
        return (
            np.minimum(begins[laid.turn[first]], found.start),
            np.maximum(ends[laid.turn[last]], found.end),
        )
    return np.minimum(laid.start[first], found.start), np.maximum(laid.end[last], found.end)
