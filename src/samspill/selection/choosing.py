"""``choose_cases``: the one verb for every method of choosing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import polars as pl

from samspill.errors import Message, SamspillError
from samspill.selection import reasons
from samspill.selection.attributes import Attribute, attributes_of, codes
from samspill.selection.coverage import (
    Elements,
    as_attributes,
    checked_frame,
    coverage,
    elements_of,
)
from samspill.selection.distances import from_the_mean, gower, mahalanobis
from samspill.selection.diverse import SAME, Search, Worth, diverse
from samspill.selection.pairing import best_pairs
from samspill.selection.quotas import Limits, Quota, limits
from samspill.selection.regression import Diagnostics, diagnose
from samspill.selection.result import Method, Optimality, Selection
from samspill.selection.solving import best_by_score

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vector = NDArray[np.float64]
    Marks = NDArray[np.bool_]

METHODS: tuple[Method, ...] = (
    "diverse", "typical", "extreme", "deviant", "influential", "most_similar", "most_different",
)  # fmt: skip
MODELLED = ("typical", "deviant", "influential")
PAIRED = ("most_similar", "most_different")
SEED = 2018


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that a method needs to choose."""

    frame: pl.DataFrame
    by: tuple[Attribute, ...]
    method: Method
    number: int
    outcome: str
    quotas: tuple[Quota, ...]
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    seed: int
    distance: str
    influence: str
    pairs: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a method chose, over the rows of the frame."""

    rows: Marks
    limits: Limits
    scores: Vector | None = None
    pairs: tuple[tuple[int, int], ...] = ()
    model: Diagnostics | None = None
    optimality: Optimality | None = None
    between: Vector | None = None


def choose_cases(
    frame: pl.DataFrame,
    method: Method,
    number: int,
    by: Sequence[Attribute] | Sequence[str],
    *,
    outcome: str = "",
    quotas: Sequence[Quota] = (),
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    seed: int = SEED,
    distance: Literal["gower", "mahalanobis"] = "gower",
    influence: Literal["cook", "dfbetas"] = "cook",
    pairs: bool = True,
    seconds: float = 20.0,
) -> Selection:
    """Choose units of a frame as cases.

    The methods are those of Seawright and Gerring (2008), Political Research Quarterly
    61:294–308, table 1:

    - ``diverse``: the most categories of ``by``, then the most pairs of categories (unless
      ``pairs`` is False), then the least mean distance from every unit to its nearest case;
    - ``extreme``: farthest from the mean of ``by``, in standard deviations;
    - ``typical`` and ``deviant``: the smallest and the largest residuals of a linear model of
      ``outcome`` on ``by``; ``influential``: the largest Cook's distances, or with ``influence``
      the largest changes of a coefficient;
    - ``most_similar``: pairs nearest in ``by`` that differ in ``outcome``; ``most_different``:
      pairs farthest apart in ``by`` that agree in it. ``number`` is then even.

    Args:
        frame: one row a unit, with ``unit`` and its attributes; empty values are not known.
        number: how many cases.
        by: names of attributes, or attributes with kinds, classes and weights.
        quotas: at least or at most so many with a category.
        include, exclude: units that must, and must not, be in.
        seed: decides between units that are worth the same, and nothing else.
        seconds: how long each integer program may take; where it is not enough, ``optimality``
            has the gap.

    Raises:
        SamspillError: something asked for is not in the frame, or nothing holds all that is asked;
            quotas that conflict are named.
    """
    frame = checked_frame(frame)
    if method not in METHODS:
        raise SamspillError(
            Message("There is no method “{method}”.", method=method),
            Message("Choose among: {names}.", names=", ".join(METHODS)),
        )
    frame = _in_seeded_order(frame, seed)
    asked = Asked(
        frame, as_attributes(frame, by), method, number, outcome, tuple(quotas), tuple(include),
        tuple(exclude), seed, distance, influence, pairs, seconds,
    )  # fmt: skip
    if method in (*MODELLED, *PAIRED):
        _require_outcome(asked)
    if method == "diverse":
        chosen = _diverse(asked)
    elif method in PAIRED:
        chosen = _paired(asked)
    else:
        chosen = _ranked(asked)
    return _told(asked, chosen)


def _in_seeded_order(frame: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Rows in an order that the seed and the units' names decide, so that the frame's does not."""
    keys = [
        hashlib.blake2b(f"{seed}:{unit}".encode(), digest_size=8).hexdigest()
        for unit in frame["unit"]
    ]
    return frame.with_columns(pl.Series("_order", keys)).sort("_order", "unit").drop("_order")


def _require_outcome(asked: Asked) -> None:
    if not asked.outcome:
        raise SamspillError(
            Message("The method “{method}” needs an outcome.", method=asked.method),
            "Name the attribute that is the outcome.",
        )
    if asked.outcome in {a.name for a in asked.by}:
        raise SamspillError(
            Message("“{name}” is both the outcome and chosen by.", name=asked.outcome),
            "Leave it out of the attributes to choose by.",
        )
    attributes_of(asked.frame, [asked.outcome])


def _limits(asked: Asked, open_to_choice: Marks) -> Limits:
    return limits(
        asked.frame, asked.number, asked.quotas, asked.include, asked.exclude, asked.by,
        open_to_choice,
    )  # fmt: skip


def _elements(asked: Asked) -> Elements:
    return elements_of(asked.frame, asked.by)


def _diverse(asked: Asked) -> Chosen:
    found = _limits(asked, np.ones(asked.frame.height, bool))
    elements = _elements(asked)
    if not asked.pairs:
        elements = Elements(
            elements.category_keys, (), elements.categories, elements.pairs[:0],
            elements.category_weights, elements.pair_weights[:0],
        )  # fmt: skip
    best = diverse(
        elements, gower(asked.frame, asked.by), found, np.random.default_rng(asked.seed),
        asked.seconds,
    )  # fmt: skip
    optimality = Optimality(
        best.worth.categories, best.categories_bound, best.worth.pairs, best.pairs_bound,
        best.worth.distance, best.distance_bound, best.gap,
    )  # fmt: skip
    return Chosen(best.chosen, found, optimality=optimality)


def _ranked(asked: Asked) -> Chosen:
    model = None
    if asked.method == "extreme":
        scores = from_the_mean(asked.frame, asked.by)
    else:
        model = diagnose(asked.frame, asked.outcome, asked.by)
        scores = _model_scores(asked, model)
    known = np.isfinite(scores)
    found = _limits(asked, known)
    return Chosen(best_by_score(np.where(known, scores, 0.0), found), found, scores, model=model)


def _model_scores(asked: Asked, model: Diagnostics) -> Vector:
    expression = {
        "typical": -pl.col("residual").abs(),
        "deviant": pl.col("residual").abs(),
        "influential": pl.col("cooks_distance")
        if asked.influence == "cook"
        else pl.col("dfbetas").abs(),
    }[asked.method]
    scores = dict(model.frame.select("unit", expression.alias("score")).iter_rows())
    return np.array([scores.get(unit, np.nan) for unit in asked.frame["unit"]], float)


def _paired(asked: Asked) -> Chosen:
    if asked.number % 2:
        raise SamspillError(
            "Pairs need an even number of cases.", "Choose one case more, or one less."
        )
    outcome = attributes_of(asked.frame, [asked.outcome])[0]
    places = codes(asked.frame, outcome)
    known = places.is_not_null().to_numpy()
    between = (gower if asked.distance == "gower" else mahalanobis)(asked.frame, asked.by)
    open_to_choice = known & (np.isfinite(between).sum(axis=1) > 1)
    found = _limits(asked, open_to_choice)
    values = places.fill_null(-1).to_numpy()
    alike = values[:, None] == values[None, :]
    allowed = (~alike if asked.method == "most_similar" else alike) & np.outer(known, known)
    np.fill_diagonal(allowed, val=False)
    pairs = best_pairs(between, allowed, found, farthest=asked.method == "most_different")
    rows = np.zeros(asked.frame.height, bool)
    rows[[unit for pair in pairs for unit in pair]] = True
    return Chosen(rows, found, pairs=tuple(pairs), between=between)


def _told(asked: Asked, chosen: Chosen) -> Selection:
    """The selection with what each unit adds, and its reason."""
    elements, distance = _elements(asked), gower(asked.frame, asked.by)
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
    names = [
        (asked.by[a].name, asked.by[a].categories[c]) for a, c in elements.category_keys
    ]
    counts = elements.categories[:, chosen.rows].sum(axis=1)
    places = _places(chosen)
    fitted = _fitted(chosen)
    partners = _partners(asked, chosen)
    said = []
    for row, values in enumerate(table.iter_rows(named=True)):
        has = elements.categories[:, row]
        if chosen.rows[row]:
            alone = [names[k] for k in np.flatnonzero(has & (counts == 1))]
            told = partners.get(row) or reasons.scored(
                asked.method, {**values, **fitted.get(values["unit"], {})}, *places.get(row, (0, 0))
            )
            said.append(reasons.chosen(values, alone, told))
        else:
            new = [names[k] for k in np.flatnonzero(has & (counts == 0))]
            lacking = bool(chosen.limits.must_not[row]) and values["given"] != "must_not"
            said.append(reasons.left_out(values, new, lacking))
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
            found[mine] = reasons.paired(
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
                share=f"{chosen.model.r_squared:.3f}", n=chosen.model.n,
            )
        )  # fmt: skip
    return tuple(notes)
