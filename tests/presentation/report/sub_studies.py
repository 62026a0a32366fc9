"""Small studies drawn from the founding study: some fields, some questions, some units."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from functools import cache

import polars as pl

from samspill.analysis import StudyAnalysis, open_study
from samspill.study import Study


@dataclass(frozen=True, slots=True)
class Choice:
    """What a study has: its fields, its variables, how many units, and how they are known."""

    fields: tuple[str, ...]
    variables: tuple[str, ...]
    units: int
    provenance: str = "observed"
    printed: bool = False
    cases: bool = False
    policy: bool = True


@cache
def _founding() -> Study:
    return open_study("norway-2018").study


def sub_study(choice: Choice) -> StudyAnalysis:
    """The part of the founding study that ``choice`` names, as a study of its own."""
    return StudyAnalysis(_cut(_founding(), choice))


def drawn_choice(seed: int) -> Choice:
    """A choice drawn by lot."""
    lot = random.Random(seed)
    study = _founding()
    fields = study.answers["field"].unique().sort().to_list()
    variables = study.answers["variable"].unique().sort().to_list()
    return Choice(
        fields=tuple(lot.sample([f for f in fields if f], lot.randint(1, 5))),
        variables=tuple(lot.sample(variables, lot.choice([1, 2, 4, 9, len(variables)]))),
        units=lot.choice([3, 12, 60, 241]),
        provenance=lot.choice(["observed", "invented"]),
        printed=lot.random() < 0.3,
        cases=lot.random() < 0.4,
        policy=lot.random() < 0.75,
    )


def _cut(study: Study, choice: Choice) -> Study:
    answering = study.units.filter(pl.col("unit").is_in(study.answers["unit"].unique().to_list()))
    units = answering.sample(choice.units, seed=choice.units)
    answers = study.answers.filter(
        pl.col("unit").is_in(units["unit"].to_list()),
        pl.col("variable").is_in(choice.variables),
        pl.col("field").is_in([*choice.fields, ""]),
    )
    known = set(choice.variables)
    kept = [
        row["indicator"]
        for row in study.indicators.to_dicts()
        if set(row["variables"].split(";")) <= known
    ]
    printed = study.printed.filter(
        pl.col("indicator").is_in(kept), pl.col("field").is_in([*choice.fields, ""])
    )
    if not choice.policy:
        printed = printed.filter(pl.col("split").fill_null("") == "")
    provenance = study.provenance.filter(pl.col("name").is_in([*kept, *known]))
    return replace(
        study,
        identifier="own",
        triangulation=None,
        title={"nb": "Egen", "nn": "Eigen", "en": "Own"},
        population_size=units.height,
        units=units if choice.policy else units.drop("has_policy"),
        answers=answers,
        indicators=study.indicators.filter(pl.col("indicator").is_in(kept)),
        printed=printed if choice.printed else printed.clear(),
        provenance=provenance.with_columns(pl.lit(choice.provenance).alias("provenance")),
        cases=study.cases if choice.cases else None,
    )
