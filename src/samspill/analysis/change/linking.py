"""Units followed from wave to wave through mergers and splits."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Literal, TypeAlias, get_args

import polars as pl

from samspill.classification import (
    ChangeTable,
    Comparability,
    Group,
    History,
    comparable_groups,
    trace,
)
from samspill.errors import SamspillError

MergeRule = Literal["apart", "any", "all", "mean"]
Kind = Literal["same", "merged", "split", "regrouped", "ceased", "began", "in between", "outside"]
SHOWN = " + "
VIA = -1
Node: TypeAlias = tuple[int, str]
Link: TypeAlias = tuple[Node, Node]

CONSEQUENCES: Mapping[MergeRule, str] = {
    "apart": (
        "Units that were merged or split are not compared with each other; each counts in its "
        "own wave only."
    ),
    "any": (
        "Several units count as one that has what any of them has. That raises the wave in which "
        "there are several, and more the more there are."
    ),
    "all": (
        "Several units count as one that has what all of them have. That lowers the wave in which "
        "there are several, and more the more there are."
    ),
    "mean": (
        "Several units count as one with their mean. Its answer is then no longer yes or no, and "
        "change is told as a difference of means."
    ),
}


@dataclass(frozen=True, slots=True)
class Frame:
    """The units of one wave: ``codes`` by unit, on the day ``date``."""

    name: str
    date: datetime.date
    codes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Succession:
    """A unit that went into another on a day. Where one of the two stands outside the frame it is
    None, and ``outside`` says what it was."""

    old: str | None
    new: str | None
    on: datetime.date
    outside: str = ""


@dataclass(frozen=True, slots=True)
class Followed:
    """What covers the same ground in all waves, as far as is known: the units of each wave.

    ``outside`` are codes that went into it or came out of it and stand in no wave's frame: with
    any of them it does not cover the same ground, and is not compared. ``chains`` are its units
    one by one, each through the waves in which it is the same; None where it is not there.
    """

    units: tuple[tuple[str, ...], ...]
    outside: tuple[str, ...] = ()
    chains: tuple[tuple[str | None, ...], ...] = ()

    @property
    def kind(self) -> Kind:
        if self.outside:
            return "outside"
        sizes = [len(units) for units in self.units]
        if not all(sizes):
            return self._absent(sizes)
        if max(sizes) == 1:
            return "same"
        if sizes[-1] == 1 and sizes == sorted(sizes, reverse=True):
            return "merged"
        if sizes[0] == 1 and sizes == sorted(sizes):
            return "split"
        return "regrouped"

    @staticmethod
    def _absent(sizes: Sequence[int]) -> Kind:
        if sizes[0] and not sizes[-1]:
            return "ceased"
        if sizes[-1] and not sizes[0]:
            return "began"
        return "in between"

    @property
    def one_to_one(self) -> bool:
        """Whether no wave has more than one unit and nothing is missing on the ground."""
        return not self.outside and max(len(units) for units in self.units) == 1


@dataclass(frozen=True, slots=True)
class Linking:
    """The units of the waves, linked. ``rule`` says what is done where several are one."""

    waves: tuple[str, ...]
    followed: tuple[Followed, ...]
    rule: MergeRule

    @property
    def frame(self) -> pl.DataFrame:
        """One row per followed unit: a column per wave with its units, ``kind``, ``compared``
        (``one to one``, ``as one`` by the rule, or ``no``) and ``outside``."""
        return pl.DataFrame(
            [
                {
                    **{
                        wave: SHOWN.join(units)
                        for wave, units in zip(self.waves, each.units, strict=True)
                    },
                    "kind": each.kind,
                    "compared": self.compared(each),
                    "outside": SHOWN.join(each.outside),
                }
                for each in self.followed
            ],
            schema=dict.fromkeys([*self.waves, "kind", "compared", "outside"], pl.String),
        )

    def compared(self, each: Followed) -> str:
        """How a followed unit is compared between waves."""
        if each.outside or sum(bool(units) for units in each.units) < 2:
            return "no"
        if each.one_to_one:
            return "one to one"
        return "no" if self.rule == "apart" else "as one"

    @property
    def counts(self) -> dict[str, int]:
        """How many followed units there are of each kind, in a fixed order."""
        found = Counter(each.kind for each in self.followed)
        return {kind: found[kind] for kind in get_args(Kind) if found[kind]}

    @property
    def consequence(self) -> str:
        """What the rule does to the numbers; empty where no unit was merged or split."""
        several = any(max(len(u) for u in each.units) > 1 for each in self.followed)
        return CONSEQUENCES[self.rule] if several else ""


def link_waves(
    frames: Sequence[Frame],
    *,
    changes: ChangeTable | History | None = None,
    successions: Sequence[Succession] | None = None,
    rule: MergeRule = "apart",
) -> Linking:
    """Link the units of two or more waves, in order of time.

    A unit is the same in two waves where its code is, unless ``changes`` (of a classification)
    say otherwise between their days. With ``successions`` a unit is instead the same where its
    name is, and what went into what is taken from them. Raises SamspillError for fewer than two
    waves, waves out of order, a code that two units of one wave share, or an unknown rule.
    """
    if rule not in get_args(MergeRule):
        raise SamspillError(
            f"There is no rule for merged units called '{rule}'.",
            f"Choose one of {', '.join(get_args(MergeRule))}.",
        )
    _check(frames)
    history = trace(changes) if isinstance(changes, ChangeTable) else changes
    nodes = [(wave, unit) for wave, frame in enumerate(frames) for unit in frame.codes]
    links: list[Link] = []
    same: list[Link] = []
    outside: dict[Node, set[str]] = defaultdict(set)
    for earlier, later in combinations(range(len(frames)), 2):
        if successions is not None:
            groups = _by_succession(frames, earlier, later, successions)
        else:
            groups = _by_code(frames, earlier, later, history)
        for group, strangers in groups:
            pairs = [(a, b) for a in group.before for b in group.after]
            links += pairs
            if strangers:
                for node in (*group.before, *group.after):
                    outside[node] |= strangers
            elif group.comparability is Comparability.SAME:
                same += pairs
    chains = {
        node: group.before for group in comparable_groups(nodes, (), same) for node in group.before
    }
    followed = []
    for group in comparable_groups(nodes, (), links):
        own = dict.fromkeys(chains[node] for node in group.before)
        strangers = set().union(*(outside[node] for node in group.before))
        followed.append(
            Followed(
                tuple(
                    tuple(unit for wave, unit in group.before if wave == position)
                    for position in range(len(frames))
                ),
                tuple(sorted(strangers)),
                tuple(
                    tuple(dict(chain).get(position) for position in range(len(frames)))
                    for chain in own
                ),
            )
        )
    return Linking(tuple(frame.name for frame in frames), tuple(followed), rule)


def _check(frames: Sequence[Frame]) -> None:
    if len(frames) < 2:
        raise SamspillError("A change needs two waves.", "Give at least two studies.")
    for earlier, later in pairwise(frames):
        if later.date < earlier.date:
            raise SamspillError(
                f"The wave '{later.name}' comes before '{earlier.name}'.",
                "Give the waves in order of time.",
            )
    for frame in frames:
        twice = [code for code, n in Counter(frame.codes.values()).items() if n > 1]
        if twice:
            raise SamspillError(
                f"Two units of the wave '{frame.name}' have the code '{twice[0]}'.",
                "Give every unit a code of its own.",
            )


def _by_succession(
    frames: Sequence[Frame], earlier: int, later: int, successions: Sequence[Succession]
) -> list[tuple[Group[Node], set[str]]]:
    """Groups of two waves by what went into what between their days."""
    start, end = frames[earlier], frames[later]
    between = [s for s in successions if start.date < s.on <= end.date]
    links: list[tuple[Node, Node]] = []
    strangers: dict[Node, str] = {}
    for succession in between:
        old, new = ((VIA, name or f"{succession.outside} {succession.on}")
                    for name in (succession.old, succession.new))  # fmt: skip
        links.append((old, new))
        for node, name in ((old, succession.old), (new, succession.new)):
            if name is None:
                strangers[node] = succession.outside
    links += [((earlier, unit), (VIA, unit)) for unit in start.codes]
    links += [((VIA, unit), (later, unit)) for unit in end.codes]
    before = [(earlier, unit) for unit in start.codes]
    groups = comparable_groups([*before, *strangers], [(later, u) for u in end.codes], links)
    found = []
    for group in groups:
        names = {strangers[node] for node in group.before if node in strangers}
        kept = Group(tuple(n for n in group.before if n not in strangers), group.after)
        if kept.before or kept.after:
            found.append((kept, names))
    return found


def _by_code(
    frames: Sequence[Frame], earlier: int, later: int, history: History | None
) -> list[tuple[Group[Node], set[str]]]:
    """Groups of two waves by their codes and what a classification says of them."""
    start, end = frames[earlier], frames[later]
    before = {code: unit for unit, code in start.codes.items()}
    after = {code: unit for unit, code in end.codes.items()}
    found: list[tuple[Group[Node], set[str]]] = []
    told_before, told_after = set[str](), set[str]()
    for changed in history.compare(start.date, end.date) if history else ():
        old, new = [p.code for p in changed.before], [p.code for p in changed.after]
        told_before |= set(old)
        told_after |= set(new)
        group: Group[Node] = Group(
            tuple((earlier, before[code]) for code in old if code in before),
            tuple((later, after[code]) for code in new if code in after),
        )
        missing = {code for code in old if code not in before} if group.before else set[str]()
        missing |= {code for code in new if code not in after} if group.after else set[str]()
        if group.before or group.after:
            found.append((group, missing if group.before and group.after else set()))
    for code, unit in before.items():
        if code not in told_before and code in after and code not in told_after:
            found.append((Group(((earlier, unit),), ((later, after[code]),)), set()))
    return found
