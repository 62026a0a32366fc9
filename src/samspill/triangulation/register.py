"""What a municipality's register holds, of each item: organisations, or entries, on a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import Any

import polars as pl

from samspill.register.frames import Tables
from samspill.register.mirror import RegisterAnswers, questionnaire
from samspill.triangulation.counts import ENTRIES, ORGANISATIONS, Counts
from samspill.triangulation.poles import pole_rows
from samspill.triangulation.themes import REGISTER, Item, Theme, themes
from samspill.typology import register_evidence

COLLABORATION = "has_relation"
PROVENANCE = "register"


def counts_of_register(
    tables: Tables,
    on: date,
    unit: str,
    chosen: Sequence[Theme] | None = None,
    *,
    provenance: str = PROVENANCE,
) -> Counts:
    """What the register of ``unit`` says of each item on a day.

    Of an ordering: organisations with an entry that speaks for the item, of those with any form of
    collaboration in the field. Of presence: entries that speak for it; where there are none and
    every table that could hold one is in use, one voice against. Of an axis: organisations at each
    pole. An item is not measured where a table that could hold it is not in use and nothing speaks
    for it; ``note`` says so.
    """
    answers = questionnaire(tables, on, unit)
    found = chosen or themes()
    rows, pairs = [], []
    for theme in found:
        for field in theme.fields():
            place = {"column": REGISTER, "theme": theme.identifier, "field": field}
            if theme.kind == "order":
                mine, joint = _ordering(answers, theme, field)
                pairs += [{**place, **row} for row in joint]
            else:
                mine = list(_presence(answers, theme, field))
            rows += [{**place, **row, "provenance": provenance} for row in mine]
    pieces = register_evidence(tables, on, unit)
    asked = _organisations(answers.evidence, [COLLABORATION])
    for row in pole_rows(pieces, found, lambda field: len(asked.get(field, ()))):
        rows.append(
            {
                **row,
                "column": REGISTER,
                "n": max(row["n"], row["count"] + row["contrary"]),
                "base": ORGANISATIONS,
                "provenance": provenance,
            }
        )
    return Counts.of(rows, pairs, [REGISTER])


def _ordering(
    answers: RegisterAnswers, theme: Theme, field: str
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    everyone = _organisations(answers.evidence, [COLLABORATION]).get(field, set())
    held: dict[str, set[str]] = {}
    rows = []
    for item in theme.items:
        if not item.variables or not _known(answers, item, field):
            continue
        own = _organisations(answers.evidence, item.variables).get(field, set())
        held[item.identifier] = own & everyone
        rows.append(
            {
                "item": item.identifier,
                "count": len(own & everyone),
                "n": len(everyone),
                "base": ORGANISATIONS,
                "where": ";".join(item.variables),
            }
        )
    joint = [
        {"one": one, "other": other, "both": len(held[one] & held[other])}
        for one, other in combinations(held, 2)
    ]
    return rows, joint


def _presence(answers: RegisterAnswers, theme: Theme, field: str) -> Iterator[dict[str, Any]]:
    for item in theme.items:
        if not item.variables or not _known(answers, item, field):
            continue
        states = _states(answers, item, field)
        entries = int(states["entries"].sum())
        yield {
            "item": item.identifier,
            "count": entries,
            "contrary": 0 if entries else 1,
            "n": max(1, entries),
            "base": ENTRIES,
            "where": ";".join(item.variables),
        }


def _states(answers: RegisterAnswers, item: Item, field: str) -> pl.DataFrame:
    about = pl.col("variable").is_in(item.variables) & (pl.col("field") == field)
    return answers.states.filter(about)


def _known(answers: RegisterAnswers, item: Item, field: str) -> bool:
    """Whether the register answers every question that speaks for the item."""
    states = _states(answers, item, field)
    return not states.is_empty() and states["value"].null_count() == 0


def _organisations(evidence: pl.DataFrame, variables: Sequence[str]) -> dict[str, set[str]]:
    """The organisations with an entry that speaks for any of the variables, by field."""
    own = evidence.filter(
        pl.col("variable").is_in(list(variables)), pl.col("organisation").is_not_null()
    )
    grouped = own.group_by("field").agg(pl.col("organisation").unique())
    return {field: set(names) for field, names in grouped.iter_rows()}
