"""``choose_cases``: the one verb for every method of choosing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np
import polars as pl

from samspill.errors import Message, SamspillError
from samspill.selection.accounting import account_for
from samspill.selection.asked import Asked, Chosen
from samspill.selection.attributes import Attribute, attributes_of, codes
from samspill.selection.coverage import Elements, as_attributes, checked_frame, elements_of
from samspill.selection.distances import from_the_mean, gower, mahalanobis
from samspill.selection.diverse import diverse
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
    return account_for(asked, chosen)


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


def _diverse(asked: Asked) -> Chosen:
    found = _limits(asked, np.ones(asked.frame.height, bool))
    elements = elements_of(asked.frame, asked.by)
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
