"""Many small groups of a study read together: the work behind ``StudyAnalysis.pooled``."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Literal, get_args

import polars as pl

from samspill import statistics
from samspill.analysis import weighted_numbers
from samspill.analysis.results import FieldResult
from samspill.analysis.weighting import weighted_shares
from samspill.errors import SamspillError
from samspill.statistics import Cells, Pooled

if TYPE_CHECKING:
    from samspill.analysis.opened import OpenedStudy

PooledModel = Literal["auto", "beta", "logit", "normal", "bambi"]
FIELD = "field"


def pooled(
    analysis: OpenedStudy,
    indicator: str,
    by: Sequence[str],
    fields: Sequence[str],
    model: PooledModel,
    towards: Sequence[str],
    level: float,
    left_out: Collection[tuple[str, ...]] = (),
) -> FieldResult:
    """See ``StudyAnalysis.pooled``.

    ``left_out`` names groups that are not to be known of: field, then the attributes' values in the
    order of ``by``. Nothing of them is in any number.
    """
    chosen = _model(analysis, indicator, model)
    groups = tuple(by) or (FIELD,)
    within = () if FIELD in groups else (FIELD,)
    if groups == (FIELD,) and fields == ("",):
        raise SamspillError(
            f"The indicator '{indicator}' is about the whole unit and has no fields to compare.",
            "Name an attribute of the units whose groups to read (--by).",
        )
    attributes = [name for name in groups if name != FIELD]
    cells = analysis.cells(indicator, attributes or None).where(field=list(fields))
    if left_out:
        key = pl.concat_list(FIELD, *(pl.col(name).cast(pl.String) for name in attributes))
        hidden = pl.Series([list(group) for group in left_out], dtype=pl.List(pl.String))
        cells = Cells(cells.frame.filter(~key.is_in(hidden.implode())), cells.key)
    found = _pooled(cells, groups, within, chosen, towards, level)
    frame = found.frame.rename({"outcome": "indicator"})
    provenance = [
        analysis.provenance.of_number(indicator, field, attributes[0] if attributes else None)
        for field in frame[FIELD]
    ]
    order = [_order(FIELD, fields), *(_order(name, analysis.groups(name)) for name in attributes)]
    frame = frame.with_columns(pl.Series("provenance", provenance, dtype=pl.String)).sort(*order)
    keys = ["indicator", FIELD, *attributes]
    if analysis.weighting is not None and len(attributes) < 2:
        own = _weighted(analysis, indicator, attributes, fields, level)
        frame = frame.join(own, on=keys, how="left", nulls_equal=True, maintain_order="left")
    title = f"{indicator} by {', '.join(groups)}, raw and partially pooled ({found.model})"
    details = {"pooled": found, "pools": found.pools.rename({"outcome": "indicator"})}
    return FieldResult(frame.select(*keys, pl.exclude(keys)), title, details)


def _pooled(
    cells: Cells,
    groups: Sequence[str],
    within: Sequence[str],
    model: str,
    towards: Sequence[str],
    level: float,
) -> Pooled:
    if model == "normal":
        return statistics.pooled_means(cells, groups, within=within, towards=towards, level=level)
    if model == "bambi":
        from samspill.statistics.pooling.bayes import pooled_by_bambi

        return pooled_by_bambi(cells, groups, within=within, towards=towards, level=level)
    kind: Literal["beta", "logit"] = "beta" if model == "beta" else "logit"
    return statistics.pooled_shares(
        cells, groups, within=within, model=kind, towards=towards, level=level
    )


def _weighted(
    analysis: OpenedStudy,
    indicator: str,
    attributes: Sequence[str],
    fields: Sequence[str],
    level: float,
) -> pl.DataFrame:
    """Each group's own weighted number: raw_weighted, raw_low_weighted, raw_high_weighted."""
    by = attributes[0] if attributes else None
    asked = weighted_numbers.answered(analysis, [indicator])
    if analysis.is_binary(indicator):
        found = weighted_shares(analysis, analysis.frame, asked, by, fields, level)
        value = "share_weighted"
    else:
        found = weighted_numbers.means(analysis, asked, by, fields, level)
        value = "mean_weighted"
    return found.select(
        "indicator",
        FIELD,
        *attributes,
        pl.col(value).alias("raw_weighted"),
        pl.col("low_weighted").alias("raw_low_weighted"),
        pl.col("high_weighted").alias("raw_high_weighted"),
    )


def _model(analysis: OpenedStudy, indicator: str, model: PooledModel) -> str:
    if model not in get_args(PooledModel):
        raise SamspillError(
            f"There is no model called {model!r} to pool groups by.",
            f"Choose one of {', '.join(get_args(PooledModel))}.",
        )
    binary = analysis.is_binary(indicator)
    if model == "auto":
        return "beta" if binary else "normal"
    if binary == (model == "normal"):
        kind, other = ("0/1", "beta, logit or bambi") if binary else ("not 0/1", "normal")
        raise SamspillError(
            f"The indicator '{indicator}' is {kind}, and the model {model!r} is not for that.",
            f"Use {other}.",
        )
    return model


def _order(column: str, values: Sequence[str]) -> pl.Expr:
    places = {value: position for position, value in enumerate(values)}
    return pl.col(column).replace_strict(places, default=len(places), return_dtype=pl.Int64)
