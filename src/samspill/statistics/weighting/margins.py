"""Known totals, and whether they can be reached at all."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from samspill.errors import SamspillError
from samspill.statistics.cells import Cells, as_names
from samspill.statistics.weighting.sample import Floats, Sample

AGREE = 1e-6


@dataclass(frozen=True, slots=True)
class Margin:
    """How many units there are of each category of a variable, or of each combination of several.

    ``totals`` maps a tuple of values, as text and in the order of ``variables``, to a number.
    """

    variables: tuple[str, ...]
    totals: Mapping[tuple[str, ...], float]

    @property
    def name(self) -> str:
        return " × ".join(self.variables)

    @property
    def total(self) -> float:
        return math.fsum(self.totals.values())

    def category(self, values: Sequence[str]) -> str:
        """A category in words: ``size = large``."""
        return ", ".join(
            f"{name} = {value or 'unknown'}"
            for name, value in zip(self.variables, values, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Total:
    """The sum over all units of a variable that is a number."""

    variable: str
    total: float


def margin_of_frame(cells: Cells, outcome: str, variables: str | Sequence[str]) -> Margin:
    """The known totals of a frame whose units were all counted, answering or not."""
    names = as_names(variables)
    counted = cells.of(outcome).over(*names).frame
    columns = [counted[name].cast(pl.String).fill_null("").to_list() for name in names]
    totals = dict(zip(zip(*columns, strict=True), map(float, counted["n"]), strict=True))
    return Margin(names, totals)


@dataclass(frozen=True, slots=True, eq=False)
class Constraints:
    """Known totals as equations: Σ weight · ``x`` = ``known``, x of shape (cells, equations).

    ``names`` tells each equation in words; ``margins`` has for every margin the equation that each
    cell belongs to.
    """

    x: Floats
    known: Floats
    names: tuple[str, ...]
    margins: tuple[np.ndarray, ...]

    @property
    def scaled(self) -> tuple[Floats, Floats]:
        """Every equation divided by the size of its total, so that all count alike."""
        size = np.maximum(np.abs(self.known), 1.0)
        return self.x / size, self.known / size

    def misses(self, sums: Floats) -> Floats:
        """By which part of its total each equation is missed, weights' sums per cell given."""
        x, known = self.scaled
        missed: Floats = np.abs(sums @ x - known)
        return missed


def constraints(
    sample: Sample, margins: Sequence[Margin], totals: Sequence[Total] = ()
) -> Constraints:
    """The equations of known totals. Raises SamspillError for totals that no weights can reach."""
    if not margins and not totals:
        raise SamspillError("No known total is given.", "Give at least one margin.")
    _agree(margins)
    columns: list[Floats] = []
    known: list[float] = []
    names: list[str] = []
    places = []
    for margin in margins:
        cells = sample.values(margin.variables)
        _reachable(margin, cells)
        wanted = [values for values, total in margin.totals.items() if total > 0]
        at = {values: len(columns) + i for i, values in enumerate(wanted)}
        places.append(np.array([at[values] for values in cells], dtype=np.int64))
        for values in wanted:
            columns.append(np.array([own == values for own in cells], dtype=np.float64))
            known.append(float(margin.totals[values]))
            names.append(margin.category(values))
    for total in totals:
        columns.append(_numbers(sample, total.variable))
        known.append(total.total)
        names.append(f"the sum of {total.variable}")
    return Constraints(
        np.column_stack(columns), np.array(known, dtype=np.float64), tuple(names), tuple(places)
    )


def _numbers(sample: Sample, variable: str) -> Floats:
    sample.values([variable])
    column = sample.frame[variable]
    if not column.dtype.is_numeric() or column.null_count():
        raise SamspillError(
            f"'{variable}' is not a number in every unit.",
            "Give totals of its categories instead, or make the unknown known.",
        )
    return column.to_numpy().astype(np.float64)


def _agree(margins: Sequence[Margin]) -> None:
    for margin in margins:
        for values, total in margin.totals.items():
            if not math.isfinite(total) or total < 0:
                raise SamspillError(
                    f"The known total of {margin.category(values)} is {total}.",
                    "Give a number of units, 0 or more.",
                )
    for other in margins[1:]:
        first = margins[0]
        if abs(other.total - first.total) > AGREE * max(first.total, 1.0):
            raise SamspillError(
                f"The known totals disagree: {first.name} adds up to {first.total:g} and "
                f"{other.name} to {other.total:g}.",
                "Give totals of the same units, or bring them to the same sum first.",
            )


def _reachable(margin: Margin, cells: Sequence[tuple[str, ...]]) -> None:
    present = set(cells)
    for values, total in margin.totals.items():
        if total > 0 and values not in present:
            raise SamspillError(
                f"Nobody with {margin.category(values)} answered, and {total:g} units are known.",
                "Merge the category with another, or leave the variable out.",
            )
    for values in present:
        if margin.totals.get(values, 0) <= 0:
            raise SamspillError(
                f"Units with {margin.category(values)} answered, and no total above 0 is known.",
                "Give its total, or merge it with another category.",
            )
