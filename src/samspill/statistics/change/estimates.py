"""The change of one number between two waves, from the patterns of its units."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from samspill.statistics.change.paired import (
    combined_limits,
    corrected_phi,
    mcnemar,
    phi,
    tango,
)
from samspill.statistics.change.patterns import Floats, Pair
from samspill.statistics.intervals import normal_quantile
from samspill.statistics.population import inverse_effective_size
from samspill.statistics.significance import normal_p, two_sided_p

Basis = Literal["panel", "all", "independent"]
PairedMethod = Literal["newcombe", "tango"]
PairedTest = Literal["mid_p", "exact", "asymptotic"]

NO_ANSWERS = "no answers in one of the waves"
NO_PAIRS = "no unit answered in both waves"
TOO_FEW = "fewer than two units: no interval"
ALIKE = "all changed alike: no interval by this method"
FULL_COUNT = "every unit answered in both waves: nothing is uncertain"


@dataclass(frozen=True, slots=True)
class Sizes:
    """Units of the population in each wave; infinite where the waves are samples of many."""

    before: float = math.inf
    after: float = math.inf

    @property
    def common(self) -> float:
        """Units taken to be in both; the fewer, which never narrows an interval too much."""
        return min(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Estimate:
    """``after`` less ``before`` with limits and p-value; None where there are none (``note``)."""

    n_both: int
    n_before: int
    n_after: int
    before: float | None = None
    after: float | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    correlation: float | None = None
    method: str = ""
    test: str = ""
    note: str = ""


def estimate(
    pair: Pair,
    basis: Basis,
    *,
    binary: bool,
    level: float,
    method: PairedMethod = "newcombe",
    test: PairedTest = "mid_p",
    sizes: Sizes | None = None,
) -> Estimate:
    """The change in the units that ``basis`` names.

    ``panel`` takes units that answered in both waves, ``all`` every answer with the covariance
    that the common units bring, ``independent`` every answer as if no unit stood in both.
    """
    both = pair.both
    if basis == "panel":
        pair = pair.among(both)
        both = pair.both
    counts = _counts(pair, both)
    if not counts[1] or not counts[2]:
        return Estimate(*counts, note=NO_PAIRS if basis == "panel" else NO_ANSWERS)
    if pair.weighted:
        return _weighted(pair, basis, counts, level)
    finite = sizes or Sizes()
    if not binary:
        return _means(pair, basis, counts, level, finite)
    return _shares(pair, basis, counts, level, method, test, finite)


def _counts(pair: Pair, both: np.ndarray) -> tuple[int, int, int]:
    return (
        int(pair.n[both].sum()),
        int(pair.n[~np.isnan(pair.before)].sum()),
        int(pair.n[~np.isnan(pair.after)].sum()),
    )


def _shares(
    pair: Pair,
    basis: Basis,
    counts: tuple[int, int, int],
    level: float,
    method: PairedMethod,
    test: PairedTest,
    sizes: Sizes,
) -> Estimate:
    m, n1, n2 = counts
    before, after = _mean(pair, pair.before), _mean(pair, pair.after)
    kept, gained, lost = pair.count(1, 1), pair.count(0, 1), pair.count(1, 0)
    finite = math.isfinite(sizes.common)
    v1, v2 = _inverse(n1, sizes.before), _inverse(n2, sizes.after)
    overlapping = basis != "independent" and m > 0
    shared = _shared(m, n1, n2, sizes) if overlapping else 0.0
    plain = float(phi(kept, gained, lost, m)) if overlapping else 0.0
    corrected = float(corrected_phi(kept, gained, lost, m)) if overlapping else 0.0
    whole = m == n1 == n2 and overlapping
    base = Estimate(
        *counts,
        before=before,
        after=after,
        difference=after - before,
        correlation=plain if overlapping else None,
    )
    if v1 == 0 and v2 == 0:
        value = after - before
        return replace(base, low=value, high=value, method="full count",
                        note=FULL_COUNT)  # fmt: skip
    if whole and method == "tango" and not finite:
        low, high = tango(gained, lost, m, level)
        name = "tango"
    else:
        low, high = combined_limits(before, v1, after, v2, corrected * shared, level)
        name = "newcombe_paired" if whole else "newcombe_overlap" if overlapping else "newcombe"
    if whole and not finite:
        p: float | None = float(mcnemar(gained, lost, test))
        name_of_test = f"mcnemar_{test}"
    else:
        pooled = (n1 * before + n2 * after) / (n1 + n2)
        spread = pooled * (1 - pooled) * (v1 + v2 - 2 * plain * shared * math.sqrt(v1 * v2))
        value = after - before
        p = normal_p(value / math.sqrt(spread)) if spread > 0 else (1.0 if value == 0 else None)
        name_of_test = "score_overlap" if overlapping else "score"
    return replace(
        base,
        low=float(low),
        high=float(high),
        p=p,
        method=f"{name}, finite population" if finite else name,
        test=name_of_test,
    )


def _inverse(n: int, population: float) -> float:
    """One divided by the effective number of answers."""
    if math.isinf(population):
        return 1 / n
    return float(inverse_effective_size(n, population))


def _shared(m: int, n1: int, n2: int, sizes: Sizes) -> float:
    """The correlation of two estimates over that of two answers of one unit.

    The covariance of two means of simple random samples of n₁ and n₂ units with m in common is
    S₁₂(m/(n₁n₂) − 1/N) (Qualité & Tillé 2008, Survey Methodology 34:173–181); divided by the
    roots of 1/n − 1/N it is what the units' own correlation is to be multiplied by.
    """
    first, second = (1 / n1 - 1 / sizes.before), (1 / n2 - 1 / sizes.after)
    if first <= 0 or second <= 0:
        return 0.0
    covariance = m / (n1 * n2) - 1 / sizes.common
    return float(np.clip(covariance / math.sqrt(first * second), -1.0, 1.0))


def _means(
    pair: Pair, basis: Basis, counts: tuple[int, int, int], level: float, sizes: Sizes
) -> Estimate:
    """Means by the partially overlapping samples t with separate variances (Derrick, Russ, Toher &
    White 2017, Journal of Modern Applied Statistical Methods 16:137–157), which is the paired t
    with all units in common and Welch's with none."""
    m, n1, n2 = counts
    overlapping = basis != "independent" and m > 0
    before, after = _mean(pair, pair.before), _mean(pair, pair.after)
    difference = after - before
    base = Estimate(*counts, before=before, after=after, difference=difference)
    if min(n1, n2) < 2:
        return replace(base, note=TOO_FEW)
    s1, s2 = _variance(pair, pair.before), _variance(pair, pair.after)
    correlation = _correlation(pair) if overlapping and m > 1 else 0.0
    f1, f2 = 1 / n1 - 1 / sizes.before, 1 / n2 - 1 / sizes.after
    common = m / (n1 * n2) - (1 / sizes.common) if overlapping else 0.0
    variance = s1 * f1 + s2 * f2 - 2 * correlation * math.sqrt(s1 * s2) * common
    told = correlation if overlapping and s1 * s2 > 0 else None
    finite = ", finite population" if math.isfinite(sizes.common) else ""
    name = "paired_t" if m == n1 == n2 and overlapping else "overlap_t" if overlapping else "welch"
    if f1 <= 0 and f2 <= 0:
        return replace(base, low=difference, high=difference,
                        correlation=told, method="full count", note=FULL_COUNT)  # fmt: skip
    if variance <= 1e-15 * max(1.0, s1 + s2):
        p = 1.0 if difference == 0 else None
        return replace(base, p=p, correlation=told, method=name + finite,
                        test=name, note=ALIKE)  # fmt: skip
    freedom = _freedom(s1, s2, n1, n2, m if overlapping else 0)
    half = _t(level, freedom) * math.sqrt(variance)
    return replace(
        base,
        low=difference - half,
        high=difference + half,
        p=float(two_sided_p(difference / math.sqrt(variance), freedom)),
        correlation=told,
        method=name + finite,
        test=name,
    )


def _freedom(s1: float, s2: float, n1: int, n2: int, m: int) -> float:
    one, other = s1 / n1, s2 / n2
    if one + other == 0:
        return float(max(m - 1, 1))
    welch = (one + other) ** 2 / (one**2 / (n1 - 1) + other**2 / (n2 - 1))
    single = n1 + n2 - 2 * m
    return (m - 1) + (welch - m + 1) / (n1 + n2) * single if m else welch


def _weighted(pair: Pair, basis: Basis, counts: tuple[int, int, int], level: float) -> Estimate:
    """Weighted means with the linearised variance, each unit a cluster of its answers.

    A unit's weight is the same in both waves. Var = n/(n − 1) Σ wᵢ² (e₂ᵢ/W₂ − e₁ᵢ/W₁)², with e the
    distance to the wave's mean and W its sum of weights (Binder 1983, International Statistical
    Review 51:279–292).
    """
    before, after = _weighted_mean(pair, pair.before), _weighted_mean(pair, pair.after)
    if before is None or after is None:
        return Estimate(*counts, note="the weights add up to zero")
    difference = after - before
    scores = [
        np.where(np.isnan(values), 0.0, (values - mean) / pair.w[~np.isnan(values)].sum())
        for values, mean in ((pair.before, before), (pair.after, after))
    ]
    if basis == "independent":
        variance = sum(
            _clustered(pair, score, int(n)) for score, n in zip(scores, counts[1:], strict=True)
        )
    else:
        variance = _clustered(pair, scores[1] - scores[0], int(pair.n.sum()))
    base = Estimate(*counts, before=before, after=after, difference=difference)
    name = {"panel": "linearised, paired", "all": "linearised, overlap"}.get(basis, "linearised")
    if not variance > 0:
        return replace(base, method=name, note=ALIKE)
    error = math.sqrt(variance)
    half = normal_quantile(level) * error
    return replace(
        base,
        low=difference - half,
        high=difference + half,
        p=normal_p(difference / error),
        method=name,
        test="wald",
    )


def _clustered(pair: Pair, score: Floats, n: int) -> float:
    return n / (n - 1) * float(np.sum(pair.w2 * score**2)) if n > 1 else math.nan


def _mean(pair: Pair, values: Floats) -> float:
    there = ~np.isnan(values)
    return float(np.sum(pair.n[there] * values[there]) / pair.n[there].sum())


def _weighted_mean(pair: Pair, values: Floats) -> float | None:
    there = ~np.isnan(values)
    total = pair.w[there].sum()
    return float(np.sum(pair.w[there] * values[there]) / total) if total > 0 else None


def _variance(pair: Pair, values: Floats) -> float:
    there = ~np.isnan(values)
    n = pair.n[there]
    centre = float(np.sum(n * values[there]) / n.sum())
    return float(np.sum(n * (values[there] - centre) ** 2) / (n.sum() - 1))


def _correlation(pair: Pair) -> float:
    """Of the two answers of the units that gave both; 0 where one of them does not vary."""
    both = pair.both
    n, y1, y2 = pair.n[both], pair.before[both], pair.after[both]
    one, other = y1 - np.average(y1, weights=n), y2 - np.average(y2, weights=n)
    spread = math.sqrt(np.sum(n * one**2) * np.sum(n * other**2))
    return float(np.sum(n * one * other) / spread) if spread > 0 else 0.0


def _t(level: float, freedom: float) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(freedom, (1 + level) / 2))
