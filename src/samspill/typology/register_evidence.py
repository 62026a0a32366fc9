"""Pieces of evidence from a municipality's register: agreements, seats, relations and the rest."""

from __future__ import annotations

from datetime import date

import polars as pl

from samspill.register.frames import Tables
from samspill.register.mirror import in_force
from samspill.typology.evidence import EVIDENCE, MUNICIPALITY, REGISTER, speaks
from samspill.typology.rules import RegisterRule, register_rules

ORGANISATION = "organisation"


def register_evidence(
    tables: Tables, on: date, unit: str, *, since: date | None = None
) -> pl.DataFrame:
    """Everything in a register that speaks for a place among the ideal types on a day.

    Columns are those of ``evidence``, to be put below it with ``pl.concat``; ``entry`` is the
    table and identifier behind, such as ``relations/r12``. Each organisation is a source (what is
    of none: each body or process), so that one with many entries is drawn as one. The ``side`` is
    the one that gave the entry, the municipality's where nothing else is said. What is in force,
    and which processes are of the period from ``since``, is as in ``in_force``. A cell left empty
    says nothing.

    Raises SamspillError where ``since`` is later than ``on``.
    """
    held = in_force(tables, on, since)
    held |= {
        "relations": _formalised(held),
        "bodies": held["bodies"].with_columns(
            (pl.col("mandate").str.strip_chars().str.len_chars() > 0).alias("mandated")
        ),
        "seats": _seats(held),
    }
    frames = [pl.DataFrame(schema=EVIDENCE)]
    frames += [_spoken(rule, held[rule.table], unit) for rule in register_rules()]
    return pl.concat(frames)


def _spoken(rule: RegisterRule, rows: pl.DataFrame, unit: str) -> pl.DataFrame:
    if rule.column:
        rows = rows.filter(pl.col(rule.column).is_in(list(rule.values)))
    fields = pl.col("fields") if "fields" in rows.columns else pl.concat_list("field")
    entry = pl.concat_str(pl.lit(f"{rule.table}/"), "identifier")
    whose = pl.col(ORGANISATION) if ORGANISATION in rows.columns else pl.lit(None, pl.String)
    side = pl.when(pl.col("provenance") == ORGANISATION).then(pl.lit(ORGANISATION))
    given = {
        "origin": pl.lit(REGISTER),
        "source": pl.concat_str(pl.lit("register/"), whose.fill_null(entry)),
        "unit": pl.lit(unit),
        "field": fields,
        "side": side.otherwise(pl.lit(MUNICIPALITY)),
        "entry": entry,
        **{name: pl.lit(value) for name, value in speaks(rule.rule, rule.rule.identifier).items()},
    }
    columns = [
        given.get(name, pl.lit(None)).alias(name).cast(pl.List(kind) if name == "field" else kind)
        for name, kind in EVIDENCE.items()
    ]
    return rows.select(columns).explode("field").drop_nulls("field")


def _seats(held: Tables) -> pl.DataFrame:
    """Seats of organisations, with the fields of their body."""
    bodies = held["bodies"].select(body="identifier", fields="fields")
    return held["seats"].filter(pl.col("side") == ORGANISATION).join(bodies, on="body")


def _formalised(held: Tables) -> pl.DataFrame:
    """Relations, and whether the organisation has an agreement or a seat in the field."""
    formal = pl.concat(
        [
            rows.select(ORGANISATION, pl.col("fields").alias("field")).explode("field")
            for rows in (held["agreements"], _seats(held))
        ]
    ).unique()
    by_itself = pl.col("agreement").is_in(held["agreements"]["identifier"].implode())
    known = formal.with_columns(pl.lit(value=True).alias("in_field"))
    return held["relations"].join(
        known, on=[ORGANISATION, "field"], how="left", maintain_order="left"
    ).with_columns(
        (pl.col("in_field").fill_null(value=False) | by_itself.fill_null(value=False)).alias(
            "formalised"
        )
    )  # fmt: skip
