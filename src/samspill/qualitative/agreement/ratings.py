"""Ratings counted into patterns: who gave which category, and how often that happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.errors import Message, SamspillError

MISSING = -1

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """What raters said of units, as counted patterns.

    ``patterns`` has shape (patterns, raters): the position in ``categories`` that each rater gave,
    or −1 where the rater did not rate. ``counts`` has shape (clusters, patterns): how many units of
    each cluster have the pattern; a single row where units stand alone (``clustered`` is False).
    ``values`` are the categories as numbers, for weights and metrics; None where they are names.
    """

    patterns: Integers
    counts: Floats
    categories: tuple[str, ...]
    raters: tuple[str, ...]
    values: tuple[float, ...] | None = None
    clustered: bool = False

    @property
    def weights(self) -> Floats:
        """How many units have each pattern, shape (patterns,)."""
        return np.asarray(self.counts.sum(axis=0))

    @property
    def rated(self) -> Integers:
        """How many raters each pattern has, shape (patterns,)."""
        return np.asarray((self.patterns != MISSING).sum(axis=1))

    def of(self, raters: Sequence[str]) -> Ratings:
        """The ratings of some of the raters, in the order given.

        Raises SamspillError for a rater that there is not.
        """
        unknown = [name for name in raters if name not in self.raters]
        if unknown:
            raise SamspillError(
                Message("There is no rater “{name}”.", name=unknown[0]),
                Message("Choose among {names}.", names=", ".join(self.raters)),
            )
        columns = [self.raters.index(name) for name in raters]
        return counted(replace(self, patterns=self.patterns[:, columns], raters=tuple(raters)))

    def both(self) -> Ratings:
        """The patterns that every rater rated."""
        whole = self.rated == len(self.raters)
        return replace(self, patterns=self.patterns[whole], counts=self.counts[:, whole])


def counted(found: Ratings) -> Ratings:
    """The ratings with equal patterns put together, without those that nobody rated."""
    unique, where = np.unique(found.patterns, axis=0, return_inverse=True)
    merged = np.zeros((found.counts.shape[0], unique.shape[0]))
    np.add.at(merged.T, where.reshape(-1), found.counts.T)
    kept = (unique != MISSING).any(axis=1)
    return replace(found, patterns=unique[kept], counts=merged[:, kept])


def ratings(
    frame: pl.DataFrame,
    raters: Sequence[str] | None = None,
    *,
    weight: str | None = None,
    cluster: str | None = None,
    categories: Sequence[object] | None = None,
) -> Ratings:
    """Count a frame of one row per unit and one column per rater; null is a missing rating.

    ``weight`` is a column that says how many units a row stands for, ``cluster`` one that says
    which units go together when they are resampled. ``categories`` gives them all, in order, where
    some were never used; otherwise they are those found, sorted.

    Raises SamspillError for fewer than two raters, a column there is not, a negative weight, and a
    rating that is none of ``categories``.
    """
    others = {weight, cluster}
    names = list(raters) if raters is not None else [c for c in frame.columns if c not in others]
    _check(frame, names, weight, cluster)
    columns = [frame[name].to_list() for name in names]
    found = {value for column in columns for value in column if value is not None}
    known = list(categories) if categories is not None else _in_order(found)
    strange = found - set(known)
    if strange:
        raise SamspillError(
            Message(
                "The rating “{value}” is none of the categories.", value=min(map(str, strange))
            ),
            "Add it to the categories, or correct the rating.",
        )
    place: Mapping[object, int] = {value: position for position, value in enumerate(known)}
    patterns = np.array(
        [[MISSING if v is None else place[v] for v in column] for column in columns],
        dtype=np.int64,
    ).T.reshape(frame.height, len(names))
    rows = np.ones(frame.height) if weight is None else frame[weight].cast(pl.Float64).to_numpy()
    numbers = all(isinstance(v, int | float) and not isinstance(v, bool) for v in known)
    return counted(
        Ratings(
            patterns,
            _by_cluster(frame, cluster, rows),
            tuple(str(value) for value in known),
            tuple(names),
            tuple(float(v) for v in known) if numbers else None,  # type: ignore[arg-type]
            cluster is not None,
        )
    )


def _by_cluster(frame: pl.DataFrame, cluster: str | None, rows: Floats) -> Floats:
    """One row per cluster, one column per unit; in blocks this is a diagonal of weights."""
    if cluster is None:
        return rows.reshape(1, -1)
    of = frame[cluster].rank("dense").cast(pl.Int64).to_numpy() - 1
    counts = np.zeros((int(of.max(initial=0)) + 1, rows.size))
    counts[of, np.arange(rows.size)] = rows
    return counts


def _in_order(found: set[object]) -> list[object]:
    try:
        return sorted(found)  # type: ignore[type-var]
    except TypeError:
        return sorted(found, key=str)


def _check(frame: pl.DataFrame, names: list[str], weight: str | None, cluster: str | None) -> None:
    wanted = [*names, *(name for name in (weight, cluster) if name is not None)]
    missing = [name for name in wanted if name not in frame.columns]
    if missing:
        raise SamspillError(
            Message("The ratings have no column “{name}”.", name=missing[0]),
            Message("The columns are {names}.", names=", ".join(frame.columns)),
        )
    if len(names) < 2:
        raise SamspillError(
            "Agreement needs two raters or more.", "Give a column for each of them."
        )
    if weight is not None and (frame[weight].cast(pl.Float64) < 0).any():
        raise SamspillError(
            "A weight is negative.", "A weight says how many units a row stands for."
        )
