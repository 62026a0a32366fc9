"""What each unit adds to a selection, whom it could take the place of, and why it was chosen or
left out: whatever method chose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from samspill.errors import Message
from samspill.selection import reasons
from samspill.selection.asked import Asked, Chosen
from samspill.selection.attributes import attributes_of, codes
from samspill.selection.coverage import Elements, coverage, elements_of
from samspill.selection.distances import gower
from samspill.selection.diverse import SAME, Search, Worth
from samspill.selection.quotas import Limits
from samspill.selection.result import Selection

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vector = NDArray[np.float64]
    Marks = NDArray[np.bool_]


def account_for(asked: Asked, chosen: Chosen) -> Selection:
    """The selection with what each unit adds, and its reason."""
    elements, distance = elements_of(asked.frame, asked.by), gower(asked.frame, asked.by)
    search = Search(elements, distance, chosen.limits)
    table = pl.DataFrame(
        {
            "unit": asked.frame["unit"],
            "chosen": chosen.rows,
            "given": _given(chosen.limits, asked),
            "pair": pl.Series(_pair_numbers(chosen), dtype=pl.Int64),
            "score": pl.Series(_scores(chosen), dtype=pl.Float64, nan_to_null=True),
            **_added(search, chosen.rows),
            **_exchanges(search, chosen.rows, asked),
        }
    )
    table = table.with_columns(tied=_tied(asked, chosen, table))
    said = _reasons(asked, chosen, table, elements)
    order = (
        table.with_row_index("_row")
        .with_columns(
            pl.col("score").fill_null(0).round(12).alias("_score"),
            pl.col("adds_nearness").round(12).alias("_near"),
        )
        .sort(
            "chosen", "pair", "_score", "adds_categories", "adds_pairs", "_near", "unit",
            descending=[True, False, True, True, True, True, False], nulls_last=True,
        )["_row"].to_list()
    )  # fmt: skip
    cases = tuple(table[order].filter("chosen")["unit"])
    return Selection(
        frame=table[order].with_columns(
            pl.Series("reason", [str(said[row]) for row in order], pl.String)
        ),
        method=asked.method,
        number=asked.number,
        seed=asked.seed,
        by=tuple(a.name for a in asked.by),
        outcome=asked.outcome,
        quotas=asked.quotas,
        coverage=coverage(asked.frame, cases, asked.by),
        optimality=chosen.optimality,
        ties=_ties(table),
        said=tuple(said[row] for row in order),
        notes=_notes(asked, chosen),
    )


def _given(found: Limits, asked: Asked) -> list[str]:
    excluded = set(asked.exclude)
    return [
        "must" if must else "must_not" if unit in excluded else ""
        for must, unit in zip(found.must, asked.frame["unit"], strict=True)
    ]


def _pair_numbers(chosen: Chosen) -> list[int | None]:
    numbers: list[int | None] = [None] * len(chosen.rows)
    for number, pair in enumerate(chosen.pairs, start=1):
        for unit in pair:
            numbers[unit] = number
    return numbers


def _scores(chosen: Chosen) -> list[float | None]:
    if chosen.scores is None:
        return [None] * len(chosen.rows)
    return [float(v) if np.isfinite(v) else None for v in chosen.scores]


def _added(search: Search, rows: Marks) -> dict[str, Vector]:
    """What only a chosen unit gives, and what one left out would give beside all cases."""
    marks, split = search.marks, search.split
    counts = marks[:, rows].sum(axis=1)
    alone = (counts == 1) * search.weights
    new = (counts == 0) * search.weights
    value = np.where(rows, alone @ marks, new @ marks)
    categories = np.where(rows, alone[:split] @ marks[:split], new[:split] @ marks[:split])
    nearest = search.distance[:, rows].min(axis=1)
    near = np.zeros(len(rows))
    for unit in range(len(rows)):
        if rows[unit]:
            rest = rows.copy()
            rest[unit] = False
            without = search.distance[:, rest].min(axis=1) if rest.any() else nearest * np.nan
            near[unit] = (without - nearest).mean()
        else:
            near[unit] = (nearest - np.minimum(nearest, search.distance[:, unit])).mean()
    near = np.nan_to_num(near)
    return {"adds_categories": categories, "adds_pairs": value - categories, "adds_nearness": near}


def _exchanges(search: Search, rows: Marks, asked: Asked) -> dict[str, Any]:
    """For each unit left out, the case that it would best replace, and what would change."""
    now = search.worth(rows)
    best: list[tuple[Worth, str] | None] = [None] * len(rows)
    units = asked.frame["unit"].to_list()
    for out in np.flatnonzero(rows & ~search.limits.must):
        categories, pairs, distances, allowed = search.exchanges(rows, int(out))
        for unit in np.flatnonzero(allowed):
            found = Worth(float(categories[unit]), float(pairs[unit]), float(distances[unit]))
            held = best[unit]
            if held is None or found.better_than(held[0]):
                best[unit] = (found, units[out])

    def changes(name: str, sign: int) -> pl.Series:
        values = [
            None if b is None else sign * (getattr(b[0], name) - getattr(now, name)) for b in best
        ]
        return pl.Series(values, dtype=pl.Float64)

    return {
        "exchange": pl.Series([None if b is None else b[1] for b in best], dtype=pl.String),
        "exchange_categories": changes("categories", 1),
        "exchange_pairs": changes("pairs", 1),
        "exchange_nearness": changes("distance", -1),
    }


def _tied(asked: Asked, chosen: Chosen, table: pl.DataFrame) -> pl.Series:
    """Whether a unit left out is worth the same as one chosen by what the method goes by."""
    if asked.method == "diverse":
        near = [
            table[f"exchange_{name}"].fill_null(1.0).abs().to_numpy() <= SAME
            for name in ("categories", "pairs", "nearness")
        ]
        return pl.Series(np.logical_and.reduce(near) & ~chosen.rows)
    if chosen.scores is None:
        return pl.Series(np.zeros(len(chosen.rows), bool))
    free = chosen.rows & ~chosen.limits.must
    least = chosen.scores[free].min() if free.any() else np.inf
    same = np.isclose(np.nan_to_num(chosen.scores, nan=-np.inf), least, rtol=1e-9, atol=1e-12)
    return pl.Series(same & ~chosen.rows & ~chosen.limits.must_not)


def _ties(table: pl.DataFrame) -> tuple[tuple[str, str], ...]:
    tied = table.filter("tied").sort("unit")
    return tuple(tied.select("unit", pl.col("exchange").fill_null("")).iter_rows())


def _reasons(
    asked: Asked, chosen: Chosen, table: pl.DataFrame, elements: Elements
) -> list[Message]:
    names = [(asked.by[a].name, asked.by[a].categories[c]) for a, c in elements.category_keys]
    counts = elements.categories[:, chosen.rows].sum(axis=1)
    places = _places(chosen)
    fitted = _fitted(chosen)
    partners = _partners(asked, chosen)
    said = []
    for row, values in enumerate(table.iter_rows(named=True)):
        has = elements.categories[:, row]
        if chosen.rows[row]:
            alone = [names[k] for k in np.flatnonzero(has & (counts == 1))]
            told = partners.get(row) or reasons.of_score(
                asked.method, {**values, **fitted.get(values["unit"], {})}, *places.get(row, (0, 0))
            )
            said.append(reasons.of_chosen(values, alone, told))
        else:
            new = [names[k] for k in np.flatnonzero(has & (counts == 0))]
            lacking = bool(chosen.limits.must_not[row]) and values["given"] != "must_not"
            said.append(reasons.of_left_out(values, new, lacking, places.get(row)))
    return said


def _places(chosen: Chosen) -> dict[int, tuple[int, int]]:
    """The place of each unit in the order of scores, and how many have one."""
    if chosen.scores is None:
        return {}
    known = np.flatnonzero(np.isfinite(chosen.scores))
    order = known[np.argsort(-chosen.scores[known], kind="stable")]
    return {int(row): (place, len(known)) for place, row in enumerate(order, start=1)}


def _fitted(chosen: Chosen) -> Mapping[str, Mapping[str, Any]]:
    if chosen.model is None:
        return {}
    rows = chosen.model.frame.select("unit", "outcome", "fitted").iter_rows(named=True)
    return {row["unit"]: row for row in rows}


def _partners(asked: Asked, chosen: Chosen) -> dict[int, Message]:
    if not chosen.pairs or chosen.between is None:
        return {}
    outcome = attributes_of(asked.frame, [asked.outcome])[0]
    places = codes(asked.frame, outcome).to_list()
    units = asked.frame["unit"].to_list()
    found = {}
    for pair in chosen.pairs:
        for mine, other in (pair, pair[::-1]):
            values = [outcome.categories[places[unit]] for unit in (mine, other)]
            found[mine] = reasons.of_pair(
                asked.method, units[other], outcome, values, float(chosen.between[mine, other])
            )
    return found


def _notes(asked: Asked, chosen: Chosen) -> tuple[Message, ...]:
    notes = []
    for attribute in asked.by:
        lacking = codes(asked.frame, attribute).null_count()
        if lacking:
            notes.append(
                Message(
                    "“{name}” is not known for {n} of {all} units.",
                    name=attribute.name, n=lacking, all=asked.frame.height,
                )
            )  # fmt: skip
    out = int(chosen.limits.must_not.sum()) - len(set(asked.exclude))
    if out > 0:
        notes.append(
            Message(
                "{n} units lack an attribute that the method needs, and could not be chosen.", n=out
            )
        )
    if chosen.model is not None:
        notes.append(
            Message(
                "The model explains {share} of the variance among {n} units.",
                share=round(chosen.model.r_squared, 3), n=chosen.model.n,
            )
        )  # fmt: skip
    return tuple(notes)
