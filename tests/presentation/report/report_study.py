"""A small invented study with the founding study's instrument, for the tests of the report."""

from __future__ import annotations

import math
import random

import polars as pl

from samspill.analysis import StudyAnalysis
from samspill.errors import SamspillError
from samspill.study import Study
from samspill.vocabulary import load

VOCABULARY = load()
IN_DEPTH = ("culture_leisure", "health_care", "children_youth", "integration")
PER_FIELD = (
    "has_relation",
    *VOCABULARY.coordination,
    *VOCABULARY.forms,
    *VOCABULARY.economic_relations,
)
PHASES = {
    phase: tuple(f for f, c in VOCABULARY.forms.items() if c.attributes["phase"] == phase)
    for phase in VOCABULARY.phases
}
BARRIERS = tuple(f"barrier_{name}" for name in VOCABULARY.barriers)
OVERALL = ("overall_coordination_body", "overall_coordination_position")
MODELLED = (
    "has_relation",
    *VOCABULARY.coordination,
    *VOCABULARY.phases,
    *VOCABULARY.economic_relations,
)
FRAME, ANSWERING, WITH_POLICY = 440, 241, 77
LANGUAGES = ("nb", "nn", "en")
SLIP = "service_purchase", "integration"


def invented_study(*, printed: bool = True, provenance: str = "invented") -> StudyAnalysis:
    """241 of 440 units with answers drawn by lot; printed numbers from them, with one slip."""
    units = pl.DataFrame(
        {
            "unit": [f"u{i:03d}" for i in range(FRAME)],
            "response": ["complete"] * 216 + ["partial"] * 25 + ["none"] * (FRAME - ANSWERING),
            "has_policy": [
                ("yes" if i < WITH_POLICY else "no") if i < ANSWERING else None
                for i in range(FRAME)
            ],
        }
    )
    without = StudyAnalysis(_study(units, _answers(units), _printed([]), provenance))
    if not printed:
        return without
    return StudyAnalysis(_study(units, without.study.answers, _printed_of(without), provenance))


def _study(
    units: pl.DataFrame, answers: pl.DataFrame, printed: pl.DataFrame, provenance: str
) -> Study:
    return Study(
        identifier="invented",
        title={"nb": "En oppdiktet studie", "nn": "Ein oppdikta studie", "en": "An invented study"},
        population_size=FRAME,
        year=2018,
        response_attribute="response",
        units=units,
        answers=answers,
        variables=_variables(),
        categories=_categories(),
        indicators=_indicators(),
        printed=printed,
        provenance=pl.DataFrame(
            [(name, "", "has_policy", provenance, "", "", "") for name in (*PER_FIELD, *PHASES)]
            + [
                (name, "", "", provenance, "", "", "")
                for name in ("number_of_relations", *BARRIERS)
            ],
            schema=["name", "field", "split", "provenance", "note_nb", "note_nn", "note_en"],
            orient="row",
        ),
        cases=pl.DataFrame(
            {
                "case": ["Fjell", "Vik"],
                "population": [12000, 3400],
                "centrality_level": [3, 5],
                "organisations_per_100_inhabitants": [1.5, 2.25],
                "has_policy": ["yes", "no"],
                "interviews_municipality": [3, 2],
                "interviews_organisations": [4, 1],
            }
        ),
    )


def _answers(units: pl.DataFrame) -> pl.DataFrame:
    lot = random.Random(2018)
    rows: list[tuple[str, str, str, str]] = []
    for unit, policy in units.head(ANSWERING).select("unit", "has_policy").iter_rows():
        more = 0.12 if policy == "yes" else 0.0
        for f, field in enumerate(VOCABULARY.fields):
            names = PER_FIELD if field in IN_DEPTH else ("has_relation",)
            for i, name in enumerate(names):
                chance = min(max(0.85 - 0.09 * f - 0.04 * i + more, 0.04), 0.97)
                rows.append((unit, field, name, str(int(lot.random() < chance))))
            if field in IN_DEPTH and lot.random() < 0.9:
                level = min(5, max(0, round(lot.gauss(3 - 0.4 * f + 5 * more, 1.2))))
                rows.append((unit, field, "number_of_relations", str(level)))
        rows += [(unit, "", name, str(int(lot.random() < 0.7))) for name in OVERALL]
        if lot.random() < 0.6:
            rows += [(unit, "", name, str(int(lot.random() < 0.3))) for name in BARRIERS]
    return pl.DataFrame(rows, schema=["unit", "field", "variable", "value"], orient="row")


def _labels(name: str) -> dict[str, str]:
    try:
        return {f"label_{x}": VOCABULARY.label(name, x) for x in LANGUAGES}
    except SamspillError:
        known = name.removeprefix("barrier_")
        if known in VOCABULARY.barriers:
            return {f"label_{x}": VOCABULARY.barriers[known].label(x) for x in LANGUAGES}
        return {f"label_{x}": name.replace("_", " ").capitalize() for x in LANGUAGES}


def _variables() -> pl.DataFrame:
    types = {
        **dict.fromkeys(PER_FIELD, ("binary", True)),
        "number_of_relations": ("ordinal", True),
        **dict.fromkeys((*OVERALL, *BARRIERS), ("binary", False)),
        "response": ("nominal", False),
        "has_policy": ("nominal", False),
    }
    return pl.DataFrame(
        [
            {"variable": name, "type": kind, "per_field": per_field, **_labels(name)}
            for name, (kind, per_field) in types.items()
        ]
    )


def _categories() -> pl.DataFrame:
    words = {
        "has_policy": ("no", "yes"),
        "response": ("complete", "partial", "none"),
        "number_of_relations": ("0", "1", "2", "3", "4", "5"),
    }
    shown = {"5": {"nb": "Flere enn 20", "nn": "Fleire enn 20", "en": "More than 20"}}
    return pl.DataFrame(
        [
            {
                "variable": variable,
                "value": value,
                "order": i,
                "missing": False,
                **{f"label_{x}": shown.get(value, {}).get(x, value) for x in LANGUAGES},
            }
            for variable, values in words.items()
            for i, value in enumerate(values)
        ]
    )


def _indicators() -> pl.DataFrame:
    simple = [(name, "variable", name, True) for name in (*PER_FIELD, "number_of_relations")]
    unions = [(name, "union", ";".join(forms), True) for name, forms in PHASES.items()]
    whole = [(name, "variable", name, False) for name in (*OVERALL, *BARRIERS)]
    return pl.DataFrame(
        [
            {
                "indicator": name,
                "rule": rule,
                "variables": variables,
                "value": "",
                "per_field": per_field,
                **_labels(name),
                "chapter": 5,
            }
            for name, rule, variables, per_field in (*simple, *unions, *whole)
        ]
    )


def _printed_of(analysis: StudyAnalysis) -> pl.DataFrame:
    rows = [
        ("text/net_sample", "Text, survey design", "net_sample", "", "", "", "count", "241", "")
    ]
    effects = analysis.policy_effects(by="has_policy").frame
    for row in effects.filter(pl.col("indicator").is_in(MODELLED)).to_dicts():
        name, field = row["indicator"], row["field"]
        odds = math.log(row["share_reference"] / (1 - row["share_reference"]))
        ratio = row["log_odds_ratio"] + (1.0 if (name, field) == SLIP else 0.0)
        start = (f"A/{name}/{field}", "Appendix table 1.1", name, field, "has_policy")
        marks = _stars(odds, row["count_reference"], row["n_reference"])
        rows.append((start[0] + "/i", *start[1:], "no", "log_odds", _comma(odds) + marks, "241"))
        rows.append(
            (start[0] + "/p", *start[1:], "", "log_odds_ratio", _comma(ratio) + row["stars"], "241")
        )
    return _printed(rows)


def _stars(odds: float, count: int, n: int) -> str:
    z = abs(odds) / math.sqrt(1 / count + 1 / (n - count))
    return "***" if z > 3.2905 else "**" if z > 2.5758 else "*" if z > 1.96 else ""


def _comma(value: float) -> str:
    return f"{value:.2f}".replace("-", "–").replace(".", ",")


def _printed(rows: list[tuple[str, ...]]) -> pl.DataFrame:
    columns = ["id", "source", "indicator", "field", "split", "group", "statistic", "printed"]
    columns += ["observations"]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    return frame.with_columns(pl.lit("survey").alias("basis"), pl.lit("").alias("note"))
