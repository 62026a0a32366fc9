"""Where a number comes from: its cells, its definition, what was printed, and how it is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from samspill.analysis import StudyAnalysis
from samspill.language import format_p
from samspill.web.results import words
from samspill.web.results.checking import checked
from samspill.web.results.explorer import Choice, Kind, UnknownChoice, read_choice
from samspill.web.results.explorer_figure import category_label, field_label, group_label
from samspill.web.results.explorer_numbers import Numbers, numbers_of
from samspill.web.results.explorer_page import (
    compared,
    definition_of,
    difference_words,
    difference_written,
    interval_of,
    origin_query,
    written,
)
from samspill.web.results.published import Edition
from samspill.web.results.weighing import Weighing, unweighted, weighing

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Number:
    """One number: a choice, and which group or category of it. Without a group, a split by two
    groups means their difference."""

    choice: Choice
    group: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A row of the cells, as written. ``here`` marks the one that the number was made from."""

    label: str
    count: str
    rest: str
    n: str
    estimate: str
    here: bool


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed number about the same, as written; ``agrees`` is None where it has no verdict."""

    source: str
    statistic: str
    group: str
    printed: str
    recomputed: str
    verdict: str
    agrees: bool | None
    evidence: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Part:
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Origin:
    """The page of a number. ``fields`` lead on where the address names no field; ``withheld`` where
    the number would give units away."""

    kind: Kind
    heading: str
    lead: str
    what: str
    definition: str
    rule: str
    parts: tuple[Part, ...]
    explore: str
    cells: tuple[Cell, ...] = ()
    cell_heading: str = ""
    interval: str = ""
    provenance: str = ""
    note: str = ""
    printed: tuple[Printed, ...] = ()
    fields: tuple[Part, ...] = ()
    withheld: bool = False
    weighing: Weighing | None = None
    unweighted: str = ""


def read_number(indicator: str, given: Mapping[str, str], analysis: StudyAnalysis) -> Number:
    """The number that an address names; raises UnknownChoice with one sentence."""
    choice = read_choice({**_texts(given), "indicator": indicator}, analysis)
    group, value = given.get("group", ""), given.get("value", "")
    if group and group not in (analysis.groups(choice.split) if choice.split else ()):
        raise UnknownChoice(
            _("The study has no group called “%(name)s”.") % {"name": group},
            _("Go back to the table and follow its link."),
        )
    variable = analysis.definition(indicator).variables[0]
    if value and value not in analysis.categories(variable):
        raise UnknownChoice(
            _("The study has no category called “%(name)s”.") % {"name": value},
            _("Go back to the table and follow its link."),
        )
    return Number(choice, group, value)


def origin(edition: Edition, number: Number) -> Origin:
    """Everything about where a number comes from, in the page's language."""
    analysis, choice = edition.analysis, number.choice
    numbers = numbers_of(edition, choice)
    rows = [row for row in numbers.frame.to_dicts() if row["field"] == choice.field]
    here = next((row for row in rows if _is(row, number)), None)
    definition = analysis.definition(choice.indicator)
    hidden = choice.field in numbers.withheld
    known = analysis.provenance.of_number(choice.indicator, choice.field, choice.split or None)
    about = Origin(
        kind=numbers.kind,
        heading=_("Where does this number come from?"),
        lead=_("It is not shown: it would tell what fewer than five units answered.")
        if hidden
        else _("The study has no answers to this."),
        what=_what(analysis, number),
        definition=definition_of(analysis, choice.indicator),
        rule=_rule(analysis, choice),
        parts=_parts(analysis, choice) if definition.rule != "variable" else (),
        explore=choice.query,
        provenance=words.provenance(known),
        note=_note(analysis, choice),
        withheld=hidden,
    )
    if not rows:
        return replace(about, fields=() if hidden else _fields(analysis, choice))
    weighted = weighing(analysis, choice, (number.group, number.value), numbers)
    found = replace(
        about,
        heading=_("Where do these numbers come from?"),
        lead=_("They are counted from the answers of these units."),
        cells=_cells(analysis, number, numbers, rows),
        cell_heading=_cell_heading(analysis, choice, numbers),
        printed=_printed(edition, number),
        weighing=weighted,
        unweighted=unweighted(analysis, weighted),
    )
    if here is not None:
        return _of_one(found, numbers, here)
    contrasts = [row for row in numbers.contrasts.to_dicts() if row["field"] == choice.field]
    return _of_difference(found, numbers, rows, contrasts[0]) if contrasts else found


def _of_one(found: Origin, numbers: Numbers, here: Row) -> Origin:
    """The page of a share or a mean."""
    return replace(
        found,
        heading=_("Where does %(number)s come from?")
        % {"number": written(numbers.kind, here["estimate"])},
        lead=_lead(numbers, here),
        interval=_interval(numbers.kind, here),
    )


def _interval(kind: Kind, here: Row) -> str:
    """How the interval of a share or a mean came to be, or why there is none."""
    if here["low"] is None:
        return _("There is no interval: fewer than two answers, or all alike.")
    told = {"interval": interval_of(here, kind)}
    if kind == "mean":
        return (
            _("The 95%% interval is %(interval)s, by Student's t from the spread of the answers.")
            % told
        )
    return (
        _(
            "The 95%% interval is %(interval)s, by Wilson's method: all shares that a score test "
            "does not reject."
        )
        % told
    )


def _of_difference(found: Origin, numbers: Numbers, rows: list[Row], contrast: Row) -> Origin:
    """The page of the difference between two groups."""
    reference, comparison = (written(numbers.kind, row["estimate"]) for row in rows)
    difference = difference_words(numbers.kind, contrast["difference"])
    told = {
        "interval": words.interval(
            difference_written(numbers.kind, contrast["low"]),
            difference_written(numbers.kind, contrast["high"]),
        ),
        "p": compared(format_p(contrast["p"], words.language())),
    }
    method = (
        _("The 95%% interval is %(interval)s and p %(p)s, by least squares.")
        if numbers.kind == "mean"
        else _(
            "The 95%% interval is %(interval)s, by Newcombe's method, which joins the Wilson "
            "intervals of both shares; p %(p)s is of a logit of this comparison alone."
        )
    )
    return replace(
        found,
        heading=_("Where does %(number)s come from?") % {"number": difference},
        lead=_("It is %(comparison)s less %(reference)s.")
        % {"comparison": comparison, "reference": reference},
        interval=method % told,
    )


def _fields(analysis: StudyAnalysis, choice: Choice) -> tuple[Part, ...]:
    """Where the same can be asked: each field with answers."""
    return tuple(
        Part(field_label(analysis, field), "?" + origin_query(field, choice.split, "", ""))
        for field in analysis.asked([choice.indicator], None)
        if field
    )


def _is(row: Row, number: Number) -> bool:
    return bool(row["group"] == number.group and row["value"] == number.value)


def _texts(given: Mapping[str, str]) -> dict[str, str]:
    return {name: given.get(name, "") for name in ("field", "split")}


def _what(analysis: StudyAnalysis, number: Number) -> str:
    choice = number.choice
    parts = [
        analysis.label(choice.indicator, words.language()),
        field_label(analysis, choice.field),
        group_label(analysis, choice, number.group),
        category_label(analysis, choice, number.value) if number.value else "",
    ]
    return " · ".join(part for part in parts if part)


def _lead(numbers: Numbers, row: Row) -> str:
    if numbers.kind == "mean":
        return _("It is the mean of the answers of %(n)s units.") % {"n": row["n"]}
    return _("It is %(count)s of %(n)s units.") % {"count": row["count"], "n": row["n"]}


def _cell_heading(analysis: StudyAnalysis, choice: Choice, numbers: Numbers) -> str:
    if choice.split:
        return analysis.label(choice.split, words.language())
    return _("Category") if numbers.kind == "category" else _("Units")


def _cells(
    analysis: StudyAnalysis, number: Number, numbers: Numbers, rows: list[Row]
) -> tuple[Cell, ...]:
    choice = number.choice

    def label(row: Row) -> str:
        if row["value"]:
            return category_label(analysis, choice, row["value"])
        return group_label(analysis, choice, row["group"]) or _("All")

    return tuple(
        Cell(
            label=label(row),
            count="" if row["count"] is None else str(row["count"]),
            rest="" if row["count"] is None else str(row["n"] - row["count"]),
            n=str(row["n"]),
            estimate=written(numbers.kind, row["estimate"]),
            here=_is(row, number),
        )
        for row in rows
    )


def _rule(analysis: StudyAnalysis, choice: Choice) -> str:
    definition = analysis.definition(choice.indicator)
    told = {
        "variable": _("It is the answer to one question."),
        "union": _("It counts where at least one of these does:"),
        "count": _("It is the number of fields in which this holds:"),
        "top_category": _("It counts where the answer is the highest category of:"),
        "answered": _("It counts where any of these was answered:"),
    }
    if definition.rule == "any_of":
        variable = definition.variables[0]
        names = [
            analysis.labels.category(variable, value, words.language())
            for value in definition.values
        ]
        return _("It counts where the answer is one of: %(answers)s. The question is:") % {
            "answers": ", ".join(f"“{name}”" for name in names)
        }
    return told.get(definition.rule, "")


def _parts(analysis: StudyAnalysis, choice: Choice) -> tuple[Part, ...]:
    query = origin_query(choice.field, choice.split, "", "")
    return tuple(
        Part(
            analysis.label(name, words.language()),
            f"{name}/{'?' + query if query else ''}"
            if name in analysis.definitions and name != choice.indicator
            else "",
        )
        for name in analysis.definition(choice.indicator).variables
    )


def _note(analysis: StudyAnalysis, choice: Choice) -> str:
    table = analysis.study.provenance
    column = f"note_{words.language()}"
    if column not in table.columns:
        return ""
    rows = [row for row in table.to_dicts() if row["name"] == choice.indicator]
    fitting = [row for row in rows if (row["field"] or "") == choice.field]
    fitting += [row for row in rows if not row["field"]]
    return (fitting[0][column] or "") if fitting else ""


def _printed(edition: Edition, number: Number) -> tuple[Printed, ...]:
    """The printed numbers about the same indicator and field, whatever they are split by."""
    choice, table = number.choice, edition.analysis.study.printed
    splits = dict(table.select("id", "split").iter_rows()) if table.height else {}
    found = checked(edition)
    rows = [
        row
        for row in found.rows
        if choice.indicator in [name.strip() for name in row["indicator"].split(";")]
        and (row["field"] or "") == choice.field
    ]
    return tuple(
        _print(edition.analysis, row, splits.get(row["id"]) or "", found.explanations)
        for row in rows
    )


def _print(
    analysis: StudyAnalysis, row: Mapping[str, Any], split: str, explanations: Mapping[str, str]
) -> Printed:
    group = row["group"] or ""
    if split and group in analysis.groups(split):
        group = group_label(analysis, Choice(row["indicator"], split=split), group)
    agreement = {"agrees": True, "disagrees": False}
    return Printed(
        source=words.source(row["source"]),
        statistic=words.statistic(row["statistic"]),
        group=group,
        printed=row["printed"] or "",
        recomputed=row["recomputed"] or "",
        verdict=words.verdict(row["verdict"]),
        agrees=agreement.get(row["verdict"]),
        evidence=words.evidence(row["evidence"]) if row["evidence"] else "",
        explanation=explanations.get(row["id"], ""),
    )
