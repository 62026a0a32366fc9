"""Many small groups: each one's own share, and the partially pooled one.

The truth is each county's own chance, drawn from the distribution that the counties have.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from benchmarks.simulation.judging import Row, judged
from benchmarks.simulation.population import cells_of
from samspill.statistics.pooling import pooled_shares

QUESTION = "Shares of many small groups"
GROUPS, SMALLEST, LARGEST = 30, 3, 40
SPREADS = {"that differ much": 0.15, "that differ little": 0.04}
MEAN, SLOW = 0.35, 10


def run(draws: int, random: np.random.Generator) -> list[Row]:
    draws = max(draws // SLOW, 1)
    units = random.integers(SMALLEST, LARGEST + 1, GROUPS)
    frame = pl.DataFrame({"county": np.arange(GROUPS)})
    rows = []
    for words, spread in SPREADS.items():
        strength = MEAN * (1 - MEAN) / spread**2 - 1
        chance = random.beta(MEAN * strength, (1 - MEAN) * strength, (draws, GROUPS))
        n = np.broadcast_to(units, chance.shape)
        cells = cells_of(frame, n, random.binomial(n, chance), ("county",))
        found = pooled_shares(cells, "county").frame.sort(
            pl.col("outcome").str.slice(1).cast(pl.Int64), "county"
        )
        place = f"{GROUPS} groups of {SMALLEST} to {LARGEST} {words}"
        for name, columns in {
            "alone, Wilson": ("raw", "raw_low", "raw_high"),
            "partially pooled": ("pooled", "low", "high"),
        }.items():
            estimate, low, high = (found[c].to_numpy().reshape(draws, GROUPS) for c in columns)
            rows.append(
                judged(QUESTION, place, name, estimate=estimate, low=low, high=high, truth=chance)
            )
    return rows
