"""What the page on many small groups says of a choice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import polars as pl
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.analysis import StudyAnalysis
from samspill.language import format_number, format_p, format_percent, translator
from samspill.presentation.figures.groups import groups_figure
from samspill.presentation.figures.model import Figure
from samspill.presentation.figures.svg import size
from samspill.presentation.tables.words import listed
from samspill.web.results import words
from samspill.web.results.explorer import Choice
from samspill.web.results.explorer_figure import field_label, group_label
from samspill.web.results.explorer_page import definition_of, origin_query
from samspill.web.results.groups_page.choice import FIELDS, GroupChoice, groups_label
from samspill.web.results.groups_page.numbers import GroupNumbers, group_numbers
from samspill.web.results.missing.beside import weighting_note
from samspill.web.results.published import Edition

NUMBER = "groups"
NAMED = 6
CERTAIN = 0.99
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table, as written."""

    label: str
    n: str
    raw: str
    raw_interval: str
    pooled: str
    interval: str
    shrinkage: str
    rank: str
    highest: str
    lowest: str
    stands_out: str
    note: str
    provenance: str
    origin: str
    weighted: str = ""
    weighted_interval: str = ""


@dataclass(frozen=True, slots=True)
class GroupsPage:
    """``lines`` is empty where there is nothing to show. ``pooled`` says whether the groups could
    be pooled; ``reason`` why not."""

    lead: tuple[str, ...]
    heading: str
    definition: str
    spread: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    pooled: bool = False
    means: bool = False
    alt: str = ""
    note: str = ""
    warning: str = ""
    width: int = 0
    height: int = 0
    withheld: tuple[str, ...] = ()
    weighting: str = ""

    @property
    def weighted(self) -> bool:
        """Whether any group has a weighted number of its own."""
        return any(line.weighted for line in self.lines)


def groups_page(edition: Edition, choice: GroupChoice) -> GroupsPage:
    """The page of a choice, in the page's language."""
    analysis = edition.analysis
    numbers = group_numbers(edition, choice)
    about = GroupsPage(
        lead=(_nothing(numbers),),
        heading=_heading(analysis, choice),
        definition=definition_of(analysis, choice.indicator),
        means=numbers.means,
        withheld=tuple(_name(analysis, choice, key) for key in numbers.left_out),
        weighting=weighting_note(analysis),
    )
    if numbers.pool is None or numbers.frame.is_empty():
        return about
    rows = _labelled(analysis, choice, numbers)
    lines = tuple(_line(analysis, choice, numbers.means, row) for row in rows)
    if numbers.pool["spread"] is None:
        return replace(about, lead=(_reason(str(numbers.pool["note"])),), lines=lines)
    figure = _figure(rows, numbers, about.heading)
    width, height = size(figure.to_svg())
    return replace(
        about,
        lead=_lead(rows, numbers.pool),
        spread=(*_spread(numbers), *_towards(choice)),
        lines=lines,
        pooled=True,
        alt=figure.alt,
        note=f"{figure.subtitle} {figure.note}",
        warning=figure.warning,
        width=round(width),
        height=round(height),
    )


def groups_drawing(edition: Edition, choice: GroupChoice) -> Figure | None:
    """The figure of a choice, or None where there is nothing to draw."""
    numbers = group_numbers(edition, choice)
    if numbers.pool is None or numbers.frame.is_empty() or numbers.pool["spread"] is None:
        return None
    rows = _labelled(edition.analysis, choice, numbers)
    return _figure(rows, numbers, _heading(edition.analysis, choice))


def _figure(rows: list[Row], numbers: GroupNumbers, heading: str) -> Figure:
    data = pl.DataFrame(rows, infer_schema_length=None)
    model = str(numbers.pool["method"]) if numbers.pool else ""
    return groups_figure(
        data, words.language(), number=NUMBER, title=heading, model=model, means=numbers.means
    )


def _labelled(analysis: StudyAnalysis, choice: GroupChoice, numbers: GroupNumbers) -> list[Row]:
    """The rows with their labels, highest first; predictions last."""
    rows = [
        {**row, "row": _name(analysis, choice, _key(choice, row)), "panel": ""}
        for row in numbers.frame.to_dicts()
    ]
    return sorted(rows, key=lambda row: (row["predicted"], -(row["pooled"] or row["raw"] or 0.0)))


def _key(choice: GroupChoice, row: Row) -> tuple[str, ...]:
    return (row["field"], *(str(row[name]) for name in choice.by if name != FIELDS))


def _name(analysis: StudyAnalysis, choice: GroupChoice, key: tuple[str, ...]) -> str:
    """What a group is called: its field, its value of the attribute, or both."""
    field, *values = key
    named = Choice(choice.indicator, split=choice.attribute)
    parts = [group_label(analysis, named, value) for value in values]
    if FIELDS in choice.by or not choice.by or not values:
        parts.insert(0, field_label(analysis, field))
    return " · ".join(parts)


def _heading(analysis: StudyAnalysis, choice: GroupChoice) -> str:
    told = {
        "indicator": analysis.label(choice.indicator, words.language()),
        "groups": groups_label(analysis, choice.groups),
    }
    if choice.field:
        told["field"] = field_label(analysis, choice.field)
        return _("%(indicator)s in %(field)s, by: %(groups)s") % told
    return _("%(indicator)s, by: %(groups)s") % told


def _nothing(numbers: GroupNumbers) -> str:
    if numbers.left_out:
        return _(
            "These numbers are not shown: they would tell what fewer than five units answered."
        )
    return _("No unit has answered this.")


def _reason(note: str) -> str:
    """Why the groups could not be pooled, in the page's language."""
    reasons = {
        "fewer than three groups with answers: nothing is pooled": _(
            "Fewer than three groups have answers, which is too few to read together. Each stands "
            "with its own number."
        ),
        "all answers are alike: nothing is pooled": _(
            "All answers are alike, so no group stands out. Each stands with its own number."
        ),
    }
    return reasons.get(
        note,
        _("The groups could not be read together. Each stands with its own number."),
    )


def _lead(rows: list[Row], pool: Row) -> tuple[str, ...]:
    """Which groups stand out: the answer first."""
    answered = [row for row in rows if not row["predicted"]]
    outstanding = [row for row in answered if row["stands_out"]]
    told: dict[str, object] = {"k": len(answered), "n": len(outstanding)}
    if not outstanding:
        first = _(
            "None of the %(k)s groups surely lies above or below the mean of them all. What "
            "differs may be chance."
        )
    else:
        above = [row["row"] for row in outstanding if row["stands_out"] == "above"]
        below = [row["row"] for row in outstanding if row["stands_out"] == "below"]
        told["above"], told["below"] = _names(above), _names(below)
        if above and below:
            first = _(
                "%(n)s of %(k)s groups surely lie apart from the mean of them all: above are "
                "%(above)s, below are %(below)s."
            )
        elif above:
            first = ngettext(
                "%(n)s of %(k)s groups surely lies above the mean of them all: %(above)s.",
                "%(n)s of %(k)s groups surely lie above the mean of them all: %(above)s.",
                len(outstanding),
            )
        else:
            first = ngettext(
                "%(n)s of %(k)s groups surely lies below the mean of them all: %(below)s.",
                "%(n)s of %(k)s groups surely lie below the mean of them all: %(below)s.",
                len(outstanding),
            )
    return (first % told, _top(answered))


def _top(answered: list[Row]) -> str:
    """How sure it is which is highest."""
    best = max(answered, key=lambda row: row["p_highest"])
    if best["p_highest"] > CERTAIN:
        told = {
            "group": best["row"],
            "chance": format_percent(CERTAIN, 0, words.language()),
        }
        return _("Almost surely %(group)s is the highest (a chance above %(chance)s).") % told
    told = {"group": best["row"], "chance": chance(best["p_highest"])}
    return _("Most likely to be the highest is %(group)s, with a chance of %(chance)s.") % told


def chance(value: float | None) -> str:
    """A probability as per cent; near 0 and 1 its bound, since it is counted from draws."""
    if value is None:
        return ""
    language = words.language()
    if value > CERTAIN:
        return f"> {format_percent(0.99, 0, language)}"
    if value < 1 - CERTAIN:
        return f"< {format_percent(0.01, 0, language)}"
    return format_percent(value, 0, language)


def _p(value: float) -> str:
    """``= 0.03``, or ``< 0.001``."""
    text = format_p(value, words.language())
    return text if text.startswith("<") else f"= {text}"


def _names(names: list[str]) -> str:
    shown = [words.quoted(name) for name in names[:NAMED]]
    if len(names) > NAMED:
        shown.append(
            ngettext("%(n)s other", "%(n)s others", len(names) - NAMED) % {"n": len(names) - NAMED}
        )
    return listed(shown, translator(words.language()))


def _towards(choice: GroupChoice) -> tuple[str, ...]:
    """What crossed groups are drawn towards."""
    if len(choice.by) < 2:
        return ()
    return (
        _(
            "Each group is drawn towards what its field and its category say together; the spread "
            "is about that."
        ),
    )


def _spread(numbers: GroupNumbers) -> tuple[str, ...]:
    """The spread between the groups, in words."""
    pool: Row = numbers.pool or {}
    language = words.language()

    def say(value: Any) -> str:
        if numbers.means:
            return format_number(value, 2, language)
        return format_number(100 * value, 1, language)

    told = {
        "spread": say(pool["spread"]),
        "low": say(pool["spread_low"]),
        "high": say(pool["spread_high"]),
        "p": _p(pool["p_no_spread"]),
    }
    if pool["note"]:
        first = _(
            "The spread between the groups is estimated at zero: they differ no more than their "
            "few answers would make them. That does not show that they are alike; a standard "
            "deviation of up to %(high)s would go with these answers."
        )
        if not numbers.means:
            first = _(
                "The spread between the groups is estimated at zero: they differ no more than "
                "their few answers would make them. That does not show that they are alike; a "
                "standard deviation of up to %(high)s percentage points would go with these "
                "answers."
            )
        return (first % told,)
    if numbers.means:
        return (
            _(
                "Beyond chance the groups differ by a standard deviation of %(spread)s (95%% "
                "interval %(low)s to %(high)s; test of no spread: p %(p)s)."
            )
            % told,
        )
    return (
        _(
            "Beyond chance the groups differ by a standard deviation of %(spread)s percentage "
            "points (95%% interval %(low)s to %(high)s; test of no spread: p %(p)s)."
        )
        % told,
    )


def _line(analysis: StudyAnalysis, choice: GroupChoice, means: bool, row: Row) -> Line:
    language = words.language()

    def say(value: float | None) -> str:
        if value is None:
            return ""
        return format_number(value, 2, language) if means else format_percent(value, 1, language)

    def interval(low: float | None, high: float | None) -> str:
        return "" if low is None or high is None else words.interval(say(low), say(high))

    ranks = {row["rank_low"], row["rank_high"]} - {None}
    values = [str(row[name]) for name in choice.by if name != FIELDS]
    words_out = {"above": _("above the mean"), "below": _("below the mean")}
    return Line(
        label=row["row"],
        n=format_number(row["n"], 0, language),
        raw=say(row["raw"]),
        raw_interval=interval(row["raw_low"], row["raw_high"]),
        pooled=say(row["pooled"]),
        interval=interval(row["low"], row["high"]),
        weighted=say(row.get("raw_weighted")),
        weighted_interval=interval(row.get("raw_low_weighted"), row.get("raw_high_weighted")),
        shrinkage="" if row["shrinkage"] is None else format_percent(row["shrinkage"], 0, language),
        rank="–".join(format_number(rank, 0, language) for rank in sorted(ranks)),
        highest=chance(row["p_highest"]),
        lowest=chance(row["p_lowest"]),
        stands_out=words_out.get(row["stands_out"], ""),
        note=_("no answers: predicted from the others") if row["predicted"] else "",
        provenance=words.provenance(row["provenance"]),
        origin=origin_query(row["field"], choice.attribute, values[0] if values else "", ""),
    )
