"""What one source says of a theme in a field, as a measured position."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, Final, Literal

from samspill.triangulation.intervals import paired_difference, share_limits

State = Literal[
    "speaks", "unclear", "silent", "not asked", "not measured", "not brought", "withheld"
]
SPEAKS: Final = "speaks"
UNCLEAR: Final = "unclear"
SILENT: Final = "silent"
NOT_ASKED: Final = "not asked"
NOT_MEASURED: Final = "not measured"
NOT_BROUGHT: Final = "not brought"
WITHHELD: Final = "withheld"
YES, NO, DIVIDED = "yes", "no", "divided"
HALF = 0.5

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Measure:
    """What a source says of one item: ``count`` say it, ``contrary`` the opposite, of ``n`` asked.

    ``share`` is that of ``count`` among ``n`` with Wilson's interval; null where nobody was asked.
    """

    item: str
    count: int
    contrary: int
    n: int
    share: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """Where a source stands on a theme in a field.

    ``order`` holds the pairs (more, less) of items that can be told apart, ``verdicts`` whether
    each item is there (``yes``, ``no``, ``divided``). ``tips`` says of each of them how many
    answers would have to be otherwise for it to fall; it is empty for a ``stated`` position, one
    that a person wrote down or a report printed, whose numbers are not known. ``elsewhere`` marks a
    statement about all fields together. ``single`` marks what is said of one unit alone.
    """

    column: str
    state: State
    measures: tuple[Measure, ...] = ()
    order: frozenset[Pair] = frozenset()
    verdicts: Mapping[str, str] = field(default_factory=dict)
    tips: Mapping[str | Pair, int] = field(default_factory=dict)
    base: str = ""
    provenance: str = ""
    where: str = ""
    note: str = ""
    stated: bool = False
    elsewhere: bool = False
    single: bool = False

    @property
    def speaks(self) -> bool:
        return self.state == SPEAKS

    @property
    def asked(self) -> int:
        """How many were asked, at most over the items."""
        return max((measure.n for measure in self.measures), default=0)

    def ranks(self, items: Sequence[str]) -> dict[str, tuple[int, int]]:
        """The best and the worst rank that each item may have, 1 the most.

        The pairs that can be told apart leave open every order that agrees with them (Klein,
        Wright & Wieczorek 2020, JRSS C 69:589–606).
        """
        above = {i: sum((j, i) in self.order for j in items) for i in items}
        below = {i: sum((i, j) in self.order for j in items) for i in items}
        return {i: (1 + above[i], len(items) - below[i]) for i in items}

    def said(self) -> list[Any]:
        """What a fingerprint is made of: what was said, without words and places."""
        if self.stated:
            return [self.column, sorted(self.order), sorted(self.verdicts.items())]
        return [self.column, [[m.item, m.count, m.contrary, m.n] for m in self.measures]]


def fingerprint(positions: Iterable[Position]) -> str:
    """16 hexadecimal digits that change when, and only when, what was said changes."""
    said = sorted(p.said() for p in positions if p.measures or p.stated)
    text = json.dumps(said, separators=(",", ":"), default=list)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def ordered(
    measures: Sequence[Measure], both: Mapping[Pair, int], level: float
) -> tuple[frozenset[Pair], dict[str | Pair, int]]:
    """The pairs of items that can be told apart, and how many answers each hangs on.

    All pairs hold together at ``level``: each is judged at 1 − (1 − level) / number of pairs
    (Bonferroni).
    """
    asked = [m for m in measures if m.n]
    pairs = list(combinations(asked, 2))
    each = 1 - (1 - level) / max(1, len(pairs))
    order: set[Pair] = set()
    tips: dict[str | Pair, int] = {}
    for one, other in pairs:
        if one.n != other.n or one.count == other.count:
            continue
        more, less = (one, other) if one.count > other.count else (other, one)
        key = (more.item, less.item)
        together = both.get(key, both.get(key[::-1]))

        def above(a: int, b: int, n: int = one.n, together: int | None = together) -> bool:
            joint = None if together is None else max(min(together, a, b), a + b - n)
            return paired_difference(a, b, n, joint, each)[0] > 0

        if above(more.count, less.count):
            order.add(key)
            tips[key] = _moved(above, more.count, less.count, one.n)
    return frozenset(order), tips


def _moved(above: Callable[[int, int], bool], more: int, less: int, n: int) -> int:
    """The fewest answers that, given otherwise, leave the order open."""

    def open_after(moved: int) -> bool:
        splits = range(max(0, moved - (n - less)), min(moved, more) + 1)
        return any(not above(more - taken, less + moved - taken) for taken in splits)

    low, high = 1, max(1, more - less)
    while low < high:
        middle = (low + high) // 2
        if open_after(middle):
            high = middle
        else:
            low = middle + 1
    return low


def verdict(count: int, contrary: int, level: float) -> str:
    """``yes``, ``no`` or ``divided``; empty where neither is said.

    All that speak say the same, or the interval of those that say it, among all that speak, lies
    on one side of a half.
    """
    n = count + contrary
    if n == 0:
        return ""
    if contrary == 0:
        return YES
    if count == 0:
        return NO
    low, high = share_limits(count, n, level)
    return YES if low > HALF else NO if high < HALF else DIVIDED


def judged(
    measures: Sequence[Measure], level: float
) -> tuple[dict[str, str], dict[str | Pair, int]]:
    """Whether each item is there, and how many answers each verdict hangs on."""
    verdicts: dict[str, str] = {}
    tips: dict[str | Pair, int] = {}
    for measure in measures:
        found = verdict(measure.count, measure.contrary, level)
        if found:
            verdicts[measure.item] = found
            tips[measure.item] = _turned(measure.count, measure.contrary, found, level)
    return verdicts, tips


def _turned(count: int, contrary: int, found: str, level: float) -> int:
    """The fewest answers that, turned to the opposite, change a verdict."""
    n = count + contrary
    for turned in range(1, n + 1):
        for sign in (-1, 1):
            other = count + sign * turned
            if 0 <= other <= n and verdict(other, n - other, level) != found:
                return turned
    return n + 1
