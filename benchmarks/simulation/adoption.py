"""A policy adopted at different times, whose trace grows: what do the estimators say on average?

The truth is the mean of what adoption adds, over the units that had adopted and all waves since.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from benchmarks.simulation.judging import Row, judged
from samspill.statistics.change import event_study

QUESTION = "Adoption at different times, growing with time"
WAVES = 6
COHORTS = {2: 30, 4: 30, None: 60}
"""Units by their first wave with the policy, counted from nought; None never adopts."""
GROWTH, TREND, SPREAD, NOISE = 0.06, 0.02, 0.15, 0.20
ESTIMATORS = {
    "saturated (Sun and Abraham)": "saturated",
    "two stages (Gardner)": "did2s",
    "two-way fixed effects": "twfe",
}
SLOW = 20


def run(draws: int, random: np.random.Generator) -> list[Row]:
    draws = max(draws // SLOW, 2)
    first = np.array([WAVES if at is None else at for at, n in COHORTS.items() for _ in range(n)])
    units, wave = len(first), np.arange(WAVES)
    since = wave[None, :] - first[:, None] + 1
    added = GROWTH * np.maximum(since, 0)
    truth = float(added[since > 0].mean())
    found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in ESTIMATORS}
    for _ in range(draws):
        own = random.normal(0.4, SPREAD, units)[:, None] + TREND * wave
        answers = own + added + random.normal(0, NOISE, (units, WAVES))
        rows = pl.DataFrame(
            {
                "unit": np.repeat(np.arange(units), WAVES),
                "period": np.tile(wave, units),
                "adopted": pl.Series(np.repeat(first, WAVES)).replace(WAVES, None),
                "y": answers.ravel(),
            }
        )
        for name, estimator in ESTIMATORS.items():
            average = event_study(rows, "y", estimator=estimator).average  # type: ignore[arg-type]
            assert average is not None
            found[name].append((average["estimate"], average["low"], average["high"]))
    place = f"{units} units in {WAVES} waves, 30 adopt in the third, 30 in the fifth"
    judgements = []
    for name, values in found.items():
        estimate, low, high = np.array(values).T
        judgements.append(
            judged(QUESTION, place, name, estimate=estimate, low=low, high=high, truth=truth)
        )
    return judgements
