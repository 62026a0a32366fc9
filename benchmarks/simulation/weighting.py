"""Bias before and after weighting, and what the intervals are then worth.

The truth is the share among all units of each draw. Large municipalities, and those with a policy,
respond more often and say yes more often; ``not at random`` adds that a yes by itself makes a
response likelier, which no known attribute tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from benchmarks.simulation.judging import Row, judged
from benchmarks.simulation.population import Draws, Population, Truth, cells_of, each
from samspill.statistics import Cells, shares
from samspill.statistics.design_variance import Design, means
from samspill.statistics.response import representativity
from samspill.statistics.weighting import (
    Margin,
    Sample,
    Weights,
    calibrate,
    margin_of_frame,
    post_stratify,
    propensity_weights,
    rake,
)

BIAS, R = "A share, some do not respond", "The R-indicator of a response"
RANDOM = "missing at random given size and policy"
SILENT = "missing not at random: a yes responds 15 points more often"
SITUATIONS = {RANDOM: Truth(), SILENT: replace(Truth(), response_by_answer=0.15)}
KNOWN = ("size", "policy")
SLOW = 4


def run(draws: int, random: np.random.Generator) -> list[Row]:
    rows = [row for name in SITUATIONS for row in bias(name, max(draws // SLOW, 1), random)]
    return [*rows, _representativity(draws, random)]


def bias(situation: str, draws: int, random: np.random.Generator) -> list[Row]:
    """The share of each draw before and after weighting, among 440 units."""
    drawn = Population.of(SITUATIONS[situation]).answered(random, draws)
    found: dict[str, list[tuple[float, ...]]] = {name: [] for name in METHODS}
    for one in _each(drawn):
        for name, weighed in METHODS.items():
            row = weighed(one).row(0, named=True)
            found[name].append((row["estimate"], row["low"], row["high"]))
    rows = []
    for name, values in found.items():
        estimate, low, high = np.array(values).T
        rows.append(
            judged(BIAS, situation, name, estimate=estimate, low=low, high=high, truth=drawn.share)
        )
    return rows


@dataclass(frozen=True, slots=True)
class _Study:
    """One draw: all units by whether they responded, and the respondents row by row."""

    units: Cells
    rows: pl.DataFrame

    @property
    def design(self) -> Design:
        """A simple random sample of the 440, before anything is done to its weights."""
        return Design.of(self.rows, weight="base", population="units")

    @property
    def sample(self) -> Sample:
        return Sample.responding(self.units, self.units.outcomes[0])

    def weighted(self, weights: Weights) -> pl.DataFrame:
        return means(self.design.calibrated(weights), "y").frame

    def margin(self, *names: str) -> Margin:
        return margin_of_frame(self.units, self.units.outcomes[0], names)


def _each(drawn: Draws) -> Iterator[_Study]:
    """Every draw as a study would have it."""
    units = cells_of(drawn.frame, drawn.n, drawn.responded, KNOWN)
    for draw, counted in enumerate(each(units)):
        yes, n = drawn.responded_yes[draw], drawn.responded[draw]
        known = drawn.frame.select(KNOWN)
        place = np.arange(known.height)
        answered = known[np.concatenate([np.repeat(place, yes), np.repeat(place, n - yes)])]
        total, answers = int(drawn.n[draw].sum()), int(n.sum())
        yield _Study(
            counted,
            answered.with_columns(
                y=np.repeat([1, 0], [yes.sum(), (n - yes).sum()]),
                base=pl.lit(total / answers),
                units=pl.lit(total),
            ),
        )


def _unweighted(study: _Study) -> pl.DataFrame:
    total = int(study.rows["units"][0])
    counted = Cells.from_counts(
        study.rows.select(outcome=pl.lit("y"), n=pl.len(), sum=pl.col("y").sum()).unique()
    )
    return shares(counted, population=total).frame.rename({"share": "estimate"})


METHODS: dict[str, Callable[[_Study], pl.DataFrame]] = {
    "unweighted, Wilson for the finite population": _unweighted,
    "post-stratified by size": lambda study: study.weighted(
        post_stratify(study.sample, study.margin("size"))
    ),
    "post-stratified by size × policy": lambda study: study.weighted(
        post_stratify(study.sample, study.margin(*KNOWN))
    ),
    "raked to size and policy": lambda study: study.weighted(
        rake(study.sample, [study.margin(name) for name in KNOWN])
    ),
    "calibrated to size and policy": lambda study: study.weighted(
        calibrate(study.sample, [study.margin(name) for name in KNOWN])
    ),
    "by propensity of size and policy": lambda study: study.weighted(
        propensity_weights(study.units, study.units.outcomes[0], KNOWN)
    ),
}


def _representativity(draws: int, random: np.random.Generator) -> Row:
    """The truth is 1 − 2S of the chances with which the units respond."""
    population = Population.of(Truth())
    chances, n = population.response_yes, population.n
    mean = np.average(chances, weights=n)
    true = 1 - 2 * np.sqrt(np.average((chances - mean) ** 2, weights=n))
    drawn = population.answered(random, draws)
    found = [
        representativity(one, one.outcomes[0], KNOWN).frame.row(0, named=True)
        for one in each(cells_of(drawn.frame, drawn.n, drawn.responded, KNOWN))
    ]
    estimate, low, high = (np.array([row[name] for row in found]) for name in ("r", "low", "high"))
    place = "440 units, missing at random"
    return judged(R, place, "adjusted for bias", estimate=estimate, low=low, high=high, truth=true)
