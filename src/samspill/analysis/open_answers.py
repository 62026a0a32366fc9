"""From coded open answers to the survey's table, and who it was that answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from samspill.errors import Message, SamspillError
from samspill.qualitative import Tables
from samspill.qualitative.barriers import spoken_of
from samspill.qualitative.model import OPEN_ANSWER
from samspill.statistics import cells, differences, fisher_exact
from samspill.study import Study
from samspill.vocabulary import Vocabulary, load

PREFIX = "barrier_"
ANSWERED = "answered_open_question"
OBSERVED = "observed"


def open_answer_rows(tables: Tables, vocabulary: Vocabulary | None = None) -> pl.DataFrame:
    """The coded open answers as rows of the survey's table ``answers``.

    ``unit``, ``field`` (empty), ``variable`` (``barrier_coordination`` …), ``value`` (``1`` where
    any of the unit's answers carries the barrier, else ``0``): one row for each unit that
    answered and each barrier. An answer that no code was given counts as one that names none of
    them.

    Raises SamspillError where no open answer has a unit.
    """
    words = vocabulary or load()
    given = tables.sources.filter(pl.col("kind") == OPEN_ANSWER, pl.col("unit").is_not_null())
    if given.is_empty():
        raise SamspillError(
            "The project has no open answer from a unit.",
            "Bring in the survey's open answers with their units.",
        )
    names = pl.DataFrame({"barrier": list(words.barriers)})
    found = given.select("source", "unit").join(spoken_of(tables, names), on="source")
    carried = found.select("unit", "barrier").unique().with_columns(pl.lit("1").alias("value"))
    units = given.select("unit").unique(maintain_order=True)
    grid = units.join(names, how="cross")
    return grid.join(carried, on=["unit", "barrier"], how="left", maintain_order="left").select(
        "unit",
        pl.lit("").alias("field"),
        (PREFIX + pl.col("barrier")).alias("variable"),
        pl.col("value").fill_null("0"),
    )


def with_open_answers(
    study: Study, tables: Tables, vocabulary: Vocabulary | None = None, *, invented: bool = False
) -> Study:
    """The study with its barriers counted from the codings, in place of what it had of them.

    Figure 4.10, its table and every other question then rest on the codings. ``invented`` says that
    the answers are.

    Raises SamspillError for an answer from a unit that the study does not have.
    """
    words = vocabulary or load()
    rows = open_answer_rows(tables, words)
    strangers = rows.join(study.units.select("unit"), on="unit", how="anti")["unit"]
    if len(strangers):
        raise SamspillError(
            Message("The study has no unit “{name}”.", name=strangers[0]),
            "Correct the unit of the open answer, or add it to the study.",
        )
    names = [PREFIX + name for name in words.barriers]
    variables = _rows_like(study.variables, [
        {"variable": PREFIX + b.identifier, "type": "binary", "per_field": False,
         **{f"label_{x}": b.label(x) for x in study.languages}}
        for b in words.barriers.concepts
    ])  # fmt: skip
    indicators = _rows_like(study.indicators, [
        {"indicator": PREFIX + b.identifier, "rule": "variable", "variables": PREFIX + b.identifier,
         "per_field": False, "chapter": b.chapter,
         **{f"label_{x}": b.label(x) for x in study.languages},
         **{f"definition_{x}": b.definition(x) for x in study.languages}}
        for b in words.barriers.concepts
    ])  # fmt: skip
    known = "invented" if invented else OBSERVED
    provenance = _rows_like(study.provenance, [{"name": n, "provenance": known} for n in names])
    mine = pl.col("variable").is_in(names)
    return study.with_tables(
        answers=pl.concat([study.answers.filter(~mine), rows.select(study.answers.columns)]),
        variables=_with(study.variables, variables, "variable"),
        indicators=_with(study.indicators, indicators, "indicator"),
        provenance=pl.concat([study.provenance.filter(~pl.col("name").is_in(names)), provenance]),
    )


def _rows_like(frame: pl.DataFrame, rows: list[dict[str, Any]]) -> pl.DataFrame:
    """``rows`` with the columns of ``frame``; a text not given is empty."""
    empty = {n: "" for n, dtype in frame.schema.items() if dtype == pl.String}
    whole = [{n: (empty | row).get(n) for n in frame.columns} for row in rows]
    return pl.DataFrame(whole, schema=frame.schema)


def _with(frame: pl.DataFrame, new: pl.DataFrame, key: str) -> pl.DataFrame:
    """``frame`` with those of ``new`` that it does not have, at the end."""
    return pl.concat([frame, new.join(frame, on=key, how="anti", maintain_order="left")])


@dataclass(frozen=True, slots=True, eq=False)
class WhoAnswered:
    """Whether one group of units answered the open question more than another.

    ``frame``, one row: ``attribute``, ``reference`` and ``group`` (their labels),
    ``n_reference``, ``count_reference``, ``share_reference`` (units and those that answered), the
    same of the group, ``difference`` of shares with Newcombe's interval ``low`` to ``high``,
    ``p`` (Fisher's exact test, two-sided), ``odds_ratio`` (conditional), ``left_out`` (units
    whose attribute is not known).
    """

    frame: pl.DataFrame
    level: float = 0.95


def who_answered(
    units: pl.DataFrame,
    answered: pl.Series | list[str],
    attribute: str = "population",
    *,
    cut: float | None = None,
    level: float = 0.95,
) -> WhoAnswered:
    """Whether large units are over-represented among those that answered in their own words.

    ``units`` are those that were asked (``unit`` and ``attribute``), ``answered`` the units that
    wrote something. Numbers are parted at ``cut``, or at their median: those above it are the
    group, the others the reference. A text attribute must have two values; the first in order is
    the reference.

    Raises SamspillError for an attribute there is not, one that does not part the units in two,
    and a unit that answered without being asked.
    """
    if attribute not in units.columns:
        raise SamspillError(
            Message("The units have no attribute “{name}”.", name=attribute),
            Message(
                "Choose among {names}.", names=", ".join(c for c in units.columns if c != "unit")
            ),
        )
    wrote = set(answered)
    strangers = wrote - set(units["unit"])
    if strangers:
        raise SamspillError(
            Message("“{name}” answered but is not among the units.", name=min(strangers)),
            "Give all units that were asked.",
        )
    known = units.filter(pl.col(attribute).is_not_null())
    parted = _parted(known, attribute, cut).with_columns(
        pl.col("unit").is_in(list(wrote)).cast(pl.Int64).alias(ANSWERED)
    )
    groups = sorted(parted["group"].unique())
    if len(groups) != 2:
        raise SamspillError(
            Message("“{name}” does not part the units in two groups.", name=attribute),
            "Give a cut that leaves units on both sides, or an attribute of two values.",
        )
    counted = cells(parted, "group", ANSWERED)
    apart = differences(counted, "group", reference=groups[0], level=level).frame.row(0, named=True)
    exact = fisher_exact(counted, ANSWERED, "group", reference=groups[0], level=level).frame
    row = {
        "attribute": attribute,
        "reference": groups[0],
        "group": groups[1],
        **{f"{name}_reference": apart[f"{name}_reference"] for name in ("n", "count", "share")},
        **{name: apart[name] for name in ("n", "count", "share")},
        "difference": apart["estimate"],
        "low": apart["low"],
        "high": apart["high"],
        "p": exact["p"][0],
        "odds_ratio": exact["odds_ratio"][0],
        "left_out": units.height - known.height,
    }
    return WhoAnswered(pl.DataFrame([row]), level)


def _parted(known: pl.DataFrame, attribute: str, cut: float | None) -> pl.DataFrame:
    if not known.schema[attribute].is_numeric():
        return known.with_columns(pl.col(attribute).cast(pl.String).alias("group"))
    at = cut if cut is not None else known[attribute].median()
    large = pl.when(pl.col(attribute) > at).then(pl.lit(f"over {at:g}"))
    return known.with_columns(large.otherwise(pl.lit(f"at most {at:g}")).alias("group"))
