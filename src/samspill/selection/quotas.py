"""Quotas and units that must or must not be in, and which of them cannot hold together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import polars as pl

from samspill.errors import Message, SamspillError
from samspill.selection.attributes import Attribute, attributes_of, codes

if TYPE_CHECKING:
    from numpy.typing import NDArray

Bound = Literal[">=", "<=", "=="]
_WRITTEN = re.compile(r"^\s*([^=<>]+?)\s*=\s*(.+?)\s*(>=|<=|==)\s*([0-9]+)\s*$")


@dataclass(frozen=True, slots=True)
class Quota:
    """At least (``>=``), at most (``<=``) or exactly (``==``) ``number`` cases with a category."""

    attribute: str
    value: str
    bound: Bound
    number: int

    def __str__(self) -> str:
        return f"{self.attribute}={self.value}{self.bound}{self.number}"


@dataclass(frozen=True, slots=True)
class Limits:
    """What every selection must hold, over the rows of a frame.

    ``must`` and ``must_not`` mark units; ``rows`` has a row a quota and marks the units it counts,
    with at least ``low`` and at most ``high`` of them.
    """

    number: int
    must: NDArray[np.bool_]
    must_not: NDArray[np.bool_]
    rows: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    def hold(self, chosen: NDArray[np.bool_]) -> bool:
        counts = self.rows @ chosen
        return bool(
            chosen.sum() == self.number
            and chosen[self.must].all()
            and not chosen[self.must_not].any()
            and (counts >= self.low).all()
            and (counts <= self.high).all()
        )


def parse_quota(text: str) -> Quota:
    """A quota as written: ``has_policy=no>=3``, ``size=<5000<=2``, ``county=Agder==1``."""
    found = _WRITTEN.match(text)
    if found is None:
        raise SamspillError(
            Message("“{text}” is no quota.", text=text),
            "Write the attribute, the category, a bound and a number, such as has_policy=no>=3.",
        )
    name, value, bound, number = found.groups()
    return Quota(name, value, bound, int(number))  # type: ignore[arg-type]


def limits(
    frame: pl.DataFrame,
    number: int,
    quotas: Sequence[Quota],
    include: Sequence[str],
    exclude: Sequence[str],
    attributes: Sequence[Attribute],
    open_to_choice: NDArray[np.bool_],
) -> Limits:
    """The limits over the rows of ``frame``; ``open_to_choice`` marks units that can be chosen.

    Raises SamspillError where no selection holds them, and names those that conflict.
    """
    units = frame["unit"].to_list()
    _check_units(units, number, include, exclude, open_to_choice)
    known = {a.name: a for a in attributes}
    rows, low, high = [], [], []
    for quota in quotas:
        attribute = known.get(quota.attribute) or attributes_of(frame, [quota.attribute])[0]
        rows.append(_marked(frame, quota, attribute))
        low.append(quota.number if quota.bound != "<=" else 0)
        high.append(quota.number if quota.bound != ">=" else number)
    found = Limits(
        number,
        np.isin(units, list(include)),
        np.isin(units, list(exclude)) | ~open_to_choice,
        np.array(rows, float).reshape(len(rows), len(units)),
        np.array(low, float),
        np.array(high, float),
    )
    if not _possible(found, range(len(quotas))):
        raise _conflict(found, quotas, include, exclude)
    return found


def _check_units(
    units: list[str],
    number: int,
    include: Sequence[str],
    exclude: Sequence[str],
    open_to_choice: NDArray[np.bool_],
) -> None:
    unknown = next((u for u in (*include, *exclude) if u not in units), None)
    if unknown is not None:
        raise SamspillError(
            Message("There is no unit “{unit}” in the frame.", unit=unknown),
            "Write it as the frame does.",
        )
    both = next((u for u in include if u in exclude), None)
    if both is not None:
        raise SamspillError(
            Message("“{unit}” both must and must not be in.", unit=both), "Take one of them away."
        )
    shut = next((u for u in include if not open_to_choice[units.index(u)]), None)
    if shut is not None:
        raise SamspillError(
            Message(
                "“{unit}” must be in, but lacks an attribute that the method needs.", unit=shut
            ),
            "Fill the attribute in, or choose by another method.",
        )
    if number < 1:
        raise SamspillError("At least one case must be chosen.", "Give a number of 1 or more.")
    if len(include) > number:
        raise SamspillError(
            Message("{n} units must be in, and only {number} are to be chosen.",
                    n=len(include), number=number),
            "Choose more cases, or let fewer be given.",
        )  # fmt: skip
    eligible = int(open_to_choice.sum()) - len(set(exclude) & set(units))
    if number > eligible:
        raise SamspillError(
            Message("{number} cases cannot be chosen from {n} units.", number=number, n=eligible),
            "Choose fewer, or widen the frame.",
        )


def _marked(frame: pl.DataFrame, quota: Quota, attribute: Attribute) -> NDArray[np.bool_]:
    if quota.value not in attribute.categories:
        raise SamspillError(
            Message("“{name}” has no category “{value}”.", name=quota.attribute, value=quota.value),
            Message("They are {names}.", names=", ".join(attribute.categories)),
        )
    wanted = attribute.categories.index(quota.value)
    return (codes(frame, attribute) == wanted).fill_null(value=False).to_numpy()


def _possible(limits: Limits, kept: Sequence[int]) -> bool:
    from scipy.optimize import Bounds, LinearConstraint, milp

    n = len(limits.must)
    constraints = [LinearConstraint(np.ones((1, n)), limits.number, limits.number)]
    if len(kept):
        rows = list(kept)
        constraints.append(LinearConstraint(limits.rows[rows], limits.low[rows], limits.high[rows]))
    bounds = Bounds(limits.must.astype(float), (~limits.must_not).astype(float))
    found = milp(np.zeros(n), constraints=constraints, integrality=np.ones(n), bounds=bounds)
    return bool(found.success)


def _conflict(
    limits: Limits, quotas: Sequence[Quota], include: Sequence[str], exclude: Sequence[str]
) -> SamspillError:
    """A smallest set of quotas that cannot hold together: none can be spared (Chinneck 2008, 6)."""
    kept = list(range(len(quotas)))
    for candidate in range(len(quotas)):
        without = [k for k in kept if k != candidate]
        if not _possible(limits, without):
            kept = without
    named = ", ".join(str(quotas[k]) for k in kept)
    if len(kept) == 1:
        k = kept[0]
        there = int(limits.rows[k][~limits.must_not].sum())
        return SamspillError(
            Message(
                "The quota {quota} cannot be met with {number} cases: {n} of the units that may be "
                "chosen have that category.",
                quota=quotas[k],
                number=limits.number,
                n=there,
            ),
            _step(include, exclude),
        )
    return SamspillError(
        Message(
            "These quotas cannot be met together with {number} cases: {quotas}.",
            number=limits.number,
            quotas=named,
        ),
        _step(include, exclude),
    )


def _step(include: Sequence[str], exclude: Sequence[str]) -> str:
    if include or exclude:
        return "Loosen one of them, change the number, or the units that must or must not be in."
    return "Loosen one of them, or change the number of cases."
