"""Which codes and which sources a question is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.errors import Message, SamspillError

if TYPE_CHECKING:
    from samspill.qualitative.tables import Tables

Sources = pl.Expr | Sequence[str] | None
UNKNOWN_CODE = "(unknown code)"


def code_places(tables: Tables, chosen: str | Sequence[str]) -> list[int]:
    """Rows in ``tables.codes`` of codes given by identity, concept or name.

    Raises SamspillError for one that the project lacks, or a name that several codes have.
    """
    names = [chosen] if isinstance(chosen, str) else list(chosen)
    columns = {key: tables.codes[key].to_list() for key in ("code", "concept", "name")}
    return [_code_place(name, columns, tables) for name in names]


def _code_place(wanted: str, columns: dict[str, list[str | None]], tables: Tables) -> int:
    for key in ("code", "concept", "name"):
        places = [place for place, value in enumerate(columns[key]) if value == wanted]
        if len(places) == 1:
            return places[0]
        if places:
            identities = ", ".join(str(columns["code"][place]) for place in places)
            raise SamspillError(
                Message(
                    "{n} codes have the {key} “{wanted}”.", n=len(places), key=key, wanted=wanted
                ),
                Message(
                    "Name the one that is meant by its identity: {identities}.",
                    identities=identities,
                ),
            )
    raise SamspillError(
        Message("The project has no code “{wanted}”.", wanted=wanted),
        Message(
            "Give a code's identity, concept or name; it has {height} codes.",
            height=tables.codes.height,
        ),
    )


def memberships(
    tables: Tables, places: Sequence[int], *, with_descendants: bool
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs (place in ``places``, row in ``tables.codes``): which codes count as which of those."""
    if not with_descendants:
        return np.arange(len(places)), np.array(places, np.int64)
    numbered = {code: row for row, code in enumerate(tables.codes["code"])}
    chosen: dict[int, list[int]] = {}
    for position, place in enumerate(places):
        chosen.setdefault(place, []).append(position)
    pairs = [
        (position, numbered[code])
        for code, ancestor in tables.ancestry.select("code", "ancestor").iter_rows()
        for position in chosen.get(numbered[ancestor], [])
    ]
    found = np.array(pairs, np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def source_mask(tables: Tables, sources: Sources) -> NDArray[np.bool_]:
    """Which rows of ``tables.sources`` a question is about: all, those named, or a condition.

    Raises SamspillError for an identity that the project lacks.
    """
    if sources is None:
        return np.ones(tables.sources.height, bool)
    if isinstance(sources, pl.Expr):
        found = tables.sources.select(sources.fill_null(value=False).alias("chosen"))["chosen"]
        return found.to_numpy().astype(bool)
    unknown = set(sources) - set(tables.sources["source"])
    if unknown:
        raise SamspillError(
            Message("The project has no source “{what}”.", what=min(unknown)),
            "Give identities of its sources.",
        )
    return tables.sources["source"].is_in(list(sources)).to_numpy().astype(bool)


def coder_mask(tables: Tables, coders: Sequence[str] | str | None) -> NDArray[np.bool_]:
    """Which codings of the line are by these coders; all where none are named."""
    line = tables.line
    if coders is None:
        return np.ones(line.coder.size, bool)
    wanted = {coders} if isinstance(coders, str) else set(coders)
    unknown = wanted - set(line.coders)
    if unknown:
        raise SamspillError(
            Message("Nothing is coded by “{what}”.", what=min(unknown)),
            Message("Coders are: {known}.", known=", ".join(sorted(c for c in line.coders if c))),
        )
    return np.isin(line.coder, [place for place, c in enumerate(line.coders) if c in wanted])
