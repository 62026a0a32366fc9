"""What was changed between two texts: paragraph by paragraph, then word by word.

Paragraphs that both texts have once are paired in order (patience sorting, after B. Cohen's
*patience diff*); between them the longest common subsequence of words is kept (H. Hyyrö 2004,
*Bit-parallel LCS-length computation revisited*, as RapidFuzz has it).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile
from typing import Protocol

from rapidfuzz.distance import LCSseq

_LETTER = r"\w\u0300-\u036f\u200d\ufe0e\ufe0f\U0001f000-\U0001faff"
_TOKEN = re.compile(rf"[{_LETTER}]+|\s+|[^{_LETTER}\s]")
_WORD = re.compile(rf"[{_LETTER}]+|[^{_LETTER}\s]")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_LARGEST = 60_000_000
_FEW = 100
_RUNS = (1, 4, 16)

Gap = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Change:
    """``old[start:end]`` became ``replacement``. ``within_a_word`` is True where the word it is in
    is still the same word, spelled otherwise."""

    start: int
    end: int
    replacement: str
    within_a_word: bool = False


class Replacement(Protocol):
    """A part of a text, and what stands there instead."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def replacement(self) -> str: ...


def changes(old: str, new: str) -> tuple[Change, ...]:
    """The changes that make ``new`` of ``old``, in order, none overlapping."""
    return tuple(_changes(old, new, 0))


def refined(text: str, made: Replacement) -> tuple[Change, ...]:
    """A replacement taken apart into the words that it changed."""
    if made.start == made.end or not made.replacement:
        return (Change(made.start, made.end, made.replacement),)
    return tuple(_changes(text[made.start : made.end], made.replacement, made.start))


def _changes(old: str, new: str, offset: int) -> Iterator[Change]:
    if old == new:
        return
    lines, others = _LINE.findall(old), _LINE.findall(new)
    before = [0, *accumulate(map(len, lines))]
    for a, b, c, d in _gaps(lines, others, 1):
        gap, instead = "".join(lines[a:b]), "".join(others[c:d])
        yield from _of_words(gap, instead, offset + before[a])


def _of_words(old: str, new: str, offset: int) -> Iterator[Change]:
    """The changes between words that are the same in both, which are looked for first."""
    words, others = list(_WORD.finditer(old)), list(_WORD.finditer(new))
    reached = instead = 0
    for i, j in _same(_texts(words), _texts(others)):
        word, other = words[i], others[j]
        yield from _between(
            old[reached : word.start()], new[instead : other.start()], offset + reached
        )
        reached, instead = word.end(), other.end()
    yield from _between(old[reached:], new[instead:], offset + reached)


def _texts(words: Sequence[re.Match[str]]) -> list[str]:
    return [word.group() for word in words]


def _between(old: str, new: str, offset: int) -> Iterator[Change]:
    """A gap's changes: pair by pair where as many words stand on both sides."""
    if old == new:
        return
    first = _common_start(old, new, str.isspace)
    last = _common_start(old[first:][::-1], new[first:][::-1], str.isspace)
    offset, old, new = offset + first, old[first : len(old) - last], new[first : len(new) - last]
    pieces, others = _TOKEN.findall(old), _TOKEN.findall(new)
    alike = [piece.isspace() for piece in pieces] == [other.isspace() for other in others]
    if not alike:
        pieces, others = [old], [new]
    for piece, other in zip(pieces, others, strict=True):
        if piece != other:
            yield _spelled_otherwise(piece, other, offset) or Change(
                offset, offset + len(piece), other
            )
        offset += len(piece)


def _spelled_otherwise(old: str, new: str, offset: int) -> Change | None:
    """The part that differs, where at least half of the longer is the same at its two ends."""
    first = _common_start(old, new)
    last = _common_start(old[first:][::-1], new[first:][::-1])
    if 2 * (first + last) < max(len(old), len(new)):
        return None
    return Change(
        offset + first, offset + len(old) - last, new[first : len(new) - last], within_a_word=True
    )


def _common_start(old: str, new: str, of: Callable[[str], bool] = bool) -> int:
    same = takewhile(lambda pair: pair[0] == pair[1] and of(pair[0]), zip(old, new, strict=False))
    return sum(1 for _ in same)


def _same(a: list[str], b: list[str]) -> Iterator[tuple[int, int]]:
    """Places of a common subsequence: the longest, in each gap that is small enough to ask."""
    reached = instead = 0
    for i, j, k, m in [*_small_gaps(a, b), (len(a), len(a), len(b), len(b))]:
        yield from zip(range(reached, i), range(instead, k), strict=True)
        within = _longest if (j - i) * (m - k) <= _LARGEST else _few_edits
        yield from ((i + p, k + q) for p, q in within(a[i:j], b[k:m]))
        reached, instead = j, m


def _longest(a: list[str], b: list[str]) -> Iterator[tuple[int, int]]:
    for block in LCSseq.opcodes(a, b) if a and b else ():
        if block.tag == "equal":
            p, q = block.src_start, block.dest_start
            yield from zip(range(p, block.src_end), range(q, block.dest_end), strict=True)


def _few_edits(a: list[str], b: list[str]) -> list[tuple[int, int]]:
    """The common subsequence where no more than ``_FEW`` words differ, else nothing (E. W. Myers
    1986, *An O(ND) difference algorithm and its variations*): for long texts that repeat
    themselves."""
    reach = {1: 0}
    trace = []
    for edits in range(_FEW):
        trace.append(dict(reach))
        for k in range(-edits, edits + 1, 2):
            down = k == -edits or (k != edits and reach[k - 1] < reach[k + 1])
            x = reach[k + 1] if down else reach[k - 1] + 1
            while x < len(a) and x - k < len(b) and a[x] == b[x - k]:
                x += 1
            reach[k] = x
            if x >= len(a) and x - k >= len(b):
                return _walked_back(trace, len(a), len(b))
    return []


def _walked_back(trace: list[dict[int, int]], x: int, y: int) -> list[tuple[int, int]]:
    pairs = []
    for edits in range(len(trace) - 1, -1, -1):
        reach, k = trace[edits], x - y
        down = k == -edits or (k != edits and reach[k - 1] < reach[k + 1])
        came = k + 1 if down else k - 1
        before = (reach[came], reach[came] - came) if edits else (0, 0)
        while x > before[0] and y > before[1]:
            x, y = x - 1, y - 1
            pairs.append((x, y))
        x, y = before
    return pairs[::-1]


def _small_gaps(a: list[str], b: list[str]) -> list[Gap]:
    gaps = list(_gaps(a, b, 0))
    for run in _RUNS:
        if all((j - i) * (m - k) <= _LARGEST for i, j, k, m in gaps):
            break
        gaps = [
            (i + e, i + f, k + g, k + h)
            for i, j, k, m in gaps
            for e, f, g, h in _gaps(a[i:j], b[k:m], run)
        ]
    return gaps


def _gaps(a: Sequence[str], b: Sequence[str], run: int) -> Iterator[Gap]:
    """Where two sequences differ, between what both begin and end with and, for ``run`` above 0,
    between the runs of that length that both have once."""
    first = _common(min(len(a), len(b)), lambda n: a[:n] == b[:n])
    room = min(len(a), len(b)) - first
    last = _common(room, lambda n: a[len(a) - n :] == b[len(b) - n :])
    i, j, k, m = first, len(a) - last, first, len(b) - last
    anchors = _anchors(a[i:j], b[k:m], run) if run and i < j and k < m else []
    if not anchors:
        if i < j or k < m:
            yield i, j, k, m
        return
    reached, instead = i, k
    for p, q in [*anchors, (j - i, m - k)]:
        for e, f, g, h in _gaps(a[reached : i + p], b[instead : k + q], run):
            yield reached + e, reached + f, instead + g, instead + h
        reached, instead = i + p + 1, k + q + 1


def _anchors(a: Sequence[str], b: Sequence[str], run: int) -> list[tuple[int, int]]:
    """Beginnings of the runs that both have once, the most of them that keep their order."""
    there = _once(b, run)
    pairs = [(i, there[r]) for r, i in _once(a, run).items() if r in there]
    return _rising(sorted(pairs))


def _once(sequence: Sequence[str], run: int) -> dict[tuple[str, ...], int]:
    runs = [tuple(sequence[i : i + run]) for i in range(len(sequence) - run + 1)]
    counts = Counter(runs)
    return {r: i for i, r in enumerate(runs) if counts[r] == 1}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence whose second members rise."""
    tops: list[int] = []
    ends: list[int] = []
    earlier: list[int | None] = []
    for place, (_, second) in enumerate(pairs):
        pile = bisect_left(tops, second)
        earlier.append(ends[pile - 1] if pile else None)
        tops[pile : pile + 1] = [second]
        ends[pile : pile + 1] = [place]
    found, at = [], ends[-1] if ends else None
    while at is not None:
        found.append(pairs[at])
        at = earlier[at]
    return found[::-1]


def _common(most: int, holds: Callable[[int], bool]) -> int:
    """The largest length that holds, of lengths that hold up to some length."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if holds(middle):
            low = middle
        else:
            high = middle - 1
    return low
