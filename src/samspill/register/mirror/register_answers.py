"""The founding study's questionnaire answered by a register, with the entries behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from samspill import vocabulary
from samspill.instrument import Instrument, shipped_instrument
from samspill.register.frames import Schema, Tables
from samspill.register.mirror.entries import (
    COLLABORATION,
    ENTRIES,
    OVERALL,
    SOURCES,
    WHOLE_UNIT,
    entries,
    looked_at,
    unused,
)
from samspill.register.mirror.in_force import in_force

FOUNDING = "norway-2018"
PROVENANCE = "register"
POLICY, RELATION, NUMBER = "has_policy", "has_relation", "number_of_relations"
LOWEST = {"1": 1, "2": 3, "3": 6, "4": 11, "5": 21}
"""The fewest organisations of each category of the number of relations (1–2, 3–5, 6–10, 11–20)."""

NOTHING_WRITTEN = "Nothing of this kind is written in the register, so it cannot know."
NOT_HELD = "The register does not hold this."
NO_SUCH_FIELD = "The register has no such field."
NOT_ASKED = "Asked only where there is collaboration."

STATES: Schema = {
    "field": pl.String,
    "variable": pl.String,
    "value": pl.String,
    "entries": pl.Int64,
    "looked_at": pl.Int64,
    "unused": pl.List(pl.String),
    "reason": pl.String,
}


@dataclass(frozen=True, slots=True, eq=False)
class RegisterAnswers:
    """What a register says to each question on a day.

    ``states``, a row for each question and field: ``value`` (null where unknown), ``entries``
    (behind the answer), ``looked_at`` (rows of the tables consulted, on any day), ``unused``
    (tables consulted that nothing is written in) and ``reason`` (why unknown, else empty).
    ``evidence``: variable, field, table, identifier, organisation, a row for each entry behind.
    """

    unit: str
    on: date
    states: pl.DataFrame
    evidence: pl.DataFrame

    @property
    def answers(self) -> pl.DataFrame:
        """What is known, as a study's answers: unit, field, variable, value, and provenance."""
        known = self.states.filter(pl.col("value").is_not_null(), pl.col("variable") != POLICY)
        return known.select(
            pl.lit(self.unit).alias("unit"),
            "field", "variable", "value",
            pl.lit(PROVENANCE).alias("provenance"),
        )  # fmt: skip

    @property
    def attributes(self) -> dict[str, str | None]:
        """The attributes of the unit that a register knows: ``has_policy``, ``yes`` or ``no``."""
        row = self.states.filter(pl.col("variable") == POLICY)
        return {"unit": self.unit, POLICY: row["value"][0]}

    def behind(self, variable: str, field: str = WHOLE_UNIT) -> pl.DataFrame:
        """The entries behind an answer: table, identifier, organisation."""
        about = (pl.col("variable") == variable) & (pl.col("field") == field)
        return self.evidence.filter(about).drop("variable", "field")


def questionnaire(
    tables: Tables,
    on: date,
    unit: str,
    *,
    since: date | None = None,
    instrument: Instrument | None = None,
) -> RegisterAnswers:
    """Answer every question of the founding questionnaire from the register, as of ``on``.

    An answer is yes (1) where an entry in force speaks for it. It is no (0) only where every
    table that could have held one is in use; a table without a row says nothing, and the answer
    is then unknown. ``has_relation`` is collaboration of any form: a relation, agreement, seat,
    input to a plan or grant. ``number_of_relations`` counts organisations, not entries.

    Raises SamspillError where ``since`` is later than ``on``.
    """
    asked = instrument or shipped_instrument(FOUNDING)
    found = _named(entries(in_force(tables, on, since)))
    rows = [
        *(_state(tables, found, question, field) for question, field in _questions(asked)),
        _policy(tables, on),
    ]
    policies = in_force(tables, on)["policies"].select(
        pl.lit(POLICY).alias("variable"), pl.lit(WHOLE_UNIT).alias("field"),
        pl.lit("policies").alias("table"), "identifier",
        pl.lit(None, dtype=pl.String).alias("organisation"),
    )  # fmt: skip
    return RegisterAnswers(
        unit, on, pl.DataFrame(rows, schema=STATES, orient="row"), pl.concat([found, policies])
    )


def _named(found: pl.DataFrame) -> pl.DataFrame:
    """Entries under the questions' names; collaboration answers two of them."""
    other = found.filter(pl.col("variable") != COLLABORATION)
    any_form = found.filter(pl.col("variable") == COLLABORATION)
    twice = [any_form.with_columns(pl.lit(name).alias("variable")) for name in (RELATION, NUMBER)]
    return pl.concat([*twice, other]).select(list(ENTRIES))


def _questions(instrument: Instrument) -> Iterator[tuple[str, str]]:
    for page, question in instrument.questions():
        if question.has_answer:
            fields = [f.identifier for f in instrument.fields] if page.per_field else [WHOLE_UNIT]
            for field in fields:
                yield question.variable, field


def _state(tables: Tables, found: pl.DataFrame, variable: str, field: str) -> dict[str, Any]:
    row: dict[str, Any] = {"field": field, "variable": variable, "entries": 0, "looked_at": 0}
    source = COLLABORATION if variable in (RELATION, NUMBER) else variable
    if not _held(source):
        return row | {"unused": [], "reason": NOT_HELD}
    if field != WHOLE_UNIT and field not in vocabulary.load().fields:
        return row | {"unused": [], "reason": NO_SUCH_FIELD}
    behind = found.filter(pl.col("variable") == variable, pl.col("field") == field)
    missing = unused(tables, source)
    row |= {
        "entries": behind.height,
        "looked_at": looked_at(tables, source),
        "unused": missing,
        "reason": "",
    }
    if behind.height:
        return row | {"value": _category(behind) if variable == NUMBER else "1"}
    if missing:
        return row | {"reason": NOTHING_WRITTEN}
    return row | ({"reason": NOT_ASKED} if variable == NUMBER else {"value": "0"})


def _held(variable: str) -> bool:
    name = variable.removeprefix(OVERALL)
    return name == COLLABORATION or any(name in source.variables for source in SOURCES)


def _category(behind: pl.DataFrame) -> str:
    organisations = behind["organisation"].n_unique()
    return max(value for value, lowest in LOWEST.items() if organisations >= lowest)


def _policy(tables: Tables, on: date) -> dict[str, Any]:
    every, held = tables["policies"], in_force(tables, on)["policies"]
    known = not every.is_empty()
    return {
        "field": WHOLE_UNIT,
        "variable": POLICY,
        "value": ("yes" if held.height else "no") if known else None,
        "entries": held.height,
        "looked_at": every.height,
        "unused": [] if known else ["policies"],
        "reason": "" if known else NOTHING_WRITTEN,
    }
