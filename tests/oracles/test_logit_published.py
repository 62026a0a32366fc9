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

Academic Performance Index of Californian schools, as in the R package survey: shares of schools
eligible for awards and their standard errors by svymean, without finite population correction, as
printed in test/r_reference/proportions.csv of Survey.jl (designs srs_w and strat_w); counts by
type of school follow from its svytable_strat.csv. apisrs is a simple random sample of 200 with
equal weights, apistrat has 100, 50 and 50 schools of three types.
"""

from __future__ import annotations

import math

import polars as pl
import pytest

from samspill.statistics import Cells, LogitFit, cells, logit


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


APISRS = pl.DataFrame({"awards": [1] * 124 + [0] * 76, "pw": [30.97] * 200})
APISTRAT = pl.DataFrame(
    {
        "stype": ["E"] * 100 + ["H"] * 50 + ["M"] * 50,
        "awards": [1] * 73 + [0] * 27 + [1] * 16 + [0] * 34 + [1] * 24 + [0] * 26,
        "pw": [44.2099990844727] * 100 + [15.1000003814697] * 50 + [20.3600006103516] * 50,
    }
)


def _share(fit: LogitFit) -> tuple[float, float]:
    """The share and its standard error, by the delta method from an intercept alone."""
    share = 1 / (1 + math.exp(-fit.coefficients[0]))
    return share, share * (1 - share) * float(fit.frame["standard_error"][0])


def test_linearised_standard_error_is_that_of_r_survey() -> None:
    share, error = _share(logit(cells(APISRS, (), "awards", weight="pw"), "awards", []))

    assert share == pytest.approx(0.62, rel=1e-12)
    assert error == pytest.approx(0.0344081327303582, rel=1e-10)


def test_linearised_standard_errors_of_strata_add_up_to_that_of_r_survey() -> None:
    counted = cells(APISTRAT, "stype", "awards", weight="pw")
    whole = APISTRAT["pw"].sum()
    estimate = variance = 0.0
    for (stratum,), schools in APISTRAT.group_by("stype"):
        share, error = _share(logit(counted, "awards", [], where={"stype": stratum}))
        weight = schools["pw"].sum() / whole
        estimate += weight * share
        variance += (weight * error) ** 2

    together, _ = _share(logit(counted, "awards", []))
    assert estimate == pytest.approx(0.638936064050579, rel=1e-10)
    assert together == pytest.approx(0.638936064050579, rel=1e-10)
    assert math.sqrt(variance) == pytest.approx(0.0348975177769063, rel=1e-8)
