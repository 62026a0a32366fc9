"""Totals, means, ratios and differences with standard errors by linearisation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

from samspill.errors import SamspillError
from samspill.statistics.cells import as_names
from samspill.statistics.design_variance.design import Design, Floats
from samspill.statistics.results import Result

NOBODY = "no answers"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class DesignEstimates(Result):
    """Estimates from a design.

    ``frame``: ``outcome`` (of a ratio ``numerator / denominator``), the columns of ``by``, ``n``
    (rows with an answer), ``estimate``, ``standard_error``, ``low``, ``high`` (by Student's t with
    ``degrees_of_freedom``), ``deff`` (variance over that of a simple random sample without
    replacement of the same size; means alone) and ``note``. ``covariance`` is that of the
    estimates, in the order of the rows.
    """

    statistic: str
    degrees_of_freedom: int
    covariance: Floats = field(repr=False)
    level: float = 0.95

    @property
    def heading(self) -> str:
        return f"{self.statistic.capitalize()}s by design, {100 * self.level:g} % intervals"


def means(
    design: Design,
    outcomes: str | Sequence[str],
    *,
    by: str | Sequence[str] = (),
    level: float = 0.95,
) -> DesignEstimates:
    """Weighted means; of a 0/1 outcome, shares. Groups of ``by`` are domains of the sample.

    Source: Särndal, Swensson & Wretman 1992, Model Assisted Survey Sampling, section 5.7.
    """
    return _each(design, outcomes, by, level, "mean")


def totals(
    design: Design,
    outcomes: str | Sequence[str],
    *,
    by: str | Sequence[str] = (),
    level: float = 0.95,
) -> DesignEstimates:
    """Sums over the population. Rows without an answer count as nothing."""
    return _each(design, outcomes, by, level, "total")


def ratios(
    design: Design,
    numerator: str,
    denominator: str,
    *,
    by: str | Sequence[str] = (),
    level: float = 0.95,
) -> DesignEstimates:
    """The total of one variable over that of another, where both are known."""
    groups = _domains(design, as_names(by))
    top, bottom = _values(design, numerator), _values(design, denominator)
    rows, influences = [], []
    for values, inside in groups:
        use = inside & ~np.isnan(top) & ~np.isnan(bottom)
        over = float(design.weights[use] @ bottom[use])
        if not use.any() or over == 0:
            estimate, influence = None, np.zeros(len(top))
        else:
            estimate = float(design.weights[use] @ top[use]) / over
            influence = np.where(use, (top - estimate * bottom) / over, 0.0)
        rows.append((f"{numerator} / {denominator}", values, int(use.sum()), estimate, None))
        influences.append(np.nan_to_num(influence))
    return _estimates(design, rows, influences, as_names(by), level, "ratio")


def differences(
    design: Design,
    outcomes: str | Sequence[str],
    by: str,
    *,
    reference: Any = None,
    level: float = 0.95,
) -> DesignEstimates:
    """The mean of every group of ``by`` less that of the reference group (the first in order).

    The covariance of the two domains is in the standard error: they share clusters and weights.
    """
    found = design.frame[by].drop_nulls().unique().sort().to_list()
    base = found[0] if reference is None and found else reference
    if base not in found or len(found) < 2:
        raise SamspillError(
            f"'{by}' has no two groups to compare with {base!r} as reference.",
            f"It has: {', '.join(map(str, found))}.",
        )
    rows, influences = [], []
    for outcome in as_names(outcomes):
        values = _values(design, outcome)
        column = design.frame[by]
        made = {g: _mean(design, values, (column == g).fill_null(False).to_numpy()) for g in found}
        for group in (g for g in found if g != base):
            n, mean, influence, _ = made[group]
            n0, mean0, influence0, _ = made[base]
            both = None if mean is None or mean0 is None else mean - mean0
            rows.append((outcome, (group,), n + n0, both, None))
            influences.append(influence - influence0)
    return _estimates(design, rows, influences, (by,), level, "difference")


Row = tuple[str, tuple[Any, ...], int, float | None, float | None]


def _each(
    design: Design,
    outcomes: str | Sequence[str],
    by: str | Sequence[str],
    level: float,
    statistic: str,
) -> DesignEstimates:
    groups = _domains(design, as_names(by))
    rows: list[Row] = []
    influences = []
    for outcome in as_names(outcomes):
        values = _values(design, outcome)
        for group, inside in groups:
            if statistic == "mean":
                n, estimate, influence, simple = _mean(design, values, inside)
            else:
                use = inside & ~np.isnan(values)
                influence = np.where(use, np.nan_to_num(values), 0.0)
                n, simple = int(use.sum()), None
                estimate = float(design.weights @ influence)
            rows.append((outcome, group, n, estimate, simple))
            influences.append(influence)
    return _estimates(design, rows, influences, as_names(by), level, statistic)


def _mean(
    design: Design, values: Floats, inside: np.ndarray
) -> tuple[int, float | None, Floats, float | None]:
    """n, the mean, its influence on every row, and the variance of a simple random sample."""
    use = inside & ~np.isnan(values)
    n, total = int(use.sum()), float(design.weights[use].sum())
    if not n:
        return 0, None, np.zeros(len(values)), None
    mean = float(design.weights[use] @ values[use]) / total
    away = np.where(use, np.nan_to_num(values) - mean, 0.0)
    simple = None
    if n > 1:
        variance = float(design.weights @ away**2) / total * n / (n - 1)
        simple = variance / n * max(0.0, 1 - n / total)
    return n, mean, away / total, simple


def _domains(design: Design, by: Sequence[str]) -> list[tuple[tuple[Any, ...], np.ndarray]]:
    if not by:
        return [((), np.ones(design.frame.height, dtype=bool))]
    found = design.frame.select(by).drop_nulls().unique().sort(by).rows()
    columns = [design.frame[name] for name in by]
    return [
        (
            values,
            np.logical_and.reduce(
                [(c == v).fill_null(False).to_numpy() for c, v in zip(columns, values, strict=True)]
            ),
        )
        for values in found
    ]


def _values(design: Design, name: str) -> Floats:
    if name not in design.frame.columns:
        raise SamspillError(f"There is no column '{name}'.", "Name one of the frame.")
    column = design.frame[name]
    if not (column.dtype.is_numeric() or column.dtype == pl.Boolean):
        raise SamspillError(f"'{name}' holds no numbers.", "Make it a 0/1 indicator or a number.")
    return column.cast(pl.Float64).fill_null(np.nan).to_numpy()


def _estimates(
    design: Design,
    rows: Sequence[Row],
    influences: Sequence[Floats],
    by: Sequence[str],
    level: float,
    statistic: str,
) -> DesignEstimates:
    from scipy.special import stdtrit

    if not 0 < level < 1:
        raise SamspillError(f"The level is {level}.", "Give a number between 0 and 1.")
    covariance = design.covariance(np.column_stack(influences))
    freedom = design.degrees_of_freedom
    quantile = float(stdtrit(freedom, (1 + level) / 2)) if freedom > 0 else np.nan
    told = []
    for place, (outcome, group, n, estimate, simple) in enumerate(rows):
        error = float(np.sqrt(max(0.0, covariance[place, place]))) if estimate is not None else None
        limits: tuple[float | None, float | None] = (None, None)
        if estimate is not None and error is not None and freedom > 0:
            limits = estimate - quantile * error, estimate + quantile * error
        deff = error**2 / simple if error is not None and simple else None
        note = "" if estimate is not None else NOBODY
        told.append((outcome, *group, n, estimate, error, *limits, deff, note))
    schema: dict[str, Any] = {"outcome": pl.String}
    schema |= {name: design.frame.schema[name] for name in by}
    schema |= {"n": pl.Int64}
    numbers = ("estimate", "standard_error", "low", "high", "deff")
    schema |= dict.fromkeys(numbers, pl.Float64) | {"note": pl.String}
    frame = pl.DataFrame(told, schema=schema, orient="row")
    return DesignEstimates(frame, statistic, freedom, covariance, level)
