"""The same theme on the other side: what it says there, where the text at hand is about first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from samspill.errors import Message, SamspillError
from samspill.qualitative.queries import conditions
from samspill.qualitative.queries.segments import segments
from samspill.statistics.results import Result
from samspill.vocabulary import load

if TYPE_CHECKING:
    from samspill.qualitative.tables import Tables


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Across(Result):
    """What the other ``side`` says of a code.

    ``frame``: passages as ``Segments`` has them, with ``same_field`` and ``same_unit``; those in a
    field of the source come first, among them those of its unit. Of that side's sources ``said`` of
    ``asked`` bring it up, in the source's fields ``said_here`` of ``asked_here``; where nobody was
    asked, silence says nothing.
    """

    side: str
    said_here: int
    asked_here: int
    said: int
    asked: int

    @property
    def heading(self) -> str:
        return (
            f"{self.side}: {self.said_here} of {self.asked_here} sources in the same fields, "
            f"{self.said} of {self.asked} in all"
        )


def across(tables: Tables, source: str, code: str) -> Across:
    """What the side that a source is not of says of a code, or of one below it.

    Raises SamspillError for an unknown source or code, and for a source of neither side.
    """
    known = tables.sources.filter(pl.col("source") == source)
    if known.is_empty():
        raise SamspillError(
            Message("There is no source “{source}”.", source=source), "Give its identity."
        )
    own = known.row(0, named=True)
    names = load().sides
    if own["side"] not in names:
        raise SamspillError(
            "The text is of neither side, so there is no other side.",
            "Say whose it is where the text is described.",
        )
    other = next(name for name in names if name != own["side"])
    same_field = pl.col("fields").list.set_intersection(own["fields"] or []).list.len() > 0
    found = segments(tables, conditions.code(code) & conditions.side(other)).frame.with_columns(
        same_field=same_field.fill_null(value=False),
        same_unit=pl.col("unit").eq_missing(own["unit"]) & pl.col("unit").is_not_null(),
    )
    frame = found.sort("same_field", "same_unit", descending=True, maintain_order=True)
    asked = tables.sources.filter(pl.col("side") == other)
    return Across(
        frame,
        side=other,
        said_here=frame.filter("same_field")["source"].n_unique(),
        asked_here=asked.filter(same_field).height,
        said=frame["source"].n_unique(),
        asked=asked.height,
    )
