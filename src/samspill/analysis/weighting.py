"""A study's weights, as its declaration says, and estimates that use them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from samspill import statistics
from samspill.errors import SamspillError
from samspill.statistics import Cells, intervals
from samspill.statistics.significance import two_sided_p

if TYPE_CHECKING:
    from samspill.analysis.opened import OpenedStudy
    from samspill.statistics.design_variance import Design
    from samspill.statistics.weighting import Margin, Weights
    from samspill.study import Study
    from samspill.study.weighting import KnownTotals, Weighting

RESPONDED = "responded_"
WEIGHT = "weight_"
BASE = "base_weight_"
POPULATION = "population_"
SHARES: dict[str, type[pl.DataType]] = {
    "share_weighted": pl.Float64,
    "low_weighted": pl.Float64,
    "high_weighted": pl.Float64,
    "deff": pl.Float64,
}
DIFFERENCES: dict[str, type[pl.DataType]] = {
    "share_reference_weighted": pl.Float64,
    "share_comparison_weighted": pl.Float64,
    "difference_weighted": pl.Float64,
    "low_weighted": pl.Float64,
    "high_weighted": pl.Float64,
    "p_weighted": pl.Float64,
    "log_odds_ratio_weighted": pl.Float64,
    "standard_error_weighted": pl.Float64,
}


def response_cells(study: Study, attributes: Sequence[str]) -> Cells:
    """Who answered, among all units, by attributes; the unknown is a category of its own."""
    units = with_response(study)
    return statistics.cells(units, list(attributes), RESPONDED)


def with_response(study: Study) -> pl.DataFrame:
    """The units with a column RESPONDED: whether the unit has any answer."""
    answered = study.answers["unit"].unique()
    return study.units.with_columns(
        pl.col("unit").is_in(answered.to_list()).cast(pl.Int8).alias(RESPONDED)
    )


def weights_for(study: Study, weighting: Weighting) -> Weights:
    """The weights that a declaration asks for, computed from the frame and who answered.

    Raises SamspillError where they cannot be: an unknown attribute, totals that cannot be met.
    """
    from samspill.statistics import weighting as methods

    missing = [name for name in weighting.variables if name not in study.units.columns]
    if missing:
        raise SamspillError(
            f"The units have no attribute '{missing[0]}' to weight by.",
            "Name a column of units in the weighting.",
        )
    cells = response_cells(study, weighting.variables)
    sample = methods.Sample.responding(cells, RESPONDED)
    if weighting.method == "response_propensity":
        found = methods.propensity_weights(
            _unknown_as_category(cells),
            RESPONDED,
            weighting.variables,
            classes=weighting.classes,
        )
    else:
        margins = [_margin(cells, margin) for margin in weighting.margins]
        if weighting.method == "post_stratification":
            if len(margins) != 1:
                raise SamspillError(
                    "Post-stratification takes one table of known totals.",
                    "Cross the variables in one, or use raking.",
                )
            found = methods.post_stratify(sample, margins[0])
        elif weighting.method == "raking":
            found = methods.rake(sample, margins)
        else:
            found = methods.calibrate(
                sample,
                margins,
                distance=weighting.distance,  # type: ignore[arg-type]
                bounds=weighting.bounds,
            )
    low, high = weighting.trim
    if low is not None or high is not None:
        found = methods.trim(found, low=low, high=high)
    return found


def _unknown_as_category(cells: Cells) -> Cells:
    return Cells(
        cells.frame.with_columns(pl.col(cells.key).cast(pl.String).fill_null("")), cells.key
    )


def _margin(cells: Cells, declared: KnownTotals) -> Margin:
    from samspill.statistics.weighting import Margin, margin_of_frame

    if declared.totals is None:
        return margin_of_frame(cells, RESPONDED, declared.variables)
    return Margin(declared.variables, declared.totals)


def attach(study: Study, weights: Weights, name: str) -> pl.DataFrame:
    """Units that answered, with their weight in the column ``name``."""
    answering = with_response(study).filter(pl.col(RESPONDED) == 1)
    keyed = answering.with_columns(
        (
            pl.col(column).cast(pl.String).fill_null("")
            if weights.frame.schema[column] == pl.String and weights.constraints is None
            else pl.col(column)
        ).alias(column)
        for column in weights.key
    )
    return answering.with_columns(weights.attach(keyed, name)[name])


def design_of(study: OpenedStudy, frame: pl.DataFrame, finite_population: bool) -> Design:
    """The design of the answering units in ``frame`` (one row each), with calibrated weights."""
    from samspill.statistics.design_variance import Design

    weights = study.weights
    if weights is None:
        raise SamspillError("The study declares no weighting.", "Declare one first.")
    units = study.study.units.height
    rows = frame.with_columns(
        pl.lit(units / frame.height).alias(BASE), pl.lit(float(units)).alias(POPULATION)
    )
    if weights.constraints is None:
        rows = rows.with_columns(pl.col(name).cast(pl.String).fill_null("") for name in weights.key)
    design = Design.of(rows, weight=BASE, population=POPULATION if finite_population else ())
    return design.calibrated(weights)


def weighted_shares(
    study: OpenedStudy,
    values: pl.DataFrame,
    names: Sequence[str],
    by: str | None,
    fields: Sequence[str],
    level: float,
    finite_population: bool = False,
) -> pl.DataFrame:
    """Weighted shares of 0/1 columns of ``values`` (unit, field, names…).

    Columns: indicator, field, (by), share_weighted, low_weighted, high_weighted, deff.
    """
    split = [by] if by else []
    rows: list[dict[str, Any]] = []
    for field in fields:
        _, found, inverse = estimated(study, values, names, by, field, finite_population)
        for place, row in enumerate(found.to_dicts()):
            share = row["estimate"]
            told = {"indicator": row["outcome"], "field": field, **{k: row[k] for k in split}}
            if share is None:
                rows.append(told)
                continue
            low, high = intervals.wilson(np.array([share]), np.array([inverse[place]]), level)
            rows.append(
                told
                | {
                    "share_weighted": share,
                    "low_weighted": float(low[0]),
                    "high_weighted": float(high[0]),
                    "deff": row["n"] * inverse[place],
                }
            )
    kinds: dict[str, Any] = {"indicator": pl.String, "field": pl.String}
    kinds |= {name: study.study.units.schema[name] for name in split}
    return pl.DataFrame(rows, schema=kinds | SHARES)


def weighted_differences(
    study: OpenedStudy,
    names: Sequence[str],
    by: str,
    fields: Sequence[str],
    groups: tuple[str, str],
    level: float,
    finite_population: bool = False,
) -> pl.DataFrame:
    """Weighted differences between two groups; columns indicator, field and DIFFERENCES.

    The interval is Newcombe's, from the Wilson limits of both groups at their effective sizes and
    the correlation that shared weights give them (MOVER; Zou & Donner 2008, Statistics in
    Medicine 27:1693–1702); p is Wald's of the log odds ratio.
    """
    rows: list[dict[str, Any]] = []
    for field in fields:
        covariance, found, inverse = estimated(
            study, study.frame, names, by, field, finite_population
        )
        at = {
            (row["outcome"], row[by]): (place, row["estimate"])
            for place, row in enumerate(found.to_dicts())
        }
        for name in names:
            i, p0 = at.get((name, groups[0]), (0, None))
            j, p1 = at.get((name, groups[1]), (0, None))
            if p0 is None or p1 is None:
                continue
            spread = (float(inverse[i]), float(inverse[j]), _correlation(covariance, i, j))
            limits = _mover(p0, p1, *spread, level)
            odds, error, p = _log_odds_ratio(p0, p1, *spread)
            numbers = (p0, p1, p1 - p0, *limits, p, odds, error)
            told = dict(zip(DIFFERENCES, numbers, strict=True))
            rows.append({"indicator": name, "field": field, **told})
    return pl.DataFrame(rows, schema={"indicator": pl.String, "field": pl.String, **DIFFERENCES})


def _mover(
    p0: float, p1: float, inverse0: float, inverse1: float, rho: float, level: float
) -> tuple[float, float]:
    low, high = intervals.wilson(np.array([p0, p1]), np.array([inverse0, inverse1]), level)
    below, above = p1 - low[1], high[0] - p0
    down = max(0.0, below**2 + above**2 - 2 * rho * below * above)
    up_below, up_above = high[1] - p1, p0 - low[0]
    up = max(0.0, up_below**2 + up_above**2 - 2 * rho * up_below * up_above)
    difference = p1 - p0
    return difference - float(np.sqrt(down)), difference + float(np.sqrt(up))


def _correlation(covariance: np.ndarray, i: int, j: int) -> float:
    spread = covariance[i, i] * covariance[j, j]
    return float(covariance[i, j] / np.sqrt(spread)) if spread > 0 else 0.0


def _log_odds_ratio(
    p0: float, p1: float, inverse0: float, inverse1: float, rho: float
) -> tuple[float | None, float | None, float | None]:
    """Estimate, standard error by linearisation and p; None where a group's answers are alike."""
    if not (0 < p0 < 1 and 0 < p1 < 1):
        return None, None, None
    odds = float(np.log(p1 / (1 - p1)) - np.log(p0 / (1 - p0)))
    v0, v1 = inverse0 / (p0 * (1 - p0)), inverse1 / (p1 * (1 - p1))
    variance = v0 + v1 - 2 * rho * np.sqrt(v0 * v1)
    if not variance > 0:
        return odds, None, None
    error = float(np.sqrt(variance))
    return odds, error, float(two_sided_p(np.array([odds / error]))[0])


def answers_of(
    study: OpenedStudy, values: pl.DataFrame, names: Sequence[str], field: str
) -> pl.DataFrame:
    """The answering units with their weight (``weight_``) and what they answered in a field."""
    answering = attach(study.study, study.weights, WEIGHT)  # type: ignore[arg-type]
    asked = values.filter(pl.col("field") == field).select("unit", *names)
    return answering.join(asked, on="unit", how="left", maintain_order="left")


def estimated(
    study: OpenedStudy,
    values: pl.DataFrame,
    names: Sequence[str],
    by: str | None,
    field: str,
    finite_population: bool,
) -> tuple[np.ndarray, pl.DataFrame, np.ndarray]:
    """Covariance, means by design, and one divided by the effective numbers of answers."""
    from samspill.statistics.design_variance import means

    frame = answers_of(study, values, names, field)
    found = means(design_of(study, frame, finite_population), names, by=by or ())
    estimate = found.frame["estimate"].fill_null(np.nan).to_numpy()
    n = found.frame["n"].to_numpy().astype(np.float64)
    variance = np.diag(found.covariance) * (frame.height - 1) / frame.height
    deff = float(study.weights.diagnostics["deff"].item())  # type: ignore[union-attr]
    with np.errstate(divide="ignore", invalid="ignore"):
        inverse = variance / (estimate * (1 - estimate))
        kish = deff / n
    extreme = (estimate <= 0) | (estimate >= 1) | ~np.isfinite(inverse)
    return found.covariance, found.frame, np.where(extreme, kish, inverse)
