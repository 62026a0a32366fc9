"""Spans on a line: unions and overlaps, by sorting alone.

A span is half-open, ``[start, end)``; one without length covers nothing and overlaps nothing.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


class Spans(NamedTuple):
    """Spans, each of a group."""

    group: Ints
    start: Ints
    end: Ints

    @property
    def lengths(self) -> Ints:
        return self.end - self.start


def union(spans: Spans, length: int) -> Spans:
    """The disjoint spans that cover the same places, group by group, on a line of ``length``."""
    covering = spans.end > spans.start
    group, start, end = (part[covering] for part in spans)
    if not start.size:
        return Spans(group, start, end)
    shift = group * (length + 1)
    order = _by_group_and_start(group, start, shift)
    group, shift = group[order], shift[order]
    start, end = shift + start[order], shift + end[order]
    reached = np.maximum.accumulate(end)
    first = np.ones(start.size, bool)
    first[1:] = start[1:] > reached[:-1]
    begins = np.flatnonzero(first)
    last = np.append(begins[1:], start.size) - 1
    return Spans(group[begins], start[begins] - shift[begins], reached[last] - shift[begins])


def _by_group_and_start(group: Ints, start: Ints, shift: Ints) -> Ints:
    if group.max() < 2**16 and bool(np.all(start[1:] >= start[:-1])):
        return np.argsort(group.astype(np.uint16), kind="stable")
    return np.argsort(shift + start, kind="stable")


def overlapping(a: Spans, b: Spans) -> tuple[Ints, Ints]:
    """The pairs (place in ``a``, place in ``b``) that share a place on the line.

    Every such pair has the later start inside the other span: either b's in a, or a's after b's
    start and in b. Both are runs of the sorted starts, so the work is sorting plus the pairs found.
    """
    one, other = _starting_within(a, b, strictly=False)
    second, first = _starting_within(b, a, strictly=True)
    return np.concatenate([one, first]), np.concatenate([other, second])


def _starting_within(outer: Spans, inner: Spans, *, strictly: bool) -> tuple[Ints, Ints]:
    """Pairs where the inner span starts within the outer; ``strictly`` after the outer's start."""
    order = np.argsort(inner.start, kind="stable")
    order = order[inner.end[order] > inner.start[order]]
    starts = inner.start[order]
    begin = np.searchsorted(starts, outer.start, side="right" if strictly else "left")
    stop = np.maximum(np.searchsorted(starts, outer.end, side="left"), begin)
    counts = stop - begin
    places = np.repeat(np.arange(outer.start.size), counts)
    return places, order[runs(begin, counts)]


def runs(begin: Ints, counts: Ints) -> Ints:
    """``begin[0], begin[0] + 1, …`` for ``counts[0]`` numbers, then the same for each."""
    total = int(counts.sum())
    ends = np.cumsum(counts)
    return np.arange(total) - np.repeat(ends - counts - begin, counts)


def spread(spans: Spans, row: Ints, code: Ints, parts: int = 1) -> Spans:
    """Spans grouped by code, given to the rows that each code counts in (pairs ``row``, ``code``).

    The group of a span is its code times ``parts`` plus a part, such as a coder, which it keeps.
    """
    order = np.argsort(code, kind="stable")
    row, code = row[order], code[order]
    own = spans.group // parts
    begin = np.searchsorted(code, own, side="left")
    counts = np.searchsorted(code, own, side="right") - begin
    places = np.repeat(np.arange(own.size), counts)
    group = row[runs(begin, counts)] * parts + spans.group[places] % parts
    return Spans(group, spans.start[places], spans.end[places])


def pick(spans: Spans, places: Ints) -> Spans:
    return Spans(*(part[places] for part in spans))
