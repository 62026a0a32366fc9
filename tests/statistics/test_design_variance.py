"""What must hold for any sample by design."""

from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.statistics.design_variance import Design, differences, means, ratios, totals

PLAN = {"strata": "stratum", "clusters": "cluster", "weight": "w", "population": "clusters_in_all"}


@st.composite
def samples(draw) -> pl.DataFrame:
    rows = []
    for stratum in range(draw(st.integers(1, 3))):
        size = draw(st.integers(2, 4))
        of_all = size + draw(st.integers(0, 5))
        for cluster in range(size):
            rows += [
                (
                    f"s{stratum}",
                    f"s{stratum}c{cluster}",
                    of_all,
                    draw(st.integers(1, 9)) / 2,
                    draw(st.integers(-5, 5)) / 2,
                    draw(st.integers(1, 6)),
                    draw(st.sampled_from("ab")),
                )
                for _ in range(draw(st.integers(1, 4)))
            ]
    names = ["stratum", "cluster", "clusters_in_all", "w", "y", "x", "g"]
    return pl.DataFrame(rows, names, orient="row")


def pairs(found) -> list[tuple[float, float]]:
    return found.frame.select("estimate", "standard_error").rows()


def same(one, other, factor=1.0):
    for a, b in zip(pairs(one), pairs(other), strict=True):
        assert (a[0] * factor, a[1] * abs(factor)) == pytest.approx(b, abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(samples(), st.randoms(use_true_random=False))
def test_neither_order_nor_names_nor_the_scale_of_weights_matter(frame, random):
    design = Design.of(frame, **PLAN)
    mixed = frame[random.sample(range(frame.height), frame.height)]
    named = mixed.with_columns("other " + pl.col("cluster"), pl.col("w") * 3)
    same(means(design, "y"), means(Design.of(named, **PLAN), "y"))
    same(ratios(design, "y", "x"), ratios(Design.of(named, **PLAN), "y", "x"))
    same(totals(design, "y"), totals(Design.of(named, **PLAN), "y"), 3)


@settings(max_examples=30, deadline=None)
@given(samples())
def test_another_scale_of_the_answers_scales_the_estimate(frame):
    design = Design.of(frame.with_columns(z=4 - 2 * pl.col("y")), **PLAN)
    (mean, error), (other, turned) = pairs(means(design, "y"))[0], pairs(means(design, "z"))[0]
    assert (other, turned) == pytest.approx((4 - 2 * mean, 2 * error), abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(samples())
def test_where_all_units_were_drawn_nothing_is_uncertain(frame):
    drawn = pl.col("cluster").n_unique().over("stratum")
    design = Design.of(frame.with_columns(clusters_in_all=drawn), **PLAN)
    for found in (means(design, "y"), totals(design, "y"), ratios(design, "y", "x")):
        assert pairs(found)[0][1] == pytest.approx(0, abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(samples())
def test_domains_add_up_to_the_whole(frame):
    design = Design.of(frame, **PLAN)
    parts = totals(design, "y", by="g")
    whole, error = pairs(totals(design, "y"))[0]
    assert parts.frame["estimate"].sum() == pytest.approx(whole, abs=1e-9)
    assert math.sqrt(max(0, parts.covariance.sum())) == pytest.approx(error, abs=1e-6)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(-9, 9), min_size=3, max_size=20), st.integers(0, 30))
def test_a_plain_sample_has_the_textbooks_standard_error(values, unseen):
    n, of_all = len(values), len(values) + unseen
    frame = pl.DataFrame({"y": [float(v) for v in values], "N": of_all})
    found = means(Design.of(frame, population="N"), "y")
    error = np.std(values, ddof=1) * math.sqrt((1 - n / of_all) / n)
    assert pairs(found)[0] == pytest.approx((np.mean(values), error), abs=1e-9)


@settings(max_examples=20, deadline=None)
@given(samples())
def test_a_difference_is_that_of_the_domains(frame):
    if frame["g"].n_unique() < 2:
        return
    design = Design.of(frame, **PLAN)
    a, b = (row[0] for row in pairs(means(design, "y", by="g")))
    assert pairs(differences(design, "y", "g", reference="a"))[0][0] == pytest.approx(b - a)
