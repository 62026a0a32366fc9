"""A selection of cases with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import polars as pl

from samspill.errors import Message
from samspill.language import translate
from samspill.selection.coverage import Coverage
from samspill.selection.quotas import Quota
from samspill.statistics.results import Result

Method = Literal[
    "diverse", "typical", "extreme", "deviant", "influential", "most_similar", "most_different"
]


@dataclass(frozen=True, slots=True)
class Optimality:
    """How good a diverse selection is known to be.

    ``categories`` and ``pairs`` are what it covers (weighted), the bounds the most that any
    selection within the limits can; ``distance`` is the mean over units of the distance to the
    nearest case and ``distance_bound`` the least that any selection covering as much can have.
    ``gap`` is how much lower the distance could at most be, as a part of it.
    """

    categories: float
    categories_bound: float
    pairs: float
    pairs_bound: float
    distance: float
    distance_bound: float
    gap: float

    @property
    def covers_most(self) -> bool:
        """Whether no selection within the limits covers more."""
        return self.categories >= self.categories_bound - 1e-6 and (
            self.pairs >= self.pairs_bound - 1e-6
        )

    @property
    def optimal(self) -> bool:
        """Whether nothing within the limits is better."""
        return self.covers_most and self.gap == 0


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Selection(Result):
    """Chosen units, those left out, and why. ``frame`` has a row a unit, the chosen first:

    ``unit``, ``chosen``, ``given`` (``must``, ``must_not``, or empty), ``pair`` (number of the pair,
    for pairs), ``score`` (what the method ranks by; null where it does not rank single units),
    ``adds_categories``, ``adds_pairs`` and ``adds_nearness``: of a chosen unit, the weight of what
    no other case covers, and how much the mean distance to the nearest case would grow without it;
    of one left out, what it would cover as one case more, and how much the distance would fall.
    ``exchange`` is the case that a unit left out would best replace, with the change in
    ``exchange_categories``, ``exchange_pairs`` and ``exchange_nearness`` (positive is better);
    ``tied`` whether it could have been chosen as well. ``reason`` is English; ``reasons`` says the
    same in a language.

    ``missing`` counts units that lack an attribute; ``notes`` are what a reader must know.
    """

    method: Method
    number: int
    seed: int
    by: tuple[str, ...]
    outcome: str
    quotas: tuple[Quota, ...]
    coverage: Coverage
    optimality: Optimality | None
    ties: tuple[tuple[str, str], ...]
    said: tuple[Message, ...]
    notes: tuple[Message, ...]

    @property
    def heading(self) -> str:
        return f"{len(self.cases)} cases, chosen by the method “{self.method}”"

    @property
    def cases(self) -> tuple[str, ...]:
        """The chosen units."""
        return tuple(self.frame.filter("chosen")["unit"])

    def reasons(self, language: str) -> pl.DataFrame:
        """``frame`` with its reasons in a language."""
        words = [translate(message, language) for message in self.said]
        return self.frame.with_columns(pl.Series("reason", words, pl.String))
