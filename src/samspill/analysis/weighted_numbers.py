"""Weighted means, coefficients, sums and tipping points, where a study declares weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from samspill import statistics
from samspill.analysis.weighting import (
    WEIGHT,
    answers_of,
    attach,
    design_of,
    estimated,
    weighted_differences,
)
from samspill.errors import SamspillError
from samspill.statistics import Cells
from samspill.statistics.intervals import normal_quantile
from samspill.statistics.significance import normal_p, two_sided_p

if TYPE_CHECKING:
    from samspill.analysis.opened import OpenedStudy

MEANS: dict[str, type[pl.DataType]] = {
    "mean_weighted": pl.Float64,
    "low_weighted": pl.Float64,
    "high_weighted": pl.Float64,
}
TERMS: dict[str, type[pl.DataType]] = {
    "estimate_weighted": pl.Float64,
    "standard_error_weighted": pl.Float64,
    "p_weighted": pl.Float64,
    "low_weighted": pl.Float64,
    "high_weighted": pl.Float64,
}
Values = dict[str, Any]


def means(
    study: OpenedStudy,
    names: Sequence[str],
    by: str | None,
    fields: Sequence[str],
    level: float,
) -> pl.DataFrame:
    """Weighted means of ``names``, with Student's interval by the design's degrees of freedom.

    Columns: indicator, field, (by) and MEANS. What is known of every unit, answers or not, has
    none.
    """
    from samspill.statistics import design_variance

    split = [by] if by else []
    asked = answered(study, names)
    frames = [pl.DataFrame(schema=_schema(study, by) | MEANS)]
    for field in fields if asked else ():
        frame = answers_of(study, study.frame, asked, field)
        found = design_variance.means(
            design_of(study, frame, False), asked, by=by or (), level=level
        ).frame.filter(pl.col("n") > 0)
        frames.append(
            found.select(
                pl.col("outcome").alias("indicator"),
                pl.lit(field).alias("field"),
                *split,
                pl.col("estimate").alias("mean_weighted"),
                pl.col("low").alias("low_weighted"),
                pl.col("high").alias("high_weighted"),
            )
        )
    return pl.concat(frames)


def sums(
    study: OpenedStudy,
    values: pl.DataFrame,
    names: Sequence[str],
    by: str | None,
    fields: Sequence[str],
) -> Cells:
    """What weighted numbers are made from: cells by field (and ``by``) with ``sum_w`` (Σw over the
    units that answered the question), ``sum_w2`` (Σw²) and ``sum_wy`` (Σw·y).

    ``values`` holds unit, field, ``by`` and the columns ``names``.
    """
    if study.weights is None:
        raise SamspillError("The study declares no weighting.", "Declare one first.")
    weights = attach(study.study, study.weights, WEIGHT).select("unit", WEIGHT)
    rows = values.filter(pl.col("field").is_in(list(fields))).join(
        weights, on="unit", how="inner", maintain_order="left"
    )
    split = [by] if by else []
    return statistics.cells(rows, ["field", *split], list(names), weight=WEIGHT)


def linear_terms(
    study: OpenedStudy, indicator: str, by: str, fields: Sequence[str], level: float
) -> pl.DataFrame:
    """The coefficients of a weighted least-squares model on one attribute, one row per field and
    term: the weighted mean of the reference group, and each other group's mean less it.

    Standard errors by linearisation. Columns: indicator, field, term and TERMS.
    """
    from samspill.statistics import design_variance

    groups = study.groups(by)
    rows = []
    for field in fields if answered(study, [indicator]) else ():
        design = design_of(study, answers_of(study, study.frame, [indicator], field), False)
        alone = design_variance.means(design, indicator, by=by, level=level)
        known = alone.frame.filter(pl.col("estimate").is_not_null())
        if groups[0] not in known[by].to_list():
            continue
        apart = (
            design_variance.differences(design, indicator, by, reference=groups[0], level=level)
            if known.height > 1
            else None
        )
        intercept = known.filter(pl.col(by) == groups[0]).row(0, named=True)
        rows.append(_linear(indicator, field, "intercept", intercept, alone.degrees_of_freedom))
        for row in apart.frame.to_dicts() if apart else ():
            if row["estimate"] is not None:
                name = f"{by}[{row[by]}]"
                rows.append(_linear(indicator, field, name, row, alone.degrees_of_freedom))
    return pl.DataFrame(rows, schema=_TERM_KEYS | TERMS)


def _linear(indicator: str, field: str, term: str, row: Values, freedom: int) -> Values:
    error = row["standard_error"]
    p = float(two_sided_p(row["estimate"] / error, freedom)) if error and freedom > 0 else None
    return {
        "indicator": indicator,
        "field": field,
        "term": term,
        "estimate_weighted": row["estimate"],
        "standard_error_weighted": error,
        "p_weighted": p,
        "low_weighted": row["low"],
        "high_weighted": row["high"],
    }


def logit_terms(
    study: OpenedStudy, indicator: str, by: str, fields: Sequence[str], level: float
) -> pl.DataFrame:
    """The coefficients of a weighted logit on one attribute, one row per field and term.

    With one attribute the model is saturated, so its coefficients are the log odds of the
    weighted shares; standard errors by linearisation, with n in place of n − 1 as in
    ``weighted_differences``. A group whose answers are all alike has none. Columns: indicator,
    field, term and TERMS.
    """
    reference, *others = study.groups(by)
    rows: list[Values] = []
    for field in fields if answered(study, [indicator]) else ():
        _, found, inverse = estimated(study, study.frame, [indicator], by, field, False)
        shares = dict(zip(found[by], zip(found["estimate"], inverse, strict=True), strict=True))
        p, inverse_n = shares.get(reference, (None, None))
        if p is not None and 0 < p < 1:
            odds = float(np.log(p / (1 - p)))
            error = float(np.sqrt(inverse_n / (p * (1 - p))))
            rows.append(_logit(indicator, field, "intercept", odds, error, level))
        for other in others:
            told = weighted_differences(
                study, [indicator], by, [field], (reference, other), level
            ).to_dicts()
            if told and told[0]["standard_error_weighted"]:
                odds, error = (
                    told[0][name] for name in ("log_odds_ratio_weighted", "standard_error_weighted")
                )
                rows.append(_logit(indicator, field, f"{by}[{other}]", odds, error, level))
    return pl.DataFrame(rows, schema=_TERM_KEYS | TERMS)


def _logit(
    indicator: str, field: str, term: str, odds: float, error: float, level: float
) -> Values:
    half = normal_quantile(level) * error
    return {
        "indicator": indicator,
        "field": field,
        "term": term,
        "estimate_weighted": odds,
        "standard_error_weighted": error,
        "p_weighted": normal_p(odds / error),
        "low_weighted": odds - half,
        "high_weighted": odds + half,
    }


_TERM_KEYS: dict[str, type[pl.DataType]] = {
    "indicator": pl.String,
    "field": pl.String,
    "term": pl.String,
}


def answered(study: OpenedStudy, names: Sequence[str]) -> list[str]:
    """The indicators that rest on answers; what is known of every unit needs no weights."""
    attributes = set(study.study.units.columns)
    return [name for name in names if not attributes.issuperset(study.definitions[name].variables)]


def _schema(study: OpenedStudy, by: str | None) -> dict[str, Any]:
    keys: dict[str, Any] = {"indicator": pl.String, "field": pl.String}
    return keys | ({by: study.study.units.schema[by]} if by else {})
