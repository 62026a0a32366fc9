"""Whether a table that is to be published can be turned back into small cells, and what helps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

import numpy as np
import polars as pl

from samspill.errors import SamspillError
from samspill.reconstruction.coarsening import options
from samspill.reconstruction.constraints import Constraint
from samspill.reconstruction.printed_table import Printed, statistics_of
from samspill.reconstruction.rounding import RoundingConvention
from samspill.reconstruction.sizes import Sizing, families, size
from samspill.reconstruction.spreads import TooManyCandidatesError
from samspill.reconstruction.systems import Counts, System
from samspill.reconstruction.tables import PrintedTable, gather
from samspill.reconstruction.words import numbered

CELLS = {
    "indicator": pl.String,
    "field": pl.String,
    "split": pl.String,
    "group": pl.String,
    "has_indicator": pl.Boolean,
    "lowest": pl.Int64,
    "highest": pl.Int64,
    "determined": pl.Boolean,
    "through": pl.String,
}
PROPOSALS = {
    "indicator": pl.String,
    "field": pl.String,
    "split": pl.String,
    "change": pl.String,
    "verified": pl.Boolean,
}
LIMIT = 20_000
DIRECT, TOTAL = "its own numbers", "its total or other printed numbers"
Name = tuple[str, str, str]
Ranges = dict[tuple[str, bool], tuple[int, int]]


@dataclass(frozen=True, slots=True, repr=False)
class Disclosure:
    """The small cells that a table gives away.

    ``cells``: each cell that every reading of the table puts below ``threshold``, with its lowest
    and highest possible count, whether that ``determined`` it, and ``through`` what (complementary
    disclosure names the total). ``proposals``: the least coarsening of each table concerned that,
    when the solver was run again, left no such cell. ``proposed``: the table so coarsened.
    ``undecided``: tables that could not be examined, and why.
    """

    threshold: int
    cells: pl.DataFrame
    proposals: pl.DataFrame
    proposed: pl.DataFrame
    undecided: tuple[str, ...]

    @property
    def safe(self) -> bool:
        """Whether every table was examined and no small cell can be told."""
        return self.cells.is_empty() and not self.undecided

    def summary(self) -> list[str]:
        """What was found, in sentences."""
        found = numbered(self.cells.height, "cell", "cells")
        lines = [f"{found} below {self.threshold} can be told."]
        for row in self.cells.to_dicts():
            span = f"{row['lowest']}" if row["determined"] else f"{row['lowest']}–{row['highest']}"
            having = "with" if row["has_indicator"] else "without"
            group = f" in group {row['group']}" if row["group"] else ""
            place = " ".join(part for part in (row["indicator"], row["field"]) if part)
            lines.append(f"{place}{group}: {span} {having} it, through {row['through']}.")
        for row in self.proposals.to_dicts():
            place = " ".join(part for part in (row["indicator"], row["field"]) if part)
            lines.append(f"{place}: {row['change']}.")
        return [*lines, *self.undecided]

    def __repr__(self) -> str:
        return "\n".join(["Disclosure", *(f"  {line}" for line in self.summary())])

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{escape(line)}</li>" for line in self.summary())
        return f"<section><h3>Disclosure</h3><ul>{items}</ul></section>"


def disclosure_check(
    tables: pl.DataFrame,
    *,
    threshold: int = 5,
    observations: int | None = None,
    convention: RoundingConvention = RoundingConvention.HALF_UP,
    propose: bool = True,
) -> Disclosure:
    """The cells below ``threshold`` that can be told from ``tables``, and what to coarsen.

    ``tables`` is the table of printed statistics as it would be published (docs/architecture.md,
    "Printed statistics"), with the numbers of units that would stand beside it. A cell is told
    when its largest count under every solution is below ``threshold``, unless nothing but the
    size of its group says so; empty cells count, since they say what a whole group is not.
    Hundepool et al. (2012), Statistical Disclosure Control, chapter 5. Raises ``InvalidInput``
    for faults in the table.
    """
    if threshold < 1:
        raise SamspillError("The threshold must be at least 1.", "Three and five are usual.")
    check = _Check(threshold, observations, convention)
    cells, undecided = check.run(tables)
    proposals: list[dict[str, object]] = []
    proposed = tables
    concerned = list(dict.fromkeys((c["indicator"], c["field"], c["split"]) for c in cells))
    for name in concerned if propose else []:
        proposed, change, verified = check.coarsened(proposed, name)  # type: ignore[arg-type]
        proposals.append(
            {
                "indicator": name[0],
                "field": name[1],
                "split": name[2],
                "change": change,
                "verified": verified,
            }
        )
    return Disclosure(
        threshold,
        pl.DataFrame(cells, schema=CELLS, orient="row"),
        pl.DataFrame(proposals, schema=PROPOSALS, orient="row"),
        proposed,
        tuple(undecided),
    )


@dataclass(frozen=True, slots=True)
class _Check:
    threshold: int
    observations: int | None
    convention: RoundingConvention

    def run(self, frame: pl.DataFrame) -> tuple[list[dict[str, object]], list[str]]:
        """The cells below the threshold, and the tables that could not be examined."""
        cells: list[dict[str, object]] = []
        undecided: list[str] = []
        statistics = statistics_of(frame)
        for table in gather(statistics, self.observations):
            cells += self._remainder(table)
        for table, sizing in self._sized(statistics):
            sized = self.observations or any(row.observations for row in table.statistics)
            if table.refused and sized:
                undecided.append(f"{_place(table)} was not examined: {table.refused}.")
            elif sizing is not None:
                try:
                    cells += self._cells(table, sizing)
                except TooManyCandidatesError:
                    continue
        return cells, undecided

    def _sized(self, statistics: Sequence[Printed]) -> Iterator[tuple[PrintedTable, Sizing | None]]:
        tables = [part for table in gather(statistics, self.observations) for part in _parts(table)]
        sizings = [size(family, self.convention) for family in families(tables)]
        home = {id(t): sizing for sizing in sizings for t in sizing.family.tables}
        for table in tables:
            yield table, home.get(id(table))

    def _cells(self, table: PrintedTable, sizing: Sizing) -> list[dict[str, object]]:
        own = self._ranges(table, table.primary, sizing)
        everything = [row for row in table.statistics if row.countable]
        joint = self._ranges(table, everything, sizing)
        found: list[dict[str, object]] = []
        sizes = dict(zip(table.groups, (sizing.first.max(), sizing.second.max()), strict=True))
        for (group, having), (lowest, highest) in (joint or own).items():
            if not self._told(lowest, highest, sizes[group]):
                continue
            alone = (group, having) in own and self._told(*own[group, having], sizes[group])
            through = DIRECT if alone else TOTAL
            found.append(_cell(table, (group, having), (lowest, highest), through))
        return found

    def _remainder(self, table: PrintedTable) -> list[dict[str, object]]:
        """The small cells of a group not printed: the total less three or more groups that are."""
        parts = [part for part in _parts(table) if part is not table]
        totals = [
            r for r in table.others if r.countable and r.observations and not r.split + r.group
        ]
        if not parts or not totals:
            return []
        size = max(r.observations or 0 for r in totals)
        rest = size - sum(part.observations or 0 for part in parts)
        everyone = replace(
            parts[0], split="", groups=("", ""), sizes=(size, 0), observations=size, others=()
        )
        all_ = self._counts(replace(everyone, primary=tuple(totals)))
        own = [self._counts(part) for part in parts]
        if rest <= 0 or all_ is None or None in own:
            return []
        lowest = max(0, all_[0] - sum(o[1] for o in own if o))
        highest = min(rest, all_[1] - sum(o[0] for o in own if o))
        ranges = {True: (lowest, highest), False: (rest - highest, rest - lowest)}
        return [
            _cell(table, ("the other groups", having), span, TOTAL)
            for having, span in ranges.items()
            if span[0] <= span[1] and self._told(*span, rest)
        ]

    def _counts(self, table: PrintedTable) -> tuple[int, int] | None:
        """The smallest and the largest count of a table of one group."""
        n = table.observations or 0
        constraints = [table.constraint(row, self.convention) for row in table.primary]
        system = System.of(constraints, np.array([n]), np.array([0]), LIMIT)
        counts = [listed[2] for listed in system.solutions.listed]
        return (min(counts), max(counts)) if counts and system.solutions.complete else None

    def _told(self, lowest: int, highest: int, size: int) -> bool:
        """Whether the print says that a cell of a group of ``size`` units is small."""
        return highest < self.threshold and (lowest, highest) != (0, size)

    def _ranges(self, table: PrintedTable, rows: Sequence[Printed], sizing: Sizing) -> Ranges:
        constraints: list[Constraint] = [table.constraint(row, self.convention) for row in rows]
        system = System.of(constraints, sizing.first, sizing.second, LIMIT)
        if not system.solutions.number or not system.solutions.complete:
            return {}
        return _ranges_of(table, system.solutions.listed)

    def coarsened(self, frame: pl.DataFrame, name: Name) -> tuple[pl.DataFrame, str, bool]:
        """The least coarsened table in which no small cell of table ``name`` can be told."""
        pairs = [pair for pair in self._sized(statistics_of(frame)) if pair[0].name == name]
        counts = self._only(*pairs[0]) if len(pairs) == 1 else None
        for change, option in options(frame, [table for table, _ in pairs], counts):
            cells, _ = self.run(option)
            if not any((c["indicator"], c["field"]) == name[:2] for c in cells):
                return option, change, True
        return frame, "nothing tried was enough", False

    def _only(self, table: PrintedTable, sizing: Sizing | None) -> Counts | None:
        """The counts of ``table`` if only one solution is left."""
        if sizing is None or table.refused:
            return None
        rows = [row for row in table.statistics if row.countable]
        constraints = [table.constraint(row, self.convention) for row in rows]
        system = System.of(constraints, sizing.first, sizing.second, LIMIT)
        return system.solutions.listed[0] if system.solutions.number == 1 else None


def _cell(
    table: PrintedTable, cell: tuple[str, bool], span: tuple[int, int], through: str
) -> dict[str, object]:
    return {
        "indicator": table.indicator,
        "field": table.field,
        "split": table.split,
        "group": cell[0],
        "has_indicator": cell[1],
        "lowest": span[0],
        "highest": span[1],
        "determined": span[0] == span[1],
        "through": through,
    }


def _parts(table: PrintedTable) -> list[PrintedTable]:
    """``table``, or where its split has more than two groups a table of each group."""
    groups = list(dict.fromkeys(row.group for row in table.primary if row.group))
    if len(groups) < 3 or any(not row.plain for row in table.statistics):
        return [table]
    parts = []
    for group in groups:
        own = tuple(row for row in table.primary if row.group == group)
        sizes = {row.observations for row in own if row.observations is not None}
        if len(sizes) == 1:
            (n,) = sizes
            parts.append(
                PrintedTable(
                    table.indicator,
                    table.field,
                    table.split,
                    (group, f"no other than {group}"),
                    n,
                    (n, 0),
                    own,
                    (),
                )
            )
    return parts or [table]


def _ranges_of(table: PrintedTable, listed: Sequence[Counts]) -> Ranges:
    ranges: Ranges = {}
    for second, group in enumerate(table.groups):
        if not any(counts[second] for counts in listed):
            continue
        having = [counts[2 + second] for counts in listed]
        lacking = [counts[second] - counts[2 + second] for counts in listed]
        ranges[group, True] = min(having), max(having)
        ranges[group, False] = min(lacking), max(lacking)
    return ranges


def _place(table: PrintedTable) -> str:
    return " ".join(part for part in table.name if part)
