"""Recomputing a printed number from a study's own answers, by kind of statistic."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import polars as pl

from samspill.analysis import families
from samspill.statistics import OlsFit, TwoGroups, two_group_logit, two_sided_p

if TYPE_CHECKING:
    from samspill.analysis.opened import OpenedStudy

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A recomputed number: its value on the printed scale, p where it is tested, and its base."""

    value: float
    n: int
    p: float | None = None


class Recomputer:
    """Recomputes printed numbers from counts; counts are taken once per split."""

    def __init__(self, analysis: OpenedStudy) -> None:
        self.analysis = analysis
        self._counts: dict[str, dict[tuple[str, str, str], tuple[int, float]]] = {}

    def __call__(self, row: Row) -> Recomputed | None:
        """The recomputed number, or None where the study does not hold what it is made of."""
        if row["basis"] == "cases":
            return self._of_cases(row)
        if row["basis"] != "survey":
            return None
        kind = _KINDS.get(row["statistic"])
        return kind(self, row) if kind else None

    def counts(self, row: Row, indicator: str, group: str | None) -> tuple[int, float]:
        """n and Σy of an indicator in the row's field, in one group of its split or in all."""
        split = row["split"] if group else ""
        found = self._split_counts(split or "")
        return found.get((indicator, row["field"] or "", group or ""), (0, 0.0))

    def _split_counts(self, split: str) -> dict[tuple[str, str, str], tuple[int, float]]:
        if split not in self._counts:
            cells = self.analysis.cells(list(self.analysis.definitions), split or None)
            group = pl.col(split) if split else pl.lit("")
            rows = cells.frame.select("outcome", "field", group.alias("group"), "n", "sum")
            self._counts[split] = {
                (outcome, field, value): (n, total)
                for outcome, field, value, n, total in rows.iter_rows()
            }
        return self._counts[split]

    def two_groups(self, row: Row) -> tuple[tuple[int, float], tuple[int, float]]:
        """Counts of the reference group and of the other."""
        reference, other = self.analysis.groups(row["split"])[:2]
        indicator = row["indicator"]
        return self.counts(row, indicator, reference), self.counts(row, indicator, other)

    def least_squares(self, row: Row) -> OlsFit | None:
        """The line through both groups; None where one has no answers, or each only one."""
        (n0, _), (n1, _) = self.two_groups(row)
        if not (n0 and n1) or n0 + n1 == 2:
            return None
        result = families.models(
            self.analysis, row["indicator"], row["split"], [row["field"]], 0.95, linear=True
        )
        fit: OlsFit = result.details[row["field"]]
        return fit

    @cached_property
    def _cases(self) -> dict[str, dict[str, Any]]:
        cases = self.analysis.study.cases
        return {} if cases is None else {case["case"]: case for case in cases.to_dicts()}

    def _of_cases(self, row: Row) -> Recomputed | None:
        columns = _CASE_TOTALS.get(row["indicator"], (row["indicator"],))
        chosen = [self._cases[row["group"]]] if row["group"] in self._cases else []
        cases = chosen if row["group"] else list(self._cases.values())
        values = [float(case[c]) for case in cases for c in columns if case.get(c) is not None]
        return Recomputed(sum(values), len(cases)) if values else None


_CASE_TOTALS = {"interviews": ("interviews_municipality", "interviews_organisations")}


def _count(recomputer: Recomputer, row: Row) -> Recomputed | None:
    n, total = recomputer.counts(row, row["indicator"], row["group"])
    return Recomputed(total, n) if n else None


def _mean(recomputer: Recomputer, row: Row) -> Recomputed | None:
    if row["split"]:
        return _coefficient(recomputer, row, 0)
    n, total = recomputer.counts(row, row["indicator"], row["group"])
    return Recomputed(total / n, n) if n else None


def _percentage(recomputer: Recomputer, row: Row) -> Recomputed | None:
    n, total = recomputer.counts(row, row["indicator"], row["group"])
    return Recomputed(100 * total / n, n) if n else None


def _percentages(recomputer: Recomputer, row: Row) -> list[tuple[float, int]]:
    names = [name.strip() for name in row["indicator"].split(";")]
    counts = [recomputer.counts(row, name, row["group"]) for name in names]
    return [(100 * total / n, n) for n, total in counts if n]


def _minimum(recomputer: Recomputer, row: Row) -> Recomputed | None:
    found = _percentages(recomputer, row)
    return Recomputed(*min(found)) if found else None


def _maximum(recomputer: Recomputer, row: Row) -> Recomputed | None:
    found = _percentages(recomputer, row)
    return Recomputed(*max(found)) if found else None


def _model(recomputer: Recomputer, row: Row) -> tuple[TwoGroups, int] | None:
    """The logit of two groups; None where one of them has no answers, or only answers alike."""
    (n0, s0), (n1, s1) = recomputer.two_groups(row)
    if not (0 < s0 < n0 and 0 < s1 < n1):
        return None
    return two_group_logit(s0, n0, s1, n1), n0 + n1


def _log_odds(recomputer: Recomputer, row: Row) -> Recomputed | None:
    found = _model(recomputer, row)
    if found is None:
        return None
    fit, n = found
    p = two_sided_p(fit.intercept / fit.intercept_standard_error)
    return Recomputed(float(fit.intercept), n, float(p))


def _log_odds_ratio(recomputer: Recomputer, row: Row) -> Recomputed | None:
    found = _model(recomputer, row)
    if found is None:
        return None
    fit, n = found
    p = two_sided_p(fit.slope / fit.slope_standard_error)
    return Recomputed(float(fit.slope), n, float(p))


def _odds(recomputer: Recomputer, row: Row) -> Recomputed | None:
    return _transformed(_log_odds(recomputer, row), math.exp)


def _odds_ratio(recomputer: Recomputer, row: Row) -> Recomputed | None:
    return _transformed(_log_odds_ratio(recomputer, row), math.exp)


def _transformed(
    found: Recomputed | None, transform: Callable[[float], float]
) -> Recomputed | None:
    return found and Recomputed(transform(found.value), found.n, found.p)


def _standard_error(recomputer: Recomputer, row: Row) -> Recomputed | None:
    found = _model(recomputer, row)
    if found is None:
        return None
    fit, n = found
    return Recomputed(float(fit.slope_standard_error), n)


def _risk_ratio(recomputer: Recomputer, row: Row) -> Recomputed | None:
    (n0, s0), (n1, s1) = recomputer.two_groups(row)
    return Recomputed((s1 / n1) / (s0 / n0), n0 + n1) if n0 and n1 and s0 else None


def _risk_difference(recomputer: Recomputer, row: Row) -> Recomputed | None:
    (n0, s0), (n1, s1) = recomputer.two_groups(row)
    return Recomputed(100 * (s1 / n1 - s0 / n0), n0 + n1) if n0 and n1 else None


def _mean_difference(recomputer: Recomputer, row: Row) -> Recomputed | None:
    return _coefficient(recomputer, row, 1)


def _coefficient(recomputer: Recomputer, row: Row, position: int) -> Recomputed | None:
    fit = recomputer.least_squares(row)
    if fit is None:
        return None
    estimate, p = fit.frame.select("estimate", "p").row(position)
    return Recomputed(estimate, fit.n, None if math.isnan(p) else p)


def _r_squared(recomputer: Recomputer, row: Row) -> Recomputed | None:
    """R²; None where there is no line, or all answers are alike and leave nothing to explain."""
    fit = recomputer.least_squares(row)
    if fit is None or math.isnan(fit.r_squared):
        return None
    return Recomputed(fit.r_squared, fit.n)


_KINDS: dict[str, Callable[[Recomputer, Row], Recomputed | None]] = {
    "count": _count,
    "percentage": _percentage,
    "mean": _mean,
    "minimum": _minimum,
    "maximum": _maximum,
    "log_odds": _log_odds,
    "log_odds_ratio": _log_odds_ratio,
    "mark": _log_odds_ratio,
    "odds": _odds,
    "odds_ratio": _odds_ratio,
    "standard_error": _standard_error,
    "risk_ratio": _risk_ratio,
    "risk_difference": _risk_difference,
    "mean_difference": _mean_difference,
    "r_squared": _r_squared,
}
