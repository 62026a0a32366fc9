"""What another program counts when it says where a passage begins, decided from evidence.

REFI-QDA counts Unicode codepoints of the plain text. Programs have counted UTF-16 units, or bytes
of UTF-8; a line break as one or as two whatever the file has; and a byte order mark or not. For
each of these policies the share of passages that begin and end where words do, and then the share
that lie within their text, say which one the program used.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
import numpy.typing as npt

CODEPOINT, UTF16, UTF8 = "codepoint", "utf16", "utf8"
UNITS = (CODEPOINT, UTF16, UTF8)
AS_STORED, ONE, TWO = "as_stored", "one", "two"
LINE_BREAKS = (AS_STORED, ONE, TWO)
BOM = "\ufeff"
_LINE_BREAK = re.compile(r"\r\n|\r|\n")

Positions = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class OffsetPolicy:
    """What is counted: ``unit`` is one of ``UNITS``; ``line_break`` one of ``LINE_BREAKS`` (as many
    as the file has characters for it, one, or two); ``bom`` whether a byte order mark counts."""

    unit: str = CODEPOINT
    line_break: str = AS_STORED
    bom: bool = False

    def __str__(self) -> str:
        return f"{self.unit}, {self.line_break}" + (", bom" if self.bom else "")


@dataclass(frozen=True, slots=True)
class PolicyEvidence:
    """How well a policy fits: of ``passages``, how many lie within their text and how many of all
    begin and end where words do. ``within_share`` and ``words_share`` are from 0 to 1."""

    policy: OffsetPolicy
    passages: int
    within: int
    on_words: int

    @property
    def within_share(self) -> float | None:
        return self.within / self.passages if self.passages else None

    @property
    def words_share(self) -> float | None:
        return self.on_words / self.passages if self.passages else None


@dataclass(frozen=True, slots=True)
class OffsetEvidence:
    """``policies``, the one that fits best first, and the one ``chosen``.

    ``reason`` is ``evidence`` where one fits better than all others, ``no_difference`` where
    several fit equally well (the standard's own is then preferred), ``declared`` where the file
    says that Samspill wrote it, and ``asked`` where the caller chose.
    """

    policies: tuple[PolicyEvidence, ...]
    chosen: OffsetPolicy
    reason: str


class StoredText:
    """A text as a file stores it, and ``text`` as Samspill has it: line breaks are ``\\n`` alone,
    without a byte order mark."""

    def __init__(self, stored: str) -> None:
        self.has_bom = stored.startswith(BOM)
        self._body = stored[1:] if self.has_bom else stored
        self.text = _LINE_BREAK.sub("\n", self._body) if "\r" in self._body else self._body

    @cached_property
    def points(self) -> npt.NDArray[np.uint32]:
        return np.frombuffer(self.text.encode("utf-32-le", "surrogatepass"), np.uint32)

    @cached_property
    def break_widths(self) -> Positions:
        """How many characters each line break has in the file."""
        if "\r" not in self._body:
            return np.ones(self._body.count("\n"), np.int64)
        return np.array([len(found) for found in _LINE_BREAK.findall(self._body)], np.int64)

    def places(self, policy: OffsetPolicy) -> Positions:
        """Where each character of ``text`` begins in the policy's count, and last where it ends."""
        points = self.points
        widths = np.ones(len(points), np.int64)
        if policy.unit == UTF16:
            widths += points > 0xFFFF
        elif policy.unit == UTF8:
            widths += (points > 0x7F).astype(np.int64) + (points > 0x7FF) + (points > 0xFFFF)
        if policy.line_break != ONE:
            widths[points == 10] = self.break_widths if policy.line_break == AS_STORED else 2
        first = (3 if policy.unit == UTF8 else 1) if policy.bom and self.has_bom else 0
        return np.concatenate((np.array([first]), first + np.cumsum(widths)))

    def place(
        self, starts: Positions, ends: Positions, policy: OffsetPolicy
    ) -> tuple[Positions, Positions, npt.NDArray[np.bool_]]:
        """The passages' codepoints in ``text``, and which of them lie within it. A position inside
        a character is moved so that the character is in the passage; a passage of no length stays
        so, before it."""
        places = self.places(policy)
        if places[0]:
            starts, ends = (np.where(at == 0, places[0], at) for at in (starts, ends))
        within = (starts >= places[0]) & (starts <= ends) & (ends <= places[-1])
        begins = np.searchsorted(places, starts, "right") - 1
        finishes = np.where(starts == ends, begins, np.searchsorted(places, ends, "left"))
        return begins, finishes, within


@dataclass(frozen=True, slots=True)
class Passages:
    """The passages of a text, in the count of the program that made them."""

    stored: StoredText
    starts: Positions
    ends: Positions


def passages(stored: StoredText, spans: Iterable[tuple[int, int]]) -> Passages:
    pairs = np.array(list(spans), np.int64).reshape(-1, 2)
    return Passages(stored, pairs[:, 0], pairs[:, 1])


def weigh(all_passages: Sequence[Passages]) -> OffsetEvidence:
    """How well each policy that makes a difference to these texts fits their passages."""
    weighed = [_weighed(policy, all_passages) for policy in _policies(all_passages)]
    order = sorted(weighed, key=lambda found: (-found.on_words, -found.within))
    best = order[0]
    alike = [
        other for other in order if (other.on_words, other.within) == (best.on_words, best.within)
    ]
    reason = "evidence" if len(alike) == 1 and len(order) > 1 else "no_difference"
    return OffsetEvidence(tuple(order), best.policy, reason)


def _policies(all_passages: Sequence[Passages]) -> list[OffsetPolicy]:
    """The policies that place something differently, the standard's own first."""
    texts = [found.stored for found in all_passages]
    highest = max((int(text.points.max()) for text in texts if len(text.points)), default=0)
    units = [CODEPOINT]
    if highest > 0xFFFF:
        units.append(UTF16)
    if highest > 0x7F:
        units.append(UTF8)
    widths = {int(width) for text in texts for width in np.unique(text.break_widths)}
    breaks = [AS_STORED]
    if widths - {1}:
        breaks.append(ONE)
    if widths - {2}:
        breaks.append(TWO)
    boms = [False, True] if any(text.has_bom for text in texts) else [False]
    return [OffsetPolicy(*choice) for choice in product(units, breaks, boms)]


def _weighed(policy: OffsetPolicy, all_passages: Sequence[Passages]) -> PolicyEvidence:
    number = inside = on_words = 0
    for found in all_passages:
        starts, ends, within = found.stored.place(found.starts, found.ends, policy)
        number += len(within)
        inside += int(within.sum())
        on_words += _on_words(found.stored.text, starts[within].tolist(), ends[within].tolist())
    return PolicyEvidence(policy, number, inside, on_words)


def _on_words(text: str, starts: list[int], ends: list[int]) -> int:
    edges = {place: _is_edge(text, place) for place in {*starts, *ends}}
    return sum(edges[start] and edges[end] for start, end in zip(starts, ends, strict=True))


def _is_edge(text: str, place: int) -> bool:
    """Whether a word begins or ends here, or none is near."""
    if place == 0 or place == len(text):
        return True
    return not (_of_word(text[place - 1]) and _of_word(text[place]))


def _of_word(character: str) -> bool:
    return character.isalnum() or unicodedata.combining(character) != 0
