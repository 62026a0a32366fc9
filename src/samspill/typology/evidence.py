"""Pieces of evidence: coded stretches of interviews, and answers of the survey."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from samspill.errors import Message, SamspillError
from samspill.qualitative import Tables
from samspill.qualitative.model import NOT_QUOTED
from samspill.typology.rules import Rule, code_rules, indicator_rules
from samspill.vocabulary import Vocabulary, load

INTERVIEWS, SURVEY, REGISTER = "interviews", "survey", "register"
MUNICIPALITY = "municipality"

EVIDENCE = {
    "origin": pl.String,
    "source": pl.String,
    "unit": pl.String,
    "field": pl.String,
    "side": pl.String,
    "evidence": pl.String,
    "typology": pl.String,
    "axis": pl.String,
    "pole": pl.String,
    "ideal_type": pl.String,
    "start": pl.Int64,
    "end": pl.Int64,
    "quote": pl.String,
    "consent": pl.String,
    "entry": pl.String,
}


def evidence(
    tables: Tables, survey: pl.DataFrame | None = None, vocabulary: Vocabulary | None = None
) -> pl.DataFrame:
    """Everything that speaks for a place among the ideal types, one row a piece and field.

    From interviews: the stretches coded with codes whose concept is one of the vocabulary's
    ``placement_evidence``; overlapping codings of one text with one code, by whomever, are one
    piece. A text about several fields speaks for each. ``quote`` is null where the informant is
    not to be quoted. From ``survey`` (``unit``, ``field``, ``indicator``, ``value``, 0 or 1, null
    where not answered): each indicator present that speaks for a pole, the unit's answers being
    one source of the municipality's side. Nothing is taken from an answer that is not there.

    Columns: origin (``interviews``, ``survey``), source, unit, field, side, evidence (code's
    concept or indicator), typology, axis, pole (null for evidence of a type itself), ideal_type,
    start, end, quote, consent.

    Raises SamspillError for a survey without these columns.
    """
    rules = code_rules(vocabulary or load())
    rows = [*_interviews(tables, rules), *(_survey(survey) if survey is not None else ())]
    return pl.DataFrame(rows, schema=EVIDENCE)


def _interviews(tables: Tables, rules: dict[str, Rule]) -> Iterator[dict[str, Any]]:
    about = tables.codes.filter(pl.col("concept").is_in(list(rules))).select("code", "concept")
    found = tables.codings.join(about, on="code").sort("source", "concept", "start", "end")
    new = pl.col("start") >= pl.col("end").cum_max().shift(1).over("source", "concept")
    pieces = (
        found.with_columns(
            new.fill_null(value=True).cum_sum().over("source", "concept").alias("piece")
        )
        .group_by("source", "concept", "piece", maintain_order=True)
        .agg(pl.col("start").min(), pl.col("end").max())
        .join(tables.sources, on="source", maintain_order="left")
        .explode("fields")
    )
    for row in pieces.iter_rows(named=True):
        rule = rules[row["concept"]]
        quoted = row["consent"] != NOT_QUOTED
        yield {
            "origin": INTERVIEWS,
            "source": row["source"],
            "unit": row["unit"],
            "field": row["fields"],
            "side": row["side"],
            **speaks(rule, row["concept"]),
            "start": row["start"],
            "end": row["end"],
            "quote": row["text"][row["start"] : row["end"]] if quoted else None,
            "consent": row["consent"],
        }


def _survey(survey: pl.DataFrame) -> Iterator[dict[str, Any]]:
    missing = [n for n in ("unit", "field", "indicator", "value") if n not in survey.columns]
    if missing:
        raise SamspillError(
            Message("The survey's answers have no column “{name}”.", name=missing[0]),
            "Give unit, field, indicator and value, one row for each answer.",
        )
    rules = indicator_rules()
    answered: dict[tuple[str, str], dict[str, int | None]] = {}
    for *place, name, value in survey.select("unit", "field", "indicator", "value").iter_rows():
        answered.setdefault((place[0], place[1]), {})[name] = value
    for (unit, field), values in answered.items():
        for rule in rules:
            absent = all(values.get(other) == 0 for other in rule.alone_without)
            if values.get(rule.identifier) == 1 and absent:
                yield {
                    "origin": SURVEY,
                    "source": f"survey/{unit}",
                    "unit": unit,
                    "field": field,
                    "side": MUNICIPALITY,
                    **speaks(rule, rule.identifier),
                }


def speaks(rule: Rule, name: str) -> dict[str, str | None]:
    """The columns of a piece of evidence that a rule gives."""
    return {
        "evidence": name,
        "typology": rule.typology,
        "axis": rule.axis or None,
        "pole": rule.pole or None,
        "ideal_type": rule.ideal_type or None,
    }
