"""What each printed number says about the counts: determines, confirms or contradicts them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from samspill.reconstruction.explanations import ASIDE, Explanation, rank_of
from samspill.reconstruction.marks import (
    WALD,
    tests_of_contrast,
    wald_of_contrast,
    wald_of_group,
)
from samspill.reconstruction.printed_table import Printed
from samspill.reconstruction.rounding import RoundingConvention
from samspill.reconstruction.systems import Counts, System, holds, in_print, value_of
from samspill.reconstruction.tables import PrintedTable
from samspill.statistics.significance import star_count

AGREES, DISAGREES, UNDETERMINED = "agrees", "disagrees", "undetermined"
UNIQUE, SEVERAL, IMPOSSIBLE = "unique", "one of several", "impossible"
NOT_PLAIN, NO_UNITS = "not a plain 2x2", "number of units unknown"
DETERMINES, CONFIRMS, CONTRADICTS = "determines", "confirms", "contradicts"
DOUBTFUL = "It may as well be this number"

Conventions = Mapping[str, RoundingConvention]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one table. ``system`` holds its solutions; where it is impossible, those of
    the nearest explanation, or None."""

    table: PrintedTable
    status: str
    convention: RoundingConvention | None = None
    system: System | None = None
    explanations: tuple[Explanation, ...] = ()
    reason: str = ""
    chance: float | None = None

    @property
    def counts(self) -> Counts | None:
        """The only solution, or None."""
        if self.system is None or self.system.solutions.number != 1:
            return None
        return self.system.solutions.listed[0]


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one printed number, or on its mark (``part``)."""

    printed: Printed
    part: str
    recomputed: str
    value: float | None
    verdict: str
    evidence: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Marking:
    """How marks are read: the levels of one, two and three stars, and what carries marks."""

    levels: tuple[float, ...]
    carriers: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, statistics: Sequence[Printed], levels: tuple[float, ...]) -> Marking:
        """In each source the kinds of statistic of which at least one has a star."""
        starred = {(s.source, s.statistic) for s in statistics if s.stars}
        return cls(levels, frozenset(starred))

    def p_value(self, row: Printed, table: PrintedTable, counts: Counts) -> float | None:
        """The Wald p-value that the mark of ``row`` is about; None where there is none."""
        n0, n1, s0, s1 = counts
        if row.statistic in {"log_odds", "odds"}:
            second = bool(row.group) and table.split != "" and row.group == table.groups[1]
            return wald_of_group(s1, n1) if second else wald_of_group(s0, n0)
        return wald_of_contrast(s0, n0, s1, n1)

    def carried_by(self, row: Printed, table: PrintedTable) -> bool:
        """Whether the mark of ``row``, or its absence, says something."""
        if (row.source, row.statistic) not in self.carriers or not row.split:
            return False
        return row.basis != "outside" and bool(table.split)


def contradictions(
    table: PrintedTable, system: System, conventions: Conventions, marking: Marking
) -> int:
    """How many other printed numbers and marks of ``table`` none of the solutions satisfy."""
    number = 0
    listed = system.solutions.listed
    for row in table.statistics:
        if row in table.others and row.countable:
            constraint = table.constraint(row, conventions[row.source])
            number += not any(holds(constraint, counts) for counts in listed)
        if marking.carried_by(row, table):
            number += row.stars not in _stars(row, table, system, marking)
    return number


def narrow(
    outcome: Outcome, conventions: Conventions, marking: Marking
) -> tuple[Outcome, list[Finding]]:
    """The outcome with what its other printed numbers add, and a finding for every number."""
    table, system = outcome.table, outcome.system
    if system is None or outcome.convention is None:
        return outcome, [_unsolved(outcome, row) for row in table.statistics if row.number]
    findings = []
    for row in table.others:
        if row.countable:
            system, evidence = _narrowed(table, row, system, conventions[row.source])
            findings.append((row, evidence))
    marks = []
    for row in table.statistics:
        if marking.carried_by(row, table):
            system, evidence = _narrowed_by_mark(table, row, system, marking)
            marks.append((row, evidence))
    status = outcome.status
    if status == SEVERAL and system.solutions.number == 1:
        status = UNIQUE
    outcome = replace(outcome, system=system, status=status)
    rows = [_of_primary(outcome, row) for row in table.primary]
    rows += [_of_other(outcome, row, conventions[row.source], said) for row, said in findings]
    rows += [_of_mark(outcome, row, marking, said) for row, said in marks]
    return outcome, rows


def _narrowed(
    table: PrintedTable, row: Printed, system: System, convention: RoundingConvention
) -> tuple[System, str]:
    narrower = system.adding(table.constraint(row, convention))
    if narrower.solutions.number == 0:
        return system, CONTRADICTS
    if narrower.solutions.number < system.solutions.number:
        return narrower, DETERMINES
    return system, CONFIRMS


def _stars(row: Printed, table: PrintedTable, system: System, marking: Marking) -> set[int]:
    p_values = (marking.p_value(row, table, counts) for counts in system.solutions.listed)
    return {0 if p is None else star_count(p, marking.levels) for p in p_values}


def _narrowed_by_mark(
    table: PrintedTable, row: Printed, system: System, marking: Marking
) -> tuple[System, str]:
    if not system.solutions.complete:
        return system, ""
    stars = _stars(row, table, system, marking)
    if row.stars not in stars:
        return system, CONTRADICTS
    if len(stars) == 1:
        return system, CONFIRMS
    kept = [
        counts
        for counts in system.solutions.listed
        if star_count(_or_one(marking.p_value(row, table, counts)), marking.levels) == row.stars
    ]
    return system.keeping(kept), DETERMINES


def _or_one(p: float | None) -> float:
    return 1.0 if p is None else p


def recomputed(
    table: PrintedTable, row: Printed, system: System, convention: RoundingConvention
) -> tuple[str, float | None]:
    """The number as the solutions print it (a range where they differ), and its value if known."""
    if row.number is None or not system.solutions.complete:
        return "", None
    constraint = table.constraint(row, convention)
    values = [value_of(constraint, counts) for counts in system.solutions.listed]
    finite = sorted({value for value in values if value is not None})
    return span(finite, row, convention)


def span(
    values: Sequence[Fraction], row: Printed, convention: RoundingConvention
) -> tuple[str, float | None]:
    """Ascending ``values`` in print, and the value if there is only one."""
    if not values or row.number is None:
        return "", None
    low = in_print(values[0], row.number, convention)
    high = in_print(values[-1], row.number, convention)
    return low if low == high else f"{low} … {high}", float(values[0]) if len(values) == 1 else None


def _unsolved(outcome: Outcome, row: Printed) -> Finding:
    verdict = {NOT_PLAIN: NOT_PLAIN, IMPOSSIBLE: DISAGREES}.get(outcome.status, UNDETERMINED)
    said = CONTRADICTS if verdict == DISAGREES and row in outcome.table.primary else ""
    if verdict == DISAGREES and not said:
        verdict = UNDETERMINED
    return Finding(row, "number", "", None, verdict, said, outcome.reason)


def _of_primary(outcome: Outcome, row: Printed) -> Finding:
    assert outcome.system is not None  # noqa: S101
    assert outcome.convention is not None  # noqa: S101
    if outcome.status != IMPOSSIBLE:
        text, value = recomputed(outcome.table, row, outcome.system, outcome.convention)
        return Finding(row, "number", text, value, AGREES, DETERMINES, "")
    nearest = outcome.explanations[0]
    if nearest.id not in {"", row.id}:
        text, value = recomputed(outcome.table, row, outcome.system, outcome.convention)
        said = f"with {nearest.id} read as {nearest.read_as}" if nearest.read_as else ""
        if any(other.id == row.id for other in _as_near(outcome)):
            said = f"{DOUBTFUL}, not {nearest.id}, that is wrong."
        return Finding(row, "number", text, value, AGREES, DETERMINES, said)
    text, value = recomputed(outcome.table, row, outcome.system, outcome.convention)
    if nearest.id == row.id and nearest.read_as:
        text = nearest.read_as
    return Finding(row, "number", text, value, DISAGREES, CONTRADICTS, in_words(outcome))


def _as_near(outcome: Outcome) -> list[Explanation]:
    """The explanations as near as the first."""
    nearest = outcome.explanations[0]
    return [e for e in outcome.explanations[1:] if rank_of(e) == rank_of(nearest)]


def in_words(outcome: Outcome) -> str:
    """The nearest explanation of an impossible table, and those as near, in a sentence each."""
    as_near = [
        f"{e.id or 'the table'} {f'read as {e.read_as}' if e.read_as else 'set aside'}"
        for e in _as_near(outcome)
    ]
    also = f" As near: {', '.join(as_near)}." if as_near else ""
    return _nearest_in_words(outcome) + also


def _nearest_in_words(outcome: Outcome) -> str:
    nearest = outcome.explanations[0]
    number = nearest.system.solutions.number
    solutions = "exactly one solution" if number == 1 else f"{number} solutions"
    if nearest.change == ASIDE:
        return f"No counts give it; without it the other numbers have {solutions}."
    reading = f"read as {nearest.read_as} ({nearest.change}) it has {solutions}"
    if outcome.counts is None:
        return f"No counts give it; {reading}."
    n0, n1, s0, s1 = outcome.counts
    where = f"{s0} of {n0} and {s1} of {n1}" if outcome.table.split else f"{s0} of {n0}"
    return f"No counts give it; {reading}: {where}."


def _of_other(outcome: Outcome, row: Printed, convention: RoundingConvention, said: str) -> Finding:
    assert outcome.system is not None  # noqa: S101
    text, value = recomputed(outcome.table, row, outcome.system, convention)
    if said != CONTRADICTS:
        return Finding(row, "number", text, value, AGREES, said, "")
    why = "The counts give another number"
    for other in RoundingConvention:
        constraint = outcome.table.constraint(row, other)
        listed = outcome.system.solutions.listed
        if other is not convention and any(holds(constraint, counts) for counts in listed):
            why += f"; {other.label} it would agree"
            break
    return Finding(row, "number", text, value, DISAGREES, said, why + ".")


def _of_mark(outcome: Outcome, row: Printed, marking: Marking, said: str) -> Finding:
    assert outcome.system is not None  # noqa: S101
    if said == "":
        return Finding(row, "mark", "", None, UNDETERMINED, "", "Too many solutions to test.")
    stars = sorted(_stars(row, outcome.table, outcome.system, marking))
    text = " … ".join("*" * number for number in stars)
    p = marking.p_value(row, outcome.table, outcome.counts) if outcome.counts else None
    verdict = DISAGREES if said == CONTRADICTS else AGREES
    why = "" if p is None else f"p = {p:.4f} by Wald's test"
    return Finding(row, "mark", text, p, verdict, said, why)


def explain_marks(
    findings: Sequence[Finding], outcomes: Mapping[tuple[str, str, str], Outcome], marking: Marking
) -> list[Finding]:
    """``findings`` with, for each mark that disagrees, the tests that would have printed it."""
    explained = []
    marks = [f for f in findings if f.part == "mark" and f.printed.statistic not in _OF_GROUP]
    for finding in findings:
        row = finding.printed
        wrong = finding.part == "mark" and finding.verdict == DISAGREES
        if wrong and row.statistic not in _OF_GROUP:
            own = [other for other in marks if other.printed.source == row.source]
            why = _tests_in_words(finding, own, outcomes, marking)
            explained.append(replace(finding, explanation=f"{finding.explanation}; {why}."))
        else:
            explained.append(finding)
    return explained


_OF_GROUP = ("log_odds", "odds")


def _tests_in_words(
    finding: Finding,
    same_source: Sequence[Finding],
    outcomes: Mapping[tuple[str, str, str], Outcome],
    marking: Marking,
) -> str:
    """Which tests give the printed mark, and how many other marks of the source they miss."""
    misses: Counter[str] = Counter()
    tried: set[str] = set()
    giving: dict[str, float] = {}
    for other in same_source:
        row = other.printed
        counts = outcomes[row.indicator, row.field, row.split].counts
        if counts is None:
            continue
        n0, n1, s0, s1 = counts
        for test, p in tests_of_contrast(s0, n0, s1, n1).items():
            fits = star_count(p, marking.levels) == row.stars
            tried.add(test)
            misses[test] += not fits
            if other is finding and fits:
                giving[test] = p
    if not giving:
        return f"none of {len(tried)} usual tests gives the printed mark"
    best = min(giving, key=lambda test: (misses[test], test))
    others = len(same_source) - 1
    also = f"; {len(giving) - 1} more tests give it" if len(giving) > 1 else ""
    return (
        f"{best} gives it (p = {giving[best]:.4f}) but contradicts {misses[best]} of the other "
        f"{others} marks of {finding.printed.source}, where {WALD} contradicts "
        f"{misses[WALD] - 1}{also}"
    )
