"""Which barriers are spoken of, by how large a share of the sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import polars as pl

from samspill.errors import Message, SamspillError
from samspill.qualitative.model import INTERVIEW
from samspill.qualitative.tables import Tables
from samspill.vocabulary import Vocabulary, load

SCHEME = "barriers"
GROUPS = ("field", "unit", "side")


@dataclass(frozen=True, slots=True, eq=False)
class BarrierProfile:
    """Barriers in groups of sources.

    ``frame``, one row for each group and barrier, in the vocabulary's order: the columns of
    ``by``, ``barrier`` (identifier, or path of a sub-theme), ``n`` (sources of the group),
    ``count`` (those that speak of it), ``share`` with Wilson's interval ``low`` to ``high``, and
    ``segments`` (pieces; what several coders coded alike is one).
    """

    frame: pl.DataFrame
    by: tuple[str, ...]
    level: float = 0.95


def barrier_profile(
    tables: Tables,
    by: str | Sequence[str] = ("field",),
    *,
    kinds: Sequence[str] = (INTERVIEW,),
    sub_themes: bool = False,
    level: float = 0.95,
    vocabulary: Vocabulary | None = None,
) -> BarrierProfile:
    """The share of sources of ``kinds`` that speak of each barrier, by ``field``, ``unit``,
    ``side``.

    A code speaks of the barrier that its concept names (``barriers/coordination/poor_overview``);
    a sub-theme counts for its barrier as well, and with ``sub_themes`` has a row of its own. A
    source of several fields counts in each. Sources without a value of ``by`` are left out.

    The sources of a study are chosen, not drawn: the interval says how much a share of so few may
    vary, and nothing of how they were chosen.

    Raises SamspillError for a group there is not, and where no source is of these kinds.
    """
    groups = (by,) if isinstance(by, str) else tuple(by)
    unknown = [name for name in groups if name not in GROUPS]
    if unknown:
        raise SamspillError(
            Message("Barriers are not grouped by “{name}”.", name=unknown[0]),
            Message("Choose among {names}.", names=", ".join(GROUPS)),
        )
    if not 0 < level < 1:
        raise SamspillError(
            Message("{level} is not a confidence level.", level=level),
            "Give one between 0 and 1, such as 0.95.",
        )
    sources = tables.sources.filter(pl.col("kind").is_in(list(kinds)))
    if sources.is_empty():
        raise SamspillError(
            "No source is of these kinds.", "Bring in interviews, or name the kinds there are."
        )
    sources = sources.select("source", "unit", "side", pl.col("fields").alias("field"))
    sources = sources.explode("field") if "field" in groups else sources
    sources = sources.select("source", *groups).drop_nulls().unique(maintain_order=True)
    barriers = _barriers(vocabulary or load(), sub_themes)
    sizes = sources.group_by(*groups).len("n") if groups else sources.select(pl.len().alias("n"))
    grid = sizes.join(barriers, how="cross")
    found = sources.join(spoken_of(tables, barriers), on="source")
    counted = found.group_by(*groups, "barrier").agg(
        pl.len().cast(pl.Int64).alias("count"), pl.col("segments").sum()
    )
    frame = grid.join(counted, on=[*groups, "barrier"], how="left").sort(*groups, "place")
    frame = frame.with_columns(
        pl.col("n").cast(pl.Int64), pl.col("count", "segments").fill_null(0)
    ).with_columns((pl.col("count") / pl.col("n")).alias("share"))
    frame = frame.with_columns(*_wilson(level)).select(
        *groups, "barrier", "n", "count", "share", "low", "high", "segments"
    )
    return BarrierProfile(frame, groups, level)


def spoken_of(tables: Tables, barriers: pl.DataFrame) -> pl.DataFrame:
    """``source``, ``barrier``, ``segments``: which sources speak of each of ``barriers``."""
    paths = dict(tables.codes.select("code", "concept").drop_nulls().iter_rows())
    wanted = set(barriers["barrier"])
    pairs = [
        (code, barrier)
        for code, path in paths.items()
        for barrier in _upwards(path)
        if barrier in wanted
    ]
    about = pl.DataFrame(pairs, schema={"code": pl.String, "barrier": pl.String}, orient="row")
    found = tables.codings.join(about, on="code").sort("source", "barrier", "start", "end")
    new = pl.col("start") >= pl.col("end").cum_max().shift(1).over("source", "barrier")
    return (
        found.with_columns(new.fill_null(value=True).cast(pl.Int64).alias("new"))
        .group_by("source", "barrier")
        .agg(pl.col("new").sum().alias("segments"))
    )


def _upwards(path: str) -> list[str]:
    """Of ``barriers/coordination/poor_overview``: the barrier, and the sub-theme by its path."""
    scheme, *names = path.split("/")
    if scheme != SCHEME:
        return []
    return ["/".join(names[: k + 1]) for k in range(len(names))]


def _barriers(words: Vocabulary, sub_themes: bool) -> pl.DataFrame:
    names = []
    for barrier in words.barriers.concepts:
        names.append(barrier.identifier)
        if sub_themes:
            names += [f"{barrier.identifier}/{below.identifier}" for below in barrier.narrower]
    return pl.DataFrame({"barrier": names, "place": range(len(names))})


def _wilson(level: float) -> list[pl.Expr]:
    """The score interval of a share (Wilson 1927, JASA 22:209–212)."""
    z = NormalDist().inv_cdf((1 + level) / 2)
    p, m = pl.col("share"), z**2 / pl.col("n")
    centre = (p + m / 2) / (1 + m)
    half = (p * (1 - p) * m + m**2 / 4).sqrt() / (1 + m)
    low = pl.when(p == 0).then(0.0).otherwise((centre - half).clip(lower_bound=0))
    high = pl.when(p == 1).then(1.0).otherwise((centre + half).clip(upper_bound=1))
    return [low.alias("low"), high.alias("high")]
