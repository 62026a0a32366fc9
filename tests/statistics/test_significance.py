from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.statistics import adjust, stars

P = st.floats(0, 1)
METHODS = ["holm", "benjamini_hochberg", "benjamini_yekutieli", "bonferroni", "none"]


@pytest.mark.parametrize(
    ("p", "mark"),
    [
        (0.0, "***"),
        (0.000999, "***"),
        (0.001, "**"),
        (0.01, "*"),
        (0.049, "*"),
        (0.05, ""),
        (1.0, ""),
        (None, ""),
        (math.nan, ""),
    ],
)
def test_stars(p: float | None, mark: str) -> None:
    assert stars(p) == mark


def test_stars_of_no_p_value() -> None:
    with pytest.raises(SamspillError, match="not a p-value"):
        stars(1.2)


@settings(deadline=None)
@given(p=st.lists(P, min_size=1, max_size=30), method=st.sampled_from(METHODS))
def test_adjusted_are_no_smaller_and_keep_the_order(p: list[float], method: str) -> None:
    adjusted = adjust(p, method)  # type: ignore[arg-type]
    assert (adjusted >= np.array(p) - 1e-15).all()
    assert (adjusted <= 1).all()
    order = np.argsort(p, kind="stable")
    assert (np.diff(adjusted[order]) >= -1e-15).all()


@settings(deadline=None)
@given(p=st.lists(P, min_size=1, max_size=30))
def test_corrections_by_strictness(p: list[float]) -> None:
    bonferroni, holm, hochberg = (adjust(p, name) for name in (  # type: ignore[arg-type]
        "bonferroni", "holm", "benjamini_hochberg"))  # fmt: skip
    assert (bonferroni >= holm - 1e-15).all()
    assert (holm >= hochberg - 1e-15).all()


def test_missing_tests_stay_missing_and_are_not_counted() -> None:
    adjusted = adjust(pl.Series([0.01, None, 0.02]), "bonferroni")
    assert adjusted[[0, 2]].tolist() == [0.02, 0.04]
    assert math.isnan(adjusted[1])


@pytest.mark.parametrize(("p", "method"), [([0.1], "sidak"), ([1.5], "holm"), ([-0.1], "holm")])
def test_what_cannot_be_corrected(p: list[float], method: str) -> None:
    with pytest.raises(SamspillError):
        adjust(p, method)  # type: ignore[arg-type]
