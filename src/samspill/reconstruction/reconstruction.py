"""From a table of printed statistics to the counts behind them, and what speaks for the counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from samspill.errors import SamspillError
from samspill.reconstruction.chance import chance_of_match, pattern_of
from samspill.reconstruction.evidence import (
    IMPOSSIBLE,
    NO_UNITS,
    NOT_PLAIN,
    SEVERAL,
    UNDETERMINED,
    UNIQUE,
    Finding,
    Marking,
    Outcome,
    contradictions,
    explain_marks,
    narrow,
)
from samspill.reconstruction.explanations import explain, usual_decimals
from samspill.reconstruction.printed_table import (
    RANGES,
    UNCOUNTABLE,
    Printed,
    read_printed,
    statistics_of,
)
from samspill.reconstruction.ranges import end_of, range_findings
from samspill.reconstruction.result import Reconstruction, frames
from samspill.reconstruction.rounding import RoundingConvention
from samspill.reconstruction.sizes import TOO_MANY_SIZES, Sizing, families, size
from samspill.reconstruction.spreads import TooManyCandidatesError
from samspill.reconstruction.systems import System, holds
from samspill.reconstruction.tables import NO_SIZE, PrintedTable, gather
from samspill.statistics.significance import STAR_LEVELS

MOST_TIED = 50


def reconstruct(
    table: pl.DataFrame | str | Path,
    *,
    convention: RoundingConvention | str | None = None,
    observations: int | None = None,
    star_levels: Sequence[float] = STAR_LEVELS,
    limit: int = 1000,
) -> Reconstruction:
    """The counts that a table of printed statistics was computed from.

    ``table``: a frame of text columns or a CSV file, as in docs/architecture.md, "Printed
    statistics". ``convention``: how numbers were rounded; by default the four conventions are
    tried in their order for each family of tables. ``observations``: the number of units where
    none is printed. ``star_levels``: the p-values below which one, two, three stars are printed.
    ``limit``: how many solutions of a table are listed. Raises ``InvalidInput`` with every fault
    in the table, and ``SamspillError`` for an impossible option.
    """
    only = _convention(convention)
    if limit < 1 or (observations is not None and observations < 1):
        raise SamspillError(
            "limit and observations must be positive whole numbers.",
            "Leave them out, or raise them.",
        )
    frame = table if isinstance(table, pl.DataFrame) else read_printed(table)
    statistics = statistics_of(frame)
    marking = Marking.of(statistics, tuple(star_levels))
    tables = gather(statistics, observations)
    sizings = [size(family, only) for family in families(tables)]
    solved = _solved(tables, sizings, limit)
    ranges = [row for row in statistics if row.statistic in RANGES and row.basis != "outside"]
    conventions = _conventions(statistics, solved, ranges, only)
    outcomes, findings = _judged(solved, statistics, conventions, marking, limit)
    findings += range_findings(ranges, outcomes, conventions)
    findings = explain_marks(findings, outcomes, marking)
    return frames(statistics, _with_rest(statistics, findings), outcomes, sizings)


def _convention(convention: RoundingConvention | str | None) -> RoundingConvention | None:
    try:
        return None if convention is None else RoundingConvention(convention)
    except ValueError:
        known = ", ".join(c.value for c in RoundingConvention)
        raise SamspillError(
            f"{convention!r} is no rounding convention.", f"Use one of {known}."
        ) from None


def _solved(
    tables: Sequence[PrintedTable], sizings: Sequence[Sizing], limit: int
) -> list[tuple[Outcome, Sizing | None]]:
    """Each table with the solutions of its primary statistics alone."""
    home = {table.name: sizing for sizing in sizings for table in sizing.family.tables}
    outcomes: list[tuple[Outcome, Sizing | None]] = []
    for table in tables:
        sizing = home.get(table.name)
        if table.refused:
            outcomes.append((Outcome(table, NOT_PLAIN, reason=table.refused), None))
        elif sizing is None and table.observations is not None:
            outcomes.append((Outcome(table, SEVERAL, reason=TOO_MANY_SIZES), None))
        elif sizing is None:
            outcomes.append((Outcome(table, NO_UNITS, reason=NO_SIZE), None))
        else:
            outcomes.append((_solve(table, sizing, limit), sizing))
    return outcomes


def _solve(table: PrintedTable, sizing: Sizing, limit: int) -> Outcome:
    constraints = table.constraints(sizing.convention)
    try:
        system = System.of(constraints, sizing.first, sizing.second, limit)
    except TooManyCandidatesError as error:
        return Outcome(table, SEVERAL, sizing.convention, reason=str(error))
    number = system.solutions.number
    status = UNIQUE if number == 1 else SEVERAL if number else IMPOSSIBLE
    chance = None
    pattern = pattern_of(table)
    if sizing.first.size == 1 and pattern is not None:
        chance = chance_of_match(pattern, int(sizing.first[0]), int(sizing.second[0]))
    return Outcome(table, status, sizing.convention, system if number else None, chance=chance)


def _conventions(
    statistics: Sequence[Printed],
    solved: Sequence[tuple[Outcome, Sizing | None]],
    ranges: Sequence[Printed],
    only: RoundingConvention | None,
) -> Mapping[str, RoundingConvention]:
    """For each source the first convention under which most of its checks agree."""
    if only is not None:
        return {row.source: only for row in statistics}
    votes: dict[str, Counter[RoundingConvention]] = defaultdict(Counter)
    outcomes = {outcome.table.name: outcome for outcome, _ in solved}
    for convention in RoundingConvention:
        for outcome in outcomes.values():
            if outcome.system is None:
                continue
            listed = outcome.system.solutions.listed
            for row in outcome.table.others:
                if row.countable:
                    constraint = outcome.table.constraint(row, convention)
                    agrees = any(holds(constraint, counts) for counts in listed)
                    votes[row.source][convention] += agrees
        for row in ranges:
            end = end_of(row, outcomes)
            if end is not None and row.number is not None:
                votes[row.source][convention] += end in row.number.window(convention)
    first = RoundingConvention.HALF_UP
    return {
        row.source: max(RoundingConvention, key=lambda c, own=votes[row.source]: own[c])  # type: ignore[misc]
        if votes[row.source]
        else first
        for row in statistics
    }


def _judged(
    solved: Sequence[tuple[Outcome, Sizing | None]],
    statistics: list[Printed],
    conventions: Mapping[str, RoundingConvention],
    marking: Marking,
    limit: int,
) -> tuple[dict[tuple[str, str, str], Outcome], list[Finding]]:
    usual = usual_decimals(statistics)
    outcomes = {}
    findings: list[Finding] = []
    for first, sizing in solved:
        outcome = first
        if outcome.status == IMPOSSIBLE and sizing is not None:
            outcome = _explained(outcome, sizing, usual, conventions, marking, limit)
        outcome, own = narrow(outcome, conventions, marking)
        outcomes[outcome.table.name] = outcome
        findings += own
    return outcomes, findings


def _explained(
    outcome: Outcome,
    sizing: Sizing,
    usual: Counter[tuple[str, str, int]],
    conventions: Mapping[str, RoundingConvention],
    marking: Marking,
    limit: int,
) -> Outcome:
    """An impossible table with its explanations and the solutions of the nearest."""
    table = outcome.table
    why = "No counts give these numbers together."
    if sizing.first.size > MOST_TIED:
        why += " The group sizes are unknown, so no misprint can be told from another."
        return Outcome(table, IMPOSSIBLE, sizing.convention, reason=why, chance=outcome.chance)
    found = explain(
        table,
        sizing.convention,
        np.asarray(sizing.first),
        np.asarray(sizing.second),
        limit=limit,
        usual=usual,
        contradictions=lambda system: contradictions(table, system, conventions, marking),
    )
    system = found[0].system if found else None
    return Outcome(table, IMPOSSIBLE, sizing.convention, system, tuple(found), why, outcome.chance)


def _with_rest(statistics: Sequence[Printed], findings: Sequence[Finding]) -> list[Finding]:
    """``findings`` in the order of print, with those that no table holds."""
    told = {finding.printed.row for finding in findings}
    rest = [_untreated(row) for row in statistics if row.row not in told]
    return sorted([*findings, *rest], key=lambda f: (f.printed.row, f.part == "mark"))


def _untreated(row: Printed) -> Finding:
    if row.basis == "outside":
        return Finding(row, "number", "", None, UNDETERMINED, "", "It rests on another source.")
    if row.statistic in UNCOUNTABLE:
        kind = "not a count statistic"
        return Finding(row, "number", "", None, kind, "", f"A {row.statistic} is no 2x2 count.")
    part = "mark" if row.statistic == "mark" else "number"
    why = "No counts are known that it could be checked against."
    return Finding(row, part, "", None, UNDETERMINED, "", why)
