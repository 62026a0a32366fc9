"""Printed contrasts of two proportions, and those of statsmodels."""

from __future__ import annotations

import math
from typing import Any

import polars as pl
import pytest
from scipy.stats import nchypergeom_fisher
from statsmodels.stats.proportion import confint_proportions_2indep, test_proportions_2indep

from samspill.statistics import Cells, Contrasts, differences, odds_ratios, risk_ratios

test_proportions_2indep.__test__ = False  # a function of statsmodels, not a test of ours


def _cells(x1: int, n1: int, x2: int, n2: int) -> Cells:
    frame = pl.DataFrame({"group": [1, 0], "outcome": ["y", "y"], "n": [n1, n2], "sum": [x1, x2]})
    return Cells.from_counts(frame, "group")


def _row(result: Contrasts) -> dict[str, Any]:
    return result.frame.row(0, named=True)


def _limits(result: Contrasts) -> tuple[float, float]:
    return _row(result)["low"], _row(result)["high"]


# Newcombe 1998, Interval estimation for the difference between independent proportions:
# comparison of eleven methods, Statistics in Medicine 17:873–890, table II, contrasts (a) to (h).
TABLE_2 = {
    "a": (56, 70, 48, 80),
    "b": (9, 10, 3, 10),
    "c": (6, 7, 2, 7),
    "d": (5, 56, 0, 29),
    "e": (0, 10, 0, 20),
    "f": (0, 10, 0, 10),
    "g": (10, 10, 0, 20),
    "h": (10, 10, 0, 10),
}
METHOD_10 = {
    "a": (0.0524, 0.3339),
    "b": (0.1705, 0.8090),
    "c": (0.0582, 0.8062),
    "d": (-0.0381, 0.1926),
    "e": (-0.1611, 0.2775),
    "f": (-0.2775, 0.2775),
    "g": (0.6791, 1.0000),
    "h": (0.6075, 1.0000),
}
MIETTINEN_NURMINEN = {
    "a": (0.0528, 0.3382),
    "b": (0.1700, 0.8406),
    "c": (0.0342, 0.8534),
    "d": (-0.0326, 0.1933),
    "e": (-0.1658, 0.2844),
}


@pytest.mark.parametrize("contrast", METHOD_10)
def test_newcombe_1998_table_2_method_10(contrast: str) -> None:
    computed = _limits(differences(_cells(*TABLE_2[contrast]), "group"))
    assert [round(limit, 4) for limit in computed] == list(METHOD_10[contrast])


@pytest.mark.parametrize("contrast", MIETTINEN_NURMINEN)
def test_newcombe_1998_table_2_miettinen_nurminen(contrast: str) -> None:
    result = differences(_cells(*TABLE_2[contrast]), "group", method="miettinen_nurminen")
    assert [round(limit, 4) for limit in _limits(result)] == list(MIETTINEN_NURMINEN[contrast])


# Agresti 2007, An Introduction to Categorical Data Analysis, 2nd ed., sections 2.2–2.3, table 2.3:
# heart attacks in the Physicians' Health Study, 189 of 11034 on placebo, 104 of 11037 on aspirin
PHYSICIANS = (189, 11034, 104, 11037)


def test_agresti_physicians_difference() -> None:
    row = _row(differences(_cells(*PHYSICIANS), "group", method="wald"))
    assert round(row["estimate"], 3) == 0.008
    assert (round(row["low"], 3), round(row["high"], 3)) == (0.005, 0.011)


def test_agresti_physicians_odds_ratio() -> None:
    row = _row(odds_ratios(_cells(*PHYSICIANS), "group"))
    assert (round(row["estimate"], 2), round(row["low"], 2), round(row["high"], 2)) == (
        1.83,
        1.44,
        2.33,
    )


def test_agresti_physicians_risk_ratio() -> None:
    row = _row(risk_ratios(_cells(*PHYSICIANS), "group"))
    assert (round(row["estimate"], 2), round(row["low"], 2), round(row["high"], 2)) == (
        1.82,
        1.43,
        2.31,
    )


def test_koopman_1984_worked_example() -> None:
    # Koopman 1984, Biometrics 40:513–517: 36 of 40 against 16 of 80
    row = _row(risk_ratios(_cells(36, 40, 16, 80), "group", method="koopman"))
    assert row["estimate"] == pytest.approx(4.5)
    assert (round(row["low"], 2), round(row["high"], 2)) == (2.94, 7.15)


def test_r_documentation_of_fisher_test_tea() -> None:
    # R, help(fisher.test), TeaTasting (Fisher 1935), two-sided; R's own search for the limits
    # stops early, hence the tolerance
    row = _row(odds_ratios(_cells(3, 4, 1, 4), "group", method="exact"))
    assert row["estimate"] == pytest.approx(6.408309, rel=1e-5)
    assert (row["low"], row["high"]) == pytest.approx((0.2117329, 621.9337505), rel=0.01)
    assert row["p"] == pytest.approx(0.4857, abs=5e-5)


@pytest.mark.parametrize(
    ("level", "limits"),
    [(0.95, (0.003325764, 0.363182271)), (0.99, (0.001386333, 0.578851645))],
)
def test_r_documentation_of_fisher_test_convictions(
    level: float, limits: tuple[float, float]
) -> None:
    # R, help(fisher.test), Convictions (Fisher 1962): like-sex twins
    result = odds_ratios(_cells(2, 17, 10, 13), "group", method="exact", level=level)
    assert _limits(result) == pytest.approx(limits, rel=0.011)


def test_exact_odds_ratio_limits_leave_the_tails_they_promise() -> None:
    low, high = _limits(odds_ratios(_cells(22, 77, 36, 164), "group", method="exact"))
    assert nchypergeom_fisher.sf(21, 241, 58, 77, low) == pytest.approx(0.025, rel=1e-6)
    assert nchypergeom_fisher.cdf(22, 241, 58, 77, high) == pytest.approx(0.025, rel=1e-6)


def test_r_package_propcis() -> None:
    # PropCIs, as quoted in statsmodels' tests (test_proportion.py, test_confint_2indep_propcis):
    # diffscoreci(7, 34, 1, 34, 0.95) and riskscoreci(7, 34, 1, 34, 0.95)
    cells = _cells(7, 34, 1, 34)
    difference = _limits(differences(cells, "group", method="miettinen_nurminen"))
    assert difference == pytest.approx((0.0270416, 0.3452912), abs=5e-8)
    ratio = _limits(risk_ratios(cells, "group", method="koopman"))
    assert ratio == pytest.approx((1.220853, 42.575718), rel=1e-5)


TABLES = [(22, 77, 36, 164), (7, 34, 1, 34), (5, 80, 0, 80), (60, 61, 30, 45), (9, 164, 7, 77)]
COMPARE = {
    # statsmodels' score interval of a difference strays from Miettinen & Nurminen's and PropCIs's
    "difference": ("diff", {"newcombe": "newcomb", "wald": "wald"}),
    "odds_ratio": ("odds-ratio", {"woolf": "logit"}),
    "risk_ratio": ("ratio", {"katz": "log", "koopman": "score", "miettinen_nurminen": "score"}),
}
VERBS = {"difference": differences, "odds_ratio": odds_ratios, "risk_ratio": risk_ratios}
CASES = [
    (measure, method, counts)
    for measure, (_, methods) in COMPARE.items()
    for method in methods
    for counts in TABLES
    if 0 not in counts or method in ("newcombe", "wald", "miettinen_nurminen", "koopman")
]


@pytest.mark.parametrize(("measure", "method", "counts"), CASES)
def test_statsmodels_confint_proportions_2indep(
    measure: str, method: str, counts: tuple[int, int, int, int]
) -> None:
    compare, methods = COMPARE[measure]
    computed = _limits(VERBS[measure](_cells(*counts), "group", method=method))  # type: ignore[operator]
    expected = list(
        confint_proportions_2indep(
            *counts,
            compare=compare,
            method=methods[method],
            correction=method == "miettinen_nurminen",
        )
    )
    if measure == "risk_ratio" and counts[2] == 0:
        expected[1] = math.inf  # statsmodels stops its search at an arbitrary ratio
    assert computed == pytest.approx(expected, rel=2e-6, abs=2e-6)


@pytest.mark.parametrize("counts", TABLES)
@pytest.mark.parametrize(("test", "corrected"), [("score", False), ("score_n_minus_1", True)])
def test_statsmodels_score_test(
    counts: tuple[int, int, int, int], test: str, corrected: bool
) -> None:
    row = _row(differences(_cells(*counts), "group", test=test))  # type: ignore[arg-type]
    expected = test_proportions_2indep(
        *counts, compare="diff", method="score", correction=corrected
    ).pvalue
    assert row["p"] == pytest.approx(expected, rel=1e-6)


def test_mover_of_weighted_groups_is_newcombe_when_weights_are_alike() -> None:
    plain = _cells(22, 77, 36, 164)
    frame = plain.frame.with_columns(
        (3.0 * pl.col("n")).alias("sum_w"),
        (9.0 * pl.col("n")).alias("sum_w2"),
        (3.0 * pl.col("sum")).alias("sum_wy"),
        (9.0 * pl.col("sum")).alias("sum_w2y"),
    )
    weighted = Cells.from_counts(frame, "group")
    assert _limits(differences(weighted, "group")) == pytest.approx(
        _limits(differences(plain, "group")), abs=1e-12
    )
