"""The pulse as both sides answer it: the gap between them, and the change since last time."""

from __future__ import annotations

from typing import Any

import polars as pl

from samspill import vocabulary
from samspill.errors import Message, SamspillError
from samspill.instrument import Instrument, shipped_instrument
from samspill.statistics import Cells, differences, shares
from samspill.statistics.means import mean_difference, paired_difference

PULSE = "pulse"
ALL_FIELDS = ""
MINIMUM = 5
SUPPRESSED = "too few answers on a side to be shown"
GIVEN_AWAY = "not shown: it would give away a field with too few answers"
NOBODY = "nobody answered on a side"
COLUMNS = ("respondent", "side", "field", "variable", "value")

MUNICIPALITY, ORGANISATION = vocabulary.load().sides
SIDES = (MUNICIPALITY, ORGANISATION)

GAPS = {
    "field": pl.String,
    "variable": pl.String,
    **{
        f"{side}_{part}": kind
        for side in SIDES
        for part, kind in (
            ("n", pl.Int64), ("mean", pl.Float64), ("share", pl.Float64),
            ("share_low", pl.Float64), ("share_high", pl.Float64),
        )
    },
    **dict.fromkeys(
        ("gap", "gap_low", "gap_high", "share_gap", "share_gap_low", "share_gap_high"), pl.Float64
    ),
    "note": pl.String,
}  # fmt: skip
CHANGES = {
    "side": pl.String,
    "field": pl.String,
    "variable": pl.String,
    "n": pl.Int64,
    "n_before": pl.Int64,
    "pairs": pl.Int64,
    "change": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "method": pl.String,
    "note": pl.String,
}


def scores(answers: pl.DataFrame, instrument: Instrument | None = None) -> pl.DataFrame:
    """Answers of a scale as numbers: respondent, side, field, variable, score, agrees.

    ``answers`` has respondent, side, field, variable and value (a category's). Missing codes and
    questions that are no scale are left out. ``agrees`` is above the middle of the scale. Beside
    the fields, ``field`` is empty in a row for all fields together: a respondent's mean.

    Raises SamspillError where a column is missing.
    """
    missing = [name for name in COLUMNS if name not in answers.columns]
    if missing:
        raise SamspillError(
            Message("The answers have no column “{name}”.", name=missing[0]),
            "Give respondent, side, field, variable and value, one row for each answer.",
        )
    scale = _scale(instrument or shipped_instrument(PULSE))
    known = answers.select(COLUMNS).join(scale, on=["variable", "value"])
    keys = ["respondent", "side", "variable", "middle"]
    by_field = known.filter(pl.col("field") != ALL_FIELDS).group_by(*keys, "field")
    whole = known.group_by(keys).agg(pl.col("score").mean())
    frames = [
        by_field.agg(pl.col("score").mean()),
        whole.with_columns(pl.lit(ALL_FIELDS).alias("field")),
    ]
    return pl.concat(frames, how="diagonal").select(
        "respondent", "side", "field", "variable", "score",
        (pl.col("score") > pl.col("middle")).alias("agrees"),
    ).sort("field", "variable", "side", "respondent")  # fmt: skip


def gaps(
    answers: pl.DataFrame,
    *,
    instrument: Instrument | None = None,
    minimum: int = MINIMUM,
    level: float = 0.95,
) -> pl.DataFrame:
    """Each item in each field, and in all together (``field`` empty): the municipality's own
    contacts beside the organisations.

    For each side ``n``, ``mean``, and the ``share`` that agrees with Wilson's interval; ``gap`` is
    the municipality's mean less the organisations' with Welch's interval, ``share_gap`` the
    difference of shares with Newcombe's. With fewer than ``minimum`` answers on a side its
    numbers are null. Where the fields so hidden have fewer than that between them, the smallest of
    the others is hidden too, or they could be worked out from the whole; ``note`` says why.

    Errors are those of ``scores``, and of a level outside 0 to 1.
    """
    scored = scores(answers, instrument)
    if scored.is_empty():
        return pl.DataFrame(schema=GAPS)
    hidden = _hidden(scored, minimum)
    shown = scored.join(hidden, on=["field", "variable", "side"], how="anti")
    reasons = {(f, v, s): why for f, v, s, why in hidden.iter_rows()}
    shares_of, differences_of = _shares(shown, level)
    rows = []
    for (field, variable), own in scored.group_by("field", "variable", maintain_order=True):
        sides = {side: own.filter(pl.col("side") == side)["score"].to_numpy() for side in SIDES}
        row: dict[str, Any] = {"field": field, "variable": variable}
        notes = []
        for side, values in sides.items():
            row[f"{side}_n"] = values.size
            notes.append(reasons.get((field, variable, side), "") if values.size else NOBODY)
            if values.size and not notes[-1]:
                row |= {f"{side}_mean": float(values.mean())}
                row |= {f"{side}_{k}": v for k, v in shares_of[field, variable, side].items()}
        row["note"] = next((note for note in notes if note), "")
        if not row["note"]:
            gap = mean_difference(sides[MUNICIPALITY], sides[ORGANISATION], level)
            row |= {"gap": gap.estimate, "gap_low": gap.low, "gap_high": gap.high}
            row |= {"note": gap.note, **differences_of[field, variable]}
        rows.append(row)
    return pl.DataFrame(rows, schema=GAPS)


def changes(
    now: pl.DataFrame,
    before: pl.DataFrame,
    *,
    instrument: Instrument | None = None,
    minimum: int = MINIMUM,
    level: float = 0.95,
) -> pl.DataFrame:
    """How much each side's mean has changed since the round before, item by item.

    Where at least ``minimum`` answered both times it is their own change (``method`` ``paired``,
    by Student's t), otherwise the difference of the means of all (``welch``). ``n``, ``n_before``,
    ``pairs``; null, with a ``note``, where a round has fewer than ``minimum``.

    Errors are those of ``gaps``.
    """
    one, other = scores(now, instrument), scores(before, instrument)
    hidden = pl.concat([_hidden(one, minimum), _hidden(other, minimum)])
    reasons = {(s, f, v): why for f, v, s, why in hidden.iter_rows()}
    keys = ["side", "field", "variable"]
    rows = []
    for key, own in one.group_by(keys, maintain_order=True):
        last = other.filter(*(pl.col(n) == v for n, v in zip(keys, key, strict=True)))
        both = own.join(last, on="respondent", suffix="_before")
        row = dict(zip(keys, key, strict=True)) | {
            "n": own.height, "n_before": last.height, "pairs": both.height,
        }  # fmt: skip
        if key in reasons or not last.height:
            rows.append(row | {"note": reasons.get(key, SUPPRESSED)})
            continue
        if both.height >= minimum:
            found = paired_difference(both["score"], both["score_before"], level)
        else:
            found = mean_difference(own["score"], last["score"], level)
        rows.append(
            row
            | {"change": found.estimate, "low": found.low, "high": found.high}
            | {"method": found.method, "note": found.note}
        )
    return pl.DataFrame(rows, schema=CHANGES)


def _scale(instrument: Instrument) -> pl.DataFrame:
    """``variable``, ``value``, ``score``, ``middle`` of every question on a scale."""
    rows = []
    for _, question in instrument.questions():
        values = [c.value for c in question.categories if not c.missing]
        if question.type == "ordinal":
            numbers = [float(value) for value in values]
            middle = (min(numbers) + max(numbers)) / 2
            rows += [
                (question.variable, v, x, middle) for v, x in zip(values, numbers, strict=True)
            ]
    schema = {
        "variable": pl.String, "value": pl.String, "score": pl.Float64, "middle": pl.Float64,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def _hidden(scored: pl.DataFrame, minimum: int) -> pl.DataFrame:
    """``field``, ``variable``, ``side``, ``why`` of what is not shown.

    Where the fields hidden for their own sake have fewer than ``minimum`` answers together, they
    could be worked out from the whole, so the smallest of the others is hidden with them.
    """
    counted = scored.group_by("field", "variable", "side").agg(n=pl.len())
    few = counted.filter(pl.col("n") < minimum)
    one = ["variable", "side"]
    exposed = (
        few.filter(pl.col("field") != ALL_FIELDS)
        .group_by(one)
        .agg(pl.col("n").sum())
        .filter(pl.col("n") < minimum)
    )
    smallest = (
        counted.filter(pl.col("n") >= minimum, pl.col("field") != ALL_FIELDS)
        .join(exposed, on=one, how="semi")
        .sort("n", "field")
        .unique(one, keep="first", maintain_order=True)
    )
    columns = ["field", *one]
    return pl.concat(
        [
            few.select(*columns, pl.lit(SUPPRESSED).alias("why")),
            smallest.select(*columns, pl.lit(GIVEN_AWAY).alias("why")),
        ]
    )


def _shares(
    shown: pl.DataFrame, level: float
) -> tuple[dict[tuple[str, str, str], dict[str, float]], dict[tuple[str, str], dict[str, float]]]:
    """Shares that agree with limits, by field, item and side; their differences by field, item."""
    counted = shown.group_by("field", "side", pl.col("variable").alias("outcome")).agg(
        n=pl.len().cast(pl.Int64), sum=pl.col("agrees").sum().cast(pl.Int64)
    )
    if counted.is_empty():
        return {}, {}
    cells = Cells.from_counts(counted, ("field", "side"))
    each = shares(cells, by="side", within="field", level=level).frame
    found = {
        (r["field"], r["outcome"], r["side"]): {
            "share": r["share"], "share_low": r["low"], "share_high": r["high"],
        }
        for r in each.to_dicts()
    }  # fmt: skip
    if counted["side"].n_unique() < 2:
        return found, {}
    compared = differences(cells, "side", reference=ORGANISATION, within="field", level=level).frame
    gap = {
        (r["field"], r["outcome"]): {
            "share_gap": r["estimate"], "share_gap_low": r["low"], "share_gap_high": r["high"],
        }
        for r in compared.to_dicts()
    }  # fmt: skip
    return found, gap
