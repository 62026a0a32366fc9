"""Which entries of a register speak for which variable of the questionnaire, in which field."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from samspill import vocabulary
from samspill.register.frames import Tables

ENTRIES = {
    "variable": pl.String,
    "field": pl.String,
    "table": pl.String,
    "identifier": pl.String,
    "organisation": pl.String,
}
WHOLE_UNIT = ""
OVERALL = "overall_"
COLLABORATION = "collaboration"
"""Entries that are a relation, of whatever form: they give ``has_relation``."""

POSITION, BODY, MEETING_POINT = vocabulary.load().coordination
FORMS = tuple(vocabulary.load().forms)
ECONOMIC = tuple(vocabulary.load().economic_relations)
SITTING = ("council", "committee", "board")


@dataclass(frozen=True, slots=True)
class Source:
    """A table whose rows speak for ``variables``.

    ``variable`` names the one that a row speaks for, null for none; ``fields`` is a list.
    ``relation`` says that each row is collaboration with an organisation; ``used`` which rows
    show that this is written down at all, so that its absence elsewhere means no.
    """

    table: str
    variables: tuple[str, ...]
    variable: pl.Expr
    fields: pl.Expr = field(default_factory=lambda: pl.col("fields"))
    relation: bool = False
    used: pl.Expr = field(default_factory=lambda: pl.lit(value=True))


def _one_field() -> pl.Expr:
    return pl.concat_list("field")


SOURCES = (
    Source("relations", FORMS, pl.col("form"), _one_field(), relation=True),
    Source("relations", ECONOMIC, pl.col("economic_relation"), _one_field(), relation=True),
    Source("grants", ECONOMIC, pl.col("economic_relation"), _one_field(), relation=True),
    Source("agreements", (), pl.lit(None, dtype=pl.String), relation=True),
    Source(
        "seats",
        FORMS[:1],
        pl.when(pl.col("body_type").is_in(SITTING)).then(pl.lit(FORMS[0])),
        relation=True,
    ),
    Source("inputs", FORMS[1:2], pl.lit(FORMS[1]), relation=True),
    Source(
        "contacts",
        (POSITION,),
        pl.when(pl.col("coordination_position"), pl.col("side") == "municipality").then(
            pl.lit(POSITION)
        ),
        used=pl.col("coordination_position").is_not_null(),
    ),
    Source(
        "bodies",
        (BODY, MEETING_POINT),
        pl.when(pl.col("type").is_in([BODY, MEETING_POINT])).then(pl.col("type")),
    ),
)


def entries(held: Tables) -> pl.DataFrame:
    """One row for each variable and field that an entry speaks for.

    ``held`` is what ``in_force`` gives. Columns: variable, field (empty for the municipality as a
    whole), table, identifier, organisation (null where the entry is of none). Collaboration of
    any form has the variable ``COLLABORATION`` beside its own. A position, body or meeting point
    with no field, or with several, is an overall one too.
    """
    frames = [pl.DataFrame(schema=ENTRIES)]
    for source in SOURCES:
        rows = _rows(source, held)
        frames.append(rows.drop_nulls("variable").pipe(_by_field))
        if source.relation:
            frames.append(rows.with_columns(variable=pl.lit(COLLABORATION)).pipe(_by_field))
        else:
            frames.append(_overall(rows.drop_nulls("variable")))
    return pl.concat(frames).unique(maintain_order=True)


def unused(tables: Tables, variable: str) -> list[str]:
    """The tables consulted for a variable that nothing is written in, on any day."""
    name = variable.removeprefix(OVERALL)
    consulted = [
        s for s in SOURCES if (s.relation if name == COLLABORATION else name in s.variables)
    ]
    empty = [s.table for s in consulted if tables[s.table].filter(s.used).is_empty()]
    return list(dict.fromkeys(empty))


def looked_at(tables: Tables, variable: str) -> int:
    """How many rows the tables consulted for a variable have, on any day."""
    name = variable.removeprefix(OVERALL)
    consulted = {
        s.table for s in SOURCES if (s.relation if name == COLLABORATION else name in s.variables)
    }
    return sum(tables[table].height for table in consulted)


def _rows(source: Source, held: Tables) -> pl.DataFrame:
    frame = _with_fields(source.table, held)
    if source.relation:
        frame = frame.filter(pl.col("organisation").is_not_null())
    organisation = pl.col("organisation") if source.relation else pl.lit(None, dtype=pl.String)
    return frame.select(
        source.variable.alias("variable"),
        source.fields.alias("fields"),
        pl.lit(source.table).alias("table"),
        "identifier",
        organisation.alias("organisation"),
    )


def _with_fields(table: str, held: Tables) -> pl.DataFrame:
    """Seats and inputs have the fields of their body and process."""
    if table == "seats":
        bodies = held["bodies"].select(body="identifier", body_type="type", fields="fields")
        return held["seats"].filter(pl.col("side") == "organisation").join(bodies, on="body")
    if table == "inputs":
        processes = held["processes"].select(process="identifier", fields="fields")
        return held["inputs"].join(processes, on="process")
    return held[table]


def _by_field(rows: pl.DataFrame) -> pl.DataFrame:
    return (
        rows.explode("fields").rename({"fields": "field"}).drop_nulls("field").select(list(ENTRIES))
    )


def _overall(rows: pl.DataFrame) -> pl.DataFrame:
    overall = rows.filter(pl.col("fields").list.len().fill_null(0) != 1)
    return overall.select(
        pl.concat_str(pl.lit(OVERALL), "variable").alias("variable"),
        pl.lit(WHOLE_UNIT).alias("field"),
        "table", "identifier", "organisation",
    )  # fmt: skip
