"""Outcome rates against numbers printed by others."""

from __future__ import annotations

import pytest

from samspill.statistics.response import outcome_rates

# outcomerate (rOpenSci), README: outcomerate(freq, e = eligibility_rate(freq)) for
# I 4, P 2, R 1, NC 1, O 1, UH 1, UO 1, NE 1; printed to three decimals.
PRINTED = {
    "RR1": 0.364, "RR2": 0.545, "RR3": 0.370, "RR4": 0.556, "RR5": 0.444, "RR6": 0.667,
    "COOP1": 0.500, "COOP2": 0.750, "COOP3": 0.571, "COOP4": 0.857,
    "REF1": 0.091, "REF2": 0.093, "REF3": 0.111,
    "CON1": 0.727, "CON2": 0.741, "CON3": 0.889,
}  # fmt: skip


def test_the_example_of_the_r_package_outcomerate():
    cases = {
        "1.1": 4, "1.2": 2, "2.111": 1, "2.20": 1, "2.30": 1, "3.19": 1, "3.30": 1, "4.10": 1,
    }  # fmt: skip
    found = outcome_rates(cases)
    assert found.eligibility == pytest.approx(0.9)
    assert {name: round(found.value(name), 3) for name in PRINTED} == PRINTED


def test_the_example_of_the_r_package_responserates():
    # responserates (Leeper), README: rates(list(i = 100, nc = 20)), in percent.
    found = outcome_rates({"I": 100, "NC": 20})
    for name in ("RR1", "RR2", "RR3", "RR4", "RR5", "RR6", "CON1", "CON2", "CON3"):
        assert round(100 * found.value(name), 1) == 83.3
    for name in ("COOP1", "COOP2", "COOP3", "COOP4"):
        assert found.value(name) == 1
    for name in ("REF1", "REF2", "REF3"):
        assert found.value(name) == 0
