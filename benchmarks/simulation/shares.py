"""Do intervals of a share cover it: of many, of few, of a population half of which is asked?"""

from __future__ import annotations

import numpy as np
import polars as pl

from benchmarks.simulation.judging import Row, judged
from benchmarks.simulation.population import cells_of
from samspill.statistics import shares

QUESTION = "A share"
SITUATIONS = ((241, 0.4), (60, 0.1), (20, 0.1))
METHODS = {"wilson": "Wilson", "clopper_pearson": "exact (Clopper–Pearson)", "wald": "Wald"}
UNITS, ASKED, TRUE = 440, 241, 0.4
ONE_CELL = pl.DataFrame({"all": [1]})


def run(draws: int, random: np.random.Generator) -> list[Row]:
    rows = []
    for n, p in SITUATIONS:
        yes = random.binomial(n, p, (draws, 1))
        cells = cells_of(ONE_CELL, np.full_like(yes, n), yes)
        for method, name in METHODS.items():
            frame = shares(cells, method=method).frame  # type: ignore[arg-type]
            rows.append(_row(f"{n} answers, true share {p:g}", name, frame, p))
    return rows + _finite(draws, random)


def _finite(draws: int, random: np.random.Generator) -> list[Row]:
    """241 of 440 respond: the truth is the share among the 440 of each draw."""
    everyone = random.binomial(UNITS, TRUE, (draws, 1))
    yes = random.hypergeometric(everyone, UNITS - everyone, ASKED)
    cells, truth = cells_of(ONE_CELL, np.full_like(yes, ASKED), yes), everyone[:, 0] / UNITS
    situation = f"{ASKED} of {UNITS} units, the share among the {UNITS}"
    without = shares(cells).frame
    corrected = shares(cells, population=UNITS).frame
    exact = shares(cells, population=UNITS, method="clopper_pearson").frame
    return [
        _row(situation, "Wilson, finite population", corrected, truth),
        _row(situation, "exact, finite population", exact, truth),
        _row(situation, "Wilson, as if of a large one", without, truth),
    ]


def _row(situation: str, method: str, frame: pl.DataFrame, truth: object) -> Row:
    columns = {"estimate": frame["share"], "low": frame["low"], "high": frame["high"]}
    return judged(QUESTION, situation, method, truth=truth, **columns)  # type: ignore[arg-type]
