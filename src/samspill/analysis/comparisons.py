"""The family of comparisons by policy: each as difference and logit, corrected together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from samspill import statistics
from samspill.analysis import families
from samspill.analysis.results import FieldResult

if TYPE_CHECKING:
    from samspill.analysis.opened import OpenedStudy
    from samspill.statistics import Cells

_SCHEMA: dict[str, type[pl.DataType]] = {
    **{name: kind for name, kind in families.DIFFERENCES.items() if name not in families.FIT},
    **families.FIT,
    "stars": pl.String,
    "p_holm": pl.Float64,
    "p_bh": pl.Float64,
    "p_fisher": pl.Float64,
    "printed_stars": pl.String,
}


def policy_effects(study: OpenedStudy, by: str, level: float) -> FieldResult:
    """See ``StudyAnalysis.policy_effects``."""
    family = _printed_family(study, by) or _whole_family(study)
    names = list(dict.fromkeys(name for name, _ in family))
    fields = list(dict.fromkeys(field for _, field in family))
    differences = families.differences(study, names, by, fields, level).frame if family else None
    if differences is None or differences.is_empty():
        return FieldResult(pl.DataFrame(schema=_SCHEMA), f"Nothing to compare by {by}")
    wanted = pl.DataFrame(family, schema=["indicator", "field"], orient="row")
    base = differences.join(wanted, on=["indicator", "field"], how="semi", maintain_order="left")
    reference, comparison = families.two_groups(study, by)
    cells = study.cells(names, by)
    fits = families.two_group_fits(cells, base, by, reference)
    p = fits["p"]
    frame = base.drop("p", "method").with_columns(
        *fits,
        pl.Series("stars", [statistics.stars(value) for value in p]),
        pl.Series("p_holm", statistics.adjust(p, "holm")),
        pl.Series("p_bh", statistics.adjust(p, "benjamini_hochberg")),
        pl.Series("p_fisher", [_fisher_p(cells, row, by) for row in base.to_dicts()]),
        pl.Series("printed_stars", _printed_stars(study, by, base), dtype=pl.String),
    )
    title = f"{frame.height} comparisons by {by}: {comparison} less {reference}"
    left_out = len(family) - frame.height
    if left_out:
        title += f"; {left_out} left out, for a group has no answers"
    return FieldResult(frame, title)


def _fisher_p(cells: Cells, row: dict[str, Any], by: str) -> float:
    table = cells.where(field=row["field"]).of(row["indicator"])
    p: float = statistics.fisher_exact(table, row["indicator"], by).frame["p"][0]
    return p


def _printed_models(study: OpenedStudy, by: str) -> pl.DataFrame:
    return study.study.printed.filter(
        pl.col("split") == by, pl.col("statistic").is_in(["log_odds_ratio", "odds_ratio"])
    )


def _printed_family(study: OpenedStudy, by: str) -> list[tuple[str, str]]:
    printed = _printed_models(study, by)
    return list(printed.select("indicator", "field").unique(maintain_order=True).iter_rows())


def _whole_family(study: OpenedStudy) -> list[tuple[str, str]]:
    return [
        (name, field)
        for name, definition in study.definitions.items()
        if definition.per_field and study.is_binary(name)
        for field in study.fields
    ]


def _printed_stars(study: OpenedStudy, by: str, frame: pl.DataFrame) -> list[str | None]:
    printed = _printed_models(study, by).select("indicator", "field", "printed")
    marks = {(name, field): "*" * text.count("*") for name, field, text in printed.iter_rows()}
    return [marks.get(pair) for pair in frame.select("indicator", "field").iter_rows()]
