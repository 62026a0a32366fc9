"""The kinds of rows that cells stand for: a cell and an answer, and how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.errors import SamspillError
from samspill.statistics.cells import Cells

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Atoms:
    """What is drawn: a kind of row, ``count`` of it; or a whole cluster, once.

    ``stratum`` says in which stratum each is drawn. Drawing atom ``atom[e]`` once adds ``n[e]``
    and ``sum[e]`` to the cell ``cell[e]``; these entries are ordered by cell.
    """

    count: Whole
    stratum: Whole
    atom: Whole
    cell: Whole
    n: Floats
    sum: Floats
    cells: int

    @property
    def size(self) -> int:
        """The number of kinds."""
        return int(self.count.size)

    def whole(self) -> tuple[Floats, Floats]:
        """n and sums of the data themselves, shape (1, cells)."""
        return self._in_cells(self.count[np.newaxis, :].astype(np.float64))

    def draw(self, rng: np.random.Generator, draws: int) -> tuple[Floats, Floats]:
        """n and sums of ``draws`` samples with replacement, each of shape (draws, cells)."""
        drawn = np.empty((draws, self.size), dtype=np.float64)
        for stratum in np.unique(self.stratum):
            members = np.flatnonzero(self.stratum == stratum)
            total = int(self.count[members].sum())
            probabilities = self.count[members] / total
            drawn[:, members] = rng.multinomial(total, probabilities, size=draws)
        return self._in_cells(drawn)

    def leave_one_out(self, start: int, stop: int) -> tuple[Floats, Floats]:
        """n and sums without one of each kind from ``start`` to ``stop``."""
        kinds = np.arange(start, min(stop, self.size))
        kept = np.tile(self.count.astype(np.float64), (kinds.size, 1))
        kept[np.arange(kinds.size), kinds] -= 1.0
        return self._in_cells(kept)

    def _in_cells(self, counts: Floats) -> tuple[Floats, Floats]:
        """``counts`` (draws, atoms) added up within cells."""
        chosen = counts[:, self.atom]
        held, starts = np.unique(self.cell, return_index=True)
        n = np.zeros((counts.shape[0], self.cells))
        sums = np.zeros_like(n)
        n[:, held] = np.add.reduceat(chosen * self.n, starts, axis=1)
        sums[:, held] = np.add.reduceat(chosen * self.sum, starts, axis=1)
        return n, sums


def atoms_of(cells: Cells, strata: Sequence[str], cluster: str | None) -> Atoms:
    """The atoms of one outcome's cells.

    Raises SamspillError for a stratum or cluster that is not in the key, clusters that cross
    strata, and an outcome that is neither 0/1 nor constant within the cells.
    """
    for name in (*strata, *([cluster] if cluster else [])):
        if name not in cells.key:
            raise SamspillError(
                f"The cells were not counted by {name!r}.",
                f"Put {name!r} in the key when counting: rows cannot be told apart afterwards.",
            )
    stratum = codes_of(cells.frame, strata)
    n = cells.frame["n"].to_numpy().astype(np.float64)
    sums = cells.frame["sum"].to_numpy().astype(np.float64)
    if n.sum() == 0:
        raise SamspillError("There is no answer to draw from.", "Choose another outcome.")
    if cluster:
        return _cluster_atoms(codes_of(cells.frame, [cluster]), stratum, n, sums)
    return _row_atoms(cells, stratum, n, sums)


def _row_atoms(cells: Cells, stratum: Whole, n: Floats, sums: Floats) -> Atoms:
    position = np.arange(n.size, dtype=np.int64)
    if _constant_within(cells.frame):
        cell, answer, count = position, np.divide(sums, n, out=np.zeros_like(n), where=n > 0), n
    else:
        cells.require_binary()
        cell = np.repeat(position, 2)
        answer = np.tile([0.0, 1.0], n.size)
        count = np.column_stack([n - sums, sums]).ravel()
    kept = count > 0
    cell, answer = cell[kept], answer[kept]
    number = np.rint(count[kept]).astype(np.int64)
    atom = np.arange(number.size, dtype=np.int64)
    return Atoms(number, stratum[cell], atom, cell, np.ones(cell.size), answer, n.size)


def _cluster_atoms(cluster: Whole, stratum: Whole, n: Floats, sums: Floats) -> Atoms:
    clusters, atom = np.unique(cluster, return_inverse=True)
    own = np.zeros(clusters.size, dtype=np.int64)
    own[atom] = stratum
    if (own[atom] != stratum).any():
        raise SamspillError(
            "A cluster lies in several strata.", "Draw clusters within strata that hold them whole."
        )
    once = np.ones(clusters.size, dtype=np.int64)
    position = np.arange(n.size, dtype=np.int64)
    return Atoms(once, own, atom.astype(np.int64), position, n, sums, n.size)


def _constant_within(frame: pl.DataFrame) -> bool:
    """Whether Σy² = (Σy)²/n in every cell, so that each holds one value."""
    if "sum_squares" not in frame.columns:
        return False
    spread = pl.col("sum_squares") * pl.col("n") - pl.col("sum").cast(pl.Float64) ** 2
    bound = 1e-9 * (pl.col("sum_squares") * pl.col("n") + 1)
    return bool(frame.select((spread.abs() <= bound).all()).item())


def codes_of(frame: pl.DataFrame, names: Sequence[str]) -> Whole:
    """A number for every distinct combination of ``names``, one element per cell."""
    if not names:
        return np.zeros(frame.height, dtype=np.int64)
    codes = (
        frame.select(names)
        .with_row_index("position_")
        .group_by(names, maintain_order=True)
        .agg("position_")
        .with_row_index("code_")
        .explode("position_")
        .sort("position_")
    )
    return codes["code_"].to_numpy().astype(np.int64)
