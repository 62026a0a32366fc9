"""Differences in differences against other programs' on the same rows."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from samspill.statistics.change import (
    decompose,
    difference_in_differences,
    event_study,
    pattern_cells,
)


def _panel(units: int = 60, *, silent: bool = False, weights: bool = False) -> pl.DataFrame:
    random = np.random.default_rng(3)
    group = random.integers(0, 2, units)
    before = random.integers(0, 2, units).astype(float)
    after = np.where(random.random(units) < 0.6, before, 1.0)
    if silent:
        before[:9], after[20:31] = np.nan, np.nan
    frame = pl.DataFrame(
        {"unit": range(units), "group": [str(g) for g in group], "a": before, "b": after}
    ).with_columns(pl.col("a", "b").fill_nan(None))
    weight = random.uniform(0.5, 3, units) if weights else np.ones(units)
    return frame.with_columns(pl.Series("w", weight))


def _by_statsmodels(frame: pl.DataFrame):
    import statsmodels.formula.api as smf

    long = frame.unpivot(
        on=["a", "b"], index=["unit", "group", "w"], variable_name="wave", value_name="y"
    ).drop_nulls("y")
    data = long.with_columns(
        (pl.col("wave") == "b").cast(int).alias("post"), pl.col("group").cast(int)
    ).to_pandas()
    fit = smf.wls("y ~ group * post", data, weights=data["w"]).fit(
        cov_type="cluster", cov_kwds={"groups": data["unit"]}, use_t=True
    )
    name = "group:post"
    return fit.params[name], fit.bse[name], fit.pvalues[name], *fit.conf_int().loc[name]


@pytest.mark.parametrize(("silent", "weights"), [(False, False), (True, False), (True, True)])
def test_statsmodels_least_squares_with_clusters(silent, weights):
    frame = _panel(silent=silent, weights=weights)
    cells = pattern_cells(frame, ["a", "b"], key=["group"], weight="w" if weights else None)
    row = difference_in_differences(
        cells, "a", "b", "group", adopting="1", others="0", basis="all", errors="cluster"
    ).frame.row(0, named=True)
    found = [row[name] for name in ("estimate", "standard_error", "p", "low", "high")]
    assert found == pytest.approx(_by_statsmodels(frame), rel=1e-10)


def test_welch_is_scipys_t_test_of_the_units_changes():
    from scipy.stats import ttest_ind

    frame = _panel()
    change = (frame["b"] - frame["a"]).to_numpy()
    adopting = (frame["group"] == "1").to_numpy()
    other = ttest_ind(change[adopting], change[~adopting], equal_var=False)
    row = difference_in_differences(
        pattern_cells(frame, ["a", "b"], key=["group"]), "a", "b", "group",
        adopting="1", others="0",
    ).frame.row(0, named=True)  # fmt: skip
    limits = other.confidence_interval()
    assert row["p"] == pytest.approx(other.pvalue, rel=1e-10)
    assert (row["low"], row["high"]) == pytest.approx((limits.low, limits.high), rel=1e-10)
    assert row["df"] == pytest.approx(other.df)


def _staggered(first: int = 2) -> pl.DataFrame:
    random = np.random.default_rng(5)
    rows = []
    for unit in range(60):
        begins = [None, first, first + 1][unit % 3]
        level = random.normal()
        for wave in range(1, 6):
            since = 0.5 * (wave - begins + 1) if begins and wave >= begins else 0
            rows.append((unit, wave, begins, level + 0.3 * wave + since + 0.3 * random.normal()))
    return pl.DataFrame(rows, schema=["unit", "period", "adopted", "y"], orient="row")


@pytest.mark.long
def test_goodman_bacons_parts_add_up_to_pyfixests_two_way_fixed_effects():
    rows = _staggered()
    parts = decompose(rows, "y")
    assert parts.frame["weight"].sum() == pytest.approx(1)
    assert set(parts.frame["kind"]) == {"later or never", "earlier adopters"}
    whole = event_study(rows, "y", estimator="twfe")
    assert parts.total == pytest.approx(whole.average["estimate"], abs=1e-8)
    assert "late adopters with early ones" in whole.warning


@pytest.mark.long
def test_the_saturated_course_is_each_cohorts_difference_from_the_never():
    """Sun & Abraham 2021, with never-adopters as controls, by hand from the means."""
    rows = _staggered()
    means = {
        (g, t): y
        for g, t, y in rows.group_by("adopted", "period").agg(pl.col("y").mean()).iter_rows()
    }

    def course(cohort: int, since: int) -> float:
        own = means[cohort, cohort + since] - means[cohort, cohort - 1]
        return own - (means[None, cohort + since] - means[None, cohort - 1])

    found = event_study(rows, "y")
    by_wave = dict(found.frame.select("relative", "estimate").iter_rows())
    for since in (0, 1, 2):
        assert by_wave[since] == pytest.approx((course(2, since) + course(3, since)) / 2, abs=1e-8)
    assert by_wave[-2] == pytest.approx(course(3, -2), abs=1e-8)
    assert found.pretrend.df == 1
    assert found.groups == {"adopted": 40, "never": 20, "before the first wave": 0}


@pytest.mark.long
def test_gardners_average_by_imputation():
    """Unit and wave effects from rows without adoption by least squares, then the mean left."""
    rows = _staggered(3)
    treated = (rows["adopted"].is_not_null() & (rows["period"] >= rows["adopted"])).fill_null(
        value=False
    )
    unit = rows["unit"].to_dummies(drop_first=True)
    design = np.column_stack(
        [np.ones(rows.height), unit, rows["period"].to_dummies(drop_first=True)]
    )
    y, there = rows["y"].to_numpy(), ~treated.to_numpy()
    effects = np.linalg.lstsq(design[there], y[there], rcond=None)[0]
    left = (y - design @ effects)[~there].mean()
    found = event_study(rows, "y", estimator="did2s")
    assert found.average["estimate"] == pytest.approx(left, abs=1e-6)


@pytest.mark.long
def test_local_projections_as_the_r_package_lpdid_gives_them():
    # R package lpdid (A. Cardazzi) on df_het, which comes with pyfixest, window -20 to 20: the
    # first and the last estimate as pyfixest's own tests keep them.
    from importlib import resources

    file = resources.files("pyfixest.did") / "data" / "df_het.csv"
    data = pl.read_csv(str(file), infer_schema_length=None).select(
        "unit", "year", "dep_var", pl.when(pl.col("g") > 0).then("g").alias("g")
    )
    found = event_study(
        data, "dep_var", period="year", adopted="g", estimator="lpdid"
    ).frame["estimate"]  # fmt: skip
    assert (found[0], found[-1]) == pytest.approx((-0.073055295, 2.911501018), abs=1e-8)


@pytest.mark.long
def test_local_projections_need_not_reach_as_far_before_as_after():
    """The wave of adoption by hand: the step from the wave before, of those that adopt in it beside
    those that have not, with an effect for each wave."""
    rows = _staggered(3)
    steps = rows.sort("unit", "period").with_columns(
        (pl.col("y") - pl.col("y").shift(1).over("unit")).alias("step"),
        (pl.col("period") == pl.col("adopted")).fill_null(value=False).cast(int).alias("adopts"),
    )
    clean = steps.drop_nulls("step").filter(
        pl.col("adopted").is_null() | (pl.col("period") <= pl.col("adopted"))
    )
    design = np.column_stack([clean["adopts"], clean["period"].to_dummies()])
    at_once = np.linalg.lstsq(design, clean["step"].to_numpy(), rcond=None)[0][0]
    found = event_study(rows, "y", estimator="lpdid").frame
    by_wave = dict(found.select("relative", "estimate").iter_rows())
    assert (min(by_wave), max(by_wave)) == (-3, 2)
    assert by_wave[0] == pytest.approx(at_once, abs=1e-8)
