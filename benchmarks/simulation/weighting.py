"""Bias before and after weighting, and what the intervals are then worth.

The truth is the share among all units of each draw. Large municipalities, and those with a policy,
respond more often and say yes more often; ``not at random`` adds that a yes by itself makes a
response likelier, which no known attribute tells.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from benchmarks.simulation.judging import Row, judged
from benchmarks.simulation.population import Draws, Floats, Population, Truth, each
from samspill.statistics import shares
from samspill.statistics.response import representativity

BIAS, R = "A share, some do not respond", "The R-indicator of a response"
SITUATIONS = {
    "missing at random given size and policy": Truth(),
    "missing not at random: a yes responds 15 points more often": replace(
        Truth(), response_by_answer=0.15
    ),
}
LARGER = 10
"""So many times the founding study's units, that bias is seen apart from chance."""


def run(draws: int, random: np.random.Generator) -> list[Row]:
    rows = []
    for situation, truth in SITUATIONS.items():
        population = Population.of(replace(truth, units=LARGER * truth.units))
        drawn = population.answered(random, draws)
        weights = {
            "unweighted": np.ones(drawn.n.shape),
            "post-stratified by size": _poststratified(drawn, ("size",)),
            "post-stratified by size and policy": _poststratified(drawn, ("size", "policy")),
        }
        for name, weight in weights.items():
            frame = shares(drawn.cells((), weight)).frame
            columns = {"estimate": frame["share"], "low": frame["low"], "high": frame["high"]}
            rows.append(judged(BIAS, situation, name, truth=drawn.share, **columns))
    return [*rows, _representativity(draws, random)]


def _poststratified(drawn: Draws, by: tuple[str, ...]) -> Floats:
    """The units of a stratum over those of it who responded, of shape (draws, cells)."""
    groups = drawn.frame.select(by).with_row_index().group_by(by, maintain_order=True).agg("index")
    weight = np.zeros(drawn.n.shape)
    for members in groups["index"]:
        cells = members.to_numpy()
        units, answers = drawn.n[:, cells].sum(axis=1), drawn.responded[:, cells].sum(axis=1)
        weight[:, cells] = (units / np.maximum(answers, 1))[:, None]
    return weight


def _representativity(draws: int, random: np.random.Generator) -> Row:
    """The truth is 1 − 2S of the chances with which the units respond."""
    population = Population.of(Truth())
    chances, n = population.response_yes, population.n
    mean = np.average(chances, weights=n)
    true = 1 - 2 * np.sqrt(np.average((chances - mean) ** 2, weights=n))
    drawn = population.answered(random, draws)
    responding = Draws(drawn.frame, drawn.n, drawn.yes, drawn.n, drawn.responded)
    found = [
        representativity(one, one.outcomes[0], ["size", "policy"]).frame.row(0, named=True)
        for one in each(responding.cells(("size", "policy")))
    ]
    columns = {name: [row[name] for row in found] for name in ("r", "low", "high")}
    return judged(
        R,
        "440 units, missing at random",
        "adjusted for bias",
        estimate=columns["r"],
        low=columns["low"],
        high=columns["high"],
        truth=true,
    )
