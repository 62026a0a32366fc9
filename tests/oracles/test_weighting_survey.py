"""Weights against R's survey: rake, postStratify, calibrate and trimWeights.

R 4.2.2, survey 4.1.1, on apiclus1; tolerances of R's iterations set to 1e-10.
"""

from __future__ import annotations

import polars as pl
import pytest
from oracles.test_design_variance_survey import API99, BY_API, BY_BOTH, TYPES, WIDE

from samspill.statistics import cells
from samspill.statistics.weighting import Sample, calibrate, post_stratify, rake, trim
from samspill.statistics.weighting.weights import weights_of


def told(weights):
    frame = weights.frame.sort("sch.wide", "stype")
    return frame["weight"].to_list()


def test_post_stratification():
    found = post_stratify(BY_BOTH, TYPES).frame.unique("stype").sort("stype")
    assert found["weight"].to_list() == pytest.approx([30.7013888889, 53.9285714286, 40.7200000000])


RAKED = [39.8392362469, 67.1255292413, 49.0690721641, 29.8706754926, 50.3294011162, 36.7910248644]


def test_raking_by_proportional_fitting_and_as_a_distance():
    assert told(rake(BY_BOTH, [TYPES, WIDE])) == pytest.approx(RAKED, rel=1e-8)
    by_distance = calibrate(BY_BOTH, [TYPES, WIDE], distance="raking")
    assert told(by_distance) == pytest.approx(RAKED, rel=1e-8)


def test_linear_calibration():
    assert told(calibrate(BY_BOTH, [TYPES, WIDE])) == pytest.approx(
        [41.2367391616, 62.9588716724, 48.5353143842, 29.7436297732, 51.4657622739, 37.0422049957]
    )


def test_bounded_calibration():
    found = calibrate(BY_BOTH, [TYPES, WIDE], distance="logit", bounds=(0.5, 2))
    assert told(found) == pytest.approx(
        [41.3410324092, 60.6356028772, 49.2501003073, 29.7341485689, 52.0993810335, 36.7058351495],
        rel=1e-7,
    )


@pytest.mark.parametrize(
    ("distance", "bounds", "least", "most"),
    [
        ("linear", None, 0.418592462214, 1.833294883170),
        ("raking", None, 0.534231368667, 1.994761240738),
        ("logit", (0.6, 1.6), 0.612143244132, 1.599426236521),
    ],
)
def test_the_range_of_factors_with_a_known_sum_of_a_number(distance, bounds, least, most):
    factors = calibrate(BY_API, [TYPES], [API99], distance=distance, bounds=bounds).frame["factor"]
    assert (factors.min(), factors.max()) == pytest.approx((least, most), rel=1e-7)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (None, 8, [10 / 3, 10 / 3, 13 / 3, 13 / 3, 16 / 3, 22 / 3, 8, 8]),
        (2, 8, [2, 2, 5, 5, 6, 8, 8, 8]),
    ],
)
def test_trimming(low, high, expected):
    weights = [1, 1, 2, 2, 3, 5, 10, 20]
    frame = pl.DataFrame({"i": list("abcdefgh"), "w": weights, "one": [1] * 8})
    sample = Sample.weighted(cells(frame, "i", "one", weight="w"))
    mean = sum(weights) / 8
    limits = {"low": low and low / mean, "high": high / mean}
    found = trim(weights_of(sample, sample.n * 0 + 1.0, "given"), **limits)
    assert found.frame["weight"].to_list() == pytest.approx(expected)
