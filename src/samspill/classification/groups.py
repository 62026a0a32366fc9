"""Which things of one date can be compared with which of another, when they were merged and split.

Works on anything that succeeds something: codes in their time, units of a study.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

Node = TypeVar("Node", bound=Hashable)


class Comparability(StrEnum):
    """What can be compared between two dates.

    SAME: one and one. MERGED: the sum of several with one. SPLIT: one with the sum of several; the
    several one by one only with weights from elsewhere. REGROUPED: only the sum of all with the sum
    of all. CEASED and BEGAN: nothing on the other side.
    """

    SAME = "same"
    MERGED = "merged"
    SPLIT = "split"
    REGROUPED = "regrouped"
    CEASED = "ceased"
    BEGAN = "began"


@dataclass(frozen=True, slots=True)
class Group(Generic[Node]):
    """The smallest set that is known to cover the same ground on both dates."""

    before: tuple[Node, ...]
    after: tuple[Node, ...]

    @property
    def comparability(self) -> Comparability:
        match len(self.before), len(self.after):
            case _, 0:
                return Comparability.CEASED
            case 0, _:
                return Comparability.BEGAN
            case 1, 1:
                return Comparability.SAME
            case _, 1:
                return Comparability.MERGED
            case 1, _:
                return Comparability.SPLIT
            case _:
                return Comparability.REGROUPED


def comparable_groups(
    before: Iterable[Node], after: Iterable[Node], links: Iterable[tuple[Node, Node]]
) -> list[Group[Node]]:
    """The connected components of what held before, what held after, and the successions between.

    ``links`` are pairs of predecessor and successor; nodes that stand in links alone came and went
    between the dates. What holds on both dates without a link is a group of its own. The groups
    come in the order of their first node, and keep the given order within. No finer division is
    known to cover the same ground on both sides from the links alone.
    """
    before, after = tuple(dict.fromkeys(before)), tuple(dict.fromkeys(after))
    root: dict[Node, Node] = {}

    def find(node: Node) -> Node:
        root.setdefault(node, node)
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for predecessor, successor in links:
        root[find(successor)] = find(predecessor)
    sides: dict[Node, tuple[list[Node], list[Node]]] = {}
    for side, nodes in enumerate((before, after)):
        for node in nodes:
            sides.setdefault(find(node), ([], []))[side].append(node)
    return [Group(tuple(first), tuple(last)) for first, last in sides.values()]
