"""Adoption at different times, against what other programs print of the castle doctrine laws.

Data: Cheng & Hoekstra 2013, see ``castle/README.md``.

Event study: Mixtape Sessions, Causal Inference II, exercise Cheng–Hoekstra, solutions in Stata:
``eventstudyinteract`` (Sun & Abraham's own program, controls never treated) and ``csdid`` (Callaway
& Sant'Anna's, never treated), both on the logarithm of homicides with states and years absorbed.

Decomposition: bacondecomp 0.1.1 for R, vignette: ``bacon(l_homicide ~ post, castle)``, its summary
by type, and the two-way fixed effects estimate of ``lm``.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import polars as pl
import pytest

from samspill.statistics.change import decompose, event_study

CASTLE = Path(__file__).parent / "castle" / "castle.csv"

# waves since adoption: estimate and standard error of eventstudyinteract
INTERACTED = {
    -9: (-0.4039674, 0.0611656), -8: (-0.1238113, 0.1212362), -7: (-0.233131, 0.1311019),
    -6: (0.0453398, 0.0737414), -5: (0.0316259, 0.0651257), -4: (-0.0076853, 0.0546014),
    -3: (0.0568136, 0.0494877), -2: (0.057916, 0.046046), 0: (0.0972154, 0.042176),
    1: (0.1115491, 0.0520222), 2: (0.1115662, 0.0630838), 3: (0.1368254, 0.0612578),
    4: (0.0925866, 0.0574662), 5: (0.1119418, 0.0544307),
}  # fmt: skip
# the same from csdid, from adoption on; before it, that program compares each wave with the last
CALLAWAY_SANTANNA = {
    0: 0.0972154, 1: 0.1115491, 2: 0.1115662, 3: 0.1368254, 4: 0.0925866, 5: 0.1119418,
}  # fmt: skip
ONE_COHORT_ALONE = (-9, 5)


@pytest.fixture(scope="module")
def castle() -> pl.DataFrame:
    wide = pl.read_csv(CASTLE)
    return wide.unpivot(index=["state", "adopted"], variable_name="period", value_name="y").select(
        pl.col("state").alias("unit"), pl.col("period").cast(int), "adopted", "y"
    )


@pytest.fixture(scope="module")
def saturated(castle) -> dict[int, tuple[float, float]]:
    rows = event_study(castle, "y").frame.drop_nulls("relative")
    return {
        since: (estimate, error)
        for since, estimate, error in rows.select(
            "relative", "estimate", "standard_error"
        ).iter_rows()
    }


@pytest.mark.long
def test_the_saturated_course_is_that_of_sun_and_abrahams_program(saturated):
    assert saturated.keys() == INTERACTED.keys()
    for since, (estimate, _) in INTERACTED.items():
        assert saturated[since][0] == pytest.approx(estimate, abs=1e-6), since


@pytest.mark.long
def test_the_saturated_course_since_adoption_is_callaway_and_santannas(saturated):
    for since, estimate in CALLAWAY_SANTANNA.items():
        assert saturated[since][0] == pytest.approx(estimate, abs=1e-6), since


@pytest.mark.long
def test_errors_are_sun_and_abrahams_where_no_shares_of_cohorts_are_estimated(saturated):
    """Their program counts that the cohorts' shares are estimated; ours, as fixest, takes them as
    they are, so that it is never the larger, and the same where one cohort stands alone."""
    for since, (_, error) in INTERACTED.items():
        if since in ONE_COHORT_ALONE:
            assert saturated[since][1] == pytest.approx(error, abs=1e-6)
        else:
            assert saturated[since][1] < error


@pytest.mark.long
def test_two_way_fixed_effects_as_lm_prints_them(castle):
    found = event_study(castle, "y", estimator="twfe").average
    assert found is not None
    assert round(found["estimate"], 4) == 0.0818


def test_the_decomposition_is_that_of_bacondecomp(castle):
    parts = decompose(castle, "y")
    by_type = (
        parts.frame.with_columns(
            pl.when(pl.col("control").is_null())
            .then(pl.lit("Treated vs Untreated"))
            .when(pl.col("kind") == "earlier adopters")
            .then(pl.lit("Later vs Earlier Treated"))
            .otherwise(pl.lit("Earlier vs Later Treated"))
            .alias("type")
        )
        .group_by("type")
        .agg(
            pl.col("weight").sum(),
            (pl.col("estimate") * pl.col("weight")).sum() / pl.col("weight").sum(),
        )
    )
    assert {name: (round(w, 5), round(e, 5)) for name, w, e in by_type.iter_rows()} == {
        "Earlier vs Later Treated": (0.05976, -0.00554),
        "Later vs Earlier Treated": (0.03190, 0.07032),
        "Treated vs Untreated": (0.90834, 0.08796),
    }
    assert round(parts.total, 4) == 0.0818


@pytest.mark.long
def test_gardners_average_finds_what_butts_put_into_his_data():
    """The R package did2s makes ``df_het`` with effects that it keeps beside the outcome; the file
    comes with pyfixest."""
    file = resources.files("pyfixest.did") / "data" / "df_het.csv"
    data = pl.read_csv(str(file), infer_schema_length=None)
    effects = data.filter(pl.col("treat").cast(str).str.to_lowercase() == "true")
    truth = (effects["te"] + effects["te_dynamic"]).mean()
    assert isinstance(truth, float)
    rows = data.select("unit", "year", "dep_var", pl.when(pl.col("g") > 0).then("g").alias("g"))
    found = event_study(
        rows, "dep_var", period="year", adopted="g", estimator="did2s"
    ).average  # fmt: skip
    assert found is not None
    assert abs(found["estimate"] - truth) < 2 * found["standard_error"]
