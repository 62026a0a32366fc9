"""Units followed from wave to wave through mergers and splits."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import polars as pl

from samspill.classification import ChangeTable, History, comparable_groups, trace
from samspill.errors import SamspillError

MergeRule = Literal["apart", "any", "all", "mean"]
Kind = Literal["same", "merged", "split", "regrouped", "ceased", "began", "in between", "outside"]
SHOWN = " + "

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
class Followed:
    """What covers the same ground in all waves, as far as is known: the units of each wave.

    ``outside`` are codes that went into it or came out of it and stand in no wave's frame: with
    any of them it does not cover the same ground, and is not compared.
    """

    units: tuple[tuple[str, ...], ...]
    outside: tuple[str, ...] = ()

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
    successions: Iterable[tuple[str, str]] = (),
    rule: MergeRule = "apart",
) -> Linking:
    """Link the units of two or more waves, in order of time.

    A unit is the same in two waves where its code is, unless ``changes`` (of a classification)
    say otherwise between their days. ``successions`` are pairs of units, an earlier and a later
    one, known from elsewhere; a unit in one of them is not linked to its own code as well unless
    a pair says so. Raises SamspillError for fewer than two waves, waves out of order, a code
    that two units of one wave share, or an unknown rule.
    """
    if rule not in get_args(MergeRule):
        raise SamspillError(
            f"There is no rule for merged units called '{rule}'.",
            f"Choose one of {', '.join(get_args(MergeRule))}.",
        )
    _check(frames)
    history = trace(changes) if isinstance(changes, ChangeTable) else changes
    given = list(successions)
    nodes = [(wave, unit) for wave, frame in enumerate(frames) for unit in frame.codes]
    links: list[tuple[tuple[int, str], tuple[int, str]]] = []
    outside: dict[tuple[int, str], set[str]] = {}
    for later in range(1, len(frames)):
        for earlier in range(later):
            if given:
                links += _succeeded(frames, earlier, later, given)
            else:
                links += _by_code(frames, earlier, later, history, outside)
    groups = comparable_groups(nodes, (), links)
    followed = []
    for group in groups:
        units = tuple(
            tuple(unit for wave, unit in group.before if wave == position)
            for position in range(len(frames))
        )
        strangers = sorted({code for node in group.before for code in outside.get(node, ())})
        followed.append(Followed(units, tuple(strangers)))
    return Linking(tuple(frame.name for frame in frames), tuple(followed), rule)


def _check(frames: Sequence[Frame]) -> None:
    if len(frames) < 2:
        raise SamspillError("A change needs two waves.", "Give at least two studies.")
    for earlier, later in zip(frames, frames[1:], strict=False):
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


def _succeeded(
    frames: Sequence[Frame], earlier: int, later: int, given: Sequence[tuple[str, str]]
) -> list[tuple[tuple[int, str], tuple[int, str]]]:
    before, after = frames[earlier].codes, frames[later].codes
    left, entered = {old for old, _ in given}, {new for _, new in given}
    own = [
        ((earlier, unit), (later, unit))
        for unit in before
        if unit in after and not (unit in left and unit in entered)
    ]
    pairs = [((earlier, a), (later, b)) for a, b in given if a in before and b in after]
    return own + pairs


def _by_code(
    frames: Sequence[Frame],
    earlier: int,
    later: int,
    history: History | None,
    outside: dict[tuple[int, str], set[str]],
) -> list[tuple[tuple[int, str], tuple[int, str]]]:
    start, end = frames[earlier], frames[later]
    before = {code: unit for unit, code in start.codes.items()}
    after = {code: unit for unit, code in end.codes.items()}
    changed = history.compare(start.date, end.date) if history else []
    links, known_before, known_after = [], set[str](), set[str]()
    for group in changed:
        old, new = [p.code for p in group.before], [p.code for p in group.after]
        known_before |= set(old)
        known_after |= set(new)
        links += [
            ((earlier, before[a]), (later, after[b]))
            for a in old
            for b in new
            if a in before and b in after
        ]
        present = [(earlier, before[a]) for a in old if a in before]
        present += [(later, after[b]) for b in new if b in after]
        strangers = {a for a in old if a not in before} if any(a in before for a in old) else set()
        strangers |= {b for b in new if b not in after} if any(b in after for b in new) else set()
        for node in present:
            outside.setdefault(node, set()).update(strangers)
    links += [
        ((earlier, unit), (later, after[code]))
        for code, unit in before.items()
        if code in after and code not in known_before and code not in known_after
    ]
    return links
