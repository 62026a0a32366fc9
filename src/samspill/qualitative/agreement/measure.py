"""Agreement among raters: every coefficient with its uncertainty, or the reason for having none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist
from typing import Any, Literal, get_args

import numpy as np
import polars as pl

from samspill.errors import Message, SamspillError
from samspill.qualitative.agreement.coefficients import (
    COEFFICIENTS,
    PAIRWISE,
    Parts,
    estimate,
    parts,
    standard_error,
)
from samspill.qualitative.agreement.ratings import Floats, Ratings
from samspill.qualitative.agreement.weights import Level, Weights

Interval = Literal["analytic", "bootstrap"]

NO_VARIATION = "no variation: every rating is the same category"
NOTHING_COMPARED = "no unit was rated by two raters"
TWO_RATERS = "defined for two raters alone"
ONE_UNIT = "one unit: no interval"
ONE_CLUSTER = "one source: no interval by resampling sources"
UNDEFINED_DRAWS = "undefined in some replicates, which are left out"
TOO_FEW_DRAWS = "undefined in nearly all replicates: no interval"
FEW_CLUSTERS = "few sources: the interval is rough"
FEW = 10

MEASURES = {
    "coefficient": pl.String,
    "estimate": pl.Float64,
    "standard_error": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "interval": pl.String,
    "units": pl.Float64,
    "raters": pl.Int64,
    "clusters": pl.Int64,
    "replicates": pl.Int64,
    "undefined": pl.Int64,
    "note": pl.String,
}


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """Coefficients of agreement.

    ``frame``, one row a coefficient: ``coefficient``, ``estimate`` (at most 1, 0 is chance but
    for percent agreement), ``standard_error``, ``low``, ``high``, ``interval`` (how the last
    three came about), ``units`` (rated by two raters or more), ``raters``, ``clusters``
    (resampled; null where units stand alone), ``replicates``, ``undefined`` (how many of them
    have no value) and ``note`` (why something is missing, or rough).
    """

    frame: pl.DataFrame
    level: float = 0.95


def agreement(
    ratings: Ratings,
    coefficients: Sequence[str] | None = None,
    *,
    weights: Weights = "identity",
    measurement: Level | None = None,
    level: float = 0.95,
    interval: Interval | None = None,
    replicates: int = 1000,
    seed: int = 2018,
) -> Agreement:
    """Coefficients of agreement among all raters of ``ratings``.

    ``coefficients`` are of ``COEFFICIENTS``; by default all that fit the number of raters.
    ``weights`` give near categories part agreement in all but Krippendorff's alpha, which takes a
    level of ``measurement`` (nominal unless given). ``gwet`` is AC1, and AC2 with weights. Cohen
    and Scott leave out units that one of the two did not rate; the others use what there is.

    ``analytic`` is Gwet's linearisation with Student's t at units − 1, units being taken as
    independent. ``bootstrap`` draws whole clusters with replacement, or units where ratings have
    none, and takes percentiles. Clusters make it the default.

    Raises SamspillError for a coefficient, weights or a method there are not, and a level outside
    0 to 1. Sources: docs/methods/agreement.md.
    """
    chosen = list(coefficients) if coefficients is not None else fitting(len(ratings.raters))
    _check(chosen, level, interval, replicates)
    method = interval or ("bootstrap" if ratings.clustered else "analytic")
    prepared: dict[bool, Prepared] = {}
    rows = []
    for name in chosen:
        in_pairs = name in PAIRWISE
        if in_pairs not in prepared:
            used = ratings.both() if in_pairs else ratings
            prepared[in_pairs] = _prepare(used, weights, method, replicates, seed)
        rows.append(_row(name, prepared[in_pairs], measurement or "nominal", level))
    return Agreement(pl.DataFrame(rows, schema=MEASURES), level)


@dataclass(frozen=True, slots=True)
class Prepared:
    """The parts of the ratings themselves, and of the replicates (None for an analytic interval);
    ``reason`` says why there are none of the latter. ``clusters`` are those with any unit."""

    whole: Parts
    drawn: Parts | None
    reason: str
    clusters: int | None
    replicates: int


def _prepare(
    used: Ratings, weights: Weights, method: Interval, replicates: int, seed: int
) -> Prepared:
    whole = parts(used, weights)
    filled = used.counts[used.counts.sum(axis=1) > 0]
    clusters = filled.shape[0] if used.clustered else None
    if method == "analytic":
        return Prepared(whole, None, "", clusters, 0)
    if clusters is not None and clusters < 2:
        return Prepared(whole, None, ONE_CLUSTER, clusters, replicates)
    if used.weights.sum() < 2:
        return Prepared(whole, None, ONE_UNIT, clusters, replicates)
    w = _clusters(filled, replicates, seed) if used.clustered else _units(used, replicates, seed)
    return Prepared(whole, parts(used, weights, w), "", clusters, replicates)


def fitting(raters: int) -> list[str]:
    """The coefficients that say something of so many raters, in the order they are shown."""
    left_out = ("fleiss", "conger") if raters == 2 else PAIRWISE
    return [name for name in COEFFICIENTS if name not in left_out]


def _check(chosen: list[str], level: float, interval: str | None, replicates: int) -> None:
    unknown = [name for name in chosen if name not in COEFFICIENTS]
    if unknown:
        raise SamspillError(
            Message("There is no coefficient called “{name}”.", name=unknown[0]),
            Message("Choose among {names}.", names=", ".join(COEFFICIENTS)),
        )
    if not 0 < level < 1:
        raise SamspillError(
            Message("{level} is not a confidence level.", level=level),
            "Give one between 0 and 1, such as 0.95.",
        )
    if interval is not None and interval not in get_args(Interval):
        raise SamspillError(
            Message("There is no interval called “{name}”.", name=interval),
            Message("Choose among {names}.", names=", ".join(get_args(Interval))),
        )
    if replicates < 2:
        raise SamspillError("A bootstrap needs replicates.", "Ask for 1,000 or more.")


def _row(name: str, p: Prepared, metric: Level, level: float) -> dict[str, Any]:
    raters = len(p.whole.ratings.raters)
    row: dict[str, Any] = dict.fromkeys(MEASURES)
    row |= {"coefficient": name, "raters": raters, "clusters": p.clusters, "note": ""}
    if name in PAIRWISE and raters != 2:
        return row | {"note": TWO_RATERS}
    row["units"] = float(p.whole.compared)
    if row["units"] == 0:
        return row | {"note": NOTHING_COMPARED}
    value = float(estimate(name, p.whole, metric))
    if not np.isfinite(value):
        return row | {"note": NO_VARIATION}
    row["estimate"] = value
    if p.reason:
        return row | {"note": p.reason}
    if p.drawn is None:
        return row | _analytic(name, p.whole, metric, value, level)
    return row | _bootstrap(name, p, p.drawn, metric, level)


def _analytic(name: str, whole: Parts, metric: Level, value: float, level: float) -> dict[str, Any]:
    error = standard_error(name, whole, metric)
    if error is None:
        return {"note": ONE_UNIT}
    units = float(whole.compared) if name == "krippendorff" else float(whole.units)
    half = error * _student(level, units - 1)
    least = min(value, -1.0)
    return {
        "standard_error": error,
        "low": max(value - half, least),
        "high": min(value + half, 1.0),
        "interval": "analytic",
    }


def _student(level: float, freedom: float) -> float:
    if freedom > 1e6:
        return NormalDist().inv_cdf((1 + level) / 2)
    from scipy.stats import t

    return float(t.ppf((1 + level) / 2, freedom))


def _bootstrap(name: str, p: Prepared, drawn: Parts, metric: Level, level: float) -> dict[str, Any]:
    values = estimate(name, drawn, metric)
    known = values[np.isfinite(values)]
    lost = int(values.size - known.size)
    row: dict[str, Any] = {"replicates": p.replicates, "undefined": lost}
    if known.size < max(2, p.replicates // 10):
        return row | {"note": TOO_FEW_DRAWS}
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    notes = [UNDEFINED_DRAWS] if lost else []
    notes += [FEW_CLUSTERS] if p.clusters is not None and p.clusters < FEW else []
    return row | {
        "standard_error": float(known.std(ddof=1)),
        "low": float(low),
        "high": float(high),
        "interval": "bootstrap of units" if p.clusters is None else "bootstrap of sources",
        "note": "; ".join(notes),
    }


def _clusters(counts: Floats, replicates: int, seed: int) -> Floats:
    """Weights of patterns when whole clusters are drawn, shape (replicates, patterns)."""
    return np.asarray(_times(counts.shape[0], replicates, seed) @ counts)


@lru_cache(maxsize=4)
def _times(size: int, replicates: int, seed: int) -> Floats:
    """How often each cluster is drawn, shape (replicates, size); the same for every code."""
    drawn = np.random.default_rng(seed).multinomial(size, np.full(size, 1 / size), replicates)
    return drawn.astype(np.float64)


def _units(used: Ratings, replicates: int, seed: int) -> Floats:
    w = used.weights
    drawn = np.random.default_rng(seed).multinomial(round(w.sum()), w / w.sum(), replicates)
    return drawn.astype(np.float64)
