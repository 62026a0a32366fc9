"""Printed statistics gathered into 2x2 tables, and tables into families that share group sizes.

A table of one group (a percentage of all units) is a 2x2 table whose second group is empty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from samspill.reconstruction.constraints import CONTRASTS, LIMITS, SPREADS, Constraint
from samspill.reconstruction.printed_table import UNCOUNTABLE, Printed
from samspill.reconstruction.rounding import RoundingConvention

REFERENCES = ("no", "0", "false", "nei")
NO_SIZE = "nothing printed says how many units it rests on"


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """The printed statistics of one 2x2 table.

    ``groups``: reference and other group. ``observations``: number of units, ``sizes``: of each
    group, None where not printed. ``primary``: what the table is solved from; ``others``: what is
    checked against it. ``refused``: why it is no plain 2x2, or "".
    """

    indicator: str
    field: str
    split: str
    groups: tuple[str, str]
    observations: int | None
    sizes: tuple[int, int] | None
    primary: tuple[Printed, ...]
    others: tuple[Printed, ...]
    refused: str = ""

    @property
    def name(self) -> tuple[str, str, str]:
        """Indicator, field and split."""
        return self.indicator, self.field, self.split

    @property
    def statistics(self) -> tuple[Printed, ...]:
        """All its printed statistics."""
        return (*self.primary, *self.others)

    def group_of(self, printed: Printed) -> int | None:
        """Which group ``printed`` is about: 0, 1, or None for both or their contrast."""
        if not self.split:
            return 0
        if printed.statistic in CONTRASTS or not printed.group:
            return None
        return self.groups.index(printed.group)

    def constraint(self, printed: Printed, convention: RoundingConvention) -> Constraint:
        """What ``printed``, a row of this table, says about its counts."""
        if printed.number is None:
            raise ValueError(f"{printed.id} is a mark")
        group = self.group_of(printed)
        scale = printed.scale or self.scale
        return Constraint.of(printed.statistic, printed.number, convention, group, scale)

    def constraints(self, convention: RoundingConvention) -> list[Constraint]:
        """What its primary statistics say about its counts."""
        return [self.constraint(printed, convention) for printed in self.primary]

    @property
    def scale(self) -> str:
        """The one contrast that its standard errors and confidence limits can belong to."""
        contrasts = {row.statistic for row in self.statistics if row.statistic in CONTRASTS}
        return contrasts.pop() if len(contrasts) == 1 else "log_odds_ratio"


def gather(statistics: Sequence[Printed], observations: int | None = None) -> list[PrintedTable]:
    """The 2x2 tables among ``statistics``, in the order of print.

    ``observations`` is the number of units of the survey where none is printed.
    """
    own = [s for s in statistics if s.basis != "outside" and s.statistic not in UNCOUNTABLE]
    own = [s for s in own if ";" not in s.indicator]
    groups = _groups(own)
    by_table: dict[tuple[str, str, str], list[Printed]] = defaultdict(list)
    for row in own:
        by_table[row.indicator, row.field, row.split].append(row)
    totals = {name[:2]: _largest(rows) for name, rows in by_table.items() if not name[2]}
    split_tables = {
        name: _table(name, rows, groups.get(name[2], ()), totals.get(name[:2]) or observations)
        for name, rows in by_table.items()
        if name[2]
    }
    tables = dict(split_tables)
    homes_of: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for name, table in split_tables.items():
        if table.primary:
            homes_of[name[:2]].append(name)
    for (indicator, field, split), rows in by_table.items():
        if split:
            continue
        left = []
        homes = homes_of[indicator, field]
        for row in rows:
            fitting = [name for name in homes if _belongs(row, tables[name])]
            for name in fitting:
                tables[name] = replace(tables[name], others=(*tables[name].others, row))
            if not fitting:
                left.append(row)
        if any(row.countable for row in left):
            name = (indicator, field, "")
            tables[name] = _table(name, left, ("",), observations)
    counted = _counts_by_indicator(own)
    return sorted(
        (_sized(table, counted.get(table.split, ())) for table in tables.values() if table.primary),
        key=lambda table: table.primary[0].row,
    )


def _belongs(row: Printed, table: PrintedTable) -> bool:
    """Whether ``row``, printed without a split, speaks of the units of ``table``."""
    same_units = row.observations in {None, table.observations}
    return same_units and row.group in {"", *table.groups}


def _largest(rows: Sequence[Printed]) -> int | None:
    """The largest number of units printed in ``rows``."""
    return max((r.observations for r in rows if r.observations is not None), default=None)


def _groups(statistics: Iterable[Printed]) -> dict[str, tuple[str, ...]]:
    """The groups of each split, the reference group first."""
    found: dict[str, list[str]] = defaultdict(list)
    references: dict[str, str] = {}
    rows = list(statistics)
    splits = {row.split for row in rows if row.split}
    for row in rows:
        split = row.split or (row.indicator if row.indicator in splits else "")
        if split and row.group and row.group not in found[split]:
            found[split].append(row.group)
        if row.statistic == "log_odds" and row.group:
            references.setdefault(row.split, row.group)
    for split, groups in found.items():
        usual = next((g for g in groups if g.lower() in REFERENCES), groups[0])
        first = references.get(split, usual)
        groups.sort(key=lambda group, first=first: group != first)  # type: ignore[misc]
    return {split: tuple(groups) for split, groups in found.items()}


def _table(
    name: tuple[str, str, str],
    rows: Sequence[Printed],
    groups: Sequence[str],
    observations: int | None,
) -> PrintedTable:
    countable = [row for row in rows if row.countable]
    primary = _primary(countable)
    others = tuple(row for row in rows if row not in primary)
    if any(row.basis == "cases" for row in rows):
        observations = None
    pair = _pair(name[2], groups)
    total, sizes, refused = _size(primary or tuple(countable), pair, observations)
    if len(groups) > 2:
        total, sizes, refused = observations, None, ""
    table = PrintedTable(*name, pair, total, sizes, primary, others)
    return replace(table, refused=refused or _refusal(table, groups))


def _pair(split: str, groups: Sequence[str]) -> tuple[str, str]:
    """The names of the reference group and the other."""
    if not split:
        return "", ""
    named = (*groups, *("reference", "other")[len(groups) :])
    return named[0], named[1]


def _primary(countable: Sequence[Printed]) -> tuple[Printed, ...]:
    """The rows of the source that says most: with its number of units, and most statistics."""
    by_source: dict[str, list[Printed]] = defaultdict(list)
    for row in countable:
        by_source[row.source].append(row)
    if not by_source:
        return ()
    best = max(
        by_source.values(),
        key=lambda rows: (any(r.observations is not None for r in rows), len(rows), -rows[0].row),
    )
    return tuple(best)


def _size(
    rows: Sequence[Printed], groups: Sequence[str], fallback: int | None
) -> tuple[int | None, tuple[int, int] | None, str]:
    """Number of units, group sizes, and why they make no 2x2 table."""
    of_all = {r.observations for r in rows if r.observations is not None and not _of_group(r)}
    if len(of_all) > 1:
        numbers = " and ".join(str(n) for n in sorted(of_all))
        return None, None, f"its statistics rest on different numbers of units ({numbers})"
    total = next(iter(of_all), None)
    if not groups[0]:
        total = fallback if total is None else total
        return total, None if total is None else (total, 0), ""
    by_group = {
        r.group: r.observations
        for r in rows
        if r.observations is not None and _of_group(r) and r.group in groups
    }
    if total is not None and set(by_group.values()) == {total}:
        by_group = {}
    return _group_sizes(by_group, groups, total, fallback)


def _of_group(row: Printed) -> bool:
    """Whether the printed number of units of ``row`` is that of its group alone."""
    return row.statistic in {"count", "percentage"} and bool(row.split and row.group)


def _group_sizes(
    by_group: dict[str, int], groups: Sequence[str], total: int | None, fallback: int | None
) -> tuple[int | None, tuple[int, int] | None, str]:
    if len(by_group) == 2:
        first, second = by_group[groups[0]], by_group[groups[1]]
        if total is not None and total != first + second:
            return None, None, f"its groups of {first} and {second} do not make {total} units"
        return first + second, (first, second), ""
    total = fallback if total is None else total
    if not by_group or total is None:
        return total, None, ""
    ((group, known),) = by_group.items()
    if known > total:
        return None, None, f"a group of {known} is larger than the {total} units"
    rest = total - known
    return total, (known, rest) if group == groups[0] else (rest, known), ""


def _refusal(table: PrintedTable, groups: Sequence[str]) -> str:
    """Why ``table`` is no plain 2x2, or nothing."""
    if any(not row.plain for row in table.statistics):
        return "it is marked as adjusted or weighted"
    if not table.split and len({row.group for row in table.statistics}) > 1:
        return "it names groups, but no split"
    if len(groups) > 2:
        return f"its split has {len(groups)} groups: {', '.join(groups)}"
    contrasts = {row.statistic for row in table.statistics if row.statistic in CONTRASTS}
    unclear = [r for r in table.primary if r.statistic in SPREADS and not r.scale and not r.group]
    if len(contrasts) > 1 and unclear:
        return "it prints several contrasts and does not say to which its interval belongs"
    return next((reason for row in table.primary if (reason := _oddity(row, table))), "")


def _oddity(row: Printed, table: PrintedTable) -> str:
    if row.statistic in LIMITS and (row.group or not table.split):
        return f"{row.id} is a confidence limit of a share, for which several methods are in use"
    if row.statistic in CONTRASTS and not table.split:
        return f"{row.id} is a contrast, but no split is named"
    if row.statistic in CONTRASTS and row.group and row.group == table.groups[0]:
        return f"{row.id} is a contrast of the reference group itself"
    return ""


def _counts_by_indicator(statistics: Iterable[Printed]) -> dict[str, list[Printed]]:
    found: dict[str, list[Printed]] = defaultdict(list)
    for row in statistics:
        if row.statistic == "count" and row.number is not None:
            found[row.indicator].append(row)
    return found


def _sized(table: PrintedTable, counts: Sequence[Printed]) -> PrintedTable:
    """``table`` with group sizes from ``counts`` of the split itself, where they are printed."""
    if not table.split or table.sizes is not None or table.observations is None:
        return table
    for row in counts:
        if row.number is None:
            continue
        if row.observations not in {None, table.observations}:
            continue
        count = int(row.number.value)
        if count <= table.observations and row.group in {"", *table.groups}:
            rest = table.observations - count
            first = row.group == table.groups[0]
            return replace(table, sizes=(count, rest) if first else (rest, count))
    return table
