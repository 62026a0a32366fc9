"""Which printed statements cannot hold together, and the fewest to leave out.

A minimal conflict is found by QuickXplain (Junker 2004); the fewest statements to leave out are a
smallest set that hits every conflict, found by adding conflicts until the rest can hold (implicit
hitting sets; Reiter 1987).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import polars as pl

from samspill.errors import SamspillError
from samspill.reconstruction.microdata.problem import Problem
from samspill.reconstruction.microdata.specification import Specification


@dataclass(frozen=True, slots=True)
class Conflict:
    """Statements that cannot hold together, while all but any one of them can.

    ``statements``: their ids in order; ``texts``: each in words; ``left_out``: those of them that
    are not followed.
    """

    statements: tuple[str, ...]
    texts: tuple[str, ...]
    left_out: tuple[str, ...]

    def __str__(self) -> str:
        lines = [
            f"  {'left out' if i in self.left_out else 'kept    '}  {text}"
            for i, text in zip(self.statements, self.texts, strict=True)
        ]
        return "These cannot hold together:\n" + "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Resolution:
    """The statements that are followed, those left out, and why."""

    kept: tuple[str, ...]
    left_out: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


def conflicts(printed: pl.DataFrame, specification: Specification) -> tuple[Conflict, ...]:
    """The contradictions in a printed table: minimal sets of statements that cannot all be true.

    ``printed`` has the columns of a study's printed table. Every set is irreducible, and every
    contradiction is broken by leaving out the statements marked ``left_out``: as few printed ones
    as possible, assumptions before printed numbers, and later ones before earlier ones. Empty
    where everything can hold at once.
    """
    return resolve(Problem.of(printed, specification)).conflicts


def resolve(problem: Problem) -> Resolution:
    """Leave out the fewest statements such that the rest can hold together."""
    if not problem.feasible(()):
        raise SamspillError(
            "What holds by definition cannot hold with these group sizes.",
            "Look at the unions and at who is asked what.",
        )
    place = {identifier: at for at, identifier in enumerate(problem.order)}
    found: list[tuple[str, ...]] = []
    left_out: tuple[str, ...] = ()
    while not problem.feasible(kept := [i for i in problem.order if i not in left_out]):
        minimal = _minimal_conflict(problem, kept)
        found.append(tuple(sorted(minimal, key=place.__getitem__)))
        left_out = _fewest(found, problem)
    named = tuple(
        Conflict(
            statements,
            tuple(problem.texts[i] for i in statements),
            tuple(i for i in statements if i in left_out),
        )
        for statements in found
    )
    return Resolution(tuple(kept), left_out, named)


def _minimal_conflict(problem: Problem, statements: Sequence[str]) -> list[str]:
    return _quick_explain(problem, [], list(statements), changed=False)


def _quick_explain(
    problem: Problem, background: list[str], open_: list[str], *, changed: bool
) -> list[str]:
    if changed and not problem.feasible(background):
        return []
    if len(open_) == 1:
        return open_
    half = len(open_) // 2
    first, second = open_[:half], open_[half:]
    late = _quick_explain(problem, background + first, second, changed=True)
    early = _quick_explain(problem, background + late, first, changed=bool(late))
    return early + late


def _fewest(found: Sequence[tuple[str, ...]], problem: Problem) -> tuple[str, ...]:
    """The cheapest set with a member in every conflict.

    Cheapest has the fewest printed statements, then the fewest assumptions, then the latest ones.
    """
    place = {identifier: at for at, identifier in enumerate(problem.order)}
    printed = {s.identifier for s in problem.statements if s.printed}
    printed |= {s.identifier for table in problem.tables for s in table.statements}

    def cost(chosen: Iterable[str]) -> tuple[int, int, list[int]]:
        members = list(chosen)
        numbers = sum(i in printed for i in members)
        latest = sorted(-place[i] for i in members)
        return numbers, len(members) - numbers, latest

    chosen: list[str] = []
    for part in _separate(found):
        candidates = sorted({i for conflict in part for i in conflict}, key=place.__getitem__)
        hitting = (
            choice
            for size in range(1, len(part) + 1)
            for choice in combinations(candidates, size)
            if all(set(choice) & set(conflict) for conflict in part)
        )
        chosen += min(hitting, key=cost)
    return tuple(sorted(chosen, key=place.__getitem__))


def _separate(found: Sequence[tuple[str, ...]]) -> list[list[tuple[str, ...]]]:
    """Conflicts grouped so that those of different groups share no statement."""
    groups: list[list[tuple[str, ...]]] = []
    for conflict in found:
        touching = [g for g in groups if any(set(conflict) & set(other) for other in g)]
        groups = [g for g in groups if g not in touching]
        groups.append([conflict, *[other for g in touching for other in g]])
    return groups
