"""Variance by design against R's survey on the API samples, before and after calibration.

R 4.2.2, survey 4.1.1: svydesign, svymean, svytotal, svyratio, svyby, svycontrast, and the same
after postStratify, rake and calibrate. The means and totals without calibration also stand in the
package's documentation.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from samspill.errors import SamspillError
from samspill.statistics import cells
from samspill.statistics.design_variance import Design, differences, means, ratios, totals
from samspill.statistics.weighting import Margin, Sample, Total, calibrate, post_stratify, rake

DATA = Path(__file__).parent / "api"
TYPES = Margin(("stype",), {("E",): 4421, ("H",): 755, ("M",): 1018})
WIDE = Margin(("sch.wide",), {("No",): 1072, ("Yes",): 5122})
API99 = Total("api99", 3914069)


def read(name: str) -> pl.DataFrame:
    wide = (pl.col("sch.wide") == "Yes").cast(pl.Int8).alias("wide")
    return pl.read_csv(DATA / f"{name}.csv").with_columns(wide, one=pl.lit(1))


STRAT, CLUS1, CLUS2 = (read(name) for name in ("apistrat", "apiclus1", "apiclus2"))
DESIGNS = {
    "apistrat": Design.of(STRAT, strata="stype", weight="pw", population="fpc"),
    "apiclus1": Design.of(CLUS1, clusters="dnum", weight="pw", population="fpc"),
    "apiclus2": Design.of(CLUS2, clusters=["dnum", "snum"], population=["fpc1", "fpc2"]),
}


def pair(found):
    return tuple(found.frame.select("estimate", "standard_error").row(0))


@pytest.mark.parametrize(
    ("name", "mean", "share", "total", "ratio"),
    [
        (
            "apistrat",
            (662.287363159, 9.40894080278),
            (0.827948011416, 0.0243447801131),
            (3687177.53244, 114641.716101),
            (0.836956886941, 0.00775710316664),
        ),
        (
            "apiclus1",
            (644.169398907, 23.5422406938),
            (0.874316939891, 0.0203594772446),
            (3404940.13453, 932235.027041),
            (0.849708741724, 0.00838629716939),
        ),
        (
            "apiclus2",
            (670.811808118, 30.0990273768),
            (0.751291512915, 0.0663949884343),
            (2639272.93, 799637.773648),
            (0.819737042125, 0.0188505633127),
        ),
    ],
)
def test_means_shares_totals_and_ratios(name, mean, share, total, ratio):
    design = DESIGNS[name]
    assert pair(means(design, "api00")) == pytest.approx(mean, rel=1e-9)
    assert pair(means(design, "wide")) == pytest.approx(share, rel=1e-9)
    assert pair(totals(design, "enroll")) == pytest.approx(total, rel=1e-9)
    assert pair(ratios(design, "api.stu", "enroll")) == pytest.approx(ratio, rel=1e-9)


def test_domains_and_their_difference():
    found = means(DESIGNS["apiclus2"], "api00", by="stype").frame
    assert found["estimate"].to_list() == pytest.approx(
        [692.810400867, 598.340659341, 642.352000000]
    )
    assert found["standard_error"].to_list() == pytest.approx(
        [29.9266042374, 17.6941671261, 45.0913163003]
    )
    row = differences(DESIGNS["apiclus2"], "api00", "stype", reference="H").frame.row(0, named=True)
    assert row["stype"] == "E"
    assert (row["estimate"], row["standard_error"]) == pytest.approx((94.4697415261, 28.2140582332))


@pytest.mark.parametrize(
    ("name", "freedom", "low", "high", "deff"),
    [
        ("apistrat", 197, 643.732188272, 680.842538047, 1.20445726854),
        ("apiclus1", 14, 593.676314463, 694.662483351, 9.34586945059),
        ("apiclus2", 39, 609.930778741, 731.692837495, 6.25051375571),
    ],
)
def test_intervals_by_t_and_design_effects(name, freedom, low, high, deff):
    found = means(DESIGNS[name], "api00")
    row = found.frame.row(0, named=True)
    assert found.degrees_of_freedom == freedom
    assert (row["low"], row["high"], row["deff"]) == pytest.approx((low, high, deff))


def test_without_a_population_size_nothing_is_corrected_for():
    design = Design.of(CLUS1, clusters="dnum", weight="pw")
    assert pair(means(design, "api00")) == pytest.approx((644.169398907, 23.7790107209))


def sample(frame, *key):
    return Sample.weighted(cells(frame, list(key), "one", weight="pw"))


BY_BOTH = sample(CLUS1, "stype", "sch.wide")
BY_API = sample(CLUS1, "stype", "api99")


@pytest.mark.parametrize(
    ("weights", "mean", "total"),
    [
        (
            post_stratify(BY_BOTH, TYPES),
            (642.310788212, 23.9204864451),
            (3680892.94512, 406292.636295),
        ),
        (
            rake(BY_BOTH, [TYPES, WIDE]),
            (641.230320927, 23.7036168879),
            (3647280.14807, 400603.256862),
        ),
        (
            calibrate(BY_BOTH, [TYPES, WIDE]),
            (640.995870079, 23.8294929923),
            (3654414.34803, 403073.5698),
        ),
        (
            calibrate(BY_BOTH, [TYPES, WIDE], distance="logit", bounds=(0.5, 2)),
            (640.891884259, 23.8372500514),
            (3656571.63686, 403362.904126),
        ),
        (
            calibrate(BY_API, [TYPES], [API99]),
            (665.309071166, 3.4417531164),
            (3638487.20413, 385524.427352),
        ),
        (
            calibrate(BY_API, [TYPES], [API99], distance="raking"),
            (665.393796, 3.43775353983),
            (3616588.56327, 387618.63038),
        ),
        (
            calibrate(BY_API, [TYPES], [API99], distance="logit", bounds=(0.6, 1.6)),
            (665.409854492, 3.41026825439),
            (3660490.15022, 377994.942681),
        ),
    ],
    ids=["post-stratified", "raked", "linear", "logit", "greg", "raking on a number", "bounded"],
)
def test_after_calibration_the_variance_is_that_of_the_residuals(weights, mean, total):
    design = DESIGNS["apiclus1"].calibrated(weights)
    assert pair(means(design, "api00")) == pytest.approx(mean, rel=1e-6)
    assert pair(totals(design, "enroll")) == pytest.approx(total, rel=1e-6)


def test_calibrated_strata_and_two_stages():
    by = sample(STRAT, "stype", "sch.wide", "api99")
    design = DESIGNS["apistrat"].calibrated(calibrate(by, [WIDE], [API99]))
    assert pair(means(design, "api00")) == pytest.approx((664.556116047, 1.55669497321))
    assert pair(totals(design, "enroll")) == pytest.approx((3682624.80874, 121987.077586))
    drawn = CLUS2.with_columns(pw=pl.Series(DESIGNS["apiclus2"].weights))
    by = sample(drawn, "dnum", "stype", "api99")
    design = DESIGNS["apiclus2"].calibrated(calibrate(by, [TYPES], [API99]))
    assert pair(means(design, "api00")) == pytest.approx((659.162088763, 2.37132145305))
    assert pair(totals(design, "enroll")) == pytest.approx((3080108.56544, 304158.821555))


LONELY = pl.DataFrame(
    {
        "s": list("aaabbc"),
        "w": [2, 2, 2, 3, 3, 4],
        "N": [30, 30, 30, 20, 20, 10],
        "y": [1, 4, 2, 6, 3, 9],
    }
)


@pytest.mark.parametrize(
    ("way", "corrected", "plain"),
    [
        ("remove", 0.619034025721, 0.652519156807),
        ("adjust", 1.17028016477, 1.23358360707),
        ("average", 0.758158748218, 0.799169490784),
    ],
)
def test_a_stratum_with_one_unit_alone(way, corrected, plain):
    found = means(Design.of(LONELY, strata="s", weight="w", population="N", lonely=way), "y")
    assert pair(found) == pytest.approx((4.8125, corrected))
    found = means(Design.of(LONELY, strata="s", weight="w", lonely=way), "y")
    assert pair(found) == pytest.approx((4.8125, plain))


def test_unless_it_is_told_what_to_do_it_is_refused():
    with pytest.raises(SamspillError, match="one sampling unit alone"):
        means(Design.of(LONELY, strata="s", weight="w", population="N"), "y")
