"""Printed ranges over several indicators, checked against the tables of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from samspill.reconstruction.evidence import (
    AGREES,
    CONFIRMS,
    CONTRADICTS,
    DISAGREES,
    UNDETERMINED,
    UNIQUE,
    Finding,
    Outcome,
    span,
)
from samspill.reconstruction.printed_table import Printed
from samspill.reconstruction.rounding import RoundingConvention

Outcomes = Mapping[tuple[str, str, str], Outcome]


def percentages(row: Printed, outcomes: Outcomes) -> dict[str, Fraction]:
    """The percentage of each indicator named in ``row`` whose counts are known."""
    found = {}
    for indicator in (part.strip() for part in row.indicator.split(";")):
        for (name, field, split), outcome in outcomes.items():
            if (name, field) != (indicator, row.field) or outcome.status != UNIQUE:
                continue
            if outcome.counts is None or (row.split and split != row.split):
                continue
            n0, n1, s0, s1 = outcome.counts
            count, size = s0 + s1, n0 + n1
            if row.group and row.group in outcome.table.groups:
                second = outcome.table.groups.index(row.group)
                count, size = ((s0, n0), (s1, n1))[second]
            found[indicator] = Fraction(100 * count, size)
    return found


def end_of(row: Printed, outcomes: Outcomes) -> Fraction | None:
    """The recomputed minimum or maximum; None where some indicator's counts are not known."""
    found = percentages(row, outcomes)
    named = {part.strip() for part in row.indicator.split(";")}
    if set(found) != named:
        return None
    return (min if row.statistic == "minimum" else max)(found.values())


def range_findings(
    rows: Sequence[Printed], outcomes: Outcomes, conventions: Mapping[str, RoundingConvention]
) -> list[Finding]:
    """A finding for every printed minimum and maximum."""
    return [_finding(row, outcomes, conventions[row.source]) for row in rows]


def _finding(row: Printed, outcomes: Outcomes, convention: RoundingConvention) -> Finding:
    end = end_of(row, outcomes)
    if end is None or row.number is None:
        why = "The counts of some of its indicators are not known."
        return Finding(row, "number", "", None, UNDETERMINED, "", why)
    text, value = span([end], row, convention)
    if end in row.number.window(convention):
        return Finding(row, "number", text, value, AGREES, CONFIRMS, "")
    found = percentages(row, outcomes)
    listed = ", ".join(f"{name} {float(share):.1f}" for name, share in found.items())
    why = f"The {row.statistic} of {listed} is {float(end):.1f}"
    fitting = [name for name, share in found.items() if share in row.number.window(convention)]
    if fitting:
        why += f"; the printed number is that of {' and '.join(fitting)}"
    return Finding(row, "number", text, value, DISAGREES, CONTRADICTS, why + ".")
