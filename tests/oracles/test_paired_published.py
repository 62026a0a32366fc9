"""Printed tests and intervals of paired shares, and power as other programs and tables have it."""

from __future__ import annotations

import pytest

from samspill.statistics.change.paired import mcnemar, newcombe_paired, tango

# Fagerland, Lydersen & Laake 2017, Statistical Analysis of Contingency Tables, chapter 8, as the
# R package contingencytables 1.0 prints them. kept, gained, lost, neither.
BENTUR = (1, 1, 7, 12)  # airway hyper-responsiveness, Bentur et al. 2009
CAVO = (59, 6, 16, 80)  # complete response, Cavo et al. 2012


def _rounded(limits, digits=4):
    return [round(float(limit), digits) for limit in limits]


@pytest.mark.parametrize(
    ("table", "newcombe", "score"),
    [
        (CAVO, [-0.1186, -0.0046], [-0.1240, -0.0054]),
        (BENTUR, [-0.5069, -0.0256], [-0.5172, -0.0260]),
    ],
)
def test_fagerland_lydersen_laake_intervals(table, newcombe, score):
    kept, gained, lost, neither = table
    n = kept + gained + lost + neither
    assert _rounded(newcombe_paired(kept, gained, lost, n, 0.95)) == newcombe
    assert _rounded(tango(gained, lost, n, 0.95)) == score


@pytest.mark.parametrize(
    ("method", "p"), [("asymptotic", 0.033006), ("exact", 0.052479), ("mid_p", 0.034690)]
)
def test_fagerland_lydersen_laake_tests(method, p):
    _, gained, lost, _ = CAVO
    assert round(float(mcnemar(gained, lost, method)), 6) == p


# Newcombe 1998, Improved confidence intervals for the difference between binomial proportions
# based on paired data, Statistics in Medicine 17:2635-2650: method 10 gives a 95% interval for
# no change at all that does not degenerate, and ±1 where all change.
def test_newcombe_keeps_an_interval_where_nobody_changed():
    low, high = newcombe_paired(10, 0, 0, 20, 0.95)
    assert low < 0 < high
    assert float(newcombe_paired(0, 20, 0, 20, 0.95)[1]) == 1.0


# R 4.2.2, stats::mcnemar.test(matrix(c(794, 86, 150, 570), 2), correct = FALSE): χ² = 17.356,
# p = 3.099e-05 (approval of the prime minister, Agresti 1990, p. 350, as in R's own help page;
# with the continuity correction it prints χ² = 34.712 for another coding of the table).
def test_r_mcnemar_on_performance_ratings():
    statistic = (150 - 86) ** 2 / (150 + 86)
    assert round(statistic, 3) == 17.356
    assert float(mcnemar(150, 86, "asymptotic")) == pytest.approx(3.099293e-05, rel=1e-6)
