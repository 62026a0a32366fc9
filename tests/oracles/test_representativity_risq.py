"""R-indicators, propensities and standardised differences against other programs' numbers.

R-indicators: `getRIndicator` of RISQ's program for R, version 2.1 (de Heij, Schouten & Shlomo
2015), run in R 4.2.2 on the table below, every unit of the frame asked; its glm fitted to 1e-14,
where R's usual 1e-8 shows in the eighth digit. Propensities: R's glm and predict. Standardised
differences: MatchIt's summary with estimand ATE (R 4.2.2).
"""

from __future__ import annotations

import polars as pl
import pytest

from samspill.statistics import Cells
from samspill.statistics.response import representativity, response_by, response_propensities

SIZES, REGIONS = ("large", "medium", "small"), ("east", "north", "south", "west")
UNITS = (9, 30, 52, 7, 28, 61, 16, 41, 50, 12, 60, 74)
ONES = (7, 19, 30, 4, 13, 24, 13, 27, 26, 10, 38, 39)


@pytest.fixture(scope="module")
def cells() -> Cells:
    places = [(size, region) for region in REGIONS for size in SIZES]
    rows = [(*place, "r", n, y) for place, n, y in zip(places, UNITS, ONES, strict=True)]
    frame = pl.DataFrame(rows, ["size", "region", "outcome", "n", "sum"], orient="row")
    return Cells.from_counts(frame, ["size", "region"])


@pytest.fixture(scope="module")
def found(cells):
    return representativity(cells, "r", ["size", "region"])


def test_the_indicator(found):
    row = found.frame.row(0, named=True)
    assert row["r"] == pytest.approx(0.813694892378, abs=1e-8)
    assert row["r_unadjusted"] == pytest.approx(0.78297471814, abs=1e-8)
    assert row["standard_error"] == pytest.approx(0.0461056758076, abs=1e-8)
    assert row["coefficient_of_variation"] == pytest.approx(0.163948494707, abs=1e-8)


@pytest.mark.parametrize(
    ("variable", "expected"),
    [
        (
            "size",
            (0.0726856064163, 0.0846708628713, 0.0223680200943, 0.0671215910103, 0.0781893872575),
        ),
        (
            "region",
            (0.0644388775665, 0.0750643165136, 0.0251243531304, 0.0580902706284, 0.0676688767011),
        ),
    ],
)
def test_partial_indicators_of_variables(found, variable, expected):
    row = found.variables.filter(variable=variable).row(0, named=True)
    names = (
        "unconditional",
        "unconditional_unadjusted",
        "standard_error",
        "conditional",
        "conditional_unadjusted",
    )
    assert tuple(row[name] for name in names) == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize(
    ("category", "unconditional", "conditional", "error"),
    [
        ("large", 0.0646829521398, 0.0610644186596, 0.0197810276556),
        ("small", -0.0484915464162, 0.0437966974376, 0.0161267865638),
        ("north", -0.0659070128864, 0.0590509452025, 0.0211327796345),
        ("west", 0.0159611639897, 0.0161344859601, 0.024406475429),
    ],
)
def test_partial_indicators_of_categories(found, category, unconditional, conditional, error):
    row = found.categories.filter(category=category).row(0, named=True)
    assert row["unconditional"] == pytest.approx(unconditional, abs=1e-8)
    assert row["conditional"] == pytest.approx(conditional, abs=1e-8)
    assert row["conditional_standard_error"] == pytest.approx(error, abs=1e-8)


def test_propensities_with_intervals(cells):
    found = response_propensities(cells, "r", ["size", "region"]).frame
    for size, region, expected in (
        ("small", "north", (0.378248344755, 0.282527233312, 0.484500094789)),
        ("large", "south", (0.792528438486, 0.638809746164, 0.891897020355)),
    ):
        row = found.filter(size=size, region=region).select("propensity", "low", "high").row(0)
        assert row == pytest.approx(expected, abs=1e-8)


def test_standardised_differences(cells):
    found = response_by(cells, "r", "size").frame
    assert found["difference_silent"].to_list() == pytest.approx(
        [0.2881931207522, 0.1290010525205, -0.2946270556315]
    )
    found = response_by(cells, "r", "region").frame
    assert found["difference_silent"].to_list() == pytest.approx(
        [0.0988423361148, -0.3030806563532, 0.1130804978751, 0.0798039158084]
    )
