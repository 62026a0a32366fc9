"""The position of a field on an axis against scipy's bootstrap.

scipy.stats.bootstrap (paired, percentile) draws the sources anew by itself; the pieces at either
pole are its two samples, and the statistic is the ratio of their sums.
"""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from scipy.stats import bootstrap

from samspill.typology import place
from samspill.typology.evidence import EVIDENCE

# pieces at the formal and at the informal pole, by source
PIECES = [(4, 1), (0, 3), (2, 2), (5, 0), (1, 4), (3, 3), (0, 6), (2, 0), (4, 2), (1, 1), (3, 0)]


def pieces() -> pl.DataFrame:
    rows = [
        {
            "origin": "interviews", "source": f"s{i}", "unit": "u", "field": "culture_leisure",
            "side": "municipality", "evidence": pole, "typology": "policy_models",
            "axis": "formality", "pole": pole,
        }
        for i, counts in enumerate(PIECES)
        for pole, times in zip(("formal", "informal"), counts, strict=True)
        for _ in range(times)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=EVIDENCE)


@pytest.mark.parametrize("level", [0.8, 0.95])
def test_the_interval_is_scipys(level):
    found = place(pieces(), "policy_models", "culture_leisure", level=level, replicates=40_000)
    row = found.position("formality")
    first, second = np.array(PIECES, float).T
    if row["second_pole"] == "formal":
        first, second = second, first
    other = bootstrap(
        (second, first), lambda a, b, axis: a.sum(axis) / (a + b).sum(axis), paired=True,
        vectorized=True, n_resamples=40_000, confidence_level=level, method="percentile",
        rng=np.random.default_rng(7),
    ).confidence_interval  # fmt: skip
    assert row["share"] == pytest.approx(second.sum() / (first + second).sum())
    assert (row["low"], row["high"]) == pytest.approx(tuple(other), abs=0.006)
