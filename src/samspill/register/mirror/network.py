"""The network of organisations and municipal units, tied by relations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

import numpy as np
import polars as pl

from samspill.register.frames import Tables
from samspill.register.mirror.in_force import in_force
from samspill.statistics.networks import (
    core_periphery,
    degree_centralisation,
    two_mode_centralisation,
)

if TYPE_CHECKING:
    import networkx as nx

Mode = Literal["organisation", "municipal_unit"]
ORGANISATION: Mode = "organisation"
UNIT: Mode = "municipal_unit"

FULL_COUNT = "a full count of what is in the register: nothing is drawn"
TOO_FEW = "too few to be compared"
MEASURES = {
    "measure": pl.String,
    "value": pl.Float64,
    "n": pl.Int64,
    "note": pl.String,
}


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Who is tied to whom on a day.

    ``ties``: organisation, municipal_unit, relations (how many), identifiers (of them), a row for
    each pair. ``without_tie``: the identifiers of those of each mode that have none.
    """

    on: date
    ties: pl.DataFrame
    without_tie: dict[Mode, list[str]]

    def graph(self) -> nx.Graph[tuple[Mode, str]]:
        """The ties as a graph of (mode, identifier)."""
        import networkx as nx

        graph: nx.Graph[tuple[Mode, str]] = nx.Graph()
        pairs = self.ties.select(ORGANISATION, UNIT).iter_rows()
        graph.add_edges_from(((ORGANISATION, one), (UNIT, other)) for one, other in pairs)
        return graph

    def tied(self, mode: Mode) -> list[str]:
        """Those of a mode that have a tie, in order."""
        return self.ties[mode].unique().sort().to_list()

    def degrees(self, mode: Mode) -> pl.DataFrame:
        """``identifier``, ``degree`` (of how many of the other mode), ``relations``; most first."""
        counted = self.ties.group_by(pl.col(mode).alias("identifier")).agg(
            pl.len().cast(pl.Int64).alias("degree"), pl.col("relations").sum()
        )
        return counted.sort(["degree", "identifier"], descending=[True, False])


def network(tables: Tables, on: date, field: str | None = None) -> Network:
    """The network of the relations in force on a day, in one field or in all."""
    held = in_force(tables, on)
    relations = held["relations"]
    if field is not None:
        relations = relations.filter(pl.col("field") == field)
    ties = (
        relations.group_by(ORGANISATION, UNIT)
        .agg(
            pl.len().cast(pl.Int64).alias("relations"),
            pl.col("identifier").sort().alias("identifiers"),
        )
        .sort(ORGANISATION, UNIT)
    )
    known = {ORGANISATION: held["organisations"], UNIT: held["municipal_units"]}
    without: dict[Mode, list[str]] = {
        mode: sorted(set(rows["identifier"]) - set(ties[mode])) for mode, rows in known.items()
    }
    return Network(on, ties, without)


def measures(found: Network) -> pl.DataFrame:
    """Density, centralisation and components; ``measure``, ``value``, ``n``, ``note``.

    ``density`` is of ``n`` pairs that could be tied; ``centralisation_<mode>`` of the ``n`` of the
    mode that have a tie; ``components`` and ``largest_component`` (its share of nodes) of ``n``
    nodes. Nothing is drawn, so there is no interval, and ``note`` says so.
    """
    import networkx as nx

    sizes = {mode: len(found.tied(mode)) for mode in (ORGANISATION, UNIT)}
    pairs = sizes[ORGANISATION] * sizes[UNIT]
    parts = [len(part) for part in nx.connected_components(found.graph())]
    nodes = sum(sizes.values())
    rows: list[tuple[str, float | None, int]] = [
        ("density", found.ties.height / pairs if pairs else None, pairs)
    ]
    for mode, other in ((ORGANISATION, UNIT), (UNIT, ORGANISATION)):
        value = two_mode_centralisation(found.degrees(mode)["degree"], sizes[other])
        rows.append((f"centralisation_{mode}", value, sizes[mode]))
    rows.append(("components", float(len(parts)), nodes))
    rows.append(("largest_component", max(parts) / nodes if nodes else None, nodes))
    return _noted(rows)


def projection(found: Network, mode: Mode) -> pl.DataFrame:
    """Pairs of one mode that share at least one of the other: ``first``, ``second``, ``shared``."""
    other = UNIT if mode == ORGANISATION else ORGANISATION
    own = found.ties.select(pl.col(mode).alias("first"), other)
    pairs = own.join(own.rename({"first": "second"}), on=other)
    return (
        pairs.filter(pl.col("first") < pl.col("second"))
        .group_by("first", "second")
        .agg(pl.len().cast(pl.Int64).alias("shared"))
        .sort("first", "second")
    )


def projection_measures(found: Network, mode: Mode) -> pl.DataFrame:
    """Density and Freeman's degree centralisation of a projection; as in ``measures``.

    Where one unit works with everyone, everyone is tied to everyone: read it with care.
    """
    pairs, nodes = projection(found, mode), found.tied(mode)
    ends = pl.concat([pairs["first"], pairs["second"]]).to_list()
    degrees = [ends.count(node) for node in nodes]
    possible = len(nodes) * (len(nodes) - 1) // 2
    return _noted(
        [
            ("density", pairs.height / possible if possible else None, possible),
            ("centralisation", degree_centralisation(degrees), len(nodes)),
        ]
    )


def core(found: Network) -> tuple[pl.DataFrame, float | None]:
    """Who is in the core, and how well core and periphery describe the network (−1 to 1).

    Columns: mode, identifier, degree, core; those with a tie only. The fit is None, and nobody is
    in the core, where all possible ties are there or too few are.
    """
    rows, columns = found.tied(ORGANISATION), found.tied(UNIT)
    matrix = np.zeros((len(rows), len(columns)))
    for organisation, unit in found.ties.select(ORGANISATION, UNIT).iter_rows():
        matrix[rows.index(organisation), columns.index(unit)] = 1
    best = core_periphery(matrix)
    frames = []
    for mode, names, flags in (
        (ORGANISATION, rows, best.rows if best else np.zeros(len(rows), dtype=bool)),
        (UNIT, columns, best.columns if best else np.zeros(len(columns), dtype=bool)),
    ):
        mine = pl.DataFrame(
            {"identifier": names, "core": flags},
            schema={"identifier": pl.String, "core": pl.Boolean},
        )
        frames.append(
            found.degrees(mode)
            .join(mine, on="identifier")
            .select(pl.lit(mode).alias("mode"), "identifier", "degree", "core")
        )
    return pl.concat(frames), best.fit if best else None


def _noted(rows: list[tuple[str, float | None, int]]) -> pl.DataFrame:
    noted = [(*row, FULL_COUNT if row[1] is not None else TOO_FEW) for row in rows]
    return pl.DataFrame(noted, schema=MEASURES, orient="row")
