"""Ranks of pooled groups against JAGS on the surgical data of the BUGS examples.

Deaths after heart surgery on babies in twelve hospitals (BUGS examples, volume I, "Surgical").
JAGS 4.3.1 (rjags 4.13), four chains of 250 000: r ~ Binomial(n, p), logit p ~ Normal(mu, sigma²),
mu flat, sigma half-normal with scale 1.5, which is the prior of the pooling. Ranks run from the
highest share, those of JAGS turned accordingly.
"""

from __future__ import annotations

import polars as pl
import pytest

from samspill.statistics import Cells
from samspill.statistics.pooling import pooled_shares

N = [47, 148, 119, 810, 211, 196, 148, 215, 207, 97, 256, 360]
DEATHS = [0, 18, 8, 46, 8, 13, 9, 31, 14, 8, 29, 24]
JAGS = {
    "rank": [9.9263, 2.8645, 6.9555, 8.9318, 10.2792, 7.1307, 7.6362, 1.5555, 6.9718, 5.7590,
             2.8351, 7.1544],
    "rank_low": [4, 1, 2, 5, 5, 3, 3, 1, 3, 1, 1, 3],
    "rank_high": [12, 7, 12, 12, 12, 12, 12, 4, 12, 11, 6, 11],
    "p_highest": [0.0024, 0.1815, 0.0074, 0, 0.0002, 0.0030, 0.0029, 0.6362, 0.0031, 0.0262,
                  0.1359, 0.0011],
    "p_lowest": [0.4064, 0.0006, 0.0438, 0.0642, 0.3186, 0.0333, 0.0611, 0, 0.0301, 0.0205,
                 0.0002, 0.0212],
    "p_above": [0.0845, 0.9376, 0.3315, 0.0250, 0.0251, 0.2807, 0.2332, 0.9972, 0.3008, 0.5169,
                0.9611, 0.2337],
}  # fmt: skip
WITHIN = {"rank": 0.12, "rank_low": 1, "rank_high": 1}


@pytest.fixture(scope="module")
def pooled() -> pl.DataFrame:
    counts = pl.DataFrame(
        {"hospital": [f"{i:02}" for i in range(12)], "outcome": "death", "n": N, "sum": DEATHS}
    )
    return pooled_shares(Cells.from_counts(counts, "hospital"), "hospital", model="logit").frame


@pytest.mark.parametrize("column", JAGS)
def test_ranks_as_full_simulation_gives_them(pooled, column):
    found = pooled.sort("hospital")[column].to_list()
    assert found == pytest.approx(JAGS[column], abs=WITHIN.get(column, 0.02))
