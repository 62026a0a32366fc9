"""The index of dissimilarity against R's vegan.

Of two distributions that each add up to one, Bray and Curtis's distance is Duncan and Duncan's
index. R 4.2.2: vegdist(decostand(rbind(planned, achieved), "total"), "bray").
"""

from __future__ import annotations

import polars as pl
import pytest

from samspill.selection import interview_coverage

PLANNED, ACHIEVED = (3, 1, 4, 1, 5, 9, 2, 6), (2, 7, 1, 8, 2, 8, 1, 8)
VEGAN = 0.3635571055


def test_unevenness_is_vegans_distance_of_the_shares():
    units = [f"u{i}" for i in range(8)]
    plan = pl.DataFrame({"unit": units, "side": "municipality", "planned": PLANNED})
    rows = [
        (unit, "municipality", ["culture"])
        for unit, times in zip(units, ACHIEVED, strict=True)
        for _ in range(times)
    ]
    schema = {"unit": pl.String, "side": pl.String, "fields": pl.List(pl.String)}
    plan = plan.with_columns(field=pl.lit("culture"))
    found = interview_coverage(plan, pl.DataFrame(rows, schema, orient="row")).unevenness()
    row = found.row(by_predicate=pl.col("by") == "unit", named=True)
    assert row["index"] == pytest.approx(VEGAN, abs=1e-10)
