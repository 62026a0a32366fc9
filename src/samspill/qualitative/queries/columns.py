"""What stands across a matrix: attributes of sources, one or several crossed, and coders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.errors import Message, SamspillError
from samspill.vocabulary import load

if TYPE_CHECKING:
    from samspill.qualitative.line import Line
    from samspill.qualitative.tables import Tables

Ints = NDArray[np.int64]
CODER = "coder"
NOT_ATTRIBUTES = ("text", "characters", "speakers")


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The columns of a matrix and what falls in them.

    ``frame`` has a column for each dimension, null where not known. What is counted are cases: a
    case is a source, or a source as one coder coded it where the coder is a dimension. ``source``
    and ``coder`` (-1 where it is not a dimension) say what each case is; ``case`` and ``column``
    are pairs that place cases in columns, a source of two fields in both.
    """

    dimensions: tuple[str, ...]
    frame: pl.DataFrame
    source: Ints
    coder: Ints
    case: Ints
    column: Ints
    numbers: Ints
    coders: int

    @property
    def width(self) -> int:
        return self.frame.height if self.dimensions else 1

    @property
    def by_coder(self) -> bool:
        return CODER in self.dimensions

    def find(self, source: Ints, coder: Ints) -> Ints:
        """The case of each source (row in ``tables.sources``) and coder."""
        if not self.by_coder:
            coder = np.zeros_like(source)
        found: Ints = self.numbers[source * self.coders + coder]
        return found

    def case_of(self, codings: Ints, line: Line) -> Ints:
        """The case of each coding of the line."""
        return self.find(line.source[codings], line.coder[codings])


def dimension_names(tables: Tables, asked: str | Sequence[str]) -> tuple[str, ...]:
    """The dimensions by name; raises SamspillError for one that no source has."""
    names = (asked,) if isinstance(asked, str) else tuple(asked)
    possible = [name for name in tables.sources.columns if name not in NOT_ATTRIBUTES]
    known = [*("field" if name == "fields" else name for name in possible), CODER]
    for name in names:
        if name not in known:
            raise SamspillError(
                Message("Sources have no attribute “{name}”.", name=name),
                Message("Choose among: {known}.", known=", ".join(known)),
            )
    if len(set(names)) < len(names):
        raise SamspillError("An attribute is crossed with itself.", "Name each attribute once.")
    return names


def lay_columns(tables: Tables, chosen: NDArray[np.bool_], names: tuple[str, ...]) -> Columns:
    """The columns that these dimensions make of the chosen sources.

    Every value that a chosen source has is a column, and with several dimensions every combination
    of such values, so that one nobody was asked about shows as empty instead of being left out.
    """
    cases = _cases(tables, chosen, names)
    values = [_ordered(name, cases[name]) for name in names]
    schema = dict.fromkeys(names, pl.String)
    frame = pl.DataFrame(list(product(*values)), schema=schema, orient="row")
    if not names:
        placed = cases.with_columns(column=pl.lit(0, pl.Int64))
    else:
        numbered = frame.with_columns(column=pl.int_range(pl.len(), dtype=pl.Int64))
        placed = cases.join(numbered, on=list(names), how="left", nulls_equal=True)
    coders = max(1, len(tables.line.coders)) if CODER in names else 1
    once = placed.select("case", "column").unique()
    of_case = placed.unique("case").sort("case")
    return Columns(
        names,
        frame,
        of_case["source_place"].to_numpy(),
        of_case["coder_place"].to_numpy(),
        once["case"].to_numpy(),
        once["column"].to_numpy(),
        _numbers(tables, of_case, coders),
        coders,
    )


def _numbers(tables: Tables, cases: pl.DataFrame, coders: int) -> Ints:
    numbers = np.full(tables.sources.height * coders, -1, np.int64)
    coder = np.maximum(cases["coder_place"].to_numpy(), 0)
    numbers[cases["source_place"].to_numpy() * coders + coder] = cases["case"].to_numpy()
    return numbers


def _cases(tables: Tables, chosen: NDArray[np.bool_], names: tuple[str, ...]) -> pl.DataFrame:
    sources = tables.sources.with_columns(
        source_place=pl.int_range(pl.len(), dtype=pl.Int64), field=pl.col("fields")
    ).filter(pl.Series(chosen))
    attributes = [name for name in names if name not in (CODER, "field")]
    kept = sources.select(
        "source_place",
        *(["field"] if "field" in names else []),
        *[pl.col(name).cast(pl.String) for name in attributes],
    )
    if CODER in names:
        line = tables.line
        pairs = pl.DataFrame({"source_place": line.source, "coder_place": line.coder}).unique()
        who = pl.DataFrame(
            {"coder_place": np.arange(len(line.coders)), CODER: list(line.coders)},
            schema={"coder_place": pl.Int64, CODER: pl.String},
        )
        kept = kept.join(pairs, on="source_place").join(who, on="coder_place")
        kept = kept.sort("source_place", "coder_place")
    else:
        kept = kept.with_columns(coder_place=pl.lit(-1, pl.Int64))
    kept = kept.with_columns(case=pl.int_range(pl.len(), dtype=pl.Int64))
    return kept.explode("field", empty_as_null=True) if "field" in names else kept


def _ordered(name: str, values: pl.Series) -> list[str | None]:
    """The values in the vocabulary's order where it has one, then by alphabet, unknown last."""
    order = list(load().schemes[name + "s"]) if name in ("field", "side") else []
    found = values.unique().to_list()
    known = [value for value in order if value in found]
    others = sorted(value for value in found if value is not None and value not in order)
    return [*known, *others, *([None] if None in found else [])]
