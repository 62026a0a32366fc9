"""What the survey counts: units that answered yes, of those that answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import polars as pl

from samspill.analysis import StudyAnalysis
from samspill.qualitative import Project
from samspill.triangulation.counts import UNITS, Counts
from samspill.triangulation.poles import pole_rows
from samspill.triangulation.themes import SURVEY, Theme, themes
from samspill.typology import evidence, indicator_rules

JOINT = ("observed", "invented")
"""Provenances whose answers to two questions are known together, unit by unit."""


def counts_of_survey(analysis: StudyAnalysis, chosen: Sequence[Theme] | None = None) -> Counts:
    """Units for which each item's indicator is 1, of those with an answer; the rest are contrary.

    An item none of whose indicators the study defines is not measured. How many units say both of
    two items is given only where the answers were observed (or invented): in a reconstructed study
    the counts are known, and not who gave them.
    """
    found = chosen or themes()
    rows: list[dict[str, Any]] = []
    pairs: list[dict[str, Any]] = []
    for theme in found:
        mine = list(_rows(analysis, theme))
        rows += mine
        if theme.kind == "order":
            pairs += _pairs(analysis, theme, mine)
    rows += _poles(analysis, found)
    return Counts.of(rows, pairs, [SURVEY])


def _rows(analysis: StudyAnalysis, theme: Theme) -> Iterator[dict[str, Any]]:
    for item in theme.items:
        name = next((i for i in item.indicators if i in analysis.definitions), "")
        if not name or analysis.definition(name).per_field != theme.per_field:
            continue
        for row in analysis.shares(name).frame.iter_rows(named=True):
            if row["field"] in theme.fields() and row["n"]:
                yield {
                    "column": SURVEY,
                    "theme": theme.identifier,
                    "field": row["field"],
                    "item": item.identifier,
                    "count": row["count"],
                    "contrary": row["n"] - row["count"],
                    "n": row["n"],
                    "base": UNITS,
                    "provenance": row["provenance"],
                    "where": name,
                }


def _pairs(
    analysis: StudyAnalysis, theme: Theme, rows: Sequence[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    for field in theme.fields():
        known = [r for r in rows if r["field"] == field and r["provenance"] in JOINT]
        answers = analysis.frame.filter(pl.col("field") == field)
        for one, other in combinations(known, 2):
            yield {
                "column": SURVEY,
                "theme": theme.identifier,
                "field": field,
                "one": one["item"],
                "other": other["item"],
                "both": int(((answers[one["where"]] == 1) & (answers[other["where"]] == 1)).sum()),
            }


def _poles(analysis: StudyAnalysis, found: Sequence[Theme]) -> Iterator[dict[str, Any]]:
    """Units whose answers speak for each pole; an axis that no answer speaks of is not measured."""
    names = [r.identifier for r in indicator_rules() if r.identifier in analysis.definitions]
    if not names or not any(item.axis for theme in found for item in theme.items):
        return
    binary = [name for name in names if analysis.definition(name).per_field]
    answers = analysis.frame.select("unit", "field", *binary).unpivot(
        binary, index=["unit", "field"], variable_name="indicator", value_name="value"
    )
    answered = answers.filter(pl.col("value").is_not_null()).group_by("field")
    asked = dict(answered.agg(pl.col("unit").n_unique()).iter_rows())
    nothing = Project(name="").tables()
    pieces = evidence(nothing, answers.with_columns(pl.col("value").cast(pl.Int64)))
    spoken = set(pieces.select(pl.concat_str("typology", pl.lit("/"), "axis")).to_series())
    provenance = analysis.provenance.weakest()
    axes = {(t.identifier, i.identifier): i.axis for t in found for i in t.items}
    for row in pole_rows(pieces, found, lambda field: asked.get(field, 0)):
        if row["n"] and axes[row["theme"], row["item"]] in spoken:
            yield {**row, "column": SURVEY, "base": UNITS, "provenance": provenance}
