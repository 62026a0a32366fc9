"""Coefficients of agreement against worked examples that others have published, and statsmodels."""

import math

import numpy as np
import polars as pl
import pytest
from statsmodels.stats import inter_rater

from samspill.qualitative.agreement import agreement, ratings


def _values(found, column="estimate"):
    return dict(found.frame.select("coefficient", column).iter_rows())


def _square(table):
    """Ratings of two raters from a table of counts, first rater down."""
    rows = [
        (str(i), str(j), count)
        for i, row in enumerate(table)
        for j, count in enumerate(row)
        if count
    ]
    return ratings(pl.DataFrame(rows, schema=["one", "two", "n"], orient="row"), weight="n")


COHEN = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]


def test_cohen_1960_table_1_two_psychologists_of_200_persons():
    # Cohen 1960, Educational and Psychological Measurement 20:37-46: p_o 0.70, p_c 0.41
    found = _values(agreement(_square(COHEN)))
    assert found["percent_agreement"] == pytest.approx(0.70)
    assert found["cohen"] == pytest.approx((0.70 - 0.41) / (1 - 0.41))
    assert found["cohen"] == pytest.approx(0.492, abs=5e-4)


@pytest.mark.parametrize(
    ("weights", "theirs"), [("identity", None), ("linear", "linear"), ("quadratic", "quadratic")]
)
def test_cohen_and_its_standard_error_as_statsmodels(weights, theirs):
    result = inter_rater.cohens_kappa(np.array(COHEN), wt=theirs)
    found = agreement(_square(COHEN), ["cohen"], weights=weights, interval="analytic").frame
    assert found["estimate"][0] == pytest.approx(result.kappa)
    # theirs is the large-sample variance of Fleiss, Cohen and Everitt 1969; ours has n - 1
    n = 200
    assert found["standard_error"][0] == pytest.approx(
        math.sqrt(result.var_kappa * n / (n - 1)), rel=1e-9
    )


def _fleiss_1971():
    """Fleiss 1971, table 1: 30 patients, 6 psychiatrists, 5 diagnoses."""
    rows = """
    0 0 0 6 0|0 3 0 0 3|0 1 4 0 1|0 0 0 0 6|0 3 0 3 0|2 0 4 0 0|0 0 4 0 2|2 0 3 1 0|2 0 0 4 0
    0 0 0 0 6|1 0 0 5 0|1 1 0 4 0|0 3 3 0 0|1 0 0 5 0|0 2 0 3 1|0 0 5 0 1|3 0 0 1 2|5 1 0 0 0
    0 2 0 4 0|1 0 2 0 3|0 0 0 0 6|0 1 0 5 0|0 2 0 1 3|2 0 0 4 0|1 0 0 4 1|0 5 0 1 0|4 0 0 0 2
    0 2 0 4 0|1 0 5 0 0|0 0 0 0 6
    """.replace("|", "\n")
    return np.array([line.split() for line in rows.split("\n") if line.strip()], dtype=int)


def _long(table):
    return [[c for c, times in enumerate(row) for _ in range(times)] for row in table]


def test_fleiss_1971_psychiatric_diagnoses():
    table = _fleiss_1971()
    assert table.shape == (30, 5)
    frame = pl.DataFrame(_long(table), schema=list("abcdef"), orient="row")
    found = _values(agreement(ratings(frame), ["fleiss"]))
    assert found["fleiss"] == pytest.approx(0.430, abs=5e-4)
    assert found["fleiss"] == pytest.approx(inter_rater.fleiss_kappa(table))


KRIPPENDORFF = {
    "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    "C": [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
}


@pytest.mark.parametrize(
    ("level", "printed"),
    [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)],
)
def test_krippendorff_2011_four_observers_twelve_units_with_missing(level, printed):
    # Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, example C
    found = agreement(ratings(pl.DataFrame(KRIPPENDORFF)), ["krippendorff"], measurement=level)
    assert _values(found)["krippendorff"] == pytest.approx(printed, abs=5e-4)


def test_gwet_2014_four_raters_twelve_units():
    """Gwet 2014, *Handbook*, 4th ed., as the vignette of his irrCAC prints cac.raw4raters.

    His table is Krippendorff's with the lone rating of the last unit given by the third rater.
    """
    table = pl.DataFrame(
        KRIPPENDORFF | {"B": [*KRIPPENDORFF["B"][:11], None], "C": [*KRIPPENDORFF["C"][:11], 3]}
    )
    found = agreement(ratings(table), interval="analytic")
    printed = {
        "percent_agreement": (0.8182, None, None, None),
        "gwet": (0.7754, 0.1430, 0.461, 1.0),
        "fleiss": (0.7612, 0.1530, 0.424, 1.0),
        "conger": (0.7628, 0.1491, 0.435, 1.0),
        "krippendorff": (0.7434, 0.1455, 0.419, 1.0),
        "brennan_prediger": (0.7727, 0.1447, 0.454, 1.0),
    }
    for row in found.frame.iter_rows(named=True):
        value, error, low, high = printed[row["coefficient"]]
        assert row["estimate"] == pytest.approx(value, abs=5.1e-5), row
        if error is not None:
            assert row["standard_error"] == pytest.approx(error, abs=6e-4), row
            assert row["low"] == pytest.approx(low, abs=1.5e-3), row
            assert row["high"] == pytest.approx(high, abs=1e-3), row


def test_gwet_2008_the_paradox_high_agreement_and_low_kappa():
    # Gwet 2008, BJMSP 61:29-48, table 1's kind: 118 + 2 of 125 agree; kappa about 0, AC1 near 1
    found = _values(agreement(_square([[118, 5], [2, 0]])))
    assert found["percent_agreement"] == pytest.approx(0.944)
    assert found["cohen"] == pytest.approx(-0.0234, abs=5e-5)
    assert found["scott"] == pytest.approx(-0.0288, abs=5e-5)
    assert found["gwet"] == pytest.approx(0.9408, abs=5e-5)
    assert found["brennan_prediger"] == pytest.approx(0.888, abs=5e-4)
