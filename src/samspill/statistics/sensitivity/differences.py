"""Tipping points of differences between two groups."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import polars as pl

from samspill.errors import SamspillError
from samspill.statistics.cells import Cells, as_names
from samspill.statistics.contrasts import differences, odds_ratios
from samspill.statistics.intervals import normal_quantile
from samspill.statistics.results import Result
from samspill.statistics.sensitivity.mixture import Mixture

Measure = Literal["difference", "log_odds_ratio"]
Values = dict[str, Any]

NO_SILENT = "everyone in both groups answered"
NO_DIFFERENCE = "the two groups answered alike"
NO_SHARE = "a group has no answers"
NO_TEST = "all answers of a group are alike: no interval by this measure"
NEVER = "no answers of the silent would turn it"

SCHEMA: dict[str, type[pl.DataType]] = {
    "n_reference": pl.Int64,
    "count_reference": pl.Int64,
    "share_reference": pl.Float64,
    "n_comparison": pl.Int64,
    "count_comparison": pl.Int64,
    "share_comparison": pl.Float64,
    "difference": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "clear": pl.Boolean,
    "silent": pl.Int64,
    "silent_reference": pl.Float64,
    "silent_comparison": pl.Float64,
    "bound_low": pl.Float64,
    "bound_high": pl.Float64,
    "shift_interval": pl.Float64,
    "silent_difference_interval": pl.Float64,
    "shift_sign": pl.Float64,
    "silent_difference_sign": pl.Float64,
    "silent_share_reference_sign": pl.Float64,
    "silent_share_comparison_sign": pl.Float64,
    "shift_interval_least": pl.Float64,
    "silent_comparison_interval_least": pl.Int64,
    "shift_sign_least": pl.Float64,
    "silent_comparison_sign_least": pl.Int64,
    "note": pl.String,
}


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class TippingPoints(Result):
    """How different the silent would have to be for a difference to lose its sign or its clarity.

    ``frame``, one row per outcome and value of ``within``: ``outcome``, within…, ``n_*``,
    ``count_*``, ``share_*`` of reference and comparison; ``difference``, ``low``, ``high``
    (shares; of a log odds ratio where that is the measure); ``clear`` (the interval has no zero);
    ``silent`` (all who did not answer), ``silent_reference`` and ``silent_comparison`` (how they
    fall on the groups: those known, the others as the answers do); ``bound_low``, ``bound_high``
    (of the difference in shares of all units, whatever the silent are and however they fall).

    Tipping points: ``shift_interval`` and ``shift_sign`` are the smallest differences in share
    between the silent and those who answered, in both groups and in opposite directions, at which
    the interval reaches zero and the sign turns; ``silent_difference_*`` what the difference
    between the groups then is among the silent, ``silent_share_*_sign`` either share. Null where
    no answers of the silent do it (and, for the interval, where it holds zero already).
    ``shift_*_least`` are the smallest over all ways in which silent of unknown group may fall on
    the groups, at ``silent_comparison_*_least`` in the compared one. ``note`` says why there is
    none.
    """

    by: str = ""
    measure: Measure = "difference"
    level: float = 0.95

    @property
    def heading(self) -> str:
        return f"Tipping points of differences by {self.by}, {100 * self.level:g} % intervals"


def tipping_points(
    cells: Cells,
    by: str,
    population: Mapping[Any, int],
    *,
    unknown: int = 0,
    reference: Any = None,
    within: str | Sequence[str] = (),
    level: float = 0.95,
    measure: Measure = "difference",
) -> TippingPoints:
    """Tipping points of the difference between the two groups of ``by``.

    ``population`` gives the number of units in the frame that are known to be of each group,
    ``unknown`` the number whose group is not known; who of them did not answer is what is left
    when the answers are taken away. Silent of unknown group fall on the groups as the answers do,
    and in the ``least`` columns in the way that tips soonest.

    The share among the silent is a given number, not an estimate: the limits of Newcombe's
    interval move with the estimate, and keep the width that the answers give them. With
    ``measure="log_odds_ratio"`` the interval is Wald's of the log odds ratio of the whole groups,
    with the standard error of the answers carried over by linearisation; at shift 0 it is that of
    the logit, so that the shift is the one at which a star is lost.

    Raises SamspillError for more groups than two, outcomes that are not 0/1, and a frame smaller
    than its answers.
    Sources: Little 1993 (pattern mixtures); Yan, Lee & Li 2009, Journal of Biopharmaceutical
    Statistics 19:1085–1098, and Liublinska & Rubin 2014, Statistics in Medicine 33:4170–4185
    (tipping points); Manski 2007, chapter 2 (bounds).
    """
    within = as_names(within)
    if measure not in get_args(Measure):
        raise SamspillError(
            f"There is no measure called {measure!r}.",
            f"Choose one of {', '.join(get_args(Measure))}.",
        )
    base = differences(cells, by, reference=reference, within=within, level=level).frame
    if base["group"].n_unique() > 1:
        raise SamspillError(
            f"{by!r} has more than two groups, and two are compared.",
            "Keep the cells of two groups (Cells.where).",
        )
    ratios = None
    if measure == "log_odds_ratio":
        ratios = odds_ratios(cells, by, reference=reference, within=within, level=level).frame
    rows = []
    for number, row in enumerate(base.to_dicts()):
        silent0 = _silent(population, row["reference"], row["n_reference"], by)
        silent1 = _silent(population, row["group"], row["n"], by)
        ratio = ratios.row(number, named=True) if ratios is not None else None
        found = _tip(row, silent0, silent1, unknown, level, ratio)
        rows.append({"outcome": row["outcome"], **{k: row[k] for k in within}, **found})
    kept: dict[str, Any] = {"outcome": pl.String, **{k: base.schema[k] for k in within}, **SCHEMA}
    return TippingPoints(pl.DataFrame(rows, schema=kept), by, measure, level)


def _silent(population: Mapping[Any, int], group: Any, answered: int, by: str) -> int:
    if group not in population:
        raise SamspillError(
            f"The population has no size for the group {group!r}.",
            f"Give the number of units of every group of '{by}' in the frame.",
        )
    if population[group] < answered:
        raise SamspillError(
            f"The frame has {population[group]} units of the group {group!r}, "
            f"and {answered} answered.",
            "Correct the numbers of the frame.",
        )
    return population[group] - answered


def _tip(
    row: Values, silent0: int, silent1: int, unknown: int, level: float, ratio: Values | None
) -> Values:
    told = {
        "n_reference": row["n_reference"],
        "count_reference": row["count_reference"],
        "share_reference": row["share_reference"],
        "n_comparison": row["n"],
        "count_comparison": row["count"],
        "share_comparison": row["share"],
        "difference": row["estimate"],
        "low": row["low"],
        "high": row["high"],
        "silent": silent0 + silent1 + unknown,
        "note": "",
    }
    if ratio is not None:
        for name, column in (("difference", "estimate"), ("low", "low"), ("high", "high")):
            value = ratio[column]
            told[name] = math.log(value) if value and math.isfinite(value) else None
    if row["share"] is None or row["share_reference"] is None:
        return told | {"note": NO_SHARE}

    def mixture(into: float) -> Mixture:
        return Mixture(
            row["share_reference"],
            row["n_reference"],
            silent0 + unknown - into,
            row["share"],
            row["n"],
            silent1 + into,
        )

    answered = row["n"] + row["n_reference"]
    usual = mixture(unknown * row["n"] / answered)
    ways = [mixture(into) for into in range(unknown + 1)]
    told |= {
        "silent_reference": usual.silent0,
        "silent_comparison": usual.silent1,
        "bound_low": min(way.bounds[0] for way in ways),
        "bound_high": max(way.bounds[1] for way in ways),
        "clear": told["low"] is not None and (told["low"] > 0 or told["high"] < 0),
    }
    if row["estimate"] == 0:
        return told | {"note": NO_DIFFERENCE}
    if told["silent"] == 0:
        return told | {"note": NO_SILENT}
    told |= _sign(usual, ways)
    if told["low"] is None:
        return told | {"note": NO_TEST}
    if told["clear"]:
        told |= _interval(usual, ways, told, level, ratio is not None)
    if told["shift_sign"] is None and told["shift_sign_least"] is None:
        told["note"] = NEVER
    return told


def _sign(usual: Mixture, ways: Sequence[Mixture]) -> Values:
    distance = abs(usual.difference)
    shift = usual.shift_to(distance)
    least, at = _least([way.shift_to(distance) for way in ways], ways)
    told: Values = {
        "shift_sign": shift,
        "shift_sign_least": least,
        "silent_comparison_sign_least": at,
    }
    if shift is not None:
        share0, share1 = usual.silent_shares(shift)
        told |= {
            "silent_difference_sign": share1 - share0,
            "silent_share_reference_sign": share0,
            "silent_share_comparison_sign": share1,
        }
    return told


def _interval(
    usual: Mixture, ways: Sequence[Mixture], told: Values, level: float, by_odds: bool
) -> Values:
    nearest = min(abs(told["low"]), abs(told["high"]))

    def to_zero(way: Mixture) -> float | None:
        if by_odds:
            return way.first_shift(lambda shift: clearance(way, shift, level))
        return way.shift_to(nearest)

    shift = to_zero(usual)
    least, at = _least([to_zero(way) for way in ways], ways)
    found: Values = {
        "shift_interval": shift,
        "shift_interval_least": least,
        "silent_comparison_interval_least": at,
    }
    if shift is not None:
        share0, share1 = usual.silent_shares(shift)
        found["silent_difference_interval"] = share1 - share0
    return found


def clearance(mixture: Mixture, shift: float, level: float) -> float:
    """How far the Wald interval of the whole groups' log odds ratio is from zero at a shift;
    0 at the boundary, below it where the interval holds zero."""
    whole0, whole1 = mixture.whole_shares(shift)
    if not (0 < whole0 < 1 and 0 < whole1 < 1):
        return -math.inf
    estimate = math.log(whole1 / (1 - whole1)) - math.log(whole0 / (1 - whole0))
    variance = sum(
        p * (1 - p) / n / (whole * (1 - whole)) ** 2
        for p, n, whole in (
            (mixture.p0, mixture.n0, whole0),
            (mixture.p1, mixture.n1, whole1),
        )
    )
    side = 1 if mixture.difference >= 0 else -1
    return side * estimate - normal_quantile(level) * math.sqrt(variance)


def _least(
    shifts: Sequence[float | None], ways: Sequence[Mixture]
) -> tuple[float | None, int | None]:
    """The smallest shift, and how many of the silent are then in the compared group."""
    found = [(shift, way) for shift, way in zip(shifts, ways, strict=True) if shift is not None]
    if not found:
        return None, None
    shift, way = min(found, key=lambda pair: pair[0])
    return shift, round(way.silent1)
