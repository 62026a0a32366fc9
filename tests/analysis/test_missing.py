"""Who is missing, weights, and the silence, asked of a study."""

from __future__ import annotations

import json

import polars as pl
import pytest

from samspill.analysis import open_study
from samspill.analysis.silence import conditions
from samspill.analysis.study_analysis import StudyAnalysis
from samspill.errors import InvalidInput, SamspillError
from samspill.statistics.weighting import Weights
from samspill.study import read_study, write_study
from samspill.study.weighting import KnownTotals, Weighting

RAKED = Weighting(
    "raking",
    (KnownTotals(("size",)), KnownTotals(("has_policy",))),
    trim=(0.3, 3.0),
    headline="weighted",
    chosen_by="The project group",
    chosen_on="2026-03-01",
    reason="Small units answered too rarely.",
)


@pytest.fixture(scope="module")
def founding() -> StudyAnalysis:
    return open_study("norway-2018")


@pytest.fixture(scope="module")
def study(founding):
    """The founding study as if size and policy were known of every unit."""
    units = founding.study.units.with_row_index("place_")
    answered = pl.col("response") != "none"
    small = pl.when(answered).then(pl.col("place_") % 3 == 0).otherwise(pl.col("place_") % 3 > 0)
    policy = pl.col("has_policy").fill_null(
        pl.when(pl.col("place_") % 4 == 0).then(pl.lit("yes")).otherwise(pl.lit("no"))
    )
    units = units.with_columns(
        pl.when(small).then(pl.lit("small")).otherwise(pl.lit("large")).alias("size"), policy
    ).drop("place_")
    variables, categories = founding.study.variables, founding.study.categories
    row = dict.fromkeys(variables.columns, "Size") | {
        "variable": "size", "type": "nominal", "per_field": False,
    }  # fmt: skip
    own = [
        dict.fromkeys(categories.columns, value.title())
        | {"variable": "size", "value": value, "order": order, "missing": False}
        for order, value in enumerate(("small", "large"), start=1)
    ]
    return founding.study.with_tables(
        units=units,
        variables=pl.concat([variables, pl.DataFrame([row], schema=variables.schema)]),
        categories=pl.concat([categories, pl.DataFrame(own, schema=categories.schema)]),
    )


def weighted(study, weighting: Weighting) -> StudyAnalysis:
    return StudyAnalysis(study.with_weighting(weighting))


def test_the_silent_of_the_founding_study_are_199_and_of_unknown_policy(founding):
    frame = founding.sensitivity("activity_grant", by="has_policy", fields=["integration"]).frame
    row = frame.row(0, named=True)
    assert row["silent"] == 440 - 241
    assert row["silent_comparison"] == pytest.approx(199 * 77 / 241)
    assert row["silent_difference_interval"] < 0 < row["difference"]
    assert -row["silent_difference_sign"] > row["difference"]
    assert row["shift_sign_least"] <= row["shift_sign"]
    assert founding.response().known == ()
    assert founding.response().unknown == ("has_policy",)


def test_what_a_conclusion_rests_on(founding):
    assert conditions(founding, "activity_grant", "integration").holds == "sign"
    assert conditions(founding, "has_relation", "culture_leisure").holds == "open"


def test_response_by_what_is_known_of_all(study):
    found = StudyAnalysis(study).response()
    assert set(found.known) == {"size", "has_policy"}
    assert found.by["size"].standardised_difference > 0.5
    assert found.by["size"].left_out == 0
    small = found.frame.filter(attribute="size", group="small").row(0, named=True)
    assert small["of_responding"] < small["of_frame"] < small["of_silent"]
    assert found.representativity.frame["r"].item() < 1
    assert found.propensities.frame["n"].sum() == 440
    with pytest.raises(SamspillError, match="no attribute 'colour'"):
        StudyAnalysis(study).response(["colour"])


@pytest.mark.parametrize(
    "weighting",
    [
        RAKED,
        Weighting("post_stratification", (KnownTotals(("size", "has_policy")),)),
        Weighting("calibration", RAKED.margins, distance="linear"),
        Weighting("calibration", RAKED.margins, distance="logit", bounds=(0.3, 3)),
        Weighting("response_propensity", (KnownTotals(("size", "has_policy")),)),
        Weighting("response_propensity", (KnownTotals(("size", "has_policy")),), classes=3),
    ],
    ids=["raking", "post-stratification", "linear", "logit", "propensity", "classes"],
)
def test_weighted_columns_stand_beside_the_unweighted(study, weighting):
    plain, analysis = StudyAnalysis(study), weighted(study, weighting)
    assert isinstance(analysis.weights, Weights)
    assert analysis.weights.diagnostics["sum"].item() == pytest.approx(440)
    shares = analysis.shares("meeting_point", fields=["integration"]).frame
    assert shares.select(pl.exclude("^.*_weighted$", "deff")).equals(
        plain.shares("meeting_point", fields=["integration"]).frame
    )
    row = shares.row(0, named=True)
    assert row["low_weighted"] < row["share_weighted"] < row["high_weighted"]
    assert row["share_weighted"] != pytest.approx(row["share"])
    effects = analysis.policy_effects().frame
    assert effects["difference_weighted"].null_count() == 0
    assert effects["p_bh"].equals(plain.policy_effects().frame["p_bh"])
    spread = analysis.distribution("number_of_relations", fields=["integration"]).frame
    assert spread["share_weighted"].sum() == pytest.approx(1)


def test_the_weighted_share_is_that_of_the_weights(study):
    analysis = weighted(study, RAKED)
    rows = analysis.weights.attach(
        study.units.filter(pl.col("response") != "none").drop("response")
    ).join(analysis.frame.filter(field="integration").select("unit", "meeting_point"), on="unit")
    direct = (rows["weight"] * rows["meeting_point"]).sum() / rows["weight"].sum()
    found = analysis.shares("meeting_point", fields=["integration"]).frame["share_weighted"].item()
    assert found == pytest.approx(direct)


def test_weights_that_are_all_alike_change_nothing(study):
    totals = KnownTotals(("size",), _totals(study, "size"))
    analysis = weighted(study, Weighting("raking", (totals,)))
    shares = analysis.shares("meeting_point", by="has_policy").frame
    assert shares["share_weighted"].to_list() == pytest.approx(shares["share"].to_list())


def _totals(study, name):
    """Totals in proportion to the answers, so that every weight is the same."""
    answered = study.units.filter(pl.col("response") != "none")[name].value_counts()
    return {(value,): count * 440 / 241 for value, count in answered.iter_rows()}


def test_a_declaration_is_written_and_read_again(study, tmp_path):
    given = Weighting(
        "raking",
        (KnownTotals(("size",), {("small",): 200.0, ("large",): 240.0}, "A register"),),
        trim=(None, 3.0),
    )
    write_study(study.with_weighting(given), tmp_path / "study")
    assert read_study(tmp_path / "study").weighting == given
    write_study(study, tmp_path / "plain")
    assert read_study(tmp_path / "plain").weighting is None
    assert "weighting" not in (tmp_path / "plain" / "datapackage.json").read_text()


@pytest.mark.parametrize(
    ("declared", "place"),
    [
        ({"method": "magic", "margins": [{"variables": ["size"]}]}, "weighting.method"),
        ({"method": "raking", "margins": []}, "weighting.margins"),
        ({"method": "raking", "margins": [{"variables": []}]}, "margins[1]"),
        ({"method": "raking", "margins": [{"variables": ["hue"]}]}, "weighting.margins"),
        (
            {"method": "raking", "margins": [{"variables": ["size"], "totals": [{"total": 3}]}]},
            "margins[1].totals",
        ),
        ({"method": "raking", "margins": [{"variables": ["size"]}], "trim": {"low": "x"}}, "trim"),
        ("raking", "samspill.weighting"),
    ],
)
def test_a_declaration_that_cannot_be_is_told_with_its_place(study, tmp_path, declared, place):
    folder = write_study(study, tmp_path / "study")
    descriptor = folder / "datapackage.json"
    content = json.loads(descriptor.read_text())
    content["samspill"]["weighting"] = declared
    descriptor.write_text(json.dumps(content))
    with pytest.raises(InvalidInput) as found:
        read_study(folder)
    assert any(place in (problem.column or "") for problem in found.value.problems)


def test_what_a_later_version_says_beside_is_passed_over(study, tmp_path):
    folder = write_study(study.with_weighting(RAKED), tmp_path / "study")
    descriptor = folder / "datapackage.json"
    content = json.loads(descriptor.read_text())
    content["samspill"]["weighting"]["colour"] = "blue"
    descriptor.write_text(json.dumps(content))
    assert read_study(folder).weighting == RAKED


def test_totals_that_cannot_be_met_are_told_when_they_are_asked_for(study):
    analysis = weighted(study, Weighting("raking", (KnownTotals(("size",), {("small",): 440.0}),)))
    with pytest.raises(SamspillError, match="size = large answered"):
        analysis.shares("meeting_point")


def alike(study):
    """A study whose weights are all the same; that the size is known narrows errors a little."""
    return weighted(study, Weighting("raking", (KnownTotals(("size",), _totals(study, "size")),)))


def test_equal_weights_give_the_models_of_the_answers(study):
    analysis = alike(study)
    logit = analysis.logit("meeting_point", by="has_policy").frame
    for name, tolerance in (("estimate", 1e-6), ("standard_error", 0.02)):
        assert logit[f"{name}_weighted"].to_list() == pytest.approx(
            logit[name].to_list(), rel=tolerance
        )
    linear = analysis.ols("number_of_relations", by="has_policy").frame
    assert linear["estimate_weighted"].to_list() == pytest.approx(linear["estimate"].to_list())
    means = analysis.means("number_of_relations", by="has_policy").frame
    assert means["mean_weighted"].to_list() == pytest.approx(means["mean"].to_list())


def test_equal_weights_tip_where_the_answers_do(study):
    """What equal weights say of the silent is what those who answered said."""
    analysis = alike(study)
    known = analysis.study.units["has_policy"].value_counts()
    frame = analysis.sensitivity("meeting_point", by="has_policy").frame
    assert known["count"].sum() == 440
    for name in ("difference", "shift_sign", "silent_difference_sign"):
        assert frame[f"{name}_weighted"].to_list() == pytest.approx(frame[name].to_list())
    assert frame["silent_share_reference_weighted"].to_list() == pytest.approx(
        frame["share_reference"].to_list()
    )
    bounds = analysis.sensitivity("meeting_point").frame
    assert bounds["shift_side_weighted"].to_list() == pytest.approx(bounds["shift_side"].to_list())


def test_the_silent_that_turn_a_weighted_difference_make_the_groups_alike(study):
    """Answers and silent of each group put together have the same share at the tipping point."""
    analysis = weighted(study, RAKED)
    sizes = dict(analysis.study.units["has_policy"].value_counts().iter_rows())
    frame = analysis.sensitivity("meeting_point", by="has_policy").frame
    turning = frame.filter(pl.col("shift_sign_weighted").is_not_null())
    assert turning.height
    for row in turning.to_dicts():
        side = 1 if row["difference_weighted"] > 0 else -1
        whole = []
        for group, towards, value in (("reference", side, "no"), ("comparison", -side, "yes")):
            silent = sizes[value] - row[f"n_{group}"]
            start = row[f"silent_share_{group}_weighted"]
            share = min(1, max(0, start + towards * row["shift_sign_weighted"]))
            whole.append((row[f"count_{group}"] + silent * share) / sizes[value])
        assert whole[0] == pytest.approx(whole[1], abs=1e-9)


def test_means_of_all_stand_with_students_interval(founding):
    row = founding.means("number_of_relations", fields=["integration"]).frame.row(0, named=True)
    values = founding.frame.filter(field="integration")["number_of_relations"].drop_nulls()
    assert row["mean"] == pytest.approx(values.mean())
    assert row["standard_deviation"] == pytest.approx(values.std())
    half = 1.973771 * values.std() / 174**0.5
    assert (row["low"], row["high"]) == pytest.approx((row["mean"] - half, row["mean"] + half))
