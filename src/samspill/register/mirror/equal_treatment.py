"""Equal treatment: who has seats, money and premises, who is inside, and who gets an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple

import polars as pl

from samspill import vocabulary
from samspill.register.frames import Schema, Tables
from samspill.register.mirror.holdings import (
    HOLDINGS,
    SIZE_CLASSES,
    WHATS,
    holdings,
    organisations,
)
from samspill.register.mirror.in_force import in_force
from samspill.statistics import Cells, shares
from samspill.statistics.concentration import TOP, concentration, lorenz

By = Literal["all", "field", "size"]

EVERYONE = "all"
TABLE_OF = {"seats": "seats", "money": "grants", "premises": "allocations"}
NOTHING_WRITTEN = "nothing of this kind is written in the register"

SPREAD: Schema = {
    "what": pl.String,
    "group": pl.String,
    "n": pl.Int64,
    "receivers": pl.Int64,
    "total": pl.Float64,
    "gini": pl.Float64,
    "gini_low": pl.Float64,
    "gini_high": pl.Float64,
    "top_share": pl.Float64,
    "top_share_low": pl.Float64,
    "top_share_high": pl.Float64,
    "gini_note": pl.String,
    "top_share_note": pl.String,
}
INSIDE = ("seat", "agreement", "grant")


class Group(NamedTuple):
    """Organisations of a group, and what they have there."""

    name: str
    organisations: pl.Series
    holdings: pl.DataFrame


def equal_treatment(
    tables: Tables,
    on: date,
    by: By = "all",
    *,
    seed: int = 2018,
    level: float = 0.95,
    replicates: int = 1000,
) -> pl.DataFrame:
    """How seats, money and premises are spread over the organisations, those with none included.

    A row for each ``what`` and ``group`` (all; a field; a class of size): ``n`` organisations,
    ``receivers``, ``total``, the Gini coefficient and the share of the five largest with limits,
    and notes why there is none. By field, an organisation belongs where it says it works, and
    where it has something. An organisation may be in several fields.

    Errors are those of ``concentration``. Sources: see docs/methods/gini.md.
    """
    rows = []
    for group in _groups(tables, on, by):
        for what in WHATS:
            if tables[TABLE_OF[what]].is_empty():
                row = {"what": what, "group": group.name, "n": group.organisations.len()}
                note = {"gini_note": NOTHING_WRITTEN, "top_share_note": NOTHING_WRITTEN}
                rows.append(row | note)
                continue
            found = concentration(
                _amounts(group, what), seed=seed, level=level, replicates=replicates
            )
            rows.append(_row(what, group.name, found.frame))
    return pl.DataFrame(rows, schema=SPREAD)


def over_years(
    tables: Tables, years: Sequence[int], by: By = "all", *, seed: int = 2018
) -> pl.DataFrame:
    """``equal_treatment`` as of the last day of each year, with the column ``year`` first."""
    frames = [
        equal_treatment(tables, date(year, 12, 31), by, seed=seed).select(
            pl.lit(year, dtype=pl.Int64).alias("year"), pl.all()
        )
        for year in years
    ]
    return pl.concat(frames) if frames else pl.DataFrame(schema={"year": pl.Int64, **SPREAD})


def lorenz_points(tables: Tables, on: date, what: str) -> pl.DataFrame:
    """The Lorenz curve over all organisations: ``population`` and ``share``, 0 to 1."""
    (group,) = _groups(tables, on, "all")
    return lorenz(_amounts(group, what))


def largest(tables: Tables, on: date, what: str, top: int = TOP) -> pl.DataFrame:
    """The organisations that have most, with the share of the total and the entries behind.

    Columns: organisation, amount, share, identifiers. Ties are in order of identifier.
    """
    held = holdings(tables, on).filter(pl.col("what") == what)
    sums = held.group_by("organisation").agg(
        pl.col("amount").sum(), pl.col("identifier").sort().alias("identifiers")
    )
    share = (pl.col("amount") / pl.col("amount").sum()).alias("share")
    return (
        sums.select("organisation", "amount", share, "identifiers")
        .sort(["amount", "organisation"], descending=[True, False])
        .head(top)
    )


def membership(tables: Tables, on: date) -> pl.DataFrame:
    """Each organisation: fields, size, and whether it has a seat, agreement or grant on the day.

    Columns: organisation, fields, members, size, seat, agreement, grant, inside (any of them).
    """
    held = in_force(tables, on)
    seated = held["seats"].filter(pl.col("side") == "organisation")
    having = dict(
        zip(
            INSIDE,
            (rows["organisation"] for rows in (seated, held["agreements"], held["grants"])),
            strict=True,
        )
    )
    flags = [
        pl.col("organisation").is_in(who.drop_nulls().implode()).alias(name)
        for name, who in having.items()
    ]
    return organisations(tables, on).with_columns(flags).with_columns(
        pl.any_horizontal(*INSIDE).alias("inside")
    )  # fmt: skip


def insiders(tables: Tables, on: date, by: By = "all", *, level: float = 0.95) -> pl.DataFrame:
    """The share of organisations that are inside, in each group, with Wilson's interval.

    Columns: outcome (``seat``, ``agreement``, ``grant``, ``inside``), group, n, count, share,
    low, high, note. An organisation with several fields counts in each.
    """
    members = grouped(membership(tables, on), by)
    outcomes = (*INSIDE, "inside")
    if members.is_empty():
        return pl.DataFrame(schema=_SHARE)
    long = members.unpivot(outcomes, index="group", variable_name="outcome", value_name="y")
    counted = long.group_by("outcome", "group").agg(
        n=pl.len().cast(pl.Int64), sum=pl.col("y").sum().cast(pl.Int64)
    )
    found = shares(Cells.from_counts(counted, "group"), by="group", level=level).frame
    return _in_order(found.select(list(_SHARE)), by)


_SHARE = {
    "outcome": pl.String,
    "group": pl.String,
    "n": pl.Int64,
    "count": pl.Int64,
    "share": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "note": pl.String,
}


def grouped(frame: pl.DataFrame, by: By) -> pl.DataFrame:
    """The rows with a column ``group``; by field, a row for each of the row's ``fields``."""
    if by == "field":
        return frame.explode("fields").rename({"fields": "group"}).drop_nulls("group")
    name = pl.lit(EVERYONE) if by == "all" else pl.col("size")
    return frame.with_columns(name.alias("group"))


def group_names(by: By) -> tuple[str, ...]:
    """The groups there may be, in order."""
    if by == "field":
        return tuple(vocabulary.load().fields)
    return (EVERYONE,) if by == "all" else SIZE_CLASSES


def _in_order(frame: pl.DataFrame, by: By) -> pl.DataFrame:
    order = {name: place for place, name in enumerate(group_names(by))}
    outcomes = {name: place for place, name in enumerate((*INSIDE, "inside"))}
    keys = [
        pl.col("group").replace_strict(order, default=len(order), return_dtype=pl.Int64),
        pl.col("outcome").replace_strict(outcomes, return_dtype=pl.Int64),
    ]
    return frame.sort(keys)


def _groups(tables: Tables, on: date, by: By) -> Iterator[Group]:
    existing, held = organisations(tables, on), holdings(tables, on)
    if by == "field":
        working = grouped(existing, by).select("organisation", "group")
        having = grouped(held, by)
        belongs = pl.concat([working, having.select("organisation", "group")]).unique()
    else:
        belongs = grouped(existing, by).select("organisation", "group")
        having = held.join(belongs, on="organisation")
    for name in group_names(by):
        own = belongs.filter(pl.col("group") == name)["organisation"].sort()
        if own.len() or by == "all":
            mine = having.filter(pl.col("group") == name)
            yield Group(name, own, mine.select(*(c for c in HOLDINGS if c in mine.columns)))


def _amounts(group: Group, what: str) -> pl.Series:
    """What each organisation of the group has, 0 included."""
    own = group.holdings.filter(pl.col("what") == what)
    sums = own.group_by("organisation").agg(pl.col("amount").sum())
    everyone = group.organisations.to_frame().join(sums, on="organisation", how="left")
    return everyone["amount"].fill_null(0)


def _row(what: str, group: str, found: pl.DataFrame) -> dict[str, object]:
    row: dict[str, object] = {"what": what, "group": group}
    for one in found.to_dicts():
        name = one["statistic"]
        row |= {key: one[key] for key in ("n", "receivers", "total")}
        row |= {name: one["estimate"], f"{name}_low": one["low"], f"{name}_high": one["high"]}
        row[f"{name}_note"] = one["note"]
    return row
