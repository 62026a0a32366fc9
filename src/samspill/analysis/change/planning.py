"""What a next wave of a study could show, before it is asked."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from samspill.analysis.results import FieldResult
from samspill.analysis.study_analysis import StudyAnalysis
from samspill.errors import SamspillError
from samspill.statistics.power import Power, detectable, detectable_adoption

TURNOVER = 0.2
"""The share of units whose answer is taken to change where nothing else is said."""


def detectable_changes(
    analysis: StudyAnalysis,
    indicator: str,
    *,
    fields: Sequence[str] | None = None,
    n_next: int | None = None,
    n_both: int | None = None,
    turnover: float = TURNOVER,
    adopting: int | None = None,
    power: float = 0.8,
    level: float = 0.95,
) -> FieldResult:
    """The smallest change of an indicator that a next wave would find, per field and design.

    One row per field and ``design``: ``independent`` (as many or ``n_next`` others answer),
    ``independent`` for the finite population of the frame, ``paired`` (``n_both`` of the same,
    by default all, answer again, and ``turnover`` of them otherwise) and, with ``adopting``,
    ``adoption``. Columns as in ``statistics.power.Power``, with indicator, field and provenance.
    Raises SamspillError for an indicator that is not 0/1.
    """
    if not analysis.is_binary(indicator):
        raise SamspillError(
            f"'{indicator}' is not yes or no.", "Choose an indicator whose share is taken."
        )
    shares = analysis.shares(indicator, fields=fields).frame.filter(pl.col("n") > 1)
    rows = []
    for row in shares.iter_rows(named=True):
        n, now = row["n"], row["share"]
        later = n_next or n
        both = min(n_both or n, n, later)
        population = max(analysis.study.population_size, n, later)
        found: list[Power] = [
            detectable(now, n, later, power=power, level=level),
            detectable(now, n, later, population=population, power=power, level=level),
            detectable(now, n, later, n_both=both, turnover=turnover, power=power, level=level),
        ]
        if adopting:
            others = max(both - adopting, 2)
            found.append(
                detectable_adoption(
                    now, adopting, others, turnover=turnover, power=power, level=level
                )
            )
        told = pl.concat([each.frame for each in found]).with_columns(
            pl.lit(row["indicator"]).alias("indicator"),
            pl.lit(row["field"]).alias("field"),
            pl.lit(row["provenance"]).alias("provenance"),
        )
        rows.append(told.select("indicator", "field", pl.exclude("indicator", "field")))
    if not rows:
        raise SamspillError(
            f"The study has no answers to '{indicator}'.", "Choose another indicator."
        )
    title = f"The smallest change of {indicator} that a next wave would find with {power:.0%}"
    return FieldResult(pl.concat(rows), title)
