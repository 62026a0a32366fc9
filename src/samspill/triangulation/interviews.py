"""What the interviews say, side by side: how many sources bring an item up, of those asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import polars as pl

from samspill.qualitative import Tables
from samspill.triangulation.counts import INTERVIEWED, Counts
from samspill.triangulation.poles import pole_rows
from samspill.triangulation.themes import MUNICIPALITY, ORGANISATION, WHOLE, Item, Theme, themes
from samspill.typology import evidence

SIDES = (MUNICIPALITY, ORGANISATION)


def counts_of_interviews(
    tables: Tables, chosen: Sequence[Theme] | None = None, *, provenance: str = ""
) -> Counts:
    """Sources of each side that are coded with what speaks for, or against, each item.

    ``n`` are all sources of the side in the field, whether they bring it up or not. A source about
    several fields counts in each. An item none of whose codes the project has is not measured.
    Codings of all coders count.
    """
    invented = bool(tables.sources["invented"].any())
    told = provenance or ("invented" if invented else "observed")
    found = chosen or themes()
    rows: list[dict[str, Any]] = []
    pairs: list[dict[str, Any]] = []
    said = _Said(tables)
    for theme in found:
        for field in theme.fields():
            for side in SIDES:
                place = {"column": side, "theme": theme.identifier, "field": field}
                known = {i.identifier: i for i in theme.items if said.measured(i)}
                mentions = {name: said.by(item.codes, side, field) for name, item in known.items()}
                for name, item in known.items():
                    against = said.by(item.against, side, field)
                    rows.append(
                        {
                            **place,
                            "item": name,
                            "count": len(mentions[name]),
                            "contrary": len(against),
                            "n": len(said.asked(side, field)),
                            "base": INTERVIEWED,
                            "provenance": told,
                            "where": ";".join((*item.codes, *item.against)),
                        }
                    )
                if theme.kind == "order":
                    pairs += _pairs(place, mentions)
    rows += _poles(tables, said, found, told)
    present = set(tables.sources["side"].drop_nulls()) & set(SIDES)
    return Counts.of(rows, pairs, present)


def _pairs(place: dict[str, str], mentions: dict[str, set[str]]) -> Iterator[dict[str, Any]]:
    for one, other in combinations(mentions, 2):
        yield {**place, "one": one, "other": other, "both": len(mentions[one] & mentions[other])}


def _poles(
    tables: Tables, said: _Said, found: Sequence[Theme], provenance: str
) -> Iterator[dict[str, Any]]:
    if not any(item.axis for theme in found for item in theme.items):
        return
    pieces = evidence(tables)
    concepts = {c for c in said.concepts if c.startswith("placement_evidence/")}
    for side in SIDES:
        own = pieces.filter(pl.col("side") == side)
        for row in pole_rows(own, found, lambda f, s=side: len(said.asked(s, f))):  # type: ignore[misc]
            if concepts:
                yield {**row, "column": side, "base": INTERVIEWED, "provenance": provenance}


class _Said:
    """Which sources are coded with which concepts, looked up."""

    def __init__(self, tables: Tables) -> None:
        about = tables.codes.select("code", "concept").drop_nulls("concept")
        self.concepts = set(about["concept"])
        coded = (
            tables.codings.select("source", "code")
            .unique()
            .join(tables.ancestry, on="code")
            .join(about, left_on="ancestor", right_on="code")
        )
        grouped = coded.group_by("concept").agg(pl.col("source").unique())
        self.sources = {name: set(found) for name, found in grouped.iter_rows()}
        self.at: dict[tuple[str, str], set[str]] = {}
        for source, side, fields in tables.sources.select("source", "side", "fields").iter_rows():
            for field in (WHOLE, *(fields or ())):
                self.at.setdefault((side or "", field), set()).add(source)

    def measured(self, item: Item) -> bool:
        return not self.concepts.isdisjoint((*item.codes, *item.against))

    def asked(self, side: str, field: str) -> set[str]:
        return self.at.get((side, field), set())

    def by(self, concepts: Sequence[str], side: str, field: str) -> set[str]:
        found = set().union(*(self.sources.get(name, set()) for name in concepts))
        return found & self.asked(side, field)
