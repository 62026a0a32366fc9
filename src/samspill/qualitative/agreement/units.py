"""From codings to ratings: whether each coder gave a code to each character, sentence, paragraph or
segment. Everything is spans and breakpoints; no row is made for a character.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
import polars as pl

from samspill.errors import Message, SamspillError
from samspill.qualitative.agreement.ratings import Floats, Integers, Ratings, counted
from samspill.qualitative.sentences import lines, sentences
from samspill.qualitative.tables import Tables

By = Literal["character", "sentence", "paragraph", "segment"]
Over = Literal["all", "coded"]
ABSENT, PRESENT, UNREAD = 0, 1, -1
CATEGORIES = ("absent", "present")


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Stretches of texts laid end to end: ``start`` and ``end`` count from the first text's first
    character. Shape (stretches,); ``source`` is the place of the text that each lies in."""

    start: Integers
    end: Integers
    source: Integers


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """Texts laid end to end with each coder's codings.

    ``read`` has shape (coders, sources): whether the coder has read the text. ``begins`` has the
    place of each text's first character, and one more for the end. ``codings`` has ``code``,
    ``coder`` (its place), ``start``, ``end``.
    """

    tables: Tables
    coders: tuple[str, ...]
    sources: tuple[str, ...]
    read: Integers
    begins: Integers
    codings: pl.DataFrame


def material(
    tables: Tables,
    coders: Sequence[str],
    read: Mapping[str, Iterable[str]] | None,
    codes: Sequence[str],
    with_descendants: bool,
) -> Material:
    """The texts that two or more of the coders have read, and what they coded there.

    A coder has read the texts that ``read`` says, or those where they have coded anything at all.
    """
    found = tables.codings.filter(pl.col("coder").is_in(list(coders)))
    known = (
        {coder: set(names) for coder, names in read.items()}
        if read is not None
        else {
            coder: set(found.filter(pl.col("coder") == coder)["source"].to_list())
            for coder in coders
        }
    )
    names = tables.sources["source"].to_list()
    whole = np.array([[name in known.get(coder, ()) for name in names] for coder in coders])
    kept = whole.sum(axis=0) >= 2 if whole.size else np.zeros(0, dtype=bool)
    chosen = tables.sources.filter(pl.Series(kept, dtype=pl.Boolean))
    lengths = chosen["characters"].to_numpy()
    begins = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    place = pl.DataFrame({"source": chosen["source"], "offset": begins[:-1]})
    number = pl.DataFrame({"coder": list(coders), "place": range(len(coders))})
    of_codes = _of_codes(tables, codes, with_descendants)
    codings = (
        found.join(place, on="source")
        .join(number, on="coder")
        .join(of_codes, on="code")
        .select(
            "coding",
            pl.col("asked").alias("code"),
            pl.col("place").alias("coder"),
            pl.col("start") + pl.col("offset"),
            pl.col("end") + pl.col("offset"),
        )
        .filter(pl.col("end") > pl.col("start"))
    )
    read_there = whole[:, kept].astype(np.int64) if whole.size else np.zeros((len(coders), 0), int)
    return Material(tables, tuple(coders), tuple(chosen["source"]), read_there, begins, codings)


def _of_codes(tables: Tables, codes: Sequence[str], with_descendants: bool) -> pl.DataFrame:
    """Which codes stand for each code asked of."""
    if with_descendants:
        pairs = tables.ancestry.filter(pl.col("ancestor").is_in(list(codes)))
        return pairs.select("code", pl.col("ancestor").alias("asked"))
    return pl.DataFrame({"code": list(codes), "asked": list(codes)})


class Coverage:
    """How many characters a coder has coded before any place: piecewise linear, one look-up
    each.
    """

    def __init__(self, start: Integers, end: Integers) -> None:
        self.start, self.end = joined(start, end)
        self.before = np.concatenate([[0], np.cumsum(self.end - self.start)])

    def until(self, place: Integers) -> Integers:
        begun = np.searchsorted(self.start, place, side="right")
        last = np.maximum(begun - 1, 0)
        if self.start.size == 0:
            return np.zeros_like(place)
        beyond = np.where(begun > 0, np.maximum(self.end[last] - place, 0), 0)
        return np.asarray(self.before[begun] - beyond)

    def within(self, spans: Spans) -> Integers:
        """The number of coded characters in each stretch."""
        return np.asarray(self.until(spans.end) - self.until(spans.start))


def joined(start: Integers, end: Integers) -> tuple[Integers, Integers]:
    """Stretches with those that overlap or touch put together, in order."""
    if start.size == 0:
        return start.astype(np.int64), end.astype(np.int64)
    order = np.lexsort((end, start))
    start, reach = start[order], np.maximum.accumulate(end[order])
    new = np.concatenate([[True], start[1:] > reach[:-1]])
    return start[new], reach[np.concatenate([np.flatnonzero(new)[1:] - 1, [start.size - 1]])]


def units(m: Material, by: By, over: Over) -> Spans | None:
    """The stretches that are rated; None for characters, whose stretches depend on the code."""
    if by not in get_args(By):
        raise SamspillError(
            Message("Agreement is not measured by “{name}”.", name=by),
            Message("Choose among {names}.", names=", ".join(get_args(By))),
        )
    if over not in get_args(Over):
        raise SamspillError(
            Message("“{name}” is not a part of the text.", name=over),
            Message("Choose among {names}.", names=", ".join(get_args(Over))),
        )
    if by == "character":
        return None
    if by == "segment":
        return _segments(m)
    spans = _pieces(m, by)
    if over == "all":
        return spans
    coded = Coverage(*_columns(m.codings)).within(spans) > 0
    return Spans(spans.start[coded], spans.end[coded], spans.source[coded])


def _segments(m: Material) -> Spans:
    """Stretches that any coder gave any of the codes; overlapping ones are one, within a text."""
    starts, ends = [], []
    edges = m.begins
    of = np.searchsorted(edges, m.codings["start"].to_numpy(), side="right") - 1
    for source in range(len(m.sources)):
        own = m.codings.filter(pl.Series(of == source, dtype=pl.Boolean))
        start, end = _overlapping(*_columns(own))
        starts.append(start)
        ends.append(end)
    start = np.concatenate(starts) if starts else np.zeros(0, dtype=np.int64)
    end = np.concatenate(ends) if ends else np.zeros(0, dtype=np.int64)
    return Spans(start, end, np.asarray(np.searchsorted(edges, start, side="right") - 1))


def _overlapping(start: Integers, end: Integers) -> tuple[Integers, Integers]:
    """As ``joined``, but stretches that only touch stay apart."""
    if start.size == 0:
        return start.astype(np.int64), end.astype(np.int64)
    order = np.lexsort((end, start))
    start, reach = start[order], np.maximum.accumulate(end[order])
    new = np.concatenate([[True], start[1:] >= reach[:-1]])
    return start[new], reach[np.concatenate([np.flatnonzero(new)[1:] - 1, [start.size - 1]])]


def _pieces(m: Material, by: By) -> Spans:
    texts = dict(m.tables.sources.select("source", "text").iter_rows())
    rows = [
        (start + offset, end + offset, place)
        for place, (source, offset) in enumerate(zip(m.sources, m.begins[:-1], strict=True))
        for start, end in (sentences(texts[source]) if by == "sentence" else lines(texts[source]))
    ]
    found = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return Spans(found[:, 0], found[:, 1], found[:, 2])


def _columns(codings: pl.DataFrame) -> tuple[Integers, Integers]:
    return codings["start"].to_numpy(), codings["end"].to_numpy()


def code_ratings(m: Material, code: str, spans: Spans | None, over: Over) -> Ratings:
    """Whether each coder gave ``code`` to each unit; one cluster a text, raters the coders."""
    own = m.codings.filter(pl.col("code") == code)
    coverages = [
        Coverage(*_columns(own.filter(pl.col("coder") == place))) for place in range(len(m.coders))
    ]
    if spans is None:
        spans, weights = _between_breakpoints(m, coverages, over)
    else:
        weights = np.ones(spans.start.size)
    marks = np.stack([(c.within(spans) > 0).astype(np.int64) for c in coverages], axis=1)
    unread = m.read[:, spans.source].T == 0
    return _by_source(np.where(unread, UNREAD, marks), weights, spans.source, m)


def _between_breakpoints(
    m: Material, coverages: Sequence[Coverage], over: Over
) -> tuple[Spans, Floats]:
    """Stretches within which nothing changes, and how many characters each is."""
    edges = [m.begins, *(c.start for c in coverages), *(c.end for c in coverages)]
    coded = Coverage(*_columns(m.codings)) if over == "coded" else None
    if coded is not None:
        edges += [coded.start, coded.end]
    breaks = np.unique(np.concatenate(edges))
    start, end = breaks[:-1], breaks[1:]
    source = np.searchsorted(m.begins, start, side="right") - 1
    spans = Spans(start, end, np.asarray(source))
    weights = (end - start).astype(np.float64)
    if coded is None:
        return spans, weights
    kept = coded.within(spans) > 0
    return Spans(start[kept], end[kept], spans.source[kept]), weights[kept]


def _by_source(marks: Integers, weights: Floats, source: Integers, m: Material) -> Ratings:
    """Count equal rows of marks within each text; a row is read as a number in base three."""
    exact = np.int64 if len(m.coders) < 40 else object
    digits = np.array([3**place for place in range(len(m.coders))], dtype=exact)
    numbers, where = np.unique((marks - UNREAD) @ digits, return_inverse=True)
    patterns = (numbers[:, None] // digits % 3 + UNREAD).astype(np.int64)
    cells = source * numbers.size + where.reshape(-1)
    counts = np.bincount(cells, weights, len(m.sources) * numbers.size)
    table = counts.astype(np.float64).reshape(len(m.sources), numbers.size)
    return counted(Ratings(patterns, table, CATEGORIES, m.coders, clustered=True))


def pooled(all_ratings: Sequence[Ratings]) -> Ratings:
    """The ratings of several codes as one: a unit is a piece of text and a code."""
    patterns = np.concatenate([r.patterns for r in all_ratings])
    counts = np.concatenate([r.counts for r in all_ratings], axis=1)
    return counted(replace(all_ratings[0], patterns=patterns, counts=counts))
