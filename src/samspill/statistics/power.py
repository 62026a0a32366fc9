"""Power before a wave: how large a change could it show at all?

Normal approximations with the variance of the test under no change and under the change, as R's
``power.prop.test`` has them, and the exact power of the same tests beside them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, Literal

import numpy as np
import polars as pl

from samspill.errors import SamspillError
from samspill.statistics.results import Result

Design = Literal["independent", "paired", "adoption"]
FINEST = 1e-9
OUT_OF_REACH = "not even the largest possible change would be found"
NORMAL = NormalDist()


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Power(Result):
    """What could be detected.

    ``frame``: ``design``, ``n_before``, ``n_after``, ``n_both`` (units; of ``adoption`` those that
    adopt and the others stand in n_before and n_after), ``population`` (null for many),
    ``before`` (the share now), ``turnover`` (null where units are not followed), ``increase``,
    ``decrease`` (the smallest changes found with ``power``, as shares; null where none is, and
    ``note`` says so), ``power``, ``level``, ``note``.
    """

    @property
    def heading(self) -> str:
        return "The smallest change that would be found"


def independent_power(
    before: float,
    after: float,
    n_before: int,
    n_after: int,
    *,
    level: float = 0.95,
    population: float = math.inf,
) -> float:
    """The probability that two independent samples differ significantly, two-sided.

    The score test's normal approximation (Fleiss, Levin & Paik 2003, Statistical Methods for
    Rates and Proportions, section 4.4, without continuity correction). ``population`` multiplies
    each variance by (N − n)/(N − 1).
    """
    v1, v2 = _inverse(n_before, population), _inverse(n_after, population)
    return _normal_power(*_independent(before, after, v1, v2), after - before, level)


def paired_power(
    turnover: float,
    difference: float,
    n: int,
    *,
    level: float = 0.95,
    population: float = math.inf,
) -> float:
    """The probability that McNemar's test finds a net change in ``n`` units that answer twice.

    ``turnover`` is the share whose answer changes, in either direction; it is at least as large
    as the net change (Connor 1987, Biometrics 43:207–211).
    """
    return _normal_power(*_paired(turnover, difference, _inverse(n, population)), difference, level)


def adoption_power(
    n_adopting: int,
    n_others: int,
    difference: float,
    *,
    turnover: float,
    level: float = 0.95,
) -> float:
    """The probability that the change of those that adopt differs from that of the others.

    A difference in differences of shares in units that answer twice; ``turnover`` is that of both
    groups without adoption, and the others' share is taken to stand still.
    """
    null = turnover / n_adopting + turnover / n_others
    moving = max(turnover, abs(difference)) - difference**2
    own = moving / n_adopting + turnover / n_others
    return _normal_power(math.sqrt(null), math.sqrt(max(own, 0.0)), difference, level)


def exact_independent_power(
    before: float, after: float, n_before: int, n_after: int, *, level: float = 0.95
) -> float:
    """``independent_power`` summed over every pair of counts: the score test's exact power."""
    from scipy.stats import binom

    x1, x2 = np.arange(n_before + 1), np.arange(n_after + 1)
    pooled = (x1[:, None] + x2[None, :]) / (n_before + n_after)
    distance = np.abs(x2[None, :] / n_after - x1[:, None] / n_before)
    error = np.sqrt(pooled * (1 - pooled) * (1 / n_before + 1 / n_after))
    z = _z(level)
    found = distance > z * error + FINEST
    chance = binom.pmf(x1, n_before, before)[:, None] * binom.pmf(x2, n_after, after)[None, :]
    return float(chance[found].sum())


def exact_paired_power(
    turnover: float, difference: float, n: int, *, level: float = 0.95, test: str = "mid_p"
) -> float:
    """``paired_power`` summed over every number of changes: the exact power of McNemar's test."""
    from scipy.stats import binom

    from samspill.statistics.change.paired import mcnemar

    total = max(turnover, abs(difference))
    upwards = (total + difference) / 2 / total if total else 0.5
    power = 0.0
    for moved, chance in enumerate(binom.pmf(np.arange(n + 1), n, total)):
        if chance < 1e-12:
            continue
        gained = np.arange(moved + 1)
        found = mcnemar(gained, moved - gained, test) < 1 - level
        power += float(chance * binom.pmf(gained[found], moved, upwards).sum())
    return power


def detectable(
    before: float,
    n_before: int,
    n_after: int,
    *,
    n_both: int | None = None,
    turnover: float | None = None,
    power: float = 0.8,
    level: float = 0.95,
    population: int | None = None,
) -> Power:
    """The smallest increase and decrease of a share that two waves would find.

    Without ``n_both`` the waves are independent samples; with it and ``turnover`` only the units
    that answer both times are compared, by McNemar's test. The test is two-sided at 1 − ``level``.
    Raises SamspillError for numbers that cannot be.
    """
    _check(before, power, level, (n_before, n_after), population)
    size = math.inf if population is None else float(population)
    paired = n_both is not None
    if n_both is not None:
        if turnover is None or not 0 < turnover <= 1:
            raise SamspillError(
                "Units that answer twice need an expected turnover.",
                "Give the share that would change its answer, above 0 and up to 1.",
            )
        _check(before, power, level, (n_both,), population)
        least: float = turnover
        n = n_both

        def reached(difference: float) -> float:
            return paired_power(
                max(least, abs(difference)), difference, n, level=level, population=size
            )
    else:

        def reached(difference: float) -> float:
            return independent_power(
                before, before + difference, n_before, n_after, level=level, population=size
            )

    row = {
        "design": "paired" if paired else "independent",
        "n_before": n_before,
        "n_after": n_after,
        "n_both": n_both,
        "population": population,
        "before": before,
        "turnover": turnover if paired else None,
        **_smallest(reached, before, power),
        "power": power,
        "level": level,
    }
    return Power(_frame([row]))


def detectable_adoption(
    before: float,
    n_adopting: int,
    n_others: int,
    *,
    turnover: float,
    power: float = 0.8,
    level: float = 0.95,
) -> Power:
    """The smallest difference in differences that would be found where some units adopt.

    Raises SamspillError for numbers that cannot be.
    """
    _check(before, power, level, (n_adopting, n_others), None)
    if not 0 < turnover <= 1:
        raise SamspillError(
            "An expected turnover lies above 0 and up to 1.", "Give the share that would change."
        )

    def reached(difference: float) -> float:
        return adoption_power(n_adopting, n_others, difference, turnover=turnover, level=level)

    row = {
        "design": "adoption",
        "n_before": n_adopting,
        "n_after": n_others,
        "n_both": n_adopting + n_others,
        "population": None,
        "before": before,
        "turnover": turnover,
        **_smallest(reached, before, power),
        "power": power,
        "level": level,
    }
    return Power(_frame([row]))


def power_curve(
    before: float,
    differences: Sequence[float],
    n_before: int,
    n_after: int,
    *,
    turnover: float | None = None,
    level: float = 0.95,
    population: int | None = None,
) -> Power:
    """The power against each of several changes: a frame with ``difference`` and ``power``.

    With ``turnover`` all ``n_after`` units answer both times.
    """
    size = math.inf if population is None else float(population)
    rows = []
    for difference in differences:
        if not 0 <= before + difference <= 1:
            continue
        if turnover is None:
            value = independent_power(
                before, before + difference, n_before, n_after, level=level, population=size
            )
        else:
            value = paired_power(
                max(turnover, abs(difference)), difference, n_after, level=level, population=size
            )
        rows.append({"difference": difference, "power": value})
    return Power(pl.DataFrame(rows, schema={"difference": pl.Float64, "power": pl.Float64}))


def _smallest(reached: Callable[[float], float], before: float, power: float) -> dict[str, Any]:
    found = {}
    for name, most in (("increase", 1 - before), ("decrease", -before)):
        found[name] = _crossing(reached, most, power)
    lacking = [name for name, value in found.items() if value is None]
    return {**found, "note": OUT_OF_REACH if lacking else ""}


def _crossing(reached: Callable[[float], float], most: float, power: float) -> float | None:
    """The smallest change towards ``most`` with this power; power rises with the change."""
    if most == 0 or reached(most) < power:
        return None
    low, high = 0.0, most
    while abs(high - low) > FINEST:
        middle = (low + high) / 2
        if reached(middle) < power:
            low = middle
        else:
            high = middle
    return abs(high)


def _independent(p1: float, p2: float, v1: float, v2: float) -> tuple[float, float]:
    """Standard errors under no change and under the change."""
    pooled = (p1 * v2 + p2 * v1) / (v1 + v2) if v1 + v2 else p1
    null = math.sqrt(pooled * (1 - pooled) * (v1 + v2))
    return null, math.sqrt(p1 * (1 - p1) * v1 + p2 * (1 - p2) * v2)


def _paired(turnover: float, difference: float, inverse: float) -> tuple[float, float]:
    if turnover + FINEST < abs(difference):
        raise SamspillError(
            "The turnover is smaller than the net change.",
            "Give at least the share that must change for the net change.",
        )
    own = max(turnover - difference**2, 0.0)
    return math.sqrt(turnover * inverse), math.sqrt(own * inverse)


def _normal_power(null: float, own: float, difference: float, level: float) -> float:
    """Φ((|δ| − z·SE₀)/SE₁): the far tail is left out, as in ``power.prop.test``."""
    margin = abs(difference) - _z(level) * null
    if own == 0:
        return 1.0 if margin > 0 else 0.0
    return NORMAL.cdf(margin / own)


def _inverse(n: int, population: float) -> float:
    if math.isinf(population):
        return 1 / n
    return max((population - n) / (n * (population - 1)), 0.0)


def _z(level: float) -> float:
    return NORMAL.inv_cdf((1 + level) / 2)


def _frame(rows: Sequence[dict[str, Any]]) -> pl.DataFrame:
    kinds = dict.fromkeys(("before", "turnover", "increase", "decrease"), pl.Float64)
    return pl.DataFrame(
        rows, schema_overrides={**kinds, "population": pl.Int64, "n_both": pl.Int64}
    )


def _check(
    before: float, power: float, level: float, sizes: Sequence[int], population: int | None
) -> None:
    for what, value, step in (
        ("a share", before, "Give one between 0 and 1, such as 0.4."),
        ("a power", power, "Give one between 0 and 1, such as 0.8."),
        ("a confidence level", level, "Give one between 0 and 1, such as 0.95."),
    ):
        if not (0 <= value <= 1 if what == "a share" else 0 < value < 1):
            raise SamspillError(f"{value} is not {what}.", step)
    for n in sizes:
        if n < 2:
            raise SamspillError(f"{n} is too few units to compare.", "Give at least two.")
        if population is not None and n > population:
            raise SamspillError(
                f"{n} units are more than the population of {population}.",
                "Correct the numbers.",
            )
