"""Ordered answers of a study: the work behind ``StudyAnalysis.ordered``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from samspill import statistics
from samspill.analysis.families import values_of
from samspill.analysis.results import FieldResult
from samspill.errors import SamspillError
from samspill.statistics import (
    BesideOls,
    OrderedEffects,
    OrderedFit,
    PredictedDistribution,
    ProportionalOdds,
)

if TYPE_CHECKING:
    from samspill.analysis.opened import OpenedStudy


@dataclass(frozen=True, slots=True, eq=False)
class OrderedReading:
    """The ordered logit of one field and what it says; ``test`` is None where there is none, and
    ``no_test`` says why."""

    fit: OrderedFit
    test: ProportionalOdds | None
    no_test: str
    effects: OrderedEffects
    distribution: PredictedDistribution
    beside: BesideOls


COLUMNS: dict[str, type[pl.DataType]] = {
    "indicator": pl.String,
    "field": pl.String,
    "term": pl.String,
    "estimate": pl.Float64,
    "standard_error": pl.Float64,
    "statistic": pl.Float64,
    "p": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "odds_ratio": pl.Float64,
    "stars": pl.String,
    "n": pl.Int64,
    "p_proportional": pl.Float64,
    "ols": pl.Float64,
    "ols_low": pl.Float64,
    "ols_high": pl.Float64,
    "ols_p": pl.Float64,
    "r_squared": pl.Float64,
    "same_sign": pl.Boolean,
    "same_verdict": pl.Boolean,
    "note": pl.String,
    "provenance": pl.String,
}


def ordered(
    analysis: OpenedStudy, indicator: str, by: str, fields: Sequence[str], level: float
) -> FieldResult:
    """See ``StudyAnalysis.ordered``."""
    categories = ordered_categories(analysis, indicator)
    reference = {by: analysis.groups(by)[0]}
    rows: list[dict[str, object]] = []
    readings: dict[str, OrderedReading] = {}
    for field in fields:
        about = {
            "indicator": indicator,
            "field": field,
            "provenance": analysis.provenance.of_number(indicator, field, by),
        }
        try:
            found = _read(analysis, indicator, by, field, categories, reference, level)
        except SamspillError as error:
            rows.append({**about, "note": f"{error.message} {error.next_step}"})
            continue
        readings[field] = found.reading
        rows += [{**about, **row} for row in found.rows]
    frame = pl.DataFrame(rows, schema=COLUMNS)
    title = f"Ordered logit of {indicator} on {by}, beside least squares"
    return FieldResult(frame, title, readings)


def ordered_categories(analysis: OpenedStudy, indicator: str) -> tuple[str, ...]:
    """The categories of an ordered answer, lowest first; raises SamspillError for another kind."""
    categories = tuple(values_of(analysis, indicator))
    definition = analysis.definition(indicator)
    kinds = dict(analysis.study.variables.select("variable", "type").iter_rows())
    nominal = definition.rule == "variable" and kinds.get(definition.variables[0]) == "nominal"
    if nominal or len(categories) < 3:
        raise SamspillError(
            f"The indicator '{indicator}' is not an ordered answer of three categories or more.",
            "Use the logit for an answer of two categories.",
        )
    return categories


@dataclass(frozen=True, slots=True)
class _Found:
    reading: OrderedReading
    rows: list[dict[str, object]]


def _read(
    analysis: OpenedStudy,
    indicator: str,
    by: str,
    field: str,
    categories: Sequence[str],
    reference: Mapping[str, object],
    level: float,
) -> _Found:
    frame = analysis.frame.filter(pl.col("field") == field, pl.col(by).is_not_null())
    if frame[indicator].drop_nulls().is_empty():
        raise SamspillError(f"The field '{field}' has no answers.", "Choose another field.")
    cells = statistics.category_cells(frame, [by], indicator, categories)
    fit = statistics.ordered_logit(
        cells, categories, by, outcome=indicator, level=level, reference=reference
    )
    line = statistics.ols(
        analysis.cells(indicator, by), indicator, by,
        where={"field": field}, level=level, reference=reference,
    )  # fmt: skip
    test, no_test = _test(fit)
    beside = statistics.beside_ols(fit, line)
    reading = OrderedReading(
        fit,
        test,
        no_test,
        statistics.ordered_marginal_effects(fit, level=level),
        statistics.predicted_distribution(fit, level=level),
        beside,
    )
    slopes = fit.frame.filter(pl.col("kind") == "slope").drop("kind")
    whole = test.frame["p"][0] if test else None
    joined = slopes.join(
        beside.frame.select("term", "odds_ratio", "ols", "ols_low", "ols_high", "ols_p",
                            "same_sign", "same_verdict"),
        on="term", maintain_order="left",
    ).with_columns(
        pl.lit(whole, dtype=pl.Float64).alias("p_proportional"),
        pl.lit(line.r_squared).alias("r_squared"),
        pl.lit(" ".join(filter(None, (fit.note, no_test)))).alias("note"),
    )  # fmt: skip
    return _Found(reading, joined.to_dicts())


def _test(fit: OrderedFit) -> tuple[ProportionalOdds | None, str]:
    try:
        return statistics.brant(fit), ""
    except SamspillError as error:
        return None, error.message
