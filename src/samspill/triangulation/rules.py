"""How two sources stand to each other on a theme, and what that makes of all of them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from samspill.triangulation.position import DIVIDED, Pair, Position
from samspill.triangulation.themes import Theme

Assessment = Literal["convergent", "complementary", "contradictory", "silent"]
CONVERGENT, COMPLEMENTARY = "convergent", "complementary"
CONTRADICTORY, ALL_SILENT = "contradictory", "silent"
STATES: tuple[Assessment, ...] = ("contradictory", "convergent", "complementary", "silent")
FULL, PARTIAL = "full", "partial"


@dataclass(frozen=True, slots=True)
class Relation:
    """How two sources that both speak stand to each other.

    ``state`` is ``convergent``, ``complementary`` or ``contradictory``; ``on`` are the items, or
    pairs of items, that it rests on; ``degree`` is ``full`` where all that both tell is told
    alike, else ``partial``. ``margin`` is how many answers of one source would have to be
    otherwise before it falls (None where both are only stated). ``across`` are items that one unit
    has and most others lack, or the other way, which is no contradiction.
    """

    one: str
    other: str
    state: Assessment
    on: tuple[str | Pair, ...]
    degree: str
    margin: int | None
    across: tuple[str, ...] = ()


def relation(theme: Theme, one: Position, other: Position) -> Relation:
    """Compare two positions that speak.

    On an ordering: contradictory where any pair of items that both can tell apart stands in
    opposite order, else convergent where any stands in the same, else complementary. On presence:
    contradictory where any item is there to the one and lacking to the other, else convergent where
    both find any there, or any lacking, else complementary: to be divided is not to say the same.
    That one unit has what most lack is no contradiction, so a position of a ``single`` unit
    contradicts only another such.
    """
    opposite: list[str | Pair] = []
    alike: list[str | Pair] = []
    across: list[str] = []
    apart = 0
    if theme.kind == "order":
        alike = sorted(one.order & other.order)
        opposite = sorted(pair for pair in one.order if pair[::-1] in other.order)
        apart = len(one.order ^ other.order) - 2 * len(opposite)
    else:
        for item, found in one.verdicts.items():
            said = other.verdicts.get(item)
            if said is None:
                continue
            if DIVIDED in (said, found):
                apart += 1
            elif said == found:
                alike.append(item)
            elif one.single != other.single:
                across.append(item)
            else:
                opposite.append(item)
        apart += len(one.verdicts.keys() ^ other.verdicts.keys()) + len(across)
    if opposite:
        state: Assessment = "contradictory"
    else:
        state = "convergent" if alike else "complementary"
    on = tuple(opposite or alike)
    full = not (apart or (opposite and alike))
    margins = [_margin(one, other, key) for key in on]
    known = [margin for margin in margins if margin is not None]
    return Relation(
        one.column,
        other.column,
        state,
        on,
        FULL if full and on else PARTIAL,
        max(known) if known and len(known) == len(margins) else None,
        tuple(across),
    )


def _margin(one: Position, other: Position, key: str | Pair) -> int | None:
    """The fewest answers, of either source, that a shared or opposed finding hangs on."""
    back = key[::-1] if isinstance(key, tuple) else key
    found = [
        tip
        for position in (one, other)
        for tip in (position.tips.get(key), position.tips.get(back))
        if tip is not None
    ]
    return min(found) if found else None


def relations(theme: Theme, positions: Sequence[Position]) -> tuple[Relation, ...]:
    """Every two sources that both speak, compared."""
    speaking = [position for position in positions if position.speaks]
    return tuple(relation(theme, one, other) for one, other in combinations(speaking, 2))


def assessment(found: Sequence[Relation]) -> Assessment:
    """All sources together: contradictory where any two contradict each other, else convergent
    where any two converge, else complementary; silent where fewer than two speak."""
    states = {relation.state for relation in found}
    return next((state for state in STATES if state in states), "silent")


def margin(found: Sequence[Relation], state: Assessment) -> int | None:
    """How many answers the assessment hangs on: those of the relation that is hardest to undo."""
    known = [r.margin for r in found if r.state == state]
    if not known or any(m is None for m in known):
        return None
    return max(m for m in known if m is not None)
