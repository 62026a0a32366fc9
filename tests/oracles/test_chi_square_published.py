"""Pearson's test and the adjusted residuals on a printed table.

Party identification by gender, Agresti 2007, *An Introduction to Categorical Data Analysis*, 2nd
ed., table 2.5, with the standardised residuals of table 2.6; the help page of R's chisq.test has
the same table. More decimals are R 4.2.2's. Steps from one coding to the next are such a table too.
"""

from __future__ import annotations

import polars as pl
import pytest

from samspill.qualitative import Code, Coding, Project, Source
from samspill.qualitative.queries import sequences
from samspill.statistics import Cells
from samspill.statistics.response import response_by

PARTIES = ("democrat", "independent", "republican")
WOMEN, MEN = (762, 327, 468), (484, 239, 477)
RESIDUALS = (4.502053521, 0.699451733, -5.315945543)


def test_pearsons_test_of_response_by_an_attribute():
    counts = pl.DataFrame(
        {
            "g": PARTIES,
            "outcome": "y",
            "n": [w + m for w, m in zip(WOMEN, MEN, strict=True)],
            "sum": WOMEN,
        }
    )
    found = response_by(Cells.from_counts(counts, "g"), "y", "g")
    assert found.degrees_of_freedom == 2
    assert found.statistic == pytest.approx(30.0701491, abs=1e-7)
    assert found.p == pytest.approx(2.953589183e-07, rel=1e-8)


def test_adjusted_residuals_of_what_follows_what():
    steps = [
        (gender, party)
        for gender, counts in (("women", WOMEN), ("men", MEN))
        for party, count in zip(PARTIES, counts, strict=True)
        for _ in range(count)
    ]
    codes = tuple(Code(name, name) for name in ("women", "men", *PARTIES))
    sources = tuple(Source(f"s{i}", f"Samtale {i}", "Ja. Nei.") for i in range(len(steps)))
    codings = tuple(
        Coding(f"c{i}-{k}", f"s{i}", 4 * k, 4 * k + 3, code, "anne")
        for i, step in enumerate(steps)
        for k, code in enumerate(step)
    )
    frame = sequences(Project("Prøve", (), codes, sources, codings).tables()).frame
    found = {(r["first"], r["then"]): r["z"] for r in frame.iter_rows(named=True)}
    for party, residual in zip(PARTIES, RESIDUALS, strict=True):
        assert found["women", party] == pytest.approx(residual, abs=1e-8)
        assert found["men", party] == pytest.approx(-residual, abs=1e-8)
