"""Full-text search: an index built once, asked in milliseconds."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
import polars as pl

from samspill.errors import Message, SamspillError
from samspill.qualitative.queries.lines import lay_paragraphs
from samspill.qualitative.queries.passages import KNOWN
from samspill.qualitative.queries.search_language import (
    All,
    Choice,
    Near,
    Node,
    Not,
    Phrase,
    Prefix,
    parse,
)
from samspill.qualitative.queries.spans import Ints, runs
from samspill.qualitative.queries.words import WORD, fold, stem
from samspill.statistics.results import Result

if TYPE_CHECKING:
    from samspill.qualitative.tables import Tables

Within = Literal["paragraph", "source"]
EXCERPT = 80


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Hits(Result):
    """What a search found.

    ``frame``, in the order of the sources and their texts, one row a hit: ``source``, ``start``,
    ``end``, ``text`` (the words found), ``excerpt`` (with what stands around them),
    ``excerpt_start``, ``marks`` (pairs of positions in the excerpt, of every hit that lies in it),
    then of the source ``name``, ``unit``, ``side``, ``fields``, ``role``, ``date``, ``language``,
    ``consent``. ``total`` and ``sources`` count all hits, also where ``limit`` kept to the first.
    """

    query: str
    total: int
    sources: int

    @property
    def heading(self) -> str:
        return f"{self.query}: {self.total} hits in {self.sources} sources"

    def by_source(self) -> pl.DataFrame:
        """``source``, ``name`` and ``hits``, most hits first."""
        counted = self.frame.group_by("source", "name", maintain_order=True).agg(hits=pl.len())
        return counted.sort("hits", descending=True, maintain_order=True)

    def marked(self) -> list[str]:
        """The excerpts as HTML, with ``<mark>`` around what was found; the text is escaped."""
        return [
            _marked(excerpt, marks)
            for excerpt, marks in self.frame.select("excerpt", "marks").iter_rows()
        ]

    def _repr_html_(self) -> str:
        rows = zip(self.frame["name"], self.marked(), strict=True)
        body = "".join(f"<tr><td>{html.escape(n)}</td><td>{text}</td></tr>" for n, text in rows)
        head = f"<caption>{html.escape(self.heading)}</caption>"
        return f'<table class="samspill-result">{head}<tbody>{body}</tbody></table>'


class _Matches(NamedTuple):
    """The units that fulfil a query, and the words found in them (first and last, as places)."""

    units: Ints
    first: Ints
    last: Ints


NONE = np.empty(0, np.int64)


class SearchIndex:
    """Every word of every source, under its stem; built once, about a second for 200 long texts."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        offsets = tables.line.offsets
        numbers: dict[str, int] = {}
        word, start, end = [], [], []
        for place, text in enumerate(tables.sources["text"]):
            base = int(offsets[place])
            for found in WORD.finditer(text):
                word.append(numbers.setdefault(found.group(), len(numbers)))
                a, b = found.span()
                start.append(base + a)
                end.append(base + b)
        self._start, self._end = np.array(start, np.int64), np.array(end, np.int64)
        self._source = np.searchsorted(offsets, self._start, side="right") - 1
        laid = lay_paragraphs(tables)
        self._paragraph = laid.at(self._start) if laid.start.size else self._source
        of_word = np.array(word, np.int64)
        self._stems = _Postings([stem(w) for w in numbers], of_word)
        self._words = _Postings([fold(w) for w in numbers], of_word)

    def search(
        self,
        query: str,
        *,
        within: Within = "paragraph",
        stems: bool = True,
        excerpt: int = EXCERPT,
        limit: int | None = None,
    ) -> Hits:
        """See ``search``."""
        if within not in ("paragraph", "source"):
            raise SamspillError(
                Message("Words are not sought together within “{within}”.", within=within),
                "Choose paragraph or source.",
            )
        unit = self._paragraph if within == "paragraph" else self._source
        found = _Search(unit, self._stems if stems else self._words, self._words, stems).all(
            parse(query)
        )
        inside = np.isin(unit[found.first], found.units)
        spans = np.unique(np.stack([found.first[inside], found.last[inside]], axis=1), axis=0)
        sources = int(np.unique(self._source[spans[:, 0]]).size)
        shown = spans[:limit]
        return Hits(self._frame(shown[:, 0], shown[:, 1], excerpt), query, len(spans), sources)

    def _frame(self, first: Ints, last: Ints, excerpt: int) -> pl.DataFrame:
        offsets = self.tables.line.offsets
        source = self._source[first]
        base = offsets[source]
        start, end = self._start[first] - base, self._end[last] - base
        texts = self.tables.sources["text"].to_list()
        rows = []
        spans = list(zip(source.tolist(), start.tolist(), end.tolist(), strict=True))
        for here, (place, a, b) in enumerate(spans):
            low, high = _around(texts[place], a, b, excerpt)
            marks = [[x - low, y - low] for x, y in _neighbours(spans, here, low, high)]
            rows.append((place, a, b, texts[place][a:b], texts[place][low:high], low, marks))
        schema: dict[str, pl.DataType | type[pl.DataType]] = {
            "place": pl.Int64,
            "start": pl.Int64,
            "end": pl.Int64,
            "text": pl.String,
            "excerpt": pl.String,
            "excerpt_start": pl.Int64,
            "marks": pl.List(pl.List(pl.Int64)),
        }
        known = self.tables.sources.select(
            "source", *KNOWN, place=pl.int_range(pl.len(), dtype=pl.Int64)
        )
        frame = pl.DataFrame(rows, schema=schema, orient="row")
        joined = frame.join(known, on="place", maintain_order="left")
        return joined.select("source", *list(schema)[1:], *KNOWN)


def search(
    tables: Tables | SearchIndex,
    query: str,
    *,
    within: Within = "paragraph",
    stems: bool = True,
    excerpt: int = EXCERPT,
    limit: int | None = None,
) -> Hits:
    """Find words in all sources.

    A word finds its forms in bokmål and nynorsk (with ``stems``); ``"…"`` words in a row;
    ``frivil*`` what begins so, as written. ``AND`` (or nothing), ``OR``, ``NOT`` and parentheses
    join them within a paragraph (or a source), and ``NEAR/5`` asks for at most five words between.
    The operators stand in capitals, in Norwegian too (``OG``, ``ELLER``, ``IKKE``, ``NÆR``).
    ``excerpt`` is how many characters are shown on both sides; ``limit`` keeps to so many hits.
    To ask more than once make a ``SearchIndex(tables)`` and ask that.

    Raises SamspillError for a query that cannot be read.
    """
    index = tables if isinstance(tables, SearchIndex) else SearchIndex(tables)
    return index.search(query, within=within, stems=stems, excerpt=excerpt, limit=limit)


class _Postings:
    """Where the words stand that are one under a key: sorted keys, and places for each."""

    def __init__(self, key_of_word: list[str], words: Ints) -> None:
        self.keys = np.array(sorted(set(key_of_word)), dtype=object)
        number = {key: place for place, key in enumerate(self.keys.tolist())}
        of_word = np.array([number[key] for key in key_of_word], np.int64)
        group = of_word[words] if words.size else words
        self.places = np.argsort(group, kind="stable")
        self.begin = np.searchsorted(group[self.places], np.arange(self.keys.size + 1))

    def exactly(self, key: str) -> Ints:
        at = int(np.searchsorted(self.keys, key)) if self.keys.size else 0
        if at == self.keys.size or self.keys[at] != key:
            return NONE
        return self.places[self.begin[at] : self.begin[at + 1]]

    def beginning(self, start: str) -> Ints:
        if not self.keys.size:
            return NONE
        low = int(np.searchsorted(self.keys, start))
        high = int(np.searchsorted(self.keys, start + chr(0x10FFFF)))
        return np.sort(self.places[self.begin[low] : self.begin[high]])


class _Search:
    """One query, walked through the index."""

    def __init__(self, unit: Ints, keyed: _Postings, words: _Postings, stems: bool) -> None:
        self.unit = unit
        self.keyed = keyed
        self.words = words
        self.key = stem if stems else fold

    def all(self, node: Node) -> _Matches:
        match node:
            case Phrase(words):
                return self._phrase(words)
            case Prefix(start):
                return self._matches(found := self.words.beginning(fold(start)), found)
            case Near(one, other, words):
                return self._near(self.all(one), self.all(other), words)
            case Not(what):
                others = np.setdiff1d(np.unique(self.unit), self.all(what).units)
                return _Matches(others, NONE, NONE)
            case All(parts):
                return self._joined([self.all(part) for part in parts], every=True)
            case Choice(parts):
                return self._joined([self.all(part) for part in parts], every=False)

    def _matches(self, first: Ints, last: Ints) -> _Matches:
        return _Matches(np.unique(self.unit[first]), first, last)

    def _phrase(self, words: tuple[str, ...]) -> _Matches:
        first = self.keyed.exactly(self.key(words[0]))
        for distance, word in enumerate(words[1:], start=1):
            following = self.keyed.exactly(self.key(word)) - distance
            first = np.intersect1d(first, following, assume_unique=True)
        last = first + len(words) - 1
        together = self.unit[first] == self.unit[last] if first.size else np.empty(0, bool)
        return self._matches(first[together], last[together])

    def _near(self, one: _Matches, other: _Matches, words: int) -> _Matches:
        """Hits with one of the other at most so many words away, in the same unit."""
        a, b = self._paired(one, other, words), self._paired(other, one, words)
        return self._matches(
            np.concatenate([one.first[a], other.first[b]]),
            np.concatenate([one.last[a], other.last[b]]),
        )

    def _paired(self, one: _Matches, other: _Matches, words: int) -> Ints:
        order = np.argsort(other.first, kind="stable")
        starts = other.first[order]
        widest = int((other.last - other.first).max()) if other.first.size else 0
        begin = np.searchsorted(starts, one.first - words - 1 - widest, side="left")
        stop = np.searchsorted(starts, one.last + words + 1, side="right")
        counts = np.maximum(stop - begin, 0)
        mine = np.repeat(np.arange(one.first.size), counts)
        theirs = order[runs(begin, counts)]
        apart = np.maximum(
            other.first[theirs] - one.last[mine], one.first[mine] - other.last[theirs]
        )
        near = (apart > 0) & (apart <= words + 1)
        near &= self.unit[one.first[mine]] == self.unit[other.first[theirs]]
        return np.unique(mine[near])

    def _joined(self, parts: list[_Matches], *, every: bool) -> _Matches:
        units = parts[0].units
        for part in parts[1:]:
            units = (np.intersect1d if every else np.union1d)(units, part.units)
        kept = [np.isin(self.unit[p.first], p.units) for p in parts]
        return _Matches(
            units,
            np.concatenate([p.first[k] for p, k in zip(parts, kept, strict=True)]),
            np.concatenate([p.last[k] for p, k in zip(parts, kept, strict=True)]),
        )


def _around(text: str, start: int, end: int, excerpt: int) -> tuple[int, int]:
    """So many characters on both sides, brought to where words begin and end."""
    low, high = max(0, start - excerpt), min(len(text), end + excerpt)
    while low > 0 and low < start and not text[low - 1].isspace():
        low += 1
    while high < len(text) and high > end and not text[high].isspace():
        high -= 1
    return low, high


def _neighbours(
    spans: list[tuple[int, int, int]], here: int, low: int, high: int
) -> list[tuple[int, int]]:
    """This hit and those around it that lie in the excerpt."""
    place = spans[here][0]
    first = here
    while first > 0 and spans[first - 1][0] == place and spans[first - 1][1] >= low:
        first -= 1
    found = []
    for other, start, end in spans[first:]:
        if other != place or start >= high:
            break
        if end <= high:
            found.append((start, end))
    return found


def _marked(excerpt: str, marks: list[list[int]]) -> str:
    parts, at = [], 0
    for start, end in marks:
        if start >= at:
            parts += [html.escape(excerpt[at:start]), "<mark>"]
            parts += [html.escape(excerpt[start:end]), "</mark>"]
            at = end
    return "".join([*parts, html.escape(excerpt[at:])])
