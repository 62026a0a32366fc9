"""The pooled numbers of a choice, without those of groups that would give units away.

A group of real answers with one to four units on a side is not shown. Neither is anything that it
could be worked out from: the groups are pooled without it, and where the others and the total
would leave it alone, more groups are left out until what is left out together is large enough.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from samspill.analysis import StudyAnalysis
from samspill.analysis.pooling import pooled
from samspill.analysis.publishing import THRESHOLD, holds_real_answers
from samspill.web.results.groups_page.choice import FIELDS, GroupChoice
from samspill.web.results.published import Edition
from samspill.web.results.withholding import is_withheld, too_few, withheld

Key = tuple[str, ...]
LEVEL = 0.95


@dataclass(frozen=True, slots=True, eq=False)
class GroupNumbers:
    """``frame`` is that of ``StudyAnalysis.pooled``; ``pool`` the row of its pool, None where
    nothing is shown. ``left_out`` names groups that are not shown, by field and attribute."""

    means: bool
    frame: pl.DataFrame
    pool: dict[str, object] | None
    left_out: tuple[Key, ...] = ()


def group_numbers(edition: Edition, choice: GroupChoice) -> GroupNumbers:
    """The numbers of a choice."""
    analysis = edition.analysis
    means = not analysis.is_binary(choice.indicator)
    fields = [f for f in _fields(analysis, choice) if not _field_withheld(edition, choice, f)]
    whole = [(field,) for field in _fields(analysis, choice) if field not in fields]
    if not fields:
        return GroupNumbers(means, pl.DataFrame(), None, tuple(whole))
    hidden = _hidden(analysis, choice, fields, means)
    keys = _keys(analysis, choice, fields)
    if len(keys) <= len(hidden):
        return GroupNumbers(means, pl.DataFrame(), None, (*whole, *hidden))
    towards = choice.by if len(choice.by) > 1 else ()
    found = pooled(
        analysis, choice.indicator, choice.by, fields, "auto", towards, LEVEL, left_out=hidden
    )
    pool = found.details["pools"].to_dicts()[0]
    return GroupNumbers(means, found.frame, pool, (*whole, *hidden))


def _fields(analysis: StudyAnalysis, choice: GroupChoice) -> tuple[str, ...]:
    asked = analysis.asked([choice.indicator], None)
    return (choice.field,) if choice.by == (choice.attribute,) else asked


def _field_withheld(edition: Edition, choice: GroupChoice, field: str) -> bool:
    """Whether already the number of the whole field is not shown."""
    return is_withheld(withheld(edition, ""), choice.indicator, field)


def _keys(analysis: StudyAnalysis, choice: GroupChoice, fields: list[str]) -> list[Key]:
    return [key for key, _, _ in _counts(analysis, choice, fields)]


def _counts(
    analysis: StudyAnalysis, choice: GroupChoice, fields: list[str]
) -> list[tuple[Key, int, int]]:
    """Field and attribute of every group, its answers and its ones."""
    attributes = [name for name in choice.by if name != FIELDS]
    cells = analysis.cells(choice.indicator, attributes or None).where(field=fields).frame
    return [
        (tuple(str(part) for part in row[: 1 + len(attributes)]), row[-2], int(row[-1]))
        for row in cells.select("field", *attributes, "n", "sum").iter_rows()
    ]


def _hidden(
    analysis: StudyAnalysis, choice: GroupChoice, fields: list[str], means: bool
) -> tuple[Key, ...]:
    if not holds_real_answers(analysis):
        return ()
    hidden: list[Key] = []
    counts = _counts(analysis, choice, fields)
    for field in fields:
        own = [group for group in counts if group[0][0] == field]
        hidden += _in_field(own, means, alone=not choice.attribute)
    return tuple(hidden)


def _in_field(groups: list[tuple[Key, int, int]], means: bool, *, alone: bool) -> list[Key]:
    """The groups of one field to leave out; their total is known from elsewhere.

    ``alone``: the field is itself the group, and its own number is looked after already.
    """

    def small(n: int, ones: int) -> bool:
        return too_few(n) if means else any(map(too_few, (n, ones, n - ones)))

    if alone:
        return [key for key, n, ones in groups if small(n, ones)]
    left = sorted(groups, key=lambda group: (not small(group[1], group[2]), group[1], group[0]))
    hidden: list[tuple[Key, int, int]] = []
    while left and (small(left[0][1], left[0][2]) or _revealing(hidden, means)):
        hidden.append(left.pop(0))
    return [key for key, _, _ in hidden]


def _revealing(hidden: list[tuple[Key, int, int]], means: bool) -> bool:
    """Whether what is hidden can be told from the total: one group alone, or few units together."""
    answered = [group for group in hidden if group[1]]
    if not answered:
        return False
    n, ones = sum(g[1] for g in answered), sum(g[2] for g in answered)
    few = n < THRESHOLD if means else min(ones, n - ones) < THRESHOLD
    return len(answered) == 1 or few
