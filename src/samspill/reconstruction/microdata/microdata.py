"""Microdata that agree with everything printed at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

import numpy as np
import polars as pl

from samspill.reconstruction.microdata.aggregate import Region
from samspill.reconstruction.microdata.conflicts import Conflict, resolve
from samspill.reconstruction.microdata.constraint import Expression, Interval
from samspill.reconstruction.microdata.ordinal import OrdinalSolver
from samspill.reconstruction.microdata.placement import Placement, Units
from samspill.reconstruction.microdata.problem import Problem
from samspill.reconstruction.microdata.specification import (
    WHOLE_UNIT,
    Margin,
    Specification,
)
from samspill.reconstruction.microdata.statements import rows_of

EXACT = "reconstructed exactly"
CONSISTENT = "consistent with what is printed"
ALL = ""

Ranges: TypeAlias = Mapping[Margin, Interval]


@dataclass(frozen=True, slots=True)
class Microdata:
    """Units × variables that agree with a printed table.

    ``units``: ``unit`` (1 to the number of units) and the split attribute. ``answers``: ``unit``,
    ``field``, ``variable``, ``value`` (whole numbers). ``counts``: one row per variable, field and
    group (empty: all units), with ``count`` (in these data) and ``low`` and ``high`` (in any data
    that agree with the print). ``provenance``: ``name``, ``field``, ``split`` (the attribute by
    whose groups the counts are exact too), ``provenance``. ``conflicts``: the
    contradictions in the print; ``left_out``: ids of the statements that are not followed;
    ``unused``: ids of printed numbers about something else.
    """

    units: pl.DataFrame
    answers: pl.DataFrame
    counts: pl.DataFrame
    provenance: pl.DataFrame
    conflicts: tuple[Conflict, ...]
    left_out: tuple[str, ...]
    unused: tuple[str, ...]

    def __repr__(self) -> str:
        exact = self.provenance.filter(pl.col("provenance") == EXACT).height
        return (
            f"Microdata: {self.units.height} units, {self.answers.height} answers; "
            f"{exact} of {self.provenance.height} variables by field {EXACT}, the others "
            f"{CONSISTENT}; {len(self.left_out)} printed statements left out."
        )

    def _repr_html_(self) -> str:
        told = "".join(f"<pre>{escape(str(conflict))}</pre>" for conflict in self.conflicts)
        return f"<p>{escape(repr(self))}</p>{told}{self.counts._repr_html_()}"


def reconstruct_microdata(
    printed: pl.DataFrame, specification: Specification, *, seed: int = 0
) -> Microdata:
    """Answers of units that agree with every printed number at once.

    ``printed`` has the columns of a study's printed table. The counts behind the print are found
    first, by integer programming; of the possible ones those nearest to a proportional spread over
    the groups are taken, whatever the seed. The seed decides which units have what. Where the
    print contradicts itself the fewest statements possible are left out and named with the
    conflict they are part of. Raises SamspillError where the specification is at fault.
    """
    problem = Problem.of(printed, specification)
    resolution = resolve(problem)
    region = problem.region(resolution.kept)
    ranges = _ranges(problem, region)
    chosen = region.choose(_targets(problem, ranges))
    placement = Placement(specification, resolution.left_out, seed)
    placed = placement.place(chosen)
    answers = _binary_answers(specification, placed)
    for table in problem.tables:
        solver = OrdinalSolver(table, resolution.kept, specification)
        variable = table.variable
        sizes = tuple(
            chosen[Margin(variable.answered, table.field, g)] for g in specification.groups
        )
        codes = placement.place_codes(variable, table.field, _distribution(solver, sizes))
        answers += [(unit, table.field, variable.name, code) for unit, code in codes.items()]
    return Microdata(
        _units(specification, placement),
        _answers_frame(answers, specification),
        _counts_frame(chosen, ranges),
        _provenance(specification, ranges, _reread(printed, specification)),
        resolution.conflicts,
        resolution.left_out,
        problem.unused,
    )


def _ranges(problem: Problem, region: Region) -> Ranges:
    """What each count may be, by group and (group ``""``) for all units together."""
    groups = problem.specification.groups
    ranges = {margin: region.range(((margin, 1),)) for margin in problem.bounds}
    for name, field in dict.fromkeys((m.variable, m.field) for m in problem.bounds):
        total: Expression = tuple((Margin(name, field, group), 1) for group in groups)
        ranges[Margin(name, field, ALL)] = region.range(total)
    return ranges


def _targets(problem: Problem, ranges: Ranges) -> dict[Margin, float]:
    """A proportional spread over the groups: of the variable above, or else of all units."""
    specification = problem.specification
    above = _above(specification)
    targets: dict[Margin, float] = {}
    for name, field in dict.fromkeys((m.variable, m.field) for m in problem.bounds):
        own = [Margin(name, field, group) for group in specification.groups]
        middle = sum(ranges[Margin(name, field, ALL)]) / 2
        whole = above.get(name, "")
        place = field if field in specification.fields_of(whole) else WHOLE_UNIT
        weights = [
            sum(ranges.get(Margin(whole, place, g), (n, n))) / 2
            for g, n in specification.groups.items()
        ]
        for margin, weight in zip(own, weights, strict=True):
            targets[margin] = middle * weight / (sum(weights) or 1)
    return targets


def _above(specification: Specification) -> dict[str, str]:
    above = {v.name: v.asked_of for v in specification.binary if v.asked_of}
    for assumption in specification.assumptions:
        above |= dict.fromkeys(assumption.members, assumption.whole)
    for union in specification.unions:
        above |= dict.fromkeys(union.members, union.whole)
    return above


def _distribution(solver: OrdinalSolver, sizes: tuple[int, ...]) -> dict[tuple[str, int], int]:
    found = solver.distribution(sizes, likely=True)
    if found is None:
        raise ValueError("no distribution for group sizes that were found possible")
    return found


def _binary_answers(
    specification: Specification, placed: Mapping[Margin, Units]
) -> list[tuple[int, str, str, int]]:
    answers = []
    for variable in specification.binary:
        if not variable.recorded:
            continue
        for field in variable.fields:
            asked = _together(specification, placed, variable.asked_of, field)
            having = _together(specification, placed, variable.name, field)
            ones = set(having.tolist())
            answers += [(int(u), field, variable.name, int(u in ones)) for u in asked.tolist()]
    return answers


def _together(
    specification: Specification, placed: Mapping[Margin, Units], name: str, field: str
) -> Units:
    """The units of all groups that have a variable; every unit for no variable."""
    if not name:
        return np.arange(specification.size)
    place = field if field in specification.fields_of(name) else WHOLE_UNIT
    return np.concatenate([placed[Margin(name, place, g)] for g in specification.groups])


def _units(specification: Specification, placement: Placement) -> pl.DataFrame:
    groups = [(unit + 1, g) for g, units in placement.units.items() for unit in units.tolist()]
    schema = {"unit": pl.Int64, specification.split: pl.String}
    return pl.DataFrame(groups, schema=schema, orient="row")


def _answers_frame(
    answers: list[tuple[int, str, str, int]], specification: Specification
) -> pl.DataFrame:
    schema = {"unit": pl.Int64, "field": pl.String, "variable": pl.String, "value": pl.Int64}
    frame = pl.DataFrame(answers, schema=schema, orient="row")
    names = [v.name for v in specification.binary] + [v.name for v in specification.ordinal]
    fields = list(dict.fromkeys(f for name in names for f in specification.fields_of(name)))
    return (
        frame.with_columns(
            pl.col("unit") + 1,
            pl.col("variable").replace_strict(names, range(len(names))).alias("variable_order"),
            pl.col("field").replace_strict(fields, range(len(fields))).alias("field_order"),
        )
        .sort("unit", "variable_order", "field_order")
        .drop("variable_order", "field_order")
    )


def _counts_frame(chosen: Mapping[Margin, int], ranges: Ranges) -> pl.DataFrame:
    totals: dict[tuple[str, str], int] = {}
    for margin, count in chosen.items():
        key = margin.variable, margin.field
        totals[key] = totals.get(key, 0) + count
    rows = [
        (*margin, chosen.get(margin, totals[margin.variable, margin.field]), *ends)
        for margin, ends in ranges.items()
    ]
    names = dict.fromkeys(("variable", "field", "group"), pl.String())
    numbers = dict.fromkeys(("count", "low", "high"), pl.Int64())
    return pl.DataFrame(rows, schema={**names, **numbers}, orient="row")


def _reread(printed: pl.DataFrame, specification: Specification) -> set[tuple[str, str]]:
    """The variables and fields of printed numbers that are read as something else."""
    return {
        (name.strip(), row["field"])
        for row in rows_of(printed)
        if row["id"] in specification.readings
        for name in row["indicator"].split(";")
    }


def _provenance(
    specification: Specification, ranges: Ranges, reread: set[tuple[str, str]]
) -> pl.DataFrame:
    """Exact where the counts are the only ones possible and no printed number was reread.

    ``split`` is empty where they are exact for all units together but not by the groups.
    """

    def settled(name: str, field: str, groups: Iterable[str]) -> bool:
        own = [ranges[Margin(name, field, group)] for group in groups]
        return (name, field) not in reread and all(low == high for low, high in own)

    rows = []
    for variable in specification.binary:
        for field in variable.fields:
            if settled(variable.name, field, specification.groups):
                rows.append((variable.name, field, specification.split, EXACT))
            elif settled(variable.name, field, (ALL,)):
                rows.append((variable.name, field, "", EXACT))
            else:
                rows.append((variable.name, field, "", CONSISTENT))
    for ordinal in specification.ordinal:
        rows += [(ordinal.name, field, "", CONSISTENT) for field in ordinal.fields]
    schema = ["name", "field", "split", "provenance"]
    return pl.DataFrame(rows, schema=schema, orient="row")
