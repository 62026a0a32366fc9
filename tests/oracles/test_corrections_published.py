"""Corrections for many tests: printed examples, and statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from samspill.statistics import adjust

# Benjamini & Hochberg 1995, JRSS B 57:289–300, section 3.2: thrombolysis after myocardial
# infarction, fifteen ordered p-values
THROMBOLYSIS = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
    0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000,
]  # fmt: skip


@pytest.mark.parametrize(
    ("method", "rejected"), [("benjamini_hochberg", 4), ("bonferroni", 3), ("holm", 3)]
)
def test_benjamini_hochberg_1995_rejections(method: str, rejected: int) -> None:
    assert int((adjust(THROMBOLYSIS, method) <= 0.05).sum()) == rejected  # type: ignore[arg-type]


def test_holm_worked_example() -> None:
    # the four p-values of the example in Wikipedia's "Holm–Bonferroni method": H4 and H1 rejected
    adjusted = adjust([0.01, 0.04, 0.03, 0.005], "holm")
    assert adjusted == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_r_p_adjust_holm() -> None:
    # R: p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm")
    assert adjust([0.01, 0.02, 0.03, 0.04, 0.05]) == pytest.approx([0.05, 0.08, 0.09, 0.09, 0.09])


STATSMODELS = {
    "holm": "holm",
    "benjamini_hochberg": "fdr_bh",
    "benjamini_yekutieli": "fdr_by",
    "bonferroni": "bonferroni",
}


@pytest.mark.parametrize("method", STATSMODELS)
@pytest.mark.parametrize("seed", range(5))
def test_statsmodels_multipletests(method: str, seed: int) -> None:
    p = np.random.default_rng(seed).beta(0.4, 1.5, 40)
    p[3] = p[5]
    expected = multipletests(p, method=STATSMODELS[method])[1]
    assert adjust(p, method) == pytest.approx(expected, abs=1e-15)  # type: ignore[arg-type]
