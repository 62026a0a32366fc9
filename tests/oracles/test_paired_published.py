"""Printed intervals and tests of paired shares, and power as R and published formulas have it."""

from __future__ import annotations

import pytest

from samspill.statistics.change.paired import mcnemar, newcombe_paired, tango
from samspill.statistics.power import detectable, independent_power, paired_power

# Cavo et al. 2012, complete response before and after consolidation therapy, in Fagerland,
# Lydersen & Laake 2017, Statistical Analysis of Contingency Tables, chapter 8; the numbers are
# those that the R package contingencytables (1.0) prints and tests. kept, gained, lost, neither.
CAVO = (59, 6, 16, 80)


def test_cavo_intervals():
    kept, gained, lost, _ = CAVO
    n = sum(CAVO)
    newcombe = newcombe_paired(kept, gained, lost, n, 0.95)
    assert [round(float(limit), 4) for limit in newcombe] == [-0.1186, -0.0046]
    assert [round(float(limit), 4) for limit in tango(gained, lost, n, 0.95)] == [-0.1240, -0.0054]


@pytest.mark.parametrize(
    ("method", "p"), [("asymptotic", 0.033006), ("exact", 0.052479), ("mid_p", 0.034690)]
)
def test_cavo_tests(method, p):
    _, gained, lost, _ = CAVO
    assert round(float(mcnemar(gained, lost, method)), 6) == p


def test_approval_of_the_prime_minister():
    # Agresti 1990, Categorical Data Analysis, p. 350, by R 4.2.2:
    # mcnemar.test(matrix(c(794, 86, 150, 570), 2), correct = FALSE)
    assert float(mcnemar(150, 86, "asymptotic")) == pytest.approx(3.099293441e-05, rel=1e-9)


@pytest.mark.parametrize(
    ("n", "before", "after", "power"),
    [
        (50, 0.5, 0.75, 0.7401659013),
        (241, 0.4, 0.5, 0.5978557405),
        (100, 0.15, 0.3, 0.7222794993),
        (30, 0.9, 0.99, 0.3300871427),
    ],
)
def test_power_prop_test_of_r(n, before, after, power):
    # R 4.2.2: power.prop.test(n = n, p1 = before, p2 = after)
    assert independent_power(before, after, n, n) == pytest.approx(power, abs=1e-9)


@pytest.mark.parametrize(
    ("n", "before", "power", "after"),
    [(241, 0.3693, 0.8, 0.4954433963), (132, 0.5, 0.9, 0.6941980541)],
)
def test_the_smallest_rise_is_that_of_r(n, before, power, after):
    # R 4.2.2: power.prop.test(n = n, p1 = before, power = power)$p2, which stops at 1e-4 or so
    found = detectable(before, n, n, power=power).frame["increase"][0]
    assert before + found == pytest.approx(after, abs=1e-4)


def test_connor_1987():
    # Connor 1987, Biometrics 43:207-211, p. 209, as powersamplesize.com computes it: with 45 % and
    # 5 % discordant, 23 pairs are the fewest with a power of 80 % at two-sided 5 %.
    assert paired_power(0.5, 0.4, 23) >= 0.8 > paired_power(0.5, 0.4, 22)
