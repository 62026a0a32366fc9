"""What an impossible printed number may have been meant to be, nearest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from samspill.reconstruction.constraints import Constraint
from samspill.reconstruction.printed_number import PrintedNumber
from samspill.reconstruction.printed_table import Printed
from samspill.reconstruction.rounding import RoundingConvention
from samspill.reconstruction.spreads import TooManyCandidatesError
from samspill.reconstruction.systems import Counts, System
from samspill.reconstruction.tables import PrintedTable

ADDED = "a digit too many"
MOVED = "a moved decimal point"
LOST = "a lost digit"
SIGN = "a changed sign"
SWAPPED = "two digits swapped"
CONVENTION = "another rounding"
NEIGHBOUR = "a neighbouring number of units"
REFERENCE = "a swapped reference row"
WRONG = "one wrong digit"
ASIDE = "set aside"
ORDER = (ADDED, MOVED, SIGN, SWAPPED, LOST, CONVENTION, NEIGHBOUR, REFERENCE, WRONG, ASIDE)
KEPT = 12

Contradictions = Callable[[System], int]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One way to read an impossible table that gives it a solution.

    ``id``: the printed number read differently ("" where it is the table as a whole);
    ``change``: what may have happened; ``read_as``: the reading; ``contradicted``: how many of
    the table's other printed numbers and marks it contradicts; ``tried``, ``solvable``: how many
    readings of this kind were tried and how many of them have a solution.
    """

    id: str
    change: str
    read_as: str
    system: System
    contradicted: int
    tried: int
    solvable: int
    usual: bool = True


def explain(
    table: PrintedTable,
    convention: RoundingConvention,
    n0: NDArray[np.int64],
    n1: NDArray[np.int64],
    *,
    limit: int,
    usual: Counter[tuple[str, str, int]],
    contradictions: Contradictions,
) -> list[Explanation]:
    """The readings of an impossible ``table`` that have solutions, the nearest first.

    Ranked by how many other printed numbers they contradict, whether they have as many decimals
    as their source usually prints, the kind of slip (``ORDER``), and the number of solutions.
    """
    found: list[Explanation] = []
    for change, readings in _readings(table, convention, n0, n1, limit).items():
        solved = [(row, text, system) for row, text, system in readings if system.solutions.number]
        for row, text, system in solved:
            found.append(
                Explanation(
                    id=row.id if row else "",
                    change=change,
                    read_as=text,
                    system=system,
                    contradicted=contradictions(system),
                    tried=len(readings),
                    solvable=len(solved),
                    usual=_has_usual_decimals(row, text, usual),
                )
            )
    found.sort(key=rank_of)
    return _distinct(found)[:KEPT]


def rank_of(explanation: Explanation) -> tuple[bool, int, bool, int, int]:
    """What explanations are sorted by; equal for two that are equally near."""
    change = explanation.change.split(" or ")[0]
    return (
        change == ASIDE,
        explanation.contradicted,
        not explanation.usual,
        ORDER.index(change),
        explanation.system.solutions.number,
    )


def _distinct(found: list[Explanation]) -> list[Explanation]:
    """``found`` with equal readings joined: one reading may have several causes."""
    kept: dict[tuple[str, str], Explanation] = {}
    for explanation in found:
        key = (explanation.id, explanation.read_as)
        if key in kept:
            change = f"{kept[key].change} or {explanation.change}"
            kept[key] = replace(kept[key], change=change)
        else:
            kept[key] = explanation
    return list(kept.values())


def _has_usual_decimals(
    row: Printed | None, text: str, usual: Counter[tuple[str, str, int]]
) -> bool:
    if row is None or row.number is None:
        return True
    own = {d: k for (source, kind, d), k in usual.items() if (source, kind) == _kind(row)}
    decimals = len(text.replace(",", ".").partition(".")[2].rstrip("*"))
    return not own or decimals == max(own, key=lambda d: own[d])


def _kind(row: Printed) -> tuple[str, str]:
    return row.source, row.statistic


def usual_decimals(statistics: list[Printed]) -> Counter[tuple[str, str, int]]:
    """How often each source prints each kind of statistic with each number of decimals."""
    return Counter((*_kind(row), row.number.decimals) for row in statistics if row.number)


Reading = tuple[Printed | None, str, System]
Readings = dict[str, list[Reading]]


def _readings(
    table: PrintedTable,
    convention: RoundingConvention,
    n0: NDArray[np.int64],
    n1: NDArray[np.int64],
    limit: int,
) -> Readings:
    readings: Readings = {change: [] for change in ORDER}
    own = {row.id: table.constraint(row, convention) for row in table.primary}
    for row in table.primary:
        rest = [constraint for id_, constraint in own.items() if id_ != row.id]
        for change, number in misprints(row.number) if row.number else ():
            changed = table.constraint(replace(row, number=number), convention)
            readings[change] += _read(row, number.text, [*rest, changed], (n0, n1), limit)
        if len(own) > 1:
            readings[ASIDE] += _read(row, "", rest, (n0, n1), limit)
    for other in RoundingConvention:
        if other is not convention:
            constraints = table.constraints(other)
            readings[CONVENTION] += _read(None, other.label, constraints, (n0, n1), limit)
    if n0.size == 1:
        readings[NEIGHBOUR] = list(_neighbours(table, convention, int(n0[0]), int(n1[0]), limit))
        if table.split:
            readings[REFERENCE] += _swapped(table, convention, n0, n1, limit)
    return readings


def _read(
    row: Printed | None,
    text: str,
    constraints: Sequence[Constraint],
    sizes: tuple[NDArray[np.int64], NDArray[np.int64]],
    limit: int,
) -> list[Reading]:
    """One reading with its solutions; none where it leaves too many candidates to look through."""
    try:
        return [(row, text, System.of(constraints, *sizes, limit))]
    except TooManyCandidatesError:
        return []


def _neighbours(
    table: PrintedTable, convention: RoundingConvention, n0: int, n1: int, limit: int
) -> Iterator[Reading]:
    constraints = table.constraints(convention)
    steps = (-2, -1, 1, 2)
    pairs = [(n0 + step, n1) for step in steps]
    pairs += [(n0, n1 + step) for step in steps] if table.split else []
    for first, second in pairs:
        if first > 0 and second >= 0:
            text = f"{first} and {second} units" if table.split else f"{first} units"
            yield from _read(
                None, text, constraints, (np.array([first]), np.array([second])), limit
            )


def _swapped(
    table: PrintedTable,
    convention: RoundingConvention,
    n0: NDArray[np.int64],
    n1: NDArray[np.int64],
    limit: int,
) -> Iterator[Reading]:
    text = f"{table.groups[1]} as the reference group"
    for row, said, system in _read(None, text, table.constraints(convention), (n1, n0), limit):
        back: list[Counts] = [(b, a, t, s) for a, b, s, t in system.solutions.listed]
        yield row, said, replace(system.keeping(back), n0=n0, n1=n1)


def misprints(number: PrintedNumber) -> list[tuple[str, PrintedNumber]]:
    """The numbers that a single slip may have turned into ``number``, each with its kind."""
    digits, decimals = number.digits, number.decimals
    whole = len(digits) - decimals
    found: list[tuple[str, PrintedNumber | None]] = []
    for at in range(len(digits)):
        rest = digits[:at] + digits[at + 1 :]
        found.append((ADDED, _written(number, rest, decimals - (at >= whole))))
        if at + 1 < len(digits):
            pair = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
            found.append((SWAPPED, _written(number, pair, decimals)))
        for digit in "0123456789":
            wrong = digits[:at] + digit + digits[at + 1 :]
            found.append((WRONG, _written(number, wrong, decimals)))
    for at in range(len(digits) + 1):
        for digit in "0123456789":
            longer = digits[:at] + digit + digits[at:]
            if at >= whole:
                found.append((LOST, _written(number, longer, decimals + 1)))
            if at <= whole:
                found.append((LOST, _written(number, longer, decimals)))
    for shift in (-2, -1, 1, 2):
        if decimals + shift >= 0:
            padded = digits.rjust(decimals + shift + 1, "0")
            found.append((MOVED, _written(number, padded, decimals + shift)))
    found.append((SIGN, _written(number, digits, decimals, -number.sign)))
    return _once(number, found)


def _once(
    number: PrintedNumber, found: list[tuple[str, PrintedNumber | None]]
) -> list[tuple[str, PrintedNumber]]:
    seen = set()
    kept = []
    for change, other in found:
        if other is None or (other.value, other.decimals) == (number.value, number.decimals):
            continue
        key = (change, other.value, other.decimals)
        if key not in seen:
            seen.add(key)
            kept.append((change, other))
    return kept


def _written(
    like: PrintedNumber, digits: str, decimals: int, sign: int | None = None
) -> PrintedNumber | None:
    """A number of ``digits`` in the style of ``like``; None where nobody would print it so."""
    whole, fraction = digits[: len(digits) - decimals], digits[len(digits) - decimals :]
    if not whole:
        return None
    whole = whole.lstrip("0") or "0"
    mark = "." if "." in like.text and "," not in like.text else ","
    sign = like.sign if sign is None else sign
    minus = next((m for m in "–−-" if m in like.text), "–") if sign < 0 else ""
    text = minus + whole + (mark + fraction if fraction else "")
    value = Decimal(sign * int(whole + fraction)).scaleb(-decimals)
    return PrintedNumber(text, sign, whole + fraction, decimals, like.stars, value, like.percent)
