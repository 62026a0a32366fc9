"""How rows were drawn, and what that does to the variance of a sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.errors import SamspillError
from samspill.statistics.atoms import codes_of
from samspill.statistics.cells import as_names
from samspill.statistics.weighting import Weights

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
LonelyPsu = Literal["fail", "remove", "adjust", "average"]


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """A sample of rows with the way they were drawn.

    ``clusters`` names the sampling units of each stage from the first on (none: the rows
    themselves), ``strata`` the strata of the first stage, ``population`` for each stage a column
    with the number of units that were drawn from, in the row's stratum or cluster (none: drawn
    with replacement, or from so many that it does not matter). ``weight`` names the column of
    weights; without it, and with population sizes, it is the inverse of the sampling fractions.

    ``lonely`` says what is done with a stratum that has one sampling unit alone: ``fail``,
    ``remove`` it (as fully counted), ``adjust`` (its distance to the mean of all), or
    ``average`` (as the other strata on average).
    """

    frame: pl.DataFrame
    weights: Floats
    strata: Whole
    clusters: tuple[Whole, ...]
    population: tuple[Floats, ...]
    lonely: LonelyPsu = "fail"
    calibration: tuple[Floats, Floats] | None = None

    @classmethod
    def of(
        cls,
        frame: pl.DataFrame,
        *,
        weight: str | None = None,
        strata: str | Sequence[str] = (),
        clusters: str | Sequence[str] = (),
        population: str | Sequence[str] = (),
        lonely: LonelyPsu = "fail",
    ) -> Design:
        """The design of a frame's rows. Raises SamspillError for what cannot be a design."""
        strata, clusters, population = as_names(strata), as_names(clusters), as_names(population)
        if lonely not in get_args(LonelyPsu):
            raise SamspillError(
                f"There is no way called {lonely!r} with lonely sampling units.",
                f"Choose one of {', '.join(get_args(LonelyPsu))}.",
            )
        named = [*strata, *clusters, *population, *([weight] if weight else [])]
        for name in named:
            if name not in frame.columns:
                raise SamspillError(f"There is no column '{name}'.", "Name one of the frame.")
            if frame[name].null_count():
                raise SamspillError(
                    f"'{name}' is empty in some rows.", "Every row must tell how it was drawn."
                )
        stage = codes_of(frame, strata)
        own: list[Whole] = []
        nested = list(strata)
        for name in clusters:
            nested.append(name)
            own.append(codes_of(frame, nested))
        if not own:
            own = [np.arange(frame.height, dtype=np.int64)]
        if len(population) > len(own):
            raise SamspillError(
                "There are more population sizes than stages.", "Give one for each stage, or fewer."
            )
        sizes = tuple(frame[name].to_numpy().astype(np.float64) for name in population)
        design = cls(frame, np.ones(frame.height), stage, tuple(own), sizes, lonely)
        if weight is None:
            return replace(design, weights=design._inverse_fractions())
        given = frame[weight].to_numpy().astype(np.float64)
        if not (given > 0).all():
            raise SamspillError("A weight is not above 0.", "Leave out rows of weight 0.")
        return replace(design, weights=given)

    def calibrated(self, weights: Weights) -> Design:
        """The same sample with weights calibrated to known totals, whose variance is that of the
        residuals from them (the generalised regression estimator's).

        The weights must have been made from this design's own: their key columns are looked up
        in the frame. Weights by propensity are taken as given.
        """
        key = list(weights.key)
        columns = self.frame.select(key).with_row_index("place_")
        table = weights.frame.select(*key, "factor").with_row_index("cell_")
        table = table.cast({name: self.frame.schema[name] for name in key})
        joined = columns.join(table, on=key, how="left", nulls_equal=True).sort("place_")
        if joined["factor"].null_count():
            raise SamspillError(
                "Some rows have no weight.", "Make the weights from the respondents in the frame."
            )
        base = self.weights
        total = float(weights.frame.select((pl.col("n") * pl.col("base")).sum()).item())
        scale = total / float(base.sum())
        factor = joined["factor"].to_numpy() * scale
        solved = weights.constraints
        x = solved.x[joined["cell_"].to_numpy()] if solved is not None else None
        return replace(
            self,
            weights=base * factor,
            calibration=(x / np.maximum(np.abs(x).max(axis=0), 1e-300), base)
            if x is not None
            else None,
        )

    @property
    def degrees_of_freedom(self) -> int:
        """First-stage sampling units less strata."""
        return int(np.unique(self.clusters[0]).size - np.unique(self.strata).size)

    def covariance(self, influence: Floats) -> Floats:
        """The covariance of sums Σ weight · ``influence``, of shape (rows, sums).

        Raises SamspillError where a stratum has one sampling unit alone and ``lonely`` is
        ``fail``. Sources: Särndal, Swensson & Wretman 1992, sections 4.3 and 6.6; Lumley 2004,
        Journal of Statistical Software 9(8).
        """
        spread = influence
        if self.calibration is not None:
            x, base = self.calibration
            gram = (x * base[:, None]).T @ x
            spread = influence - x @ (np.linalg.pinv(gram) @ (x.T @ (base[:, None] * influence)))
        return self._stage(self.weights[:, None] * spread, 0, self.strata, np.arange(len(spread)))

    def _stage(self, z: Floats, stage: int, strata: Whole, rows: Whole) -> Floats:
        """The variance of Σ z from this stage on, for some of the rows."""
        found = np.zeros((z.shape[1], z.shape[1]))
        alone: list[tuple[Floats, float]] = []
        counted = 0
        sums, units, of_stratum = _sums(z[rows], self.clusters[stage][rows], strata[rows])
        sizes = self._sizes(stage, rows, self.clusters[stage][rows], units)
        overall = sums.mean(axis=0)
        for stratum in np.unique(of_stratum):
            members = np.flatnonzero(of_stratum == stratum)
            n = members.size
            fraction = n / sizes[members[0]] if sizes is not None else 0.0
            if fraction > 1 + 1e-9:
                raise SamspillError(
                    f"A stratum has {n} sampling units drawn from {sizes[members[0]]:g}.",  # type: ignore[index]
                    "Correct the population sizes.",
                )
            keep = max(0.0, 1 - fraction)
            if n > 1:
                centred = sums[members] - sums[members].mean(axis=0)
                found += keep * n / (n - 1) * centred.T @ centred
                counted += 1
            elif keep > 0:
                alone.append((sums[members[0]], keep))
        found += self._lonely(found, alone, overall, counted, stage)
        if sizes is not None and stage + 1 < len(self.clusters) and len(self.population) > stage:
            inner = self.clusters[stage]
            for place, unit in enumerate(units):
                own = rows[inner[rows] == unit]
                drawn = int((of_stratum == of_stratum[place]).sum())
                found += drawn / sizes[place] * self._stage(z, stage + 1, inner, own)
        return found

    def _lonely(
        self,
        found: Floats,
        alone: Sequence[tuple[Floats, float]],
        overall: Floats,
        counted: int,
        stage: int,
    ) -> Floats:
        if not alone:
            return np.zeros_like(found)
        if self.lonely == "fail" and stage == 0:
            raise SamspillError(
                f"{len(alone)} strata have one sampling unit alone, so their variance is unknown.",
                "Merge strata, or say what to do: lonely='remove', 'adjust' or 'average'.",
            )
        if self.lonely == "adjust":
            parts = [keep * np.outer(own - overall, own - overall) for own, keep in alone]
            return np.asarray(np.sum(parts, axis=0))
        if self.lonely == "average" and counted:
            return np.asarray(found * len(alone) / counted)
        return np.zeros_like(found)

    def _sizes(self, stage: int, rows: Whole, clusters: Whole, units: Whole) -> Floats | None:
        if stage >= len(self.population):
            return None
        first = {int(unit): float(size) for unit, size in zip(
            clusters[::-1], self.population[stage][rows][::-1], strict=True
        )}  # fmt: skip
        return np.array([first[int(unit)] for unit in units])

    def _inverse_fractions(self) -> Floats:
        if len(self.population) < len(self.clusters):
            raise SamspillError(
                "Without weights, every stage needs a population size.",
                "Name a weight, or the population of each stage.",
            )
        weights = np.ones(self.frame.height)
        outer = self.strata
        for own, size in zip(self.clusters, self.population, strict=True):
            pairs = np.unique(np.column_stack([outer, own]), axis=0)
            drawn = np.bincount(pairs[:, 0], minlength=int(outer.max()) + 1)
            weights = weights * size / drawn[outer]
            outer = own
        return weights


def _sums(z: Floats, clusters: Whole, strata: Whole) -> tuple[Floats, Whole, Whole]:
    """The sums of z over sampling units, the units, and the stratum of each."""
    units, place = np.unique(clusters, return_inverse=True)
    sums = np.zeros((units.size, z.shape[1]))
    np.add.at(sums, place, z)
    of_stratum = np.zeros(units.size, dtype=np.int64)
    of_stratum[place] = strata
    return sums, units, of_stratum
