"""The check of printed numbers, on the founding study."""

from __future__ import annotations

import csv
import dataclasses
import warnings
from pathlib import Path

import polars as pl
import pytest

from samspill.analysis import StudyAnalysis, open_study

PUBLISHED = Path(__file__).parents[3] / "shared" / "published-2018"
SLIPS = {
    "A1.1/service_purchase/integration/has_policy",
    "4.8/activity/integration/mark",
    "text/coordination_range_low/integration",
}


@pytest.fixture(scope="module")
def study():
    return open_study("norway-2018")


@pytest.fixture(scope="module")
def check(study):
    return study.check()


def test_all_printed_numbers_agree_but_the_slips_in_print(check):
    assert set(check.disagreements["id"]) == SLIPS
    verdicts = dict(check.frame.group_by("verdict").len().iter_rows())
    assert set(verdicts) == {"agrees", "disagrees", "taken as given"}
    given = check.frame.filter(verdict="taken as given")["id"].to_list()
    assert all(name.startswith("text/") for name in given)


def test_each_slip_is_explained_in_every_language(check):
    for language in ("nb", "nn", "en"):
        sentences = check.explanations(language)
        assert len(sentences) == len(SLIPS)
        text = " ".join(sentences)
        assert "0,54" in text
        assert "0,0203" in text or "0.0203" in text
        assert "34" in text


def test_numbers_that_found_the_counts_are_told_from_those_that_confirm_them(check):
    evidence = dict(check.frame.select("id", "evidence").iter_rows())
    assert evidence["A1.1/activity/integration/has_policy"] == "determines"
    assert evidence["4.8/activity/integration/no"] == "confirms"
    assert evidence["4.4/single_cases/integration"] == "fitted"


def test_a_changed_digit_is_caught(study):
    printed = study.study.printed
    rows = [
        position
        for position, row in enumerate(printed.to_dicts())
        if row["basis"] != "outside" and row["statistic"] != "mark" and row["id"] not in SLIPS
    ]
    step = 9
    for start in range(step):
        changed = rows[start::step]
        texts = [
            _with_another_digit(text) if position in changed else text
            for position, text in enumerate(printed["printed"])
        ]
        altered = printed.with_columns(pl.Series("printed", texts))
        found = StudyAnalysis(study.study.with_tables(printed=altered)).check()
        caught = set(found.disagreements["id"])
        assert {printed["id"][position] for position in changed} <= caught


def _with_another_digit(text: str) -> str:
    place = max(i for i, character in enumerate(text) if character.isdigit())
    return text[:place] + str((int(text[place]) + 4) % 10) + text[place + 1 :]


def test_a_changed_mark_is_caught(study):
    printed = study.study.printed.with_columns(
        pl.when(pl.col("id") == "A1.1/activity_grant/integration/has_policy")
        .then(pl.lit("1,09**"))
        .otherwise("printed")
        .alias("printed")
    )
    found = StudyAnalysis(study.study.with_tables(printed=printed)).check()
    assert set(found.disagreements["id"]) - SLIPS == {"A1.1/activity_grant/integration/has_policy"}


@pytest.mark.skipif(not PUBLISHED.exists(), reason="no published tables beside it")
def test_every_published_number_is_in_the_studys_table(study):
    have = study.study.printed["printed"].to_list()
    for file, columns in {
        "logit_models.csv": ["printed"],
        "ols_number_of_relations.csv": ["intercept", "has_policy", "r_squared"],
        "collaboration_forms.csv": ["percent"],
        "relations_by_area.csv": ["percent"],
        "challenges.csv": ["percent"],
        "phases_by_policy.csv": ["percent_without_policy", "percent_with_policy"],
        "text_statements.csv": ["printed"],
    }.items():
        rows = list(csv.DictReader((PUBLISHED / file).open(encoding="utf-8")))
        for column in columns:
            for row in rows:
                assert row[column] in have
    count = sum(
        len(columns) * sum(1 for _ in csv.DictReader((PUBLISHED / file).open(encoding="utf-8")))
        for file, columns in {
            "logit_models.csv": ["printed"],
            "ols_number_of_relations.csv": ["intercept", "slope", "r"],
            "collaboration_forms.csv": ["percent"],
            "relations_by_area.csv": ["percent"],
            "challenges.csv": ["percent"],
            "phases_by_policy.csv": ["without", "with", "stars"],
            "text_statements.csv": ["printed"],
            "case_municipalities.csv": ["p", "c", "o", "m", "v"],
        }.items()
    )
    assert study.study.printed.height >= count


@pytest.mark.parametrize("group", ["no", "yes"])
@pytest.mark.parametrize("size", [1, 2, 5, 40])
def test_a_study_of_which_only_one_group_answered_is_checked_without_a_murmur(study, group, size):
    units = study.study.units.filter(has_policy=group)["unit"].head(size)
    answers = study.study.answers.filter(pl.col("unit").is_in(units.to_list()))
    part = StudyAnalysis(dataclasses.replace(study.study, answers=answers))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check = part.check()
    models = check.frame.filter(pl.col("id").str.starts_with("A1.1/"))
    assert models.height
    assert models["recomputed"].is_null().all()


LINE = ("mean", "mean_difference", "r_squared")


def _checked_strictly(study, units, value=None):
    """The check of what ``units`` answered, any warning an error; ``value`` for every relation."""
    answers = study.study.answers.filter(pl.col("unit").is_in(units))
    if value is not None:
        relations = pl.col("variable") == "number_of_relations"
        told = pl.when(relations).then(pl.lit(value)).otherwise("value").alias("value")
        answers = answers.with_columns(told)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = StudyAnalysis(dataclasses.replace(study.study, answers=answers)).check()
    return found.frame.filter(pl.col("id").str.starts_with("A1.1/number_of_relations/"))


def _units(study, each):
    related = study.study.answers.filter(variable="number_of_relations")["unit"].unique()
    units = study.study.units.filter(pl.col("unit").is_in(related.to_list()))
    return [name for part in units.partition_by("has_policy") for name in part["unit"].head(each)]


def test_a_line_through_one_answer_in_each_group_is_not_recomputed(study):
    found = _checked_strictly(study, _units(study, 1))
    assert set(found["statistic"]) >= set(LINE)
    assert set(found["verdict"]) == {"not recomputed"}


@pytest.mark.parametrize("value", ["1", "3"])
def test_answers_that_are_all_alike_have_a_mean_and_no_r_squared(study, value):
    found = _checked_strictly(study, _units(study, 4), value)
    means = found.filter(pl.col("statistic") == "mean")
    assert means["recomputed"].str.starts_with(f"{value},00").all()
    assert set(found.filter(statistic="r_squared")["verdict"]) == {"not recomputed"}
