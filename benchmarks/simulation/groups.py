"""Do intervals of the difference between two groups, and of their odds ratio, cover the truth?"""

from __future__ import annotations

import numpy as np
import polars as pl

from benchmarks.simulation.judging import Row, judged
from benchmarks.simulation.population import cells_of
from samspill.statistics import Cells, differences, logit_models

DIFFERENCE, RATIO = "A difference of shares", "A log odds ratio"
TWO = pl.DataFrame({"policy": [0, 1]})
SITUATIONS = (((164, 77), (0.30, 0.45)), ((30, 15), (0.10, 0.30)))
SLOW = 5
"""Profiles of a likelihood take long: a fifth of the draws."""


def run(draws: int, random: np.random.Generator) -> list[Row]:
    rows = []
    for sizes, chances in SITUATIONS:
        yes = random.binomial(sizes, chances, (draws, 2))
        cells = cells_of(TWO, np.broadcast_to(sizes, yes.shape), yes, ("policy",))
        place = f"{sizes[0]} and {sizes[1]} answers, {chances[0]:g} and {chances[1]:g}"
        rows += _differences(place, cells, chances[1] - chances[0])
        low, high = (np.log(p / (1 - p)) for p in chances)
        rows.append(
            _logit(place, "likelihood, Wald (Firth where separated)", cells, high - low, "auto")
        )
        few = cells.of(*cells.outcomes[: max(draws // SLOW, 1)])
        rows.append(_logit(place, "Firth, profile", few, high - low, "firth"))
    return rows


def _differences(situation: str, cells: Cells, truth: float) -> list[Row]:
    rows = []
    for method, name in {"newcombe": "Newcombe", "wald": "Wald"}.items():
        frame = differences(cells, "policy", reference=0, method=method).frame  # type: ignore[arg-type]
        rows.append(
            judged(
                DIFFERENCE,
                situation,
                name,
                estimate=frame["estimate"],
                low=frame["low"],
                high=frame["high"],
                truth=truth,
            )
        )
    return rows


def _logit(situation: str, name: str, cells: Cells, truth: float, method: str) -> Row:
    family = logit_models(cells, None, "policy", method=method)  # type: ignore[arg-type]
    frame = family.frame.filter(pl.col("term") == "policy")
    return judged(
        RATIO,
        situation,
        name,
        estimate=frame["estimate"],
        low=frame["low"],
        high=frame["high"],
        truth=truth,
    )
