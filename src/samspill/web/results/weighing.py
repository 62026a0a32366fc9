"""Where a weighted number comes from: the sums of weights behind it, and the choice of weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samspill.analysis import StudyAnalysis
from samspill.errors import SamspillError
from samspill.language import format_number
from samspill.web.results import words
from samspill.web.results.explorer import Choice
from samspill.web.results.explorer_figure import category_label, group_label
from samspill.web.results.explorer_numbers import Numbers
from samspill.web.results.explorer_page import written
from samspill.web.results.missing.beside import (
    weighted_difference,
    weighted_mean,
    weighted_share,
    weighting_note,
)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class WeightedCell:
    """The sums that a weighted number is made from, as written: Σw·y, Σw, Σw², and how many equal
    answers the weights are worth at worst, (Σw)² / Σw²."""

    label: str
    sum_wy: str
    sum_w: str
    sum_w2: str
    equal: str
    estimate: str
    here: bool


@dataclass(frozen=True, slots=True)
class Weighing:
    """How weighted numbers came to be: a sentence on the one in question, the sums of all, how the
    interval was made, and who chose the weights."""

    lead: str
    cells: tuple[WeightedCell, ...]
    method: str
    choice: str


def weighing(
    analysis: StudyAnalysis, choice: Choice, here: tuple[str, str], numbers: Numbers
) -> Weighing | None:
    """The weighted numbers of a choice's field; ``here`` is the group and category in question.

    None for a study without weights, and where the weights cannot be computed or do not matter.
    """
    rows = [row for row in numbers.frame.to_dicts() if row["field"] == choice.field]
    if analysis.weighting is None or not any(_value(row) is not None for row in rows):
        return None
    try:
        sums = _sums(analysis, choice, numbers)
    except SamspillError:
        return None
    cells = tuple(
        _cell(analysis, choice, numbers, row, sums[row["group"], row["value"]], here)
        for row in rows
        if (row["group"], row["value"]) in sums
    )
    return Weighing(
        _lead(numbers, rows, choice, here), cells, _method(numbers), weighting_note(analysis)
    )


def unweighted(analysis: StudyAnalysis, found: Weighing | None) -> str:
    """Why a number of a weighted study has no weighted one beside it; empty where it has."""
    if analysis.weighting is None or found is not None:
        return ""
    return _(
        "It has no weighted number beside it: it is known of every unit, answers or not, or the "
        "weights cannot be computed."
    )


def _sums(analysis: StudyAnalysis, choice: Choice, numbers: Numbers) -> dict[tuple[str, str], Row]:
    """Σw, Σw² and Σw·y by group and category."""
    fields = [choice.field] if choice.field else None
    if numbers.kind == "category":
        found = analysis.weighted_category_sums(choice.indicator, fields=fields).frame
        return {("", row["outcome"]): row for row in found.to_dicts()}
    found = analysis.weighted_sums(choice.indicator, by=choice.split or None, fields=fields).frame
    return {
        (str(row[choice.split]) if choice.split else "", ""): row
        for row in found.to_dicts()
        if row["n"]
    }


def _cell(
    analysis: StudyAnalysis,
    choice: Choice,
    numbers: Numbers,
    row: Row,
    sums: Row,
    here: tuple[str, str],
) -> WeightedCell:
    def number(value: float) -> str:
        return format_number(value, 1, words.language())

    label = (
        category_label(analysis, choice, row["value"])
        if row["value"]
        else group_label(analysis, choice, row["group"]) or _("All")
    )
    value = _value(row)
    return WeightedCell(
        label=label,
        sum_wy=number(sums["sum_wy"]),
        sum_w=number(sums["sum_w"]),
        sum_w2=number(sums["sum_w2"]),
        equal=number(sums["sum_w"] ** 2 / sums["sum_w2"]),
        estimate="–" if value is None else written(numbers.kind, value),
        here=(row["group"], row["value"]) == here,
    )


def _value(row: Row) -> float | None:
    value: float | None = row["share_weighted"]
    return row["mean_weighted"] if value is None else value


def _lead(numbers: Numbers, rows: list[Row], choice: Choice, here: tuple[str, str]) -> str:
    asked = next((row for row in rows if (row["group"], row["value"]) == here), None)
    if asked is not None:
        told = weighted_mean(asked) if numbers.kind == "mean" else weighted_share(asked)
        if told:
            return _("Weighted it is %(number)s.") % {"number": told}
    contrasts = [row for row in numbers.contrasts.to_dicts() if row["field"] == choice.field]
    if asked is None and contrasts:
        told = weighted_difference(contrasts[0], means=numbers.kind == "mean")
        if told:
            return _("Weighted the difference is %(number)s.") % {"number": told}
    return _("These are the weighted numbers beside them.")


def _method(numbers: Numbers) -> str:
    if numbers.kind == "mean":
        return _(
            "A weighted mean is Σw·y divided by Σw, over those who answered the question. Its "
            "interval is by linearisation, with the known totals taken into account; Σw² says how "
            "many equal answers the weights are worth at worst."
        )
    return _(
        "A weighted share is Σw·y divided by Σw, over those who answered the question. Its "
        "interval is Wilson's at the number of equal answers that linearisation gives, with the "
        "known totals taken into account; Σw² says what that number is at worst."
    )
