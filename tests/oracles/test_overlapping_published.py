"""Samples that overlap in part, against the R package Partiallyoverlapping 2.0 of Derrick.

Shares: the example of Derrick, Dobson-Mckittrick, Toher & White (2015, Journal of Applied
Quantitative Methods 10(3)), fifteen units asked twice, nine and six once, for which the page on
``Prop.test`` prints p = 0.053 (their z8).

Means: the example of Derrick, Toher & White (2017, The Quantitative Methods for Psychology
13:120-126), for which the page on ``Partover.test`` prints p = 0.026. The package's formulas with
separate variances, run in R 4.2.2, gave the further digits.
"""

from __future__ import annotations

import polars as pl
import pytest

from samspill.statistics.change import changes, pattern_cells

KEPT, LOST, GAINED, NEITHER = [(1, 1)] * 8, [(1, 0)], [(0, 1)] * 3, [(0, 0)] * 3
ONLY_FIRST, ONLY_SECOND = [(1, None)] * 5 + [(0, None)] * 4, [(None, 1)] * 6

FIRST_ALONE, SECOND_ALONE = [20, 21, 16, 18, 14, 12, 14, 17], [10, 16, 18, 16, 15, 14, 13, 10]
FIRST, SECOND = [14, 15, 18, 20, 11, 19, 14, 15], [15, 10, 15, 17, 13, 19, 12, 13]


def _change(rows):
    frame = pl.DataFrame(rows, schema={"one": pl.Float64, "two": pl.Float64}, orient="row")
    return changes(pattern_cells(frame, ["one", "two"], key=[]), ["one", "two"]).frame.row(
        0, named=True
    )


def test_shares_of_derrick_and_others_2015():
    row = _change([*KEPT, *LOST, *GAINED, *NEITHER, *ONLY_FIRST, *ONLY_SECOND])
    assert (row["n_both"], row["n_before"], row["n_after"]) == (15, 24, 21)
    assert round(row["p"], 3) == 0.053


@pytest.mark.parametrize(
    ("first_alone", "difference", "low", "high", "p"),
    [
        (FIRST_ALONE, -2.0, -3.734097029472, -0.265902970528, 0.026104444862),
        (FIRST_ALONE[:5], -2.4134615384615, -4.2468330943194, -0.5800899826037, 0.0133054912532),
    ],
    ids=["as many in both", "fewer in the first"],
)
def test_means_of_derrick_toher_and_white_2017(first_alone, difference, low, high, p):
    row = _change([
        *((value, None) for value in first_alone),
        *((None, value) for value in SECOND_ALONE),
        *zip(FIRST, SECOND, strict=True),
    ])  # fmt: skip
    found = [row[name] for name in ("difference", "low", "high", "p")]
    assert found == pytest.approx([difference, low, high, p], abs=1e-9)


def test_the_printed_p_of_the_means():
    row = _change([
        *((value, None) for value in FIRST_ALONE),
        *((None, value) for value in SECOND_ALONE),
        *zip(FIRST, SECOND, strict=True),
    ])  # fmt: skip
    assert round(row["p"], 3) == 0.026
