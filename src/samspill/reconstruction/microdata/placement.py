"""Counts placed on units, by seeded draws that keep every count, union and condition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samspill.reconstruction.microdata.specification import (
    WHOLE_UNIT,
    Margin,
    OrdinalVariable,
    Specification,
)

Units = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Family:
    """Variables placed together among the units that have ``whole``."""

    whole: str
    members: tuple[str, ...]
    covering: bool


class Placement:
    """Chooses, group by group and field by field, which units have what.

    Each unit has a general inclination; a draw prefers units by that and by chance, mixed by the
    specification's ``association``. Sets under a union are drawn within it so that they cover it.
    """

    def __init__(self, specification: Specification, left_out: Sequence[str], seed: int) -> None:
        self.specification = specification
        self.left_out = frozenset(left_out)
        self.random = np.random.default_rng(seed)
        self.inclination = self.random.standard_normal(specification.size)
        self.units: dict[str, Units] = {}
        start = 0
        for group, size in specification.groups.items():
            self.units[group] = np.arange(start, start + size)
            start += size
        self.placed: dict[Margin, Units] = {}

    def place(self, counts: Mapping[Margin, int]) -> dict[Margin, Units]:
        """The units behind each margin, as positions 0 to the number of units less one."""
        fields = dict.fromkeys(margin.field for margin in counts)
        for field in sorted(fields, key=lambda f: (f != WHOLE_UNIT, list(fields).index(f))):
            families = self._families(field)
            members = {m for family in families for m in family.members}
            names = [m.variable for m in counts if m.field == field and m.variable not in members]
            for group in self.units:
                for name in dict.fromkeys(names):
                    margin = Margin(name, field, group)
                    self.placed[margin] = self._draw(self.units[group], counts[margin])
                self._place_families(families, field, group, counts)
        return self.placed

    def _families(self, field: str) -> list[_Family]:
        """Families of a field, each after the one that its whole belongs to."""
        specification = self.specification
        families = [_Family(u.whole, u.members, True) for u in specification.unions]
        for assumption in specification.assumptions:
            name = f"assumed/{assumption.name}" + (f"/{field}" if field else "")
            if name not in self.left_out:
                families.append(_Family(assumption.whole, assumption.members, assumption.covering))
        taken = {member for family in families for member in family.members}
        families += [
            _Family(v.asked_of, (v.name,), False)
            for v in specification.binary
            if v.asked_of and v.name not in taken
        ]
        here = [
            _Family(f.whole, members, f.covering)
            for f in families
            if (members := tuple(m for m in f.members if field in specification.fields_of(m)))
        ]
        return _parents_first(here)

    def _place_families(
        self, families: Sequence[_Family], field: str, group: str, counts: Mapping[Margin, int]
    ) -> None:
        for family in families:
            above = Margin(family.whole, field, group)
            if above not in self.placed:
                above = Margin(family.whole, WHOLE_UNIT, group)
            within = self.placed[above]
            margins = [Margin(name, field, group) for name in family.members]
            sizes = [counts[margin] for margin in margins]
            drawn = (
                self._cover(within, sizes)
                if family.covering
                else [self._draw(within, size) for size in sizes]
            )
            self.placed.update(zip(margins, drawn, strict=True))

    def _scores(self, units: Units) -> NDArray[np.float64]:
        share = self.specification.association
        chance = self.random.standard_normal(units.size)
        return np.asarray(share * self.inclination[units] + np.sqrt(1 - share**2) * chance)

    def _draw(self, units: Units, size: int) -> Units:
        order = np.argsort(-self._scores(units), kind="stable")
        return np.sort(units[order[:size]])

    def _cover(self, units: Units, sizes: Sequence[int]) -> list[Units]:
        """Sets of these sizes within ``units`` that together cover them."""
        bare = np.ones(units.size, dtype=np.bool_)
        drawn = []
        for at, size in enumerate(sizes):
            order = np.argsort(-self._scores(units), kind="stable")
            needed = max(0, int(bare.sum()) - sum(sizes[at + 1 :]))
            first = order[bare[order]][:needed]
            rest = order[~np.isin(order, first)][: size - first.size]
            chosen = np.concatenate([first, rest])
            bare[chosen] = False
            drawn.append(np.sort(units[chosen]))
        return drawn

    def place_codes(
        self, variable: OrdinalVariable, field: str, distribution: Mapping[tuple[str, int], int]
    ) -> dict[int, int]:
        """The code of every unit that answered."""
        codes: dict[int, int] = {}
        for group in self.units:
            units = self.placed[Margin(variable.answered, field, group)]
            order = units[np.argsort(self._scores(units), kind="stable")]
            ladder = [c for c in variable.codes for _ in range(distribution[group, c])]
            codes |= {int(unit): code for unit, code in zip(order, ladder, strict=True)}
        return codes


def _parents_first(families: Sequence[_Family]) -> list[_Family]:
    waiting, ordered = list(families), []
    while waiting:
        open_members = {member for family in waiting for member in family.members}
        ready = [f for f in waiting if f.whole not in open_members]
        ordered += ready
        waiting = [f for f in waiting if f not in ready]
    return ordered
