"""Published 2x2 tables found again from the statistics that their authors printed.

Aspirin and myocardial infarction, Physicians' Health Study: New England Journal of Medicine 318
(1988), 262-264, as in Agresti, An Introduction to Categorical Data Analysis, 2nd ed. (2007),
table 2.2 and sections 2.2.2, 2.2.3 and 2.3.3: placebo 189 of 11,034, aspirin 104 of 11,037;
proportions 0.0171 and 0.0094, difference 0.0077 (standard error 0.0015), relative risk 1.82,
odds ratio 1.832 with 95 per cent interval 1.44 to 2.33.

Smoking and carcinoma of the lung: Doll and Hill, British Medical Journal 2 (1950), 739-748,
table IV, men: smokers among 649 patients 647, among 649 controls 622; odds ratio 14.0 (Gerstman's
key to the Epi Info exercises).

Admissions to Berkeley: Bickel, Hammel and O'Connell, Science 187 (1975), 398-404: of 8,442 men
about 44 per cent were admitted, of 4,321 women about 35 per cent.
"""

from __future__ import annotations

import polars as pl
import pytest

from samspill.reconstruction import disclosure_check, reconstruct

COLUMNS = ("id", "indicator", "split", "group", "statistic", "printed", "observations")


def table(*rows: tuple[str, ...]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=dict.fromkeys(COLUMNS, pl.String), orient="row")


ASPIRIN = [
    ("p0", "infarction", "arm", "aspirin", "percentage", "0.94", "11037"),
    ("p1", "infarction", "arm", "placebo", "percentage", "1.71", "11034"),
]
INTERVAL = [
    ("or", "infarction", "arm", "", "odds_ratio", "1.832", "22071"),
    ("low", "infarction", "arm", "", "confidence_low", "1.44", "22071"),
    ("high", "infarction", "arm", "", "confidence_high", "2.33", "22071"),
]


def test_aspirin_from_percentages_alone() -> None:
    found = reconstruct(table(*ASPIRIN))
    assert found.solutions.select("count0", "count1").rows() == [(104, 189)]


@pytest.mark.parametrize(
    "contrast",
    [
        [("or", "infarction", "arm", "", "odds_ratio", "1.832", "22071")],
        [
            ("or", "infarction", "arm", "", "odds_ratio", "1.83", "22071"),
            ("low", "infarction", "arm", "", "confidence_low", "1.44", "22071"),
            ("high", "infarction", "arm", "", "confidence_high", "2.33", "22071"),
        ],
        [("rr", "infarction", "arm", "", "risk_ratio", "1.82", "22071")],
    ],
)
def test_aspirin_from_a_percentage_and_a_contrast(contrast: list[tuple[str, ...]]) -> None:
    found = reconstruct(table(*ASPIRIN, *contrast))
    (row,) = found.tables.to_dicts()
    assert (row["status"], row["count0"], row["count1"]) == ("unique", 104, 189)


def test_aspirin_with_the_difference_and_its_standard_error() -> None:
    rows = [
        ("rd", "infarction", "arm", "", "risk_difference", "0.77", "22071"),
        ("se", "infarction", "arm", "", "standard_error", "0.0015", "22071"),
    ]
    frame = table(*ASPIRIN, *rows).with_columns(of=pl.lit("risk_difference"))
    found = reconstruct(frame)
    assert (104, 189) in found.solutions.select("count0", "count1").rows()


def test_aspirin_from_the_odds_ratio_and_its_interval_with_neither_percentage() -> None:
    sizes = [("n", "arm", "", "aspirin", "count", "11037", "22071")]
    rows = [("any", "other", "arm", "aspirin", "percentage", "50.00", "11037")]
    found = reconstruct(table(*rows, *INTERVAL, *sizes))
    own = found.solutions.filter(pl.col("indicator") == "infarction")
    assert (104, 189) in own.select("count0", "count1").rows()
    assert own.height < 10


def test_a_wrong_interval_is_told_and_the_rest_still_solved() -> None:
    wrong = [(*row[:5], "1.54", row[6]) if row[0] == "low" else row for row in INTERVAL]
    found = reconstruct(table(*ASPIRIN, *wrong))
    assert found.tables["status"].to_list() == ["impossible"]
    nearest = found.explanations.filter(pl.col("id") == "low").sort("rank").to_dicts()[0]
    assert (nearest["read_as"], nearest["count0"], nearest["count1"]) == ("1.44", 104, 189)


def test_doll_and_hill_from_the_odds_ratio_and_the_controls() -> None:
    found = reconstruct(
        table(
            ("p", "smoker", "lung_cancer", "no", "percentage", "95.8", "649"),
            ("or", "smoker", "lung_cancer", "", "odds_ratio", "14.0", "1298"),
        )
    )
    (row,) = found.tables.to_dicts()
    assert (row["status"], row["count0"], row["count1"]) == ("unique", 622, 647)


def test_doll_and_hill_gives_its_two_nonsmoking_patients_away() -> None:
    found = disclosure_check(
        table(
            ("p", "smoker", "lung_cancer", "no", "percentage", "95.8", "649"),
            ("or", "smoker", "lung_cancer", "", "odds_ratio", "14.0", "1298"),
        )
    )
    told = found.cells.select("group", "has_indicator", "lowest", "determined").rows()
    assert told == [("other", False, 2, True)]


def test_berkeley_in_whole_per_cent_is_one_of_many() -> None:
    found = reconstruct(
        table(
            ("m", "admitted", "sex", "men", "percentage", "44", "8442"),
            ("w", "admitted", "sex", "women", "percentage", "35", "4321"),
        )
    )
    (row,) = found.tables.to_dicts()
    assert row["status"] == "one of several"
    assert row["solutions"] == 84 * 43
    assert row["chance"] == 1.0
