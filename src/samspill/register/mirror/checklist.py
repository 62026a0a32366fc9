"""What a register holds as evidence for each criterion of a volunteer policy."""

from __future__ import annotations

from datetime import date

import polars as pl

from samspill.register.frames import Schema, Tables
from samspill.register.mirror.in_force import in_force
from samspill.register.schema import CRITERIA

CHECKLIST: Schema = {
    "criterion": pl.String,
    "k": pl.Int64,
    "n": pl.Int64,
    "entries": pl.List(pl.String),
}


def checklist(tables: Tables, on: date, policy: str) -> pl.DataFrame:
    """A row for each criterion: the entries that speak for it, for a person to judge.

    ``entries`` (``table/identifier``) are ``k`` of ``n`` looked at: the policy, if adopted; inputs
    received to its process, of those invited; its adoption with a case number; its measures, those
    not dropped; meeting points, of bodies; contacts whose task it is, of the municipality's;
    measures done with evidence, of those past their deadline or done. There is no verdict here:
    that is a person's, in the table ``criteria``. Entries of the day ``on`` or before are counted.
    """
    held = in_force(tables, on)
    adopted = held["policies"].filter(identifier=policy)
    processes = tables["processes"].filter(pl.col("policy") == policy)["identifier"]
    inputs = tables["inputs"].filter(pl.col("process").is_in(processes.implode()))
    goals = tables["goals"].filter(pl.col("policy") == policy)["identifier"]
    measures = tables["measures"].filter(pl.col("goal").is_in(goals.implode()))
    done = (pl.col("status") == "done") & (pl.col("done_on") <= on).fill_null(value=True)
    due = measures.filter(done | (pl.col("deadline") < on), pl.col("status") != "dropped")
    municipal = held["contacts"].filter(pl.col("side") == "municipality")
    found = {
        "own_policy": ("policies", adopted, pl.lit(value=True)),
        "made_in_dialogue": ("inputs", inputs, pl.col("received_on") <= on),
        "politically_treated": (
            "policies",
            adopted,
            pl.col("adopted_on").is_not_null() & pl.col("case_number").is_not_null(),
        ),
        "measures": ("measures", measures, pl.col("status") != "dropped"),
        "meeting_points": ("bodies", held["bodies"], pl.col("type") == "meeting_point"),
        "contact": ("contacts", municipal, pl.col("coordination_position")),
        "follow_up": ("measures", due, done & pl.col("evidence").is_not_null()),
    }
    rows = [_row(name, *found[name]) for name in CRITERIA]
    return pl.DataFrame(rows, schema=CHECKLIST, orient="row")


def _row(
    criterion: str, table: str, rows: pl.DataFrame, speaks: pl.Expr
) -> tuple[str, int, int, list[str]]:
    speaking = rows.filter(speaks.fill_null(value=False))["identifier"].sort()
    entries = [f"{table}/{identifier}" for identifier in speaking]
    return criterion, len(entries), rows.height, entries
