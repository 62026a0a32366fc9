"""Fisher's exact test against R's fisher.test and textbooks.

Tea tasting: Fisher (1935), The Design of Experiments, ch. 2; Agresti (2002), Categorical Data
Analysis, p. 91. Criminal convictions of like-sex twins: Fisher (1962, 1970). Both are examples of
R's fisher.test; odds ratios and limits as R prints them, whose root finder stops at about 1e-5
(SciPy's exact roots are compared in tests/statistics/models).

Ritland (2007): Fagerland, Lydersen and Laake (2017), Statistical Analysis of Contingency Tables,
ch. 4; Fisher's exact p 0.06287 and mid-p 0.04466, and Cornfield's mid-p limits for the tea table
(0.3101 to 308.5568), as in the tests of the authors' R package contingencytables.
"""

from __future__ import annotations

import polars as pl
import pytest

from samspill.statistics.cells import Cells
from samspill.statistics.models import FisherExact, fisher_exact


def table(group: tuple[int, int], reference: tuple[int, int]) -> Cells:
    """Cells of ones and zeros in a group and in the reference."""
    counts = pl.DataFrame(
        {
            "group": ["a reference", "b group"],
            "outcome": "y",
            "sum": [reference[0], group[0]],
            "n": [sum(reference), sum(group)],
        }
    )
    return Cells.from_counts(counts, "group")


def row(result: FisherExact) -> dict[str, float]:
    return result.frame.row(0, named=True)


def test_tea_tasting() -> None:
    result = row(fisher_exact(table((3, 1), (1, 3)), "y", "group"))

    assert result["p"] == pytest.approx(0.4857, abs=5e-5)
    assert result["odds_ratio"] == pytest.approx(6.408309, abs=2e-5)
    assert result["low"] == pytest.approx(0.2117329, abs=1e-5)
    assert result["high"] == pytest.approx(621.9337505, rel=0.01), "R stops at 1e-4 of 1/ψ"


def test_tea_tasting_with_five_per_cent_in_each_tail() -> None:
    result = row(fisher_exact(table((3, 1), (1, 3)), "y", "group", level=0.9))

    assert result["low"] == pytest.approx(0.3135693, abs=1e-5), "R's limit of the one-sided test"


def test_tea_tasting_with_mid_p_limits() -> None:
    result = row(fisher_exact(table((3, 1), (1, 3)), "y", "group", mid_p=True))

    assert result["low"] == pytest.approx(0.3101, abs=5e-5)
    assert result["high"] == pytest.approx(308.5568, abs=5e-5)


def test_convictions_of_twins() -> None:
    result = row(fisher_exact(table((2, 15), (10, 3)), "y", "group"))

    assert result["p"] == pytest.approx(0.0005367241, abs=5e-11)
    assert result["odds_ratio"] == pytest.approx(0.04693661, abs=2e-6)
    assert result["low"] == pytest.approx(0.003325764, abs=1e-5)
    assert result["high"] == pytest.approx(0.363182271, abs=1e-5)
    assert result["stars"] == "***"


def test_mid_p() -> None:
    result = row(fisher_exact(table((0, 16), (15, 57)), "y", "group", mid_p=True))

    assert result["p"] == pytest.approx(0.06287, abs=5e-6)
    assert result["p_mid"] == pytest.approx(0.04466, abs=5e-6)
    assert result["stars"] == "*"
    assert result["odds_ratio"] == 0.0
    assert result["low"] == 0.0
