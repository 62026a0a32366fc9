"""Which organisations have what of the municipality: seats, money and premises."""

from __future__ import annotations

from datetime import date

import polars as pl

from samspill.register.frames import Tables
from samspill.register.mirror.in_force import GRANTED, in_force

SEATS, MONEY, PREMISES = "seats", "money", "premises"
WHATS = (SEATS, MONEY, PREMISES)
SIZES = {"under_30": 30, "30_to_99": 100, "100_to_299": 300}
"""Classes of organisations by their members, each with the number that is too many."""
LARGEST, UNKNOWN = "300_or_more", "unknown"
SIZE_CLASSES = (*SIZES, LARGEST, UNKNOWN)

HOLDINGS = {
    "what": pl.String,
    "organisation": pl.String,
    "fields": pl.List(pl.String),
    "amount": pl.Float64,
    "table": pl.String,
    "identifier": pl.String,
}


def organisations(tables: Tables, on: date) -> pl.DataFrame:
    """The organisations that exist on a day: organisation, fields, members, size."""
    members = pl.col("members")
    size: pl.Expr = pl.lit(LARGEST)
    for name, below in reversed(SIZES.items()):
        size = pl.when(members < below).then(pl.lit(name)).otherwise(size)
    size = pl.when(members.is_null()).then(pl.lit(UNKNOWN)).otherwise(size)
    return in_force(tables, on)["organisations"].select(
        pl.col("identifier").alias("organisation"),
        "fields", "members",
        size.alias("size"),
    )  # fmt: skip


def holdings(tables: Tables, on: date) -> pl.DataFrame:
    """One row for each thing an organisation has: what, organisation, fields, amount, and entry.

    ``amount`` is 1 for a seat held on the day ``on`` (of whatever role), kroner for a grant or
    purchase given in its year (the whole sum in the year it is given, however many years it is
    for), and hours a week for premises allotted on the day. What has no amount is left out.
    """
    held = in_force(tables, on)
    bodies = held["bodies"].select(body="identifier", fields="fields")
    seats = held["seats"].filter(pl.col("side") == "organisation").join(bodies, on="body")
    decided = pl.col("decided_on").is_null() | (pl.col("decided_on") <= on)
    grants = tables["grants"].filter(
        pl.col("decision").is_in(GRANTED), pl.col("year") == on.year, decided
    )
    field = pl.concat_list("field")
    frames = [
        _holding(SEATS, "seats", seats, pl.col("fields"), pl.lit(1)),
        _holding(MONEY, "grants", grants, field, pl.col("amount")),
        _holding(PREMISES, "allocations", held["allocations"], field, pl.col("hours_a_week")),
    ]
    existing = held["organisations"].select(organisation="identifier")
    return pl.concat(frames).join(existing, on="organisation", how="semi")


def _holding(
    what: str, table: str, rows: pl.DataFrame, fields: pl.Expr, amount: pl.Expr
) -> pl.DataFrame:
    frame = rows.select(
        pl.lit(what).alias("what"),
        "organisation",
        fields.alias("fields"),
        amount.cast(pl.Float64).alias("amount"),
        pl.lit(table).alias("table"),
        "identifier",
    )
    return frame.drop_nulls(["organisation", "amount"]).cast(HOLDINGS)  # type: ignore[arg-type]
