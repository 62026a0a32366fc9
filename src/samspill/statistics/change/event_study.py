"""Adoption at different times: event studies and staggered differences in differences.

The estimators are pyfixest's (the extra ``change``). Pre-trend tests, sensitivity bounds and the
decomposition of the two-way fixed effects estimate are our own.
"""

from __future__ import annotations

import math
import re
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from operator import eq
from typing import Any, Literal, get_args

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.errors import SamspillError
from samspill.statistics.intervals import normal_quantile
from samspill.statistics.results import Result
from samspill.statistics.significance import normal_p

Floats = NDArray[np.float64]
Estimator = Literal["saturated", "did2s", "twfe", "lpdid"]

ASSUMPTIONS = (
    "Without adoption those that adopted would have moved as the others did (parallel trends); "
    "nobody changed in advance of adopting (no anticipation); nobody was touched by the adoption "
    "of others (no spillover)."
)
TWFE_WARNING = (
    "With adoption at different times two-way fixed effects compare late adopters with early ones, "
    "and can have the wrong sign where what follows adoption grows or differs. Use it beside "
    "another estimator, not alone."
)
NO_EARLIER = "no wave lies two before an adoption: parallel trends cannot be tested"


@dataclass(frozen=True, slots=True)
class PreTrend:
    """A joint Wald test that nothing moved before adoption: χ² with ``df`` degrees of freedom."""

    statistic: float
    df: int
    p: float


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class EventStudy(Result):
    """Those that adopted beside those that had not, by time since adoption.

    ``frame``: ``relative`` (waves since the first with; −1 is the reference and left out; null
    for the average over all waves since adoption), ``estimate``, ``standard_error``, ``low``,
    ``high``, ``p``. ``pretrend`` is None where ``untested`` says why. ``assumptions`` and
    ``warning`` belong beside every number. ``groups`` counts units that adopted in time, never
    did, and those left out because they had adopted before the first wave.
    """

    estimator: str = "saturated"
    level: float = 0.95
    pretrend: PreTrend | None = None
    untested: str = ""
    warning: str = ""
    assumptions: str = ASSUMPTIONS
    groups: Mapping[str, int] | None = None

    @property
    def heading(self) -> str:
        return f"Event study ({self.estimator}) with {100 * self.level:g} % intervals"

    @property
    def average(self) -> dict[str, Any] | None:
        """The row for all waves since adoption; None where the estimator gives none."""
        found = self.frame.filter(pl.col("relative").is_null())
        return found.row(0, named=True) if found.height else None


def event_study(
    rows: pl.DataFrame,
    outcome: str,
    *,
    unit: str = "unit",
    period: str = "period",
    adopted: str = "adopted",
    estimator: Estimator = "saturated",
    level: float = 0.95,
) -> EventStudy:
    """What goes with adoption, by waves since it; standard errors are clustered by unit.

    ``rows`` has one row per unit and wave: ``period`` counts the waves (whole numbers), and
    ``adopted`` is the unit's first wave with, null for never. Units that had adopted before or in
    the first wave tell nothing of a change and are left out.

    ``saturated`` gives each cohort its own course and averages by cohort size (Sun & Abraham
    2021, Journal of Econometrics 225:175–199); ``did2s`` takes unit and wave effects from rows
    without adoption (Gardner 2022, arXiv:2207.05943), on average only; ``twfe`` is two-way fixed
    effects, on average only and with its warning; ``lpdid`` takes local projections on clean
    comparisons (Dube, Girardi, Jordà & Taylor 2023, NBER 31184).

    Raises SamspillError where pyfixest is absent, for an unknown estimator, fewer than two waves,
    and where nobody adopts or nobody is left to compare with.
    """
    if estimator not in get_args(Estimator):
        raise SamspillError(
            f"There is no estimator called {estimator!r}.",
            f"Choose one of {', '.join(get_args(Estimator))}.",
        )
    data, groups = _prepared(rows, outcome, unit, period, adopted)
    if estimator == "did2s":
        _require_two_before(data)
    package = _pyfixest()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        estimate = {
            "saturated": _saturated,
            "did2s": _average,
            "twfe": _average,
            "lpdid": _local_projections,
        }[estimator]
        found, pretrend = estimate(package, data, estimator, level)
    frame = pl.DataFrame(found, schema=_SCHEMA).sort("relative", nulls_last=True)
    leads = frame.filter(pl.col("relative") < -1).height
    return EventStudy(
        frame,
        estimator,
        level,
        pretrend,
        NO_EARLIER if pretrend is None and not leads else "",
        TWFE_WARNING if estimator == "twfe" else "",
        groups=groups,
    )


_SCHEMA: dict[str, type[pl.DataType]] = {
    "relative": pl.Int64,
    "estimate": pl.Float64,
    "standard_error": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "p": pl.Float64,
}


def _require_two_before(data: Any) -> None:
    """pyfixest drops units with a single row in Gardner's first stage, and so loses them whole."""
    without = (data["adopted"] == 0) | (data["period"] < data["adopted"])
    if (data[without].groupby("unit").size().reindex(data["unit"].unique()).fillna(0) < 2).any():
        raise SamspillError(
            "Gardner's estimator needs two waves of every unit before it adopts.",
            "Use estimator='saturated', or keep the units that answered twice before.",
        )


def _pyfixest() -> Any:
    try:
        import pyfixest
    except ImportError:
        raise SamspillError(
            "Adoption at different times is computed by pyfixest, which is not installed.",
            "Install it with: pip install 'samspill[change]'.",
        ) from None
    return pyfixest


def _prepared(
    rows: pl.DataFrame, outcome: str, unit: str, period: str, adopted: str
) -> tuple[Any, dict[str, int]]:
    missing = [c for c in (outcome, unit, period, adopted) if c not in rows.columns]
    if missing:
        raise SamspillError(
            f"The answers have no column {missing[0]!r}.",
            "Give unit, period, the first period with adoption, and the outcome.",
        )
    given = rows.select(
        pl.col(unit).rank("dense").cast(pl.Int64).alias("unit"),
        pl.col(period).cast(pl.Int64).alias("period"),
        pl.col(adopted).cast(pl.Int64).alias("adopted"),
        pl.col(outcome).cast(pl.Float64).alias("y"),
    ).drop_nulls(["unit", "period", "y"])
    if given.select(pl.struct("unit", "period").is_duplicated().any()).item():
        raise SamspillError(
            "A unit has two answers in one wave.", "Give one row per unit and wave."
        )
    waves = sorted(given["period"].unique().to_list())
    if len(waves) < 2:
        raise SamspillError("A change needs two waves.", "Give answers of at least two.")
    given = given.with_columns(
        pl.when(pl.col("adopted") > waves[-1])
        .then(None)
        .otherwise(pl.col("adopted"))
        .alias("adopted")
    )
    always = pl.col("adopted").is_not_null() & (pl.col("adopted") <= waves[0])
    counts = given.group_by("unit").agg(pl.col("adopted").first(), always.first().alias("always"))
    kept = given.filter(~always)
    groups = {
        "adopted": counts.filter(pl.col("adopted").is_not_null() & ~pl.col("always")).height,
        "never": counts.filter(pl.col("adopted").is_null()).height,
        "before the first wave": counts.filter("always").height,
    }
    if not groups["adopted"]:
        raise SamspillError(
            "Nobody adopted between the waves.", "Choose other waves or another attribute."
        )
    if not groups["never"]:
        raise SamspillError(
            "Everybody adopted, so nobody is left to compare with.",
            "Choose waves before the last have adopted.",
        )
    return kept.with_columns(pl.col("adopted").fill_null(0)).to_pandas(), groups


def _saturated(
    package: Any, data: Any, _name: str, level: float
) -> tuple[list[dict[str, Any]], PreTrend | None]:
    """Counts waves from 1, for 0 is never."""
    shift = 1 - int(data["period"].min())
    data["period"] += shift
    data.loc[data["adopted"] > 0, "adopted"] += shift
    fit = package.event_study(
        data, yname="y", idname="unit", tname="period", gname="adopted", estimator="saturated"
    )
    names, beta, covariance = list(fit._coefnames), fit._beta_hat, fit._vcov
    places = [_place(name) for name in names]
    sizes = data[data["adopted"] > 0].groupby(["adopted", "period"]).size()
    weight = {
        (int(cohort), int(period - cohort)): float(n) for (cohort, period), n in sizes.items()
    }
    relatives = sorted({relative for relative, _ in places})
    rows, leads = [], []
    for relative in relatives:
        mix = _mix(places, weight, partial(eq, relative))
        rows.append(_row(relative, mix, beta, covariance, level))
        if relative < -1:
            leads.append(mix)
    rows.append(_row(None, _mix(places, weight, lambda r: r >= 0), beta, covariance, level))
    return rows, _wald(np.array(leads), beta, covariance) if leads else None


def _place(name: str) -> tuple[int, int]:
    """Waves since adoption and cohort, from a coefficient's name."""
    found = re.fullmatch(r".+::(-?[0-9.]+):.+::([0-9.]+)", name)
    if found is None:
        raise LookupError(name)
    return int(float(found[1])), int(float(found[2]))


def _mix(
    places: list[tuple[int, int]],
    weight: Mapping[tuple[int, int], float],
    chosen: Callable[[int], bool],
) -> Floats:
    """The weights of the coefficients in an average over cohorts and the waves ``chosen``."""
    mix = np.array(
        [
            weight.get((cohort, relative), 0.0) if chosen(relative) else 0.0
            for relative, cohort in places
        ]
    )
    total = mix.sum()
    return mix / total if total else mix


def _row(
    relative: int | None, mix: Floats, beta: Floats, covariance: Floats, level: float
) -> dict[str, Any]:
    error = math.sqrt(max(float(mix @ covariance @ mix), 0.0))
    return _told(relative, float(mix @ beta), error, level)


def _told(relative: int | None, estimate: float, error: float, level: float) -> dict[str, Any]:
    half = normal_quantile(level) * error
    return {
        "relative": relative,
        "estimate": estimate,
        "standard_error": error,
        "low": estimate - half,
        "high": estimate + half,
        "p": normal_p(estimate / error) if error > 0 else None,
    }


def _wald(mixes: Floats, beta: Floats, covariance: Floats) -> PreTrend | None:
    from scipy.special import chdtrc

    values, spread = mixes @ beta, mixes @ covariance @ mixes.T
    rank = int(np.linalg.matrix_rank(spread))
    if not rank:
        return None
    statistic = float(values @ np.linalg.pinv(spread) @ values)
    return PreTrend(statistic, rank, float(chdtrc(rank, statistic)))


def _average(
    package: Any, data: Any, name: str, level: float
) -> tuple[list[dict[str, Any]], PreTrend | None]:
    fit = package.event_study(
        data, yname="y", idname="unit", tname="period", gname="adopted", estimator=name
    )
    return [_told(None, float(fit.coef().iloc[0]), float(fit.se().iloc[0]), level)], None


def _local_projections(
    package: Any, data: Any, _name: str, level: float
) -> tuple[list[dict[str, Any]], PreTrend | None]:
    relative = (data["period"] - data["adopted"])[data["adopted"] > 0]
    fit = package.lpdid(
        data,
        yname="y",
        idname="unit",
        tname="period",
        gname="adopted",
        att=False,
        pre_window=int(relative.min()),
        post_window=int(relative.max()),
    )
    rows = []
    for name, row in fit.tidy().iterrows():
        since = int(float(str(name).rpartition("::")[2]))
        rows.append(_told(since, float(row["Estimate"]), float(row["Std. Error"]), level))
    return rows, None
