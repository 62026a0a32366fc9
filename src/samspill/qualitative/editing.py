"""A text edited after it was coded: every span goes with its words.

``apply_edits`` takes the edits as they were made; ``edit`` finds them from the old and the new
text. The rules are the same (decision 0081): words put in within a span become its own, words put
in at its border do not; a border within replaced words moves outwards, so that no half word is
left; a span whose words are all gone is lost, and told with its old words.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from samspill.errors import Message, SamspillError
from samspill.qualitative.changes import Change, changes, refined
from samspill.qualitative.model import Coding, Source, TimePoint

_WORD = re.compile(r"\w+")
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Edit:
    """``text[start:end]`` becomes ``replacement``; an insertion where ``start`` is ``end``."""

    start: int
    end: int
    replacement: str = ""


@dataclass(frozen=True, slots=True)
class Lost:
    """A coding whose words are no more, with the words that it had."""

    coding: Coding
    words: str


@dataclass(frozen=True, slots=True)
class Edited:
    """A source after an edit, with its codings moved.

    ``codings`` are those that are left, in their order; ``changed`` are the identities of those of
    them whose words are not what they were; ``lost`` are the rest. ``undo`` are the edits that
    bring the old text back.
    """

    source: Source
    codings: tuple[Coding, ...]
    changed: frozenset[str]
    lost: tuple[Lost, ...]
    undo: tuple[Edit, ...]


def apply_edits(
    source: Source,
    edits: Iterable[Edit],
    codings: Iterable[Coding] = (),
    *,
    stand_ins: bool = False,
) -> Edited:
    """The source and its codings after known edits, each given in positions of the text before any.

    With ``stand_ins`` a replacement stands for the words that it replaces, as a pseudonym does: a
    span within replaced words then has the whole replacement, and is not lost. Codings of other
    sources are left as they are.

    Raises:
        SamspillError: an edit lies outside the text, or two edits overlap.
    """
    made = _checked(source.text, edits)
    if stand_ins:
        parts = tuple(Change(e.start, e.end, e.replacement) for e in made)
    else:
        parts = tuple(part for e in made for part in refined(source.text, e))
    return _moved(source, parts, tuple(codings), stand_ins=stand_ins)


def edit(source: Source, new_text: str, codings: Iterable[Coding] = ()) -> Edited:
    """The source with ``new_text``, its codings moved by the differences between the two texts.

    The differences are found line by line, then word by word; where a text repeats itself, which of
    two equal words went cannot be known, and one is chosen. Use ``apply_edits`` where the edits are
    known.
    """
    return _moved(source, changes(source.text, new_text), tuple(codings), stand_ins=False)


def _checked(text: str, edits: Iterable[Edit]) -> list[Edit]:
    made = sorted(edits, key=lambda e: (e.start, e.end))
    reached = 0
    for e in made:
        if not 0 <= e.start <= e.end <= len(text):
            raise SamspillError(
                Message(
                    "The edit of {start} to {end} is outside the text.", start=e.start, end=e.end
                ),
                "Fetch the text anew and make the edit again.",
            )
        if e.start < reached:
            raise SamspillError(
                Message("Two edits overlap at {start}.", start=e.start),
                "Make one of them first, and the other in the text that it leaves.",
            )
        reached = e.end
    return [e for e in made if e.replacement != text[e.start : e.end]]


class _Map:
    """Where positions of the old text are in the new one."""

    def __init__(self, parts: Sequence[Change]) -> None:
        self.parts = parts
        self.starts = [part.start for part in parts]
        self.ends = [part.end for part in parts]
        grown = (len(part.replacement) - (part.end - part.start) for part in parts)
        self.before = [0, *accumulate(grown)]

    def start(self, position: int) -> int:
        """Words put in at the position come before it; within replaced words, before those."""
        done = bisect_right(self.ends, position)
        if done < len(self.parts) and self.starts[done] < position:
            return self.starts[done] + self.before[done]
        return position + self.before[done]

    def end(self, position: int) -> int:
        """Words put in at the position come after it; within replaced words, after those."""
        done = bisect_left(self.starts, position)
        if done and self.ends[done - 1] > position:
            return self.ends[done - 1] + self.before[done]
        return position + self.before[done]

    def within(self, start: int, end: int) -> Sequence[Change]:
        """The changes that touch the words of a span."""
        first = bisect_right(self.ends, start)
        return self.parts[first : bisect_left(self.starts, end)]


def _moved(
    source: Source, parts: Sequence[Change], codings: Sequence[Coding], *, stand_ins: bool
) -> Edited:
    text = source.text
    where = _Map(parts)
    new_text = _written(text, parts)
    left, changed, lost = [], set(), []
    for coding in codings:
        if coding.source != source.guid:
            left.append(coding)
            continue
        touching = where.within(coding.start, coding.end)
        if touching and not stand_ins and _gone(text, coding, touching):
            lost.append(Lost(coding, text[coding.start : coding.end]))
            continue
        start, end = where.start(coding.start), where.end(coding.end)
        if coding.start == coding.end:
            start = end
        elif start >= end:
            lost.append(Lost(coding, text[coding.start : coding.end]))
            continue
        if touching:
            changed.add(coding.guid)
        moved = (start, end) != (coding.start, coding.end)
        left.append(replace(coding, start=start, end=end) if moved else coding)
    edited = replace(source, text=new_text, times=_times(source.times, where, len(new_text)))
    undo = tuple(
        Edit(
            part.start + before,
            part.start + before + len(part.replacement),
            text[part.start : part.end],
        )
        for part, before in zip(parts, where.before, strict=False)
    )
    return Edited(edited, tuple(left), frozenset(changed), tuple(lost), undo)


def _written(text: str, parts: Sequence[Change]) -> str:
    pieces, reached = [], 0
    for part in parts:
        pieces += [text[reached : part.start], part.replacement]
        reached = part.end
    return "".join([*pieces, text[reached:]])


def _gone(text: str, coding: Coding, touching: Sequence[Change]) -> bool:
    """No word of the span is left; a short one such as *og* counts only where it has no other."""
    taken = [(part.start, part.end) for part in touching if not part.within_a_word]
    words = [word.span() for word in _WORD.finditer(text, coding.start, coding.end)]
    words = [w for w in words if w[1] - w[0] > _SHORT] or words or [(coding.start, coding.end)]
    return all(_covered(word, taken) for word in words)


def _covered(word: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    reached, end = word
    for start, stop in taken:
        if start > reached:
            return False
        reached = max(reached, stop)
        if reached >= end:
            return True
    return False


def _times(times: Iterable[TimePoint], where: _Map, length: int) -> tuple[TimePoint, ...]:
    """The points, each with its words; of several that meet, the last is where the words begin."""
    moved: dict[int, int] = {}
    for time in times:
        position = min(where.start(time.position), length)
        moved[position] = time.milliseconds
    return tuple(TimePoint(position, at) for position, at in sorted(moved.items()))
