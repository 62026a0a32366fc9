"""A field's page: what collaboration in it looks like, in parts with a figure and a table each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from samspill.analysis import StudyAnalysis
from samspill.language import format_p, format_percent, translator
from samspill.presentation.figures.bars import bar_chart, share_lanes
from samspill.presentation.figures.model import Figure
from samspill.presentation.figures.shares import alt_text
from samspill.presentation.figures.svg import size
from samspill.presentation.tables import Column, Table
from samspill.presentation.tables.source import POLICY, splits_by_policy, weakest
from samspill.presentation.tables.weighted import headline, share_columns
from samspill.presentation.tables.words import (
    base_range,
    in_words,
    interval_sentence,
    provenance_sentence,
)
from samspill.statistics import stars
from samspill.web.results import words
from samspill.web.results.explorer_page import (
    Line,
    difference_written,
    interval_of,
    origin_query,
    written,
)
from samspill.web.results.missing.beside import base as base_of
from samspill.web.results.missing.beside import (
    weighted_difference,
    weighted_share,
    weighting_note,
)
from samspill.web.results.published import Edition
from samspill.web.results.withholding import is_withheld, withheld

STEP = 27
SCHEMES = {"forms": "forms", "support": "economic_relations", "coordination": "coordination"}
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page. ``lines`` name the indicator where other tables name the field."""

    identifier: str
    heading: str
    lead: str
    lines: tuple[tuple[str, Line], ...]
    alt: str
    note: str
    warning: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Effect:
    """A comparison by volunteer policy in the field, as written."""

    indicator: str
    label: str
    without: str
    without_base: str
    with_policy: str
    with_base: str
    difference: str
    interval: str
    p: str
    stars: str
    provenance: str
    origin: str
    origin_without: str
    origin_with: str
    weighted: str = ""


@dataclass(frozen=True, slots=True)
class FieldPage:
    field: str
    label: str
    lead: str
    parts: tuple[Part, ...]
    effects: tuple[Effect, ...]
    effects_lead: str
    withheld: tuple[str, ...]
    weighting: str = ""


def field_page(edition: Edition, field: str) -> FieldPage:
    """Everything on the page of a field, in the page's language."""
    analysis = edition.analysis
    parts = tuple(part for name in SCHEMES if (part := _part(edition, field, name)) is not None)
    effects = _effects(edition, field)
    hidden = withheld(edition)
    return FieldPage(
        field=field,
        label=analysis.label(field, words.language()),
        lead=_lead(edition, field),
        parts=parts,
        effects=tuple(_effect(analysis, row) for row in effects),
        effects_lead=_effects_lead(effects),
        withheld=tuple(
            analysis.label(name, words.language())
            for name in _asked(analysis, field)
            if is_withheld(hidden, name, field)
        ),
        weighting=weighting_note(analysis),
    )


def part_heading(part: str) -> str:
    """The question that a part answers."""
    return {
        "forms": _("What forms does the collaboration take?"),
        "support": _("How does money pass to the organisations?"),
        "coordination": _("Who keeps up the contact?"),
    }[part]


def part_figure(edition: Edition, field: str, part: str) -> Figure | None:
    """The figure of a part, or None where the study has no answers to show."""
    analysis, t = edition.analysis, translator(words.language())
    data = _shares(edition, field, part)
    if data.is_empty():
        return None
    place = analysis.label(field, words.language())
    title = f"{place}: {_mid(part_heading(part))}"
    alternative = alt_text(data, [""], t)
    note = " ".join([interval_sentence(data["method"].to_list(), t), provenance_sentence(data, t)])
    known = weakest(data["provenance"].to_list())
    lanes = share_lanes([""], data["row"].to_list(), t.language, step=STEP)
    columns = (
        Column("row", _("Indicator")),
        Column("count", _("Number of units"), "integer"),
        Column("n", "n", "integer"),
        Column("share", _("Share"), "share", 1),
        Column("low", _("95% interval from"), "share", 1),
        Column("high", _("95% interval to"), "share", 1),
        *share_columns(data, t),
        Column("provenance", _("Provenance")),
    )
    named = data.with_columns(in_words(data["provenance"], t))
    return Figure(
        number=part,
        title=title,
        subtitle=_("Share of %(n)s units.") % {"n": base_range(data["n"].to_list())},
        alt=alternative,
        note=note,
        provenance=known,
        n=int(data["n"].max()),  # type: ignore[arg-type]
        language=t.language,
        chart=bar_chart(data, lanes, ("", ""), t.language, alternative),
        data=data,
        table=Table(part, title, note, columns, named, t.language, known),
    )


def _shares(edition: Edition, field: str, part: str) -> pl.DataFrame:
    """Shares of the indicators of a part's scheme in the field, labelled, without withheld ones."""
    analysis, hidden = edition.analysis, withheld(edition)
    scheme = analysis.labels.vocabulary.schemes[SCHEMES[part]]
    names = [
        name
        for name in _asked(analysis, field)
        if name in scheme and not is_withheld(hidden, name, field)
    ]
    if not names:
        return pl.DataFrame()
    found = analysis.shares(names, fields=[field]).frame.filter(pl.col("n") > 0)
    labels = [analysis.labels.short_label(name, words.language()) for name in found["indicator"]]
    return found.with_columns(
        pl.Series("row", labels, dtype=pl.String), panel=pl.lit(""), strong=pl.lit(True)
    )


def _asked(analysis: StudyAnalysis, field: str) -> tuple[str, ...]:
    """The binary indicators that have answers in the field."""
    return tuple(
        name
        for name, definition in analysis.definitions.items()
        if definition.per_field
        and analysis.is_binary(name)
        and field in analysis.asked([name], None)
    )


def _part(edition: Edition, field: str, part: str) -> Part | None:
    figure = part_figure(edition, field, part)
    if figure is None:
        return None
    width, height = size(figure.to_svg())
    rows = figure.data.to_dicts()
    return Part(
        identifier=part,
        heading=part_heading(part),
        lead=_extremes([headline(edition.analysis.study, row) for row in rows]),
        lines=tuple((row["indicator"], _line(row)) for row in rows),
        alt=figure.alt,
        note=f"{figure.subtitle} {figure.note}",
        warning=figure.warning,
        width=round(width),
        height=round(height),
    )


def _line(row: Row) -> Line:
    return Line(
        field=row["row"],
        group="",
        count=str(row["count"]),
        n=str(row["n"]),
        estimate=written("share", row["share"]),
        interval=interval_of(row),
        provenance=words.provenance(row["provenance"]),
        origin=origin_query(row["field"], "", "", ""),
        weighted=weighted_share(row),
    )


def _extremes(rows: Sequence[Row]) -> str:
    ranked = sorted(rows, key=lambda row: -row["share"])
    if len(ranked) == 1:
        return f"{_described(ranked[0])}."
    return _("Most common: %(high)s. Least common: %(low)s.") % {
        "high": _described(ranked[0]),
        "low": _described(ranked[-1]),
    }


def _described(row: Row) -> str:
    share = format_percent(row["share"], 1, words.language())
    return f"{row['row']}, {share} ({base_of(row)})"


def _lead(edition: Edition, field: str) -> str:
    analysis = edition.analysis
    asked = "has_relation" in analysis.definitions and field in analysis.asked(
        ["has_relation"], None
    )
    if not asked or is_withheld(withheld(edition), "has_relation", field):
        return ""
    found = analysis.shares("has_relation", fields=[field]).frame.row(0, named=True)
    row = headline(analysis.study, found)
    return _(
        "%(share)s of the units (%(base)s) work with at least one organisation here; 95%% interval "
        "%(interval)s."
    ) % {
        "share": written("share", row["share"]),
        "base": base_of(row),
        "interval": interval_of(row),
    }


def _effects(edition: Edition, field: str) -> list[Row]:
    analysis = edition.analysis
    if not splits_by_policy(analysis):
        return []
    hidden = withheld(edition, POLICY)
    names = [n for n in _asked(analysis, field) if not is_withheld(hidden, n, field)]
    return analysis.differences(names, by=POLICY, fields=[field]).frame.to_dicts() if names else []


def _effects_lead(rows: Sequence[Row]) -> str:
    if len(rows) < 2:
        return ""
    return _(
        "In %(higher)s of %(k)s comparisons the share is higher with a volunteer policy. Each "
        "taken alone, %(starred)s of the differences are below the 5 per cent level; nothing is "
        "corrected here for their number."
    ) % {
        "higher": sum(row["difference"] > 0 for row in rows),
        "k": len(rows),
        "starred": sum(row["p"] is not None and row["p"] < 0.05 for row in rows),
    }


def _effect(analysis: StudyAnalysis, row: Row) -> Effect:
    def base(group: str) -> str:
        told = {"count": row[f"count_{group}"], "n": row[f"n_{group}"]}
        return _("%(count)s of %(n)s") % told

    reference, comparison = analysis.groups(POLICY)
    return Effect(
        indicator=row["indicator"],
        label=analysis.label(row["indicator"], words.language()),
        without=format_percent(row["share_reference"], 1, words.language()),
        without_base=base("reference"),
        with_policy=format_percent(row["share_comparison"], 1, words.language()),
        with_base=base("comparison"),
        difference=difference_written("share", row["difference"]),
        interval=words.interval(
            difference_written("share", row["low"]), difference_written("share", row["high"])
        ),
        p=format_p(row["p"], words.language()),
        stars=stars(row["p"]),
        provenance=words.provenance(row["provenance"]),
        origin=origin_query(row["field"], POLICY, "", ""),
        origin_without=origin_query(row["field"], POLICY, reference, ""),
        origin_with=origin_query(row["field"], POLICY, comparison, ""),
        weighted=weighted_difference(row),
    )


def _mid(text: str) -> str:
    return text[:1].lower() + text[1:]
