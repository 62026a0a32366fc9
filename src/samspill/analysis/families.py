"""Families of estimates over indicators and fields: the work behind the verbs of a study."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from samspill import statistics
from samspill.analysis import weighted_numbers
from samspill.analysis import weighting as weighted
from samspill.analysis.results import FieldResult
from samspill.errors import SamspillError
from samspill.statistics import Cells

if TYPE_CHECKING:
    from samspill.analysis.opened import OpenedStudy

Names = Sequence[str]


def shares(
    analysis: OpenedStudy,
    names: Names,
    by: str | None,
    fields: Names,
    level: float,
    finite_population: bool,
) -> FieldResult:
    """See ``StudyAnalysis.shares``."""
    cells = _of_fields(analysis.cells(names, by), fields)
    population = analysis.study.population_size if finite_population else None
    split = [by] if by else []
    result = statistics.shares(cells, by=split, within="field", level=level, population=population)
    frame = _with_provenance(analysis, result.frame.rename({"outcome": "indicator"}), by)
    order = _order(names, fields, {by: analysis.groups(by)} if by else {})
    columns = ("n", "count", "share", "low", "high", "method", "note", "provenance")
    title = f"Shares of {', '.join(names)}{f' by {by}' if by else ''}, {100 * level:g} % intervals"
    shown = frame.sort(*order).select("indicator", "field", *split, *columns)
    if analysis.weighting is not None:
        beside = weighted.weighted_shares(
            analysis,
            analysis.frame,
            weighted_numbers.answered(analysis, names),
            by,
            fields,
            level,
            finite_population,
        )
        shown = _beside(shown, beside, ["indicator", "field", *split])
    return FieldResult(shown, title)


def distribution(analysis: OpenedStudy, indicator: str, fields: Names, level: float) -> FieldResult:
    """See ``StudyAnalysis.distribution``."""
    categories = values_of(analysis, indicator)
    flags = flagged(analysis, indicator, fields)
    result = statistics.shares(
        statistics.cells(flags.drop("unit"), ["field"], categories), within="field", level=level
    )
    order = pl.col("outcome").replace_strict(
        {v: i for i, v in enumerate(categories, start=1)}, return_dtype=pl.Int64
    )
    frame = result.frame.with_columns(
        pl.lit(indicator).alias("indicator"), order.alias("order")
    ).rename({"outcome": "value"})
    frame = _with_provenance(analysis, frame, None)
    frame = frame.sort(*_order([indicator], fields, {}), "order")
    columns = ("value", "order", "n", "count", "share", "low", "high", "provenance")
    shown = frame.select("indicator", "field", *columns)
    if analysis.weighting is not None:
        beside = weighted.weighted_shares(analysis, flags, categories, None, fields, level)
        shown = _beside(shown, beside.rename({"indicator": "value"}), ["value", "field"])
    return FieldResult(shown, f"Distribution of {indicator}")


def flagged(analysis: OpenedStudy, indicator: str, fields: Names) -> pl.DataFrame:
    """``unit``, ``field`` and a column per category of an indicator: 1 where it is the answer, 0
    where another is."""
    return analysis.frame.filter(pl.col("field").is_in(list(fields))).select(
        "unit",
        "field",
        *[
            (pl.col(indicator) == float(value)).cast(pl.Int64).alias(value)
            for value in values_of(analysis, indicator)
        ],
    )


def _beside(shown: pl.DataFrame, beside: pl.DataFrame, on: Names) -> pl.DataFrame:
    """Weighted columns to the right of the unweighted ones."""
    return shown.join(beside, on=list(on), how="left", nulls_equal=True, maintain_order="left")


def values_of(analysis: OpenedStudy, indicator: str) -> Names:
    """The values of an indicator in order; of a count, from none to the most that a unit has."""
    definition = analysis.definitions[indicator]
    if definition.rule == "variable":
        return analysis.categories(definition.variables[0])
    if definition.rule == "count":
        most = analysis.frame.select(pl.col(indicator).max().fill_null(0)).item()
        return tuple(str(count) for count in range(int(most) + 1))
    return ("0", "1")


def differences(
    analysis: OpenedStudy,
    names: Names,
    by: str,
    fields: Names,
    level: float,
    finite_population: bool = False,
) -> FieldResult:
    """See ``StudyAnalysis.differences``."""
    reference, comparison = two_groups(analysis, by)
    cells = _of_fields(analysis.cells(names, by), fields)
    title = f"Differences by {by}: {comparison} less {reference}"
    if not {reference, comparison} <= set(cells.frame[by]):
        return FieldResult(pl.DataFrame(schema=DIFFERENCES), title)
    population = analysis.study.population_size if finite_population else None
    result = statistics.differences(
        cells, by, within="field", reference=reference, level=level, population=population
    )
    frame = result.frame.filter(pl.col("group") == comparison).rename(_CONTRAST_NAMES)
    frame = _with_provenance(analysis, frame, by).sort(*_order(names, fields, {}))
    answered = (pl.col("n_reference") > 0) & (pl.col("n_comparison") > 0)
    frame = frame.filter(answered)
    fits = two_group_fits(cells, frame, by, reference)
    shown = frame.with_columns(fits["p"], fits["method"]).select(*DIFFERENCES)
    if analysis.weighting is not None:
        beside = weighted.weighted_differences(
            analysis,
            weighted_numbers.answered(analysis, names),
            by,
            fields,
            (reference, comparison),
            level,
            finite_population,
        )
        shown = _beside(shown, beside, ["indicator", "field"])
    return FieldResult(shown, title)


def two_group_fits(cells: Cells, frame: pl.DataFrame, by: str, reference: str) -> pl.DataFrame:
    """The logit of each row's indicator in its field on ``by``, one row each.

    Columns: log_odds_ratio, standard_error, odds_ratio, p, marginal_effect, method (``ml``, or
    ``firth`` where the groups separate the answers).
    """
    rows = []
    for name, field in frame.select("indicator", "field").iter_rows():
        fit = statistics.logit(cells, name, by, where={"field": field}, reference={by: reference})
        contrast = fit.frame.row(1, named=True)
        effect = statistics.average_marginal_effects(fit, by).frame["estimate"][0]
        rows.append(
            {
                "log_odds_ratio": contrast["estimate"],
                "standard_error": contrast["standard_error"],
                "odds_ratio": math.exp(contrast["estimate"]),
                "p": contrast["p"],
                "marginal_effect": effect,
                "method": fit.method,
            }
        )
    return pl.DataFrame(rows, schema=FIT)


FIT: dict[str, type[pl.DataType]] = {
    "log_odds_ratio": pl.Float64,
    "standard_error": pl.Float64,
    "odds_ratio": pl.Float64,
    "p": pl.Float64,
    "marginal_effect": pl.Float64,
    "method": pl.String,
}
_CONTRAST_NAMES = {
    "outcome": "indicator",
    "n": "n_comparison",
    "count": "count_comparison",
    "share": "share_comparison",
    "estimate": "difference",
}
DIFFERENCES: dict[str, type[pl.DataType]] = {
    "indicator": pl.String,
    "field": pl.String,
    "n_reference": pl.Int64,
    "count_reference": pl.Int64,
    "share_reference": pl.Float64,
    "n_comparison": pl.Int64,
    "count_comparison": pl.Int64,
    "share_comparison": pl.Float64,
    "difference": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "p": pl.Float64,
    "method": pl.String,
    "provenance": pl.String,
}


def models(
    analysis: OpenedStudy,
    indicator: str,
    by: str,
    fields: Names,
    level: float,
    *,
    linear: bool = False,
    method: str = "auto",
) -> FieldResult:
    """See ``StudyAnalysis.logit`` and ``StudyAnalysis.ols``."""
    reference = {by: analysis.groups(by)[0]}
    cells = analysis.cells(indicator, by)
    fits: dict[str, Any] = {}
    frames = []
    for field in fields:
        given: dict[str, Any] = {"where": {"field": field}, "reference": reference, "level": level}
        if linear:
            fits[field] = statistics.ols(cells, indicator, by, **given)
            kind = pl.lit(fits[field].r_squared).alias("r_squared")
        else:
            fits[field] = statistics.logit(cells, indicator, by, method=method, **given)  # type: ignore[arg-type]
            kind = pl.lit(fits[field].method).alias("method")
        provenance = analysis.provenance.of_number(indicator, field, by)
        frames.append(
            fits[field].frame.select(
                pl.lit(indicator).alias("indicator"),
                pl.lit(field).alias("field"),
                pl.all(),
                kind,
                pl.lit(provenance).alias("provenance"),
            )
        )
    name = "Linear models" if linear else "Logit models"
    shown = pl.concat(frames)
    if analysis.weighting is not None:
        terms = weighted_numbers.linear_terms if linear else weighted_numbers.logit_terms
        beside = terms(analysis, indicator, by, fields, level)
        shown = _beside(shown, beside, ["indicator", "field", "term"])
    return FieldResult(shown, f"{name} of {indicator} on {by}", fits)


def _of_fields(cells: Cells, fields: Names) -> Cells:
    if not fields:
        return Cells(cells.frame.clear(), cells.key)
    return cells.where(field=list(fields))


def two_groups(analysis: OpenedStudy, by: str) -> tuple[str, str]:
    """Reference and comparison; raises SamspillError for an attribute of more groups."""
    groups = analysis.groups(by)
    if len(groups) != 2:
        raise SamspillError(
            f"The attribute '{by}' has {len(groups)} groups, and two are compared.",
            "Use shares(…, by=…) for more than two groups.",
        )
    return groups[0], groups[1]


def _with_provenance(analysis: OpenedStudy, frame: pl.DataFrame, by: str | None) -> pl.DataFrame:
    provenance = [
        analysis.provenance.of_number(name, field, by)
        for name, field in frame.select("indicator", "field").iter_rows()
    ]
    return frame.with_columns(pl.Series("provenance", provenance, dtype=pl.String))


def _order(names: Names, fields: Names, groups: dict[str, tuple[str, ...]]) -> list[pl.Expr]:
    """Sort keys that keep indicators, fields and groups in their given order."""
    orders: dict[str, Sequence[str]] = {"indicator": names, "field": fields, **groups}
    return [
        pl.col(column).replace_strict(
            {value: position for position, value in enumerate(values)},
            default=len(values),
            return_dtype=pl.Int64,
        )
        for column, values in orders.items()
    ]
