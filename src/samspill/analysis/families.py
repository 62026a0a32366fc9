"""Families of estimates over indicators and fields: the work behind the verbs of a study."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from samspill import statistics
from samspill.analysis.results import FieldResult
from samspill.errors import SamspillError

if TYPE_CHECKING:
    from samspill.analysis.opened import OpenedStudy
    from samspill.statistics import Cells

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
    return FieldResult(frame.sort(*order).select("indicator", "field", *split, *columns), title)


def distribution(analysis: OpenedStudy, indicator: str, fields: Names, level: float) -> FieldResult:
    """See ``StudyAnalysis.distribution``."""
    values = analysis.frame.select("field", indicator).filter(pl.col("field").is_in(fields))
    variable = analysis.definitions[indicator].variables[0]
    categories = analysis.categories(variable)
    flags = values.select(
        "field", *[(pl.col(indicator) == float(v)).cast(pl.Int64).alias(v) for v in categories]
    )
    result = statistics.shares(
        statistics.cells(flags, ["field"], categories), within="field", level=level
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
    return FieldResult(frame.select("indicator", "field", *columns), f"Distribution of {indicator}")


def differences(
    analysis: OpenedStudy,
    names: Names,
    by: str,
    fields: Names,
    level: float,
    finite_population: bool = False,
) -> FieldResult:
    """See ``StudyAnalysis.differences``."""
    reference, comparison = _two_groups(analysis, by)
    cells = _of_fields(analysis.cells(names, by), fields)
    population = analysis.study.population_size if finite_population else None
    result = statistics.differences(
        cells, by, within="field", reference=reference, level=level, population=population
    )
    frame = result.frame.filter(pl.col("group") == comparison).rename(_CONTRAST_NAMES)
    frame = _with_provenance(analysis, frame, by).sort(*_order(names, fields, {}))
    frame = frame.with_columns(_two_group_logits(frame)["p"])
    title = f"Differences by {by}: {comparison} less {reference}"
    return FieldResult(frame.select("indicator", "field", *_DIFFERENCE, "p", "provenance"), title)


_CONTRAST_NAMES = {
    "outcome": "indicator",
    "n": "n_comparison",
    "count": "count_comparison",
    "share": "share_comparison",
    "estimate": "difference",
}
_DIFFERENCE = (
    "n_reference",
    "count_reference",
    "share_reference",
    "n_comparison",
    "count_comparison",
    "share_comparison",
    "difference",
    "low",
    "high",
)


def policy_effects(analysis: OpenedStudy, by: str, level: float) -> FieldResult:
    """See ``StudyAnalysis.policy_effects``."""
    family = _printed_family(analysis, by) or _whole_family(analysis)
    names = list(dict.fromkeys(name for name, _ in family))
    fields = list(dict.fromkeys(field for _, field in family))
    base = differences(analysis, names, by, fields, level).frame
    wanted = pl.DataFrame(family, schema=["indicator", "field"], orient="row")
    base = base.join(wanted, on=["indicator", "field"], how="semi", maintain_order="left")
    logits = _two_group_logits(base)
    cells = analysis.cells(names, by)
    exact = [_fisher_p(cells, row, by) for row in base.to_dicts()]
    effects = [_marginal_effect(cells, row, by) for row in base.to_dicts()]
    frame = base.drop("p").with_columns(
        *logits,
        pl.Series("stars", [statistics.stars(p) for p in logits["p"]]),
        pl.Series("p_holm", statistics.adjust(logits["p"], "holm")),
        pl.Series("p_bh", statistics.adjust(logits["p"], "benjamini_hochberg")),
        pl.Series("p_fisher", exact),
        pl.Series("marginal_effect", effects),
        pl.Series("printed_stars", _printed_stars(analysis, by, base)),
    )
    reference, comparison = _two_groups(analysis, by)
    title = f"{frame.height} comparisons by {by}: {comparison} less {reference}"
    return FieldResult(frame, title)


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
    return FieldResult(pl.concat(frames), f"{name} of {indicator} on {by}", fits)


def _of_fields(cells: Cells, fields: Names) -> Cells:
    return cells.where(field=list(fields))


def _two_groups(analysis: OpenedStudy, by: str) -> tuple[str, str]:
    groups = analysis.groups(by)
    if len(groups) != 2:
        raise SamspillError(
            f"The attribute '{by}' has {len(groups)} groups, and two are compared.",
            "Use shares(…, by=…) for more than two groups.",
        )
    return groups[0], groups[1]


def _two_group_logits(frame: pl.DataFrame) -> pl.DataFrame:
    """log_odds_ratio, standard_error, odds_ratio, p of each row's 2×2 table."""
    counts = [
        frame[name].to_numpy()
        for name in ("count_reference", "n_reference", "count_comparison", "n_comparison")
    ]
    fit = statistics.two_group_logit(*counts)
    return pl.DataFrame(
        {
            "log_odds_ratio": fit.slope,
            "standard_error": fit.slope_standard_error,
            "p": statistics.two_sided_p(fit.slope / fit.slope_standard_error),
        }
    ).with_columns(pl.col("log_odds_ratio").exp().alias("odds_ratio"))


def _fisher_p(cells: Cells, row: dict[str, Any], by: str) -> float:
    table = cells.where(field=row["field"]).of(row["indicator"])
    p: float = statistics.fisher_exact(table, row["indicator"], by).frame["p"][0]
    return p


def _marginal_effect(cells: Cells, row: dict[str, Any], by: str) -> float:
    fit = statistics.logit(cells, row["indicator"], by, where={"field": row["field"]})
    effect: float = statistics.average_marginal_effects(fit, by).frame["estimate"][0]
    return effect


def _printed_family(analysis: OpenedStudy, by: str) -> list[tuple[str, str]]:
    printed = analysis.study.printed.filter(
        pl.col("split") == by, pl.col("statistic").is_in(["log_odds_ratio", "odds_ratio"])
    )
    return list(printed.select("indicator", "field").unique(maintain_order=True).iter_rows())


def _whole_family(analysis: OpenedStudy) -> list[tuple[str, str]]:
    return [
        (name, field)
        for name, definition in analysis.definitions.items()
        if definition.per_field and analysis.is_binary(name)
        for field in analysis.fields
    ]


def _printed_stars(analysis: OpenedStudy, by: str, frame: pl.DataFrame) -> list[str | None]:
    printed = analysis.study.printed.filter(
        pl.col("split") == by, pl.col("statistic").is_in(["log_odds_ratio", "odds_ratio"])
    )
    marks = {
        (name, field): "*" * text.count("*")
        for name, field, text in printed.select("indicator", "field", "printed").iter_rows()
    }
    return [marks.get(pair) for pair in frame.select("indicator", "field").iter_rows()]


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
