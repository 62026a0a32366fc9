"""Logit on grouped counts against printed values of textbooks and of R.

Snoring and heart disease: Norton and Dunn (1985), British Medical Journal 291, 630-632; fitted in
Agresti (2007), An Introduction to Categorical Data Analysis, 2nd ed., section 3.2.3 (-3.87 and
0.40); further digits as R's glm prints them for these data.

AZT and AIDS symptoms: New York Times, 15 February 1991; Agresti (2002), Categorical Data Analysis,
2nd ed., section 5.4.2 (-1.074, -0.720, 0.055; standard error of AZT 0.279).

Oral contraceptives and myocardial infarction: Shapiro et al. (1979), Lancet 313, 743-747, with
R's glm output as printed in course notes (Winona State University, "Logistic Regression in R",
example 1). R stopped after three scoring steps there and prints the information of the last but
one, hence the wider tolerance of the standard errors.
"""

from __future__ import annotations

import polars as pl
import pytest

from samspill.statistics.cells import Cells
from samspill.statistics.models import logit


def test_snoring_and_heart_disease() -> None:
    counts = pl.DataFrame(
        {
            "snoring": [0, 2, 4, 5],
            "outcome": "heart_disease",
            "sum": [24, 35, 21, 30],
            "n": [24 + 1355, 35 + 603, 21 + 192, 30 + 224],
        }
    )
    fit = logit(Cells.from_counts(counts, "snoring"), "heart_disease", "snoring")

    assert fit.frame["estimate"].to_list() == pytest.approx([-3.86625, 0.39734], abs=5e-6)
    assert fit.frame["standard_error"].to_list() == pytest.approx([0.16621, 0.05001], abs=5e-6)
    assert fit.frame["statistic"].to_list() == pytest.approx([-23.261, 7.945], abs=5e-4)
    assert fit.frame["p"][1] == pytest.approx(1.94e-15, abs=5e-18)
    grouped = fit.log_likelihood + (fit.binomial_constant or 0.0)
    assert -2 * grouped + 2 * 2 == pytest.approx(27.061, abs=5e-4), "AIC as R prints it"


def test_azt_and_aids_symptoms() -> None:
    counts = pl.DataFrame(
        {
            "race": ["white", "white", "black", "black"],
            "azt": ["yes", "no", "yes", "no"],
            "outcome": "symptoms",
            "sum": [14, 32, 11, 12],
            "n": [14 + 93, 32 + 81, 11 + 52, 12 + 43],
        }
    )
    fit = logit(Cells.from_counts(counts, ["race", "azt"]), "symptoms", ["azt", "race"])

    assert fit.frame["term"].to_list() == ["intercept", "azt[yes]", "race[white]"]
    assert fit.frame["estimate"].to_list() == pytest.approx([-1.074, -0.720, 0.055], abs=6e-4)
    assert fit.frame["standard_error"][1] == pytest.approx(0.279, abs=5e-4)


def test_oral_contraceptives_and_myocardial_infarction() -> None:
    cases = [4, 2, 9, 12, 4, 33, 6, 65, 6, 93]
    controls = [62, 224, 33, 390, 26, 330, 9, 362, 5, 301]
    counts = pl.DataFrame(
        {
            "age": [f"{group}" for group in range(1, 6) for _ in range(2)],
            "use": ["yes", "no"] * 5,
            "outcome": "infarction",
            "sum": cases,
            "n": [case + control for case, control in zip(cases, controls, strict=True)],
        }
    )
    fit = logit(Cells.from_counts(counts, ["age", "use"]), "infarction", ["age", "use"])

    assert fit.frame["estimate"].to_list() == pytest.approx(
        [-4.3698, 1.1384, 1.9344, 2.6481, 3.1943, 1.3852], abs=6e-5
    )
    assert fit.frame["standard_error"].to_list() == pytest.approx(
        [0.4347, 0.4768, 0.4582, 0.4496, 0.4474, 0.2505], abs=2e-4
    )
    assert -2 * (fit.log_likelihood + (fit.binomial_constant or 0.0)) + 12 == pytest.approx(
        58.825, abs=5e-4
    )
