"""Contrasts between groups: differences, odds ratios and risk ratios of shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import polars as pl

from samspill.errors import SamspillError
from samspill.statistics import intervals, score_limits
from samspill.statistics.cells import Cells, as_names
from samspill.statistics.pairs import (
    FULL_COUNT,
    Floats,
    Pairs,
    Test,
    log_odds_ratio_variance,
    log_risk_ratio_variance,
    p_values,
    pairs,
    table,
)
from samspill.statistics.population import Population
from samspill.statistics.results import Result

DifferenceMethod = Literal["newcombe", "miettinen_nurminen", "wald"]
OddsRatioMethod = Literal["woolf", "exact"]
RiskRatioMethod = Literal["katz", "koopman", "miettinen_nurminen"]
ZeroCorrection = Literal["haldane_anscombe"]

ZERO_CELL = "a count is zero: no interval by this method"
UNDEFINED = "both groups have the same extreme: the ratio is undefined"
NO_TEST = "all answers are alike: no test by this method"
OWN_TEST: dict[str, Test] = {
    "newcombe": "score",
    "miettinen_nurminen": "score_n_minus_1",
    "wald": "wald",
    "woolf": "wald",
    "exact": "fisher",
    "katz": "wald",
    "koopman": "score",
}
LARGE_SAMPLE = ("newcombe", "wald", "woolf", "katz")


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Contrasts(Result):
    """Groups compared with a reference group.

    ``frame``: ``outcome``, the columns of ``within``, ``split`` (the column compared),
    ``group``, ``reference``, ``n``, ``count``, ``share`` of the group, ``n_reference``,
    ``count_reference``, ``share_reference``, ``estimate``, ``low``, ``high``, ``p`` (two-sided,
    of no difference), ``method`` (of the interval), ``test`` (of the p-value) and ``note``
    (why something is missing, otherwise empty). ``measure`` is ``difference`` (of shares, −1 to
    1), ``odds_ratio`` or ``risk_ratio``.
    """

    measure: str = "difference"
    level: float = 0.95

    @property
    def heading(self) -> str:
        name = self.measure.replace("_", " ").capitalize()
        return f"{name}s of shares with {100 * self.level:g} % intervals"


def differences(
    cells: Cells,
    by: str,
    *,
    reference: Any = None,
    within: str | Sequence[str] = (),
    level: float = 0.95,
    method: DifferenceMethod = "newcombe",
    test: Test | None = None,
    population: Population | None = None,
) -> Contrasts:
    """The difference of shares between every group of ``by`` and the reference group.

    ``newcombe`` combines the Wilson limits of both groups (method 10 of Newcombe 1998,
    Statistics in Medicine 17:873–890), ``miettinen_nurminen`` inverts the score test
    (Miettinen & Nurminen 1985), ``wald`` is the simple one. The p-value is by ``score``
    (Pearson's χ²) for newcombe and by the interval's own test otherwise, unless ``test`` is
    given; weighted cells are tested by ``wald``. ``within`` compares separately within the
    values of these columns; ``population`` is as in ``shares``, with newcombe or wald.

    Raises SamspillError for outcomes that are not 0/1, unknown columns, groups or methods, and
    methods that have no form for weights or a finite population.
    """
    pair, test = _prepare(
        cells, by, reference, as_names(within), population, method, test, DifferenceMethod
    )
    intervals.normal_quantile(level)
    estimate = pair.p1 - pair.p2
    low, high = np.full(estimate.size, np.nan), np.full(estimate.size, np.nan)
    use = pair.usable
    if method == "miettinen_nurminen":
        low[use], high[use] = score_limits.difference_limits(
            pair.x1[use], pair.n1[use], pair.x2[use], pair.n2[use], level
        )
    elif method == "wald":
        variance = pair.p1 * (1 - pair.p1) * pair.m1 + pair.p2 * (1 - pair.p2) * pair.m2
        half = intervals.normal_quantile(level) * np.sqrt(variance)
        low, high = np.maximum(estimate - half, -1), np.minimum(estimate + half, 1)
    else:
        l1, u1 = intervals.wilson(pair.p1, pair.m1, level)
        l2, u2 = intervals.wilson(pair.p2, pair.m2, level)
        low = estimate - np.sqrt((pair.p1 - l1) ** 2 + (u2 - pair.p2) ** 2)
        high = estimate + np.sqrt((u1 - pair.p1) ** 2 + (pair.p2 - l2) ** 2)
    name = _method_name(method, cells.weighted, population is not None)
    return _contrasts(pair, estimate, (low, high), "difference", level, name, test)


def odds_ratios(
    cells: Cells,
    by: str,
    *,
    reference: Any = None,
    within: str | Sequence[str] = (),
    level: float = 0.95,
    method: OddsRatioMethod = "woolf",
    correction: ZeroCorrection | None = None,
    test: Test | None = None,
    population: Population | None = None,
) -> Contrasts:
    """The odds of every group of ``by`` over those of the reference group.

    ``woolf`` is the normal interval of the log odds ratio (Woolf 1955, Annals of Human Genetics
    19:251–253); ``exact`` gives the conditional maximum-likelihood estimate with the exact
    conditional interval (Cornfield 1956) and Fisher's test. With a zero count Woolf has no
    interval: it says so, and nothing is added to the counts unless
    ``correction="haldane_anscombe"`` adds 0.5 to all four counts of *every* table (Haldane 1956;
    Anscombe 1956). Other arguments and errors as in ``differences``.
    """
    pair, test = _prepare(
        cells, by, reference, as_names(within), population, method, test, OddsRatioMethod
    )
    z = intervals.normal_quantile(level)
    name = _method_name(method, cells.weighted, population is not None)
    if method == "exact":
        if correction:
            raise SamspillError(
                "The exact odds ratio takes no correction.", "Leave out correction=."
            )
        estimate, limits = _exact_odds_ratio(pair, level)
        return _contrasts(pair, estimate, limits, "odds_ratio", level, name, test)
    pair, name = _corrected(pair, correction, name, cells.weighted, population)
    with np.errstate(divide="ignore", invalid="ignore"):
        estimate = pair.p1 * (1 - pair.p2) / ((1 - pair.p1) * pair.p2)
        limits = _log_limits(estimate, log_odds_ratio_variance(pair), z)
    return _contrasts(pair, estimate, limits, "odds_ratio", level, name, test)


def risk_ratios(
    cells: Cells,
    by: str,
    *,
    reference: Any = None,
    within: str | Sequence[str] = (),
    level: float = 0.95,
    method: RiskRatioMethod = "katz",
    correction: ZeroCorrection | None = None,
    test: Test | None = None,
    population: Population | None = None,
) -> Contrasts:
    """The share of every group of ``by`` over that of the reference group.

    ``katz`` is the normal interval of the log ratio (Katz et al. 1978, Biometrics 34:469–474),
    ``koopman`` and ``miettinen_nurminen`` invert score tests (Koopman 1984; Miettinen &
    Nurminen 1985) and manage zero counts. Zero counts with katz, and ``correction``, as in
    ``odds_ratios``; other arguments and errors as in ``differences``.
    """
    pair, test = _prepare(
        cells, by, reference, as_names(within), population, method, test, RiskRatioMethod
    )
    z = intervals.normal_quantile(level)
    name = _method_name(method, cells.weighted, population is not None)
    if correction and method != "katz":
        raise SamspillError(
            f"The interval {method!r} takes no correction.", "Leave out correction=."
        )
    pair, name = _corrected(pair, correction, name, cells.weighted, population)
    with np.errstate(divide="ignore", invalid="ignore"):
        estimate = pair.p1 / pair.p2
        if method == "katz":
            limits = _log_limits(estimate, log_risk_ratio_variance(pair), z)
        else:
            limits = score_limits.ratio_limits(
                pair.x1, pair.n1, pair.x2, pair.n2, level,
                corrected=method == "miettinen_nurminen",
            )  # fmt: skip
    return _contrasts(pair, estimate, limits, "risk_ratio", level, name, test)


def _prepare(
    cells: Cells,
    by: str,
    reference: Any,
    within: Sequence[str],
    population: Population | None,
    method: str,
    test: Test | None,
    methods: Any,
) -> tuple[Pairs, Test]:
    """The pairs, and the test to use; raises SamspillError for what does not go together."""
    if method not in methods.__args__:
        raise SamspillError(
            f"There is no interval called {method!r} for this contrast.",
            f"Choose one of {', '.join(methods.__args__)}.",
        )
    if test is not None and test not in Test.__args__:  # type: ignore[attr-defined]
        raise SamspillError(
            f"There is no test called {test!r}.",
            f"Choose one of {', '.join(Test.__args__)}.",  # type: ignore[attr-defined]
        )
    chosen = test or ("wald" if cells.weighted else OWN_TEST[method])
    special = "weighted cells" if cells.weighted else "a finite population"
    if cells.weighted or population is not None:
        if method not in LARGE_SAMPLE:
            raise SamspillError(
                f"The interval {method!r} has no form for {special}.",
                f"Choose among {', '.join(m for m in methods.__args__ if m in LARGE_SAMPLE)}.",
            )
        allowed = ("wald",) if cells.weighted else ("wald", "score")
        if chosen not in allowed:
            raise SamspillError(
                f"The test {chosen!r} has no form for {special}.",
                f"Choose {' or '.join(allowed)}.",
            )
    return pairs(cells, by, reference, within, population), chosen


def _log_limits(estimate: Floats, variance: Floats, z: float) -> intervals.Limits:
    usable = (estimate > 0) & np.isfinite(estimate) & np.isfinite(variance)
    centre = np.log(np.where(usable, estimate, np.nan))
    half = z * np.sqrt(variance)
    return np.exp(centre - half), np.exp(centre + half)


def _corrected(
    pair: Pairs,
    correction: ZeroCorrection | None,
    name: str,
    weighted: bool,
    population: Population | None,
) -> tuple[Pairs, str]:
    """The pairs with 0.5 added to every count, where asked for by name."""
    if correction is None:
        return pair, name
    if correction != "haldane_anscombe" or weighted or population is not None:
        raise SamspillError(
            f"The correction {correction!r} cannot be used here.",
            "'haldane_anscombe' is the one there is, for unweighted cells without population=.",
        )
    x1, n1, x2, n2 = pair.x1 + 0.5, pair.n1 + 1, pair.x2 + 0.5, pair.n2 + 1
    corrected = replace(
        pair, x1=x1, n1=n1, p1=x1 / n1, m1=1 / n1, x2=x2, n2=n2, p2=x2 / n2, m2=1 / n2
    )
    return corrected, f"{name}, haldane_anscombe"


def _exact_odds_ratio(pair: Pairs, level: float) -> tuple[Floats, intervals.Limits]:
    from scipy.stats.contingency import odds_ratio

    estimate, low, high = (np.full(pair.x1.size, np.nan) for _ in range(3))
    for row in np.flatnonzero(pair.usable):
        counts = table(pair, int(row))
        fitted = odds_ratio(counts, kind="conditional")
        interval = fitted.confidence_interval(confidence_level=level)
        estimate[row], low[row], high[row] = fitted.statistic, interval.low, interval.high
    return estimate, (low, high)


def _method_name(method: str, weighted: bool, finite: bool) -> str:
    if weighted:
        return f"{method}, weighted"
    return f"{method}, finite population" if finite else method


def _contrasts(
    pair: Pairs,
    estimate: Floats,
    limits: intervals.Limits,
    measure: str,
    level: float,
    method: str,
    test: Test,
) -> Contrasts:
    p = p_values(pair, test, measure)
    low, high = limits
    full_count = pair.usable & (pair.m1 == 0) & (pair.m2 == 0)
    reasons = np.select(
        [~pair.usable, full_count, np.isnan(estimate), np.isnan(low), np.isnan(p)],
        ["", FULL_COUNT, UNDEFINED, ZERO_CELL, NO_TEST],
        default="",
    )
    usable = pair.usable
    columns = [
        pl.Series(name, np.where(usable, values, np.nan)).fill_nan(None)
        for name, values in (("estimate", estimate), ("low", low), ("high", high), ("p", p))
    ]
    own_note = pl.col("note")
    frame = pair.frame.with_columns(
        *columns,
        pl.lit(method).alias("method"),
        pl.lit(test).alias("test"),
        pl.when(own_note == "")
        .then(pl.Series("reason", reasons))
        .otherwise(own_note)
        .alias("note"),
    )
    last = ("estimate", "low", "high", "p", "method", "test", "note")
    first = [name for name in pair.frame.columns if name != "note"]
    return Contrasts(frame.select(*first, *last), measure, level)
