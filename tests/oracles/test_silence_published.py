"""Bounds of a share with silent units, against printed ones.

Manski 1995, *Identification Problems in the Social Sciences*, section 2.3: homeless people in
Minneapolis sought again after half a year (Piliavin & Sosin 1988). Of 106 men 64 were found, and
21 of them had left homelessness; of 31 women 14 were found, and 3 had.
"""

from __future__ import annotations

import polars as pl
import pytest

from samspill.statistics import Cells
from samspill.statistics.sensitivity import share_bounds


@pytest.mark.parametrize(
    ("asked", "found", "left", "printed"),
    [(106, 64, 21, (0.20, 0.59)), (31, 14, 3, (0.10, 0.65))],
)
def test_bounds_of_leaving_homelessness(asked, found, left, printed):
    counts = pl.DataFrame({"g": ["all"], "outcome": "left", "n": [found], "sum": [left]})
    row = share_bounds(Cells.from_counts(counts, "g"), asked).frame.row(0, named=True)
    assert (round(row["bound_low"], 2), round(row["bound_high"], 2)) == printed
    assert row["bound_low"] == pytest.approx(left / asked)
    assert row["silent"] == asked - found
