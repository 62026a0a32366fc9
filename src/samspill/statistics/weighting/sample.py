"""Those who answered, counted by what their weights may depend on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.errors import SamspillError
from samspill.statistics.cells import Cells, as_names

Floats = NDArray[np.float64]
COUNTS = ("n", "base", "base_squares")


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Respondents by the columns of ``key``.

    ``frame``: the key columns, ``n`` (respondents, at least 1), ``base`` (Σd of their base
    weights) and ``base_squares`` (Σd²).
    """

    frame: pl.DataFrame
    key: tuple[str, ...]

    @classmethod
    def responding(cls, cells: Cells, outcome: str, key: str | Sequence[str] = ()) -> Sample:
        """The ones of ``outcome`` (who answered) among all units of a frame.

        Every respondent's base weight is the number of units over the number of respondents.
        ``key`` keeps some of the cells' columns; by default all. Raises SamspillError where
        nobody answered.
        """
        names = as_names(key) or cells.key
        counted = cells.of(outcome).require_binary().over(*names).frame
        units, answered = int(counted["n"].sum()), int(counted["sum"].sum())
        if not answered:
            raise SamspillError("Nobody answered.", "Wait until some have.")
        base = units / answered
        n = pl.col("sum").cast(pl.Float64)
        frame = counted.filter(pl.col("sum") > 0).select(
            *names,
            pl.col("sum").cast(pl.Int64).alias("n"),
            (n * base).alias("base"),
            (n * base**2).alias("base_squares"),
        )
        return cls(frame, names)

    @classmethod
    def weighted(cls, cells: Cells) -> Sample:
        """Respondents counted with their design weights: cells of one outcome with weights.

        Raises SamspillError for cells without weights.
        """
        if not cells.weighted:
            raise SamspillError(
                "The cells were counted without weights.", "Name the weight when counting."
            )
        counted = cells.of(cells.outcomes[0]).frame.filter(pl.col("n") > 0)
        frame = counted.select(
            *cells.key, "n", pl.col("sum_w").alias("base"), pl.col("sum_w2").alias("base_squares")
        )
        return cls(frame, cells.key)

    @property
    def n(self) -> Floats:
        return self.frame["n"].to_numpy().astype(np.float64)

    @property
    def base(self) -> Floats:
        return self.frame["base"].to_numpy().astype(np.float64)

    @property
    def base_squares(self) -> Floats:
        return self.frame["base_squares"].to_numpy().astype(np.float64)

    def values(self, variables: Sequence[str]) -> list[tuple[str, ...]]:
        """The values of some columns in every cell, as text; a missing one is empty.

        Raises SamspillError for a column that the sample was not counted by.
        """
        for name in variables:
            if name not in self.key:
                raise SamspillError(
                    f"The respondents were not counted by '{name}'.",
                    f"They were by: {', '.join(self.key)}.",
                )
        columns = [self.frame[name].cast(pl.String).fill_null("").to_list() for name in variables]
        return list(zip(*columns, strict=True))
