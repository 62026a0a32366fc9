"""What the explorer says of a choice: heading, first sentence, and the rows of its tables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from samspill.analysis import StudyAnalysis
from samspill.language import format_number, format_p, format_percent
from samspill.presentation.figures.svg import size
from samspill.presentation.tables.weighted import WEIGHTED, headline
from samspill.statistics import stars
from samspill.web.results import words
from samspill.web.results.explorer import Choice, Kind
from samspill.web.results.explorer_figure import (
    category_label,
    explorer_figure,
    field_label,
    group_label,
)
from samspill.web.results.explorer_numbers import Numbers, numbers_of
from samspill.web.results.missing.beside import base as base_of
from samspill.web.results.missing.beside import (
    weighted_difference,
    weighted_mean,
    weighted_share,
    weighting_note,
)
from samspill.web.results.published import Edition

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the explorer's table, as written. ``origin`` is the query of the page that says
    where the number comes from."""

    field: str
    group: str
    count: str
    n: str
    estimate: str
    interval: str
    provenance: str
    origin: str
    weighted: str = ""


@dataclass(frozen=True, slots=True)
class Contrast:
    """A difference between the two groups of a field, as written."""

    field: str
    reference: str
    comparison: str
    difference: str
    interval: str
    p: str
    stars: str
    origin: str
    weighted: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything on the page about a choice. ``lines`` is empty where there is nothing to show;
    ``elsewhere`` then names the fields that have answers."""

    kind: Kind
    heading: str
    lead: str
    definition: str
    per_field: bool
    lines: tuple[Line, ...] = ()
    contrasts: tuple[Contrast, ...] = ()
    groups: tuple[str, ...] = ()
    alt: str = ""
    subtitle: str = ""
    note: str = ""
    warning: str = ""
    width: int = 0
    height: int = 0
    withheld: tuple[str, ...] = ()
    elsewhere: tuple[tuple[str, str], ...] = ()
    weighting: str = ""

    @property
    def weighted(self) -> bool:
        """Whether any row has a weighted number."""
        return any(line.weighted for line in self.lines)


def shown(edition: Edition, choice: Choice) -> Shown:
    """The page of a choice, in the page's language."""
    analysis = edition.analysis
    numbers = numbers_of(edition, choice)
    heading = heading_of(analysis, choice, numbers.kind)
    withheld = tuple(field_label(analysis, field) for field in numbers.withheld)
    about = Shown(
        kind=numbers.kind,
        heading=heading,
        lead=_nothing(withheld),
        definition=definition_of(analysis, choice.indicator),
        per_field=analysis.definition(choice.indicator).per_field,
        withheld=withheld,
    )
    if numbers.frame.is_empty():
        return replace(about, elsewhere=_elsewhere(analysis, choice))
    figure = explorer_figure(analysis, choice, numbers, heading)
    width, height = size(figure.to_svg())
    groups = analysis.groups(choice.split) if numbers.contrasts.height else ()
    return replace(
        about,
        lead=_lead(analysis, choice, numbers),
        lines=tuple(_line(analysis, choice, numbers, row) for row in numbers.frame.to_dicts()),
        contrasts=tuple(
            _contrast(analysis, numbers, choice.split, row) for row in numbers.contrasts.to_dicts()
        ),
        groups=tuple(group_label(analysis, choice, group) for group in groups),
        alt=figure.alt,
        subtitle=figure.subtitle,
        note=figure.note,
        warning=figure.warning,
        width=round(width),
        height=round(height),
        weighting=weighting_note(analysis),
    )


def heading_of(analysis: StudyAnalysis, choice: Choice, kind: Kind) -> str:
    """The question that a choice answers."""
    what = analysis.label(choice.indicator, words.language())
    if choice.field:
        where = analysis.label(choice.field, words.language())
        what = _("%(indicator)s, %(field)s") % {"indicator": what, "field": where}
    if choice.split:
        by = analysis.label(choice.split, words.language())
        return _("%(what)s: does it differ by %(split)s?") % {"what": what, "split": _mid(by)}
    if kind == "share":
        return _("%(what)s: how common is it?") % {"what": what}
    if kind == "category":
        return _("%(what)s: how do the answers spread?") % {"what": what}
    return _("%(what)s: how large is the mean?") % {"what": what}


def definition_of(analysis: StudyAnalysis, indicator: str) -> str:
    """What the indicator counts, in the page's language; empty where the study does not say."""
    column = f"definition_{words.language()}"
    table = analysis.study.indicators
    if column not in table.columns:
        return ""
    return (
        next(
            (
                text
                for name, text in table.select("indicator", column).iter_rows()
                if name == indicator
            ),
            "",
        )
        or ""
    )


def origin_query(field: str, split: str, group: str, value: str) -> str:
    """The query of the page that says where a number comes from."""
    given = {"field": field, "split": split, "group": group, "value": value}
    return urlencode({name: text for name, text in given.items() if text})


def written(kind: Kind, value: float) -> str:
    """A share as per cent, a mean with two decimals."""
    if kind == "mean":
        return format_number(value, 2, words.language())
    return format_percent(value, 1, words.language())


def interval_of(row: Row, kind: Kind = "share") -> str:
    """The interval of a share or a mean; a dash where there is none."""
    if row["low"] is None or row["high"] is None:
        return "–"
    return words.interval(written(kind, row["low"]), written(kind, row["high"]))


def difference_written(kind: Kind, value: float) -> str:
    """Percentage points with one decimal and a sign, or a difference of means with two."""
    scale, decimals = (1, 2) if kind == "mean" else (100, 1)
    return format_number(scale * value, decimals, words.language(), sign=True)


def _line(analysis: StudyAnalysis, choice: Choice, numbers: Numbers, row: Row) -> Line:
    group = group_label(analysis, choice, row["group"])
    if row["value"]:
        group = category_label(analysis, choice, row["value"])
    return Line(
        field=field_label(analysis, row["field"]),
        group=group,
        count="" if row["count"] is None else str(row["count"]),
        n=str(row["n"]),
        estimate=written(numbers.kind, row["estimate"]),
        interval=interval_of(row, numbers.kind),
        provenance=words.provenance(row["provenance"]),
        origin=origin_query(row["field"], choice.split, row["group"], row["value"]),
        weighted=weighted_mean(row) if numbers.kind == "mean" else weighted_share(row),
    )


def _contrast(analysis: StudyAnalysis, numbers: Numbers, split: str, row: Row) -> Contrast:
    groups = analysis.groups(split)
    reference, comparison = (_estimate(numbers, row["field"], group) for group in groups)
    return Contrast(
        field=field_label(analysis, row["field"]),
        reference=reference,
        comparison=comparison,
        difference=difference_written(numbers.kind, row["difference"]),
        interval=words.interval(
            difference_written(numbers.kind, row["low"]),
            difference_written(numbers.kind, row["high"]),
        ),
        p=format_p(row["p"], words.language()),
        stars=stars(row["p"]),
        origin=origin_query(row["field"], split, "", ""),
        weighted=weighted_difference(row, means=numbers.kind == "mean"),
    )


def _estimate(numbers: Numbers, field: str, group: str) -> str:
    rows = [r for r in numbers.frame.to_dicts() if (r["field"], r["group"]) == (field, group)]
    return written(numbers.kind, rows[0]["estimate"]) if rows else ""


def _lead(analysis: StudyAnalysis, choice: Choice, numbers: Numbers) -> str:
    rows = [_in_sentences(analysis, row) for row in numbers.frame.to_dicts()]
    if numbers.contrasts.height:
        return _lead_of_contrasts(analysis, choice, numbers)
    if numbers.kind == "mean":
        return _extremes(analysis, choice, numbers, rows)
    if len(rows) == 1:
        return _("It holds for %(share)s (%(base)s), 95%% interval %(interval)s.") % {
            "share": written("share", rows[0]["estimate"]),
            "base": base_of(rows[0]),
            "interval": interval_of(rows[0]),
        }
    return _extremes(analysis, choice, numbers, rows)


def _in_sentences(analysis: StudyAnalysis, row: Row) -> Row:
    """A row with the numbers that stand in sentences: the weighted where that is chosen."""
    name = "share" if row["mean_weighted"] is None else "mean"
    shown = headline(analysis.study, row | {name: row["estimate"]})
    return shown | {"estimate": shown[name]}


def _extremes(analysis: StudyAnalysis, choice: Choice, numbers: Numbers, rows: list[Row]) -> str:
    ranked = sorted(rows, key=lambda row: -row["estimate"])
    high = _described(analysis, choice, numbers, ranked[0])
    if len(ranked) == 1:
        return f"{high}."
    low = _described(analysis, choice, numbers, ranked[-1])
    return _("Highest: %(high)s. Lowest: %(low)s.") % {"high": high, "low": low}


def _described(analysis: StudyAnalysis, choice: Choice, numbers: Numbers, row: Row) -> str:
    places = [
        field_label(analysis, row["field"]) if row["field"] and not choice.field else "",
        group_label(analysis, choice, row["group"]),
        category_label(analysis, choice, row["value"]) if row["value"] else "",
    ]
    place = ", ".join(words.quoted(part) for part in places if part)
    number = written(numbers.kind, row["estimate"])
    base = f"n = {row['n']}"
    if row["count"] is not None:
        base = base_of(row)
    return f"{place}: {number} ({base})" if place else f"{number} ({base})"


def _lead_of_contrasts(analysis: StudyAnalysis, choice: Choice, numbers: Numbers) -> str:
    rows = [headline(analysis.study, row) for row in numbers.contrasts.to_dicts()]
    groups = analysis.groups(choice.split)
    widest = max(rows, key=lambda row: abs(row["difference"]))
    in_groups = {
        row["group"]: written(numbers.kind, _in_sentences(analysis, row)["estimate"])
        for row in numbers.frame.to_dicts()
        if row["field"] == widest["field"]
    }
    p = widest["p_weighted"] if widest.get(WEIGHTED) else widest["p"]
    told = {
        "comparison": words.quoted(group_label(analysis, choice, groups[1])),
        "reference": words.quoted(group_label(analysis, choice, groups[0])),
        "difference": difference_words(numbers.kind, widest["difference"]),
        "interval": words.interval(
            difference_written(numbers.kind, widest["low"]),
            difference_written(numbers.kind, widest["high"]),
        ),
        "p": "–" if p is None else compared(format_p(p, words.language())),
        "first": in_groups.get(groups[0], ""),
        "second": in_groups.get(groups[1], ""),
        "field": field_label(analysis, widest["field"]),
        "higher": sum(row["difference"] > 0 for row in rows),
        "k": len(rows),
    }
    if len(rows) == 1:
        return (
            _(
                "%(second)s in the group %(comparison)s and %(first)s in the group %(reference)s: "
                "a difference of %(difference)s (95%% interval %(interval)s; p %(p)s)."
            )
            % told
        )
    return (
        _(
            "Higher in the group %(comparison)s than in the group %(reference)s in %(higher)s of "
            "%(k)s fields. The widest difference is in %(field)s: %(difference)s (95%% interval "
            "%(interval)s; p %(p)s)."
        )
        % told
    )


def difference_words(kind: Kind, value: float) -> str:
    """A difference with its unit."""
    number = difference_written(kind, value)
    if kind == "mean":
        return number
    return _("%(number)s percentage points") % {"number": number}


def _nothing(withheld: tuple[str, ...]) -> str:
    if withheld:
        return _(
            "These numbers are not shown: they would tell what fewer than five units answered."
        )
    return _("The study has no answers to this.")


def _elsewhere(analysis: StudyAnalysis, choice: Choice) -> tuple[tuple[str, str], ...]:
    return tuple(
        (field_label(analysis, field), Choice(choice.indicator, field, choice.split).query)
        for field in analysis.asked([choice.indicator], None)
        if field and field != choice.field
    )


def compared(p: str) -> str:
    """A p-value after the letter p: ``= 0.029``, or a bound such as ``< 0.0001``."""
    return p if p.startswith("<") else f"= {p}"


def _mid(label: str) -> str:
    """A label in the middle of a sentence."""
    return label[:1].lower() + label[1:]
