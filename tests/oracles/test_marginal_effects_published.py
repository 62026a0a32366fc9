"""Logit and average marginal effects against Stata's numbers for Spector and Mazzeo's data.

Data: Spector and Mazzeo (1980), Journal of Economic Education 11, 37-44, printed in Greene,
Econometric Analysis (appendix table F21.1 in the 5th ed.). Coefficients: Greene's table 21.1 and
Stata 11's logit. Marginal effects: Stata 11, logit grade gpa tuce i.psi, then margins, dydx(*).
Stata holds the data in single precision, hence six figures.
"""

from __future__ import annotations

import polars as pl
import pytest

from samspill.statistics.cells import Cells
from samspill.statistics.counting import cells
from samspill.statistics.models import LogitFit, average_marginal_effects, logit

GPA = [
    2.66, 2.89, 3.28, 2.92, 4.0, 2.86, 2.76, 2.87, 3.03, 3.92, 2.63, 3.32, 3.57, 3.26, 3.53, 2.74,
    2.75, 2.83, 3.12, 3.16, 2.06, 3.62, 2.89, 3.51, 3.54, 2.83, 3.39, 2.67, 3.65, 4.0, 3.1, 2.39,
]  # fmt: skip
TUCE = [
    20, 22, 24, 12, 21, 17, 17, 21, 25, 29, 20, 23, 23, 25, 26, 19,
    25, 19, 23, 25, 22, 28, 14, 26, 24, 27, 17, 24, 21, 23, 21, 19,
]  # fmt: skip
PSI = ["no"] * 18 + ["yes"] * 14
GRADE = [
    0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0,
    0, 0, 0, 1, 0, 1, 0, 0, 1, 1, 1, 0, 1, 1, 0, 1,
]  # fmt: skip


@pytest.fixture(scope="module")
def counted() -> Cells:
    rows = pl.DataFrame({"gpa": GPA, "tuce": TUCE, "psi": PSI, "grade": GRADE})
    return cells(rows, ["gpa", "tuce", "psi"], "grade")


@pytest.fixture(scope="module")
def fit(counted: Cells) -> LogitFit:
    return logit(counted, "grade", ["gpa", "tuce", "psi"])


def test_coefficients(fit: LogitFit) -> None:
    assert fit.frame["estimate"].to_list() == pytest.approx(
        [-13.0213483201, 2.82611297201, 0.0951576702557, 2.37868772835], rel=1e-6
    )
    assert fit.frame["standard_error"].to_list() == pytest.approx(
        [4.93132462871, 1.26294114526, 0.141554207662, 1.06456430165], rel=1e-6
    )
    assert fit.log_likelihood == pytest.approx(-12.8896334653335, rel=1e-6)


def test_average_marginal_effects(fit: LogitFit) -> None:
    effects = average_marginal_effects(fit).frame

    assert effects["contrast"].to_list() == ["dy/dx", "dy/dx", "yes − no"]
    assert effects["estimate"].to_list() == pytest.approx(
        [0.36258084688424, 0.01220841099085, 0.35751515254729], rel=1e-6
    )
    assert effects["standard_error"].to_list() == pytest.approx(
        [0.1094412, 0.0177942, 0.1420034], abs=1e-7
    )
    assert effects["percentage_points"][2] == pytest.approx(35.751515254729, rel=1e-6)


def test_average_derivative_of_a_dummy_taken_as_a_number(counted: Cells) -> None:
    numeric = Cells(
        counted.frame.with_columns((pl.col("psi") == "yes").cast(pl.Int64)), counted.key
    )
    effects = average_marginal_effects(logit(numeric, "grade", ["gpa", "tuce", "psi"]), "psi")

    assert effects.frame["estimate"][0] == pytest.approx(0.30517768382304, rel=1e-6)
    assert effects.frame["standard_error"][0] == pytest.approx(0.0923796, abs=1e-7)
