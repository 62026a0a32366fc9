"""Weights, and what they cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from samspill.errors import SamspillError
from samspill.statistics.results import Result
from samspill.statistics.weighting.margins import Constraints
from samspill.statistics.weighting.sample import Floats, Sample


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Weights(Result):
    """Weights of respondents, by the variables that they depend on.

    ``frame``, one row per cell: the columns of ``key``, ``n`` (respondents), ``base`` (their mean
    base weight), ``factor`` (what the base weight is multiplied by) and ``weight``.

    ``margins``, one row per known total: ``category``, ``known``, ``before`` and ``after`` (the
    sum of base weights and of weights), ``n``.

    ``diagnostics``, one row: ``method``, ``n``, ``sum`` (of weights), ``mean``, ``smallest``,
    ``largest``, ``ratio`` (largest over smallest), ``deff`` (Kish's 1 + CV², the part of the
    variance that unequal weights cost at most), ``n_effective`` (n/deff), ``iterations``,
    ``largest_miss`` (of a known total, as a part of it), ``trimmed`` (share of respondents whose
    weight was cut or lifted), ``trimmed_weight`` (share of all weight that was moved).

    ``constraints`` are the equations that were solved; None for weights by propensity.
    """

    key: tuple[str, ...]
    margins: pl.DataFrame = field(repr=False)
    diagnostics: pl.DataFrame = field(repr=False)
    constraints: Constraints | None = field(repr=False, default=None)

    @property
    def heading(self) -> str:
        row = self.diagnostics.row(0, named=True)
        return (
            f"Weights by {row['method']} on {', '.join(self.key)}: {row['n']} respondents, "
            f"design effect {row['deff']:.3f}"
        )

    def attach(self, frame: pl.DataFrame, name: str = "weight") -> pl.DataFrame:
        """``frame`` with a column ``name``: each row's weight; null for a combination of the key
        that nobody answered from."""
        weights = self.frame.select(*self.key, pl.col("weight").alias(name))
        kinds = {column: frame.schema[column] for column in self.key}
        return frame.join(
            weights.cast(kinds),  # type: ignore[arg-type]
            on=list(self.key),
            how="left",
            nulls_equal=True,
            maintain_order="left",
        )


def weights_of(
    sample: Sample,
    factor: Floats,
    method: str,
    *,
    equations: Constraints | None = None,
    iterations: int = 0,
    moved: tuple[float, float] = (0.0, 0.0),
) -> Weights:
    """Weights that multiply the base weights of every cell by ``factor``."""
    n, base = sample.n, sample.base
    sums = base * factor
    squares = sample.base_squares * factor**2
    each = sums / n
    total = sums.sum()
    if not np.isfinite(total) or total <= 0:
        raise SamspillError(
            "The weights do not add up to anything.",
            "Use another method: raking never gives a weight below zero.",
        )
    deff = float(n.sum() * squares.sum() / total**2)
    frame = sample.frame.select(
        *sample.key,
        "n",
        pl.Series("base", base / n),
        pl.Series("factor", factor),
        pl.Series("weight", each),
    )
    misses = equations.misses(sums) if equations else np.zeros(1)
    diagnostics = pl.DataFrame(
        {
            "method": [method],
            "n": [int(n.sum())],
            "sum": [float(total)],
            "mean": [float(total / n.sum())],
            "smallest": [float(each.min())],
            "largest": [float(each.max())],
            "ratio": [float(each.max() / each.min()) if each.min() > 0 else None],
            "deff": [deff],
            "n_effective": [float(n.sum() / deff)],
            "iterations": [iterations],
            "largest_miss": [float(misses.max())],
            "trimmed": [moved[0]],
            "trimmed_weight": [moved[1]],
        },
        schema_overrides={"ratio": pl.Float64},
    )
    return Weights(frame, sample.key, _margins(sample, sums, equations), diagnostics, equations)


def _margins(sample: Sample, sums: Floats, equations: Constraints | None) -> pl.DataFrame:
    schema: dict[str, type[pl.DataType]] = {
        "category": pl.String,
        "known": pl.Float64,
        "before": pl.Float64,
        "after": pl.Float64,
        "n": pl.Int64,
    }
    if equations is None:
        return pl.DataFrame(schema=schema)
    present = (equations.x != 0).astype(np.float64)
    return pl.DataFrame(
        {
            "category": list(equations.names),
            "known": equations.known,
            "before": sample.base @ equations.x,
            "after": sums @ equations.x,
            "n": np.rint(sample.n @ present).astype(np.int64),
        },
        schema=schema,
    )


def furthest(equations: Constraints, sums: Floats) -> str:
    """The known total that is missed by most, in words."""
    worst = int(np.argmax(equations.misses(sums)))
    reached = float((sums @ equations.x)[worst])
    return f"{equations.names[worst]}: {reached:.4g} of {equations.known[worst]:g}"


def require_positive(each: Floats, sample: Sample, names: Sequence[str]) -> None:
    """Refuse weights at or below zero, naming the first cell that has one."""
    if (each > 0).all():
        return
    row = sample.frame.row(int(np.argmin(each)), named=True)
    where = ", ".join(f"{name} = {row[name]}" for name in names)
    raise SamspillError(
        f"The weight of units with {where} comes out at {each.min():.3g}.",
        "Use the distance 'raking' or 'logit', whose weights stay above zero.",
    )
