"""What microdata are to consist of: variables, how they hang together, what is assumed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from samspill.errors import SamspillError
from samspill.reconstruction.rounding import RoundingConvention

WHOLE_UNIT = ""


class Margin(NamedTuple):
    """A count to be found: units of ``group`` that have ``variable`` in ``field``."""

    variable: str
    field: str
    group: str


@dataclass(frozen=True, slots=True)
class BinaryVariable:
    """A variable with the values 0 and 1 in each of ``fields`` (empty: the unit as a whole).

    ``asked_of`` names the variable whose units alone have an answer; shares are then of them.
    ``recorded`` is false for what only follows from other answers.
    """

    name: str
    fields: tuple[str, ...] = (WHOLE_UNIT,)
    asked_of: str = ""
    recorded: bool = True


@dataclass(frozen=True, slots=True)
class OrdinalVariable:
    """A variable with ordered ``codes``, answered by some of the units in each of ``fields``.

    ``top_indicator`` is the indicator of the highest code. ``answered`` is the name of the count
    of those who answered, and ``top_share_of`` says whether the printed share of the highest code
    is of those (``answers``) or of all units (``units``).
    """

    name: str
    fields: tuple[str, ...]
    codes: tuple[int, ...]
    top_indicator: str = ""
    top_share_of: str = "answers"

    @property
    def answered(self) -> str:
        return f"{self.name}: answered"


@dataclass(frozen=True, slots=True)
class Union:
    """``whole`` is 1 exactly where at least one of ``members`` is: true by definition."""

    whole: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assumption:
    """Logic that is not printed: ``members`` are 1 only where ``whole`` is.

    Where ``covering``, ``whole`` is 1 only where at least one member is. ``name`` is how results
    and provenance speak of it.
    """

    name: str
    whole: str
    members: tuple[str, ...]
    covering: bool = False


@dataclass(frozen=True, slots=True)
class Specification:
    """What to reconstruct.

    ``split``: the attribute whose groups are compared; ``groups``: its values and their sizes,
    the reference group first. ``areas``: an indicator that counts the fields in which a variable
    is 1, and that variable. ``readings``: printed numbers taken to be slips, by id, with what they
    are read as. ``association`` (0 to 1): how strongly units differ in general when values are
    placed on them, for nothing is printed about that.
    """

    split: str
    groups: Mapping[str, int]
    binary: tuple[BinaryVariable, ...]
    ordinal: tuple[OrdinalVariable, ...] = ()
    unions: tuple[Union, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    areas: Mapping[str, str] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)
    convention: RoundingConvention = RoundingConvention.HALF_UP
    association: float = 0.5

    def __post_init__(self) -> None:
        _check(self)

    @property
    def size(self) -> int:
        """The number of units in all groups."""
        return sum(self.groups.values())

    def fields_of(self, name: str) -> tuple[str, ...]:
        """The fields in which a variable (or the answers to an ordinal one) are counted."""
        for variable in self.binary:
            if variable.name == name:
                return variable.fields
        for ordinal in self.ordinal:
            if name in (ordinal.name, ordinal.answered):
                return ordinal.fields
        return ()


def _check(specification: Specification) -> None:
    names = [v.name for v in specification.binary] + [o.name for o in specification.ordinal]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise SamspillError(f"The variable '{twice[0]}' is given twice.", "Give each one once.")
    if not specification.groups or min(specification.groups.values()) < 1:
        raise SamspillError("A group has no units.", "Give every group a size of at least 1.")
    if not 0 <= specification.association <= 1:
        raise SamspillError("The association is not between 0 and 1.", "Give a share, such as 0.5.")
    for ordinal in specification.ordinal:
        _check_ordinal(ordinal, specification)
    known = set(names) | {o.answered for o in specification.ordinal}
    above: dict[str, str] = {}
    links: list[Union | Assumption] = [*specification.unions, *specification.assumptions]
    for link in links:
        _check_link(link, known, above)
    for variable in specification.binary:
        if variable.asked_of:
            _check_asked(variable, known, above)
    for name in above:
        _no_circle(name, above)


def _check_ordinal(ordinal: OrdinalVariable, specification: Specification) -> None:
    if len(specification.groups) != 2:
        raise SamspillError(
            f"'{ordinal.name}' is ordinal and there are not two groups.",
            "An ordinal variable is reconstructed from a line through two groups.",
        )
    if not ordinal.codes or list(ordinal.codes) != sorted(set(ordinal.codes)):
        raise SamspillError(
            f"The codes of '{ordinal.name}' do not increase.", "Give them from low to high."
        )
    if ordinal.top_share_of not in ("answers", "units"):
        raise SamspillError(
            f"'{ordinal.top_share_of}' is no base of a share.", "Use answers or units."
        )


def _check_link(link: Union | Assumption, known: set[str], above: dict[str, str]) -> None:
    for name in (link.whole, *link.members):
        if name not in known:
            raise SamspillError(
                f"'{name}' is in a union or an assumption but is no variable.",
                "Add it to the binary variables.",
            )
    for member in link.members:
        if member in above:
            raise SamspillError(
                f"'{member}' is under both '{above[member]}' and '{link.whole}'.",
                "Put a variable under one other only: a union may itself stand under another.",
            )
        above[member] = link.whole


def _check_asked(variable: BinaryVariable, known: set[str], above: dict[str, str]) -> None:
    if variable.asked_of not in known:
        raise SamspillError(
            f"'{variable.name}' is asked of '{variable.asked_of}', which is no variable.",
            "Add it to the binary variables.",
        )
    if above.setdefault(variable.name, variable.asked_of) != variable.asked_of:
        raise SamspillError(
            f"'{variable.name}' is asked of '{variable.asked_of}' but stands under "
            f"'{above[variable.name]}'.",
            "Let it stand under the variable whose units are asked.",
        )


def _no_circle(name: str, above: Mapping[str, str]) -> None:
    seen = {name}
    while name in above:
        name = above[name]
        if name in seen:
            raise SamspillError(f"'{name}' stands under itself.", "Take one of the links away.")
        seen.add(name)
