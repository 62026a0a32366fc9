"""What may be said of who speaks, so that few enough could not be the one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samspill.qualitative.tables import Tables


@dataclass(frozen=True, slots=True)
class Speaker:
    """What is told of an informant; what is empty is not told."""

    role: str = ""
    side: str = ""
    fields: tuple[str, ...] = ()


def speakers(tables: Tables, smallest: int) -> list[Speaker | None]:
    """What may be told of the informant of each source; None where nothing may be quoted.

    Everybody begins with all of role, side and fields. Those whose description fits fewer than
    ``smallest`` informants of the project tell less, step by step: without the role, with one field
    of several, the side alone, the field alone, nothing. It is repeated until every description
    that is left is shared by enough, counting only those who are described so, for whoever knows
    this rule knows that the others are described otherwise. Where even those of whom nothing is
    told are too few, they are not quoted. An informant is a source.
    """
    ladders = [
        _ladder(role or "", side or "", tuple(fields or ()))
        for role, side, fields in tables.sources.select("role", "side", "fields").iter_rows()
    ]
    rung = [0] * len(ladders)
    while True:
        told = [ladder[at] for ladder, at in zip(ladders, rung, strict=True)]
        shared = Counter(told)
        few = [
            place
            for place, speaker in enumerate(told)
            if shared[speaker] < smallest and rung[place] < len(ladders[place]) - 1
        ]
        if not few:
            return [speaker if shared[speaker] >= smallest else None for speaker in told]
        for place in few:
            rung[place] += 1


def _ladder(role: str, side: str, fields: Sequence[str]) -> list[Speaker]:
    """From all that is known to nothing, each step told once."""
    whole = tuple(fields)
    steps = [
        Speaker(role, side, whole),
        Speaker("", side, whole),
        Speaker("", side, whole[:1]),
        Speaker("", side),
        Speaker("", "", whole[:1]),
        Speaker(),
    ]
    return list(dict.fromkeys(steps))
