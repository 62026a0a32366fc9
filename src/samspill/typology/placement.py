"""Placing a field among the ideal types: the position on each axis, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Any, Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.errors import Message, SamspillError
from samspill.statistics.intervals import require_level
from samspill.typology.evidence import REGISTER, SURVEY
from samspill.typology.judgement import Judgement
from samspill.typology.rules import TYPOLOGIES
from samspill.vocabulary import Concept, Scheme, Vocabulary, load

Floats = NDArray[np.float64]
Status = Literal["placed", "not_found", "undecided", "not_enough_evidence"]

FEW_SEGMENTS = "too few pieces of evidence"
FEW_SOURCES = "too few sources"
ONE_SOURCE = "one source: no interval"

AXES = {
    "axis": pl.String,
    "side": pl.String,
    "first_pole": pl.String,
    "second_pole": pl.String,
    "share": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "segments": pl.Int64,
    "first": pl.Int64,
    "second": pl.Int64,
    "survey": pl.Int64,
    "register": pl.Int64,
    "sources": pl.Int64,
    "note": pl.String,
}
CANDIDATES = {
    "row_pole": pl.String,
    "column_pole": pl.String,
    "ideal_type": pl.String,
    "found": pl.Boolean,
    "probability": pl.Float64,
}


@dataclass(frozen=True, slots=True)
class Minimum:
    """The least evidence, on each axis, that a field is placed by."""

    segments: int = 4
    sources: int = 2


@dataclass(frozen=True, slots=True, eq=False)
class Placement:
    """Where the evidence places a field, in a unit or (``unit`` empty) in the country.

    ``axes``, a row for each axis and side (null for both together): ``share`` of the pieces at
    ``second_pole`` with the interval ``low`` to ``high``, the number of pieces (``segments``) and
    of those at each pole (``first``, ``second``) and from the survey and the register
    (``survey``, ``register``), ``sources``, and ``note`` (why there is too little, or no interval).

    ``candidates``, a row for each combination of poles: ``ideal_type`` (null where the founding
    study found none, ``found`` is then False) and ``probability``, the share of replicates that
    fall there; they add up to less than 1 where replicates fall on a line or lack an axis.

    ``status``: ``placed``; ``not_found`` (the combination is one that the founding study did not
    find); ``undecided`` (as much on one side as on the other); ``not_enough_evidence``.
    ``ideal_type`` is what the evidence says, None unless placed, ``probability`` that of its
    combination. ``direct`` is evidence of a type itself, shown beside and not counted on the
    axes. ``evidence`` are the pieces, with their quotes. ``judgement`` is a person's, if any.
    """

    typology: str
    unit: str
    field: str
    status: Status
    ideal_type: str | None
    poles: tuple[str | None, str | None]
    probability: float | None
    axes: pl.DataFrame
    candidates: pl.DataFrame
    direct: pl.DataFrame
    evidence: pl.DataFrame
    judgement: Judgement | None
    minimum: Minimum
    replicates: int
    level: float
    provenance: str

    @property
    def holds(self) -> str | None:
        """The type that stands: the person's judgement where there is one, else the evidence's."""
        return self.judgement.ideal_type if self.judgement else self.ideal_type

    def position(self, axis: str) -> dict[str, Any]:
        """The row of ``axes`` for both sides together."""
        return self.axes.filter(pl.col("axis") == axis, pl.col("side").is_null()).row(0, named=True)


def place(
    evidence: pl.DataFrame,
    typology: str,
    field: str,
    unit: str = "",
    *,
    judgements: Iterable[Judgement] = (),
    minimum: Minimum | None = None,
    level: float = 0.95,
    replicates: int = 2000,
    seed: int = 2018,
    vocabulary: Vocabulary | None = None,
    provenance: str = "observed",
) -> Placement:
    """Place ``field`` in ``unit``, or in all units together, by the pieces of ``evidence``.

    The position on an axis is the share of pieces at its second pole; its interval, and each
    type's probability, come from drawing sources with replacement, all pieces of a source
    together (a unit's survey answers are one source, and so is each organisation in a register).
    The last judgement of this unit and field is shown beside.

    Raises SamspillError for a typology, field or type there is not, and a level outside 0 to 1.
    """
    require_level(level)
    words = vocabulary or load()
    scheme = _scheme(words, typology, field)
    least = minimum or Minimum()
    own = evidence.filter(pl.col("typology") == typology, pl.col("field") == field)
    own = own.filter(pl.col("unit") == unit) if unit else own
    on_axes = own.filter(pl.col("axis").is_not_null())
    axes, draws = [], []
    for axis in scheme.axes:
        counts = _counts(on_axes, axis)
        drawn = _drawn(counts, replicates, seed)
        draws.append(drawn)
        axes.append(_position(on_axes, axis, None, counts, drawn, level, least))
        for side in words.sides:
            of_side = on_axes.filter(pl.col("side") == side)
            own_counts = _counts(of_side, axis)
            own_draws = _drawn(own_counts, replicates, seed)
            axes.append(_position(of_side, axis, side, own_counts, own_draws, level, None))
    frame = pl.DataFrame(axes, schema=AXES)
    candidates = _candidates(scheme, draws, one_source=on_axes["source"].n_unique() < 2)
    status, poles = _status(frame, candidates, least)
    row = candidates.filter(
        pl.col("row_pole") == (poles[0] or ""), pl.col("column_pole") == (poles[1] or "")
    )
    known = status in ("placed", "not_found")
    return Placement(
        typology=typology,
        unit=unit,
        field=field,
        status=status,
        ideal_type=row["ideal_type"][0] if status == "placed" else None,
        poles=poles,
        probability=row["probability"][0] if known else None,
        axes=frame,
        candidates=candidates,
        direct=_direct(own),
        evidence=own,
        judgement=_judged(judgements, scheme, typology, unit, field),
        minimum=least,
        replicates=replicates,
        level=level,
        provenance=provenance,
    )


def place_all(
    evidence: pl.DataFrame,
    typology: str,
    *,
    units: bool = False,
    judgements: Iterable[Judgement] = (),
    vocabulary: Vocabulary | None = None,
    **options: Any,
) -> tuple[Placement, ...]:
    """Every field that any evidence speaks of, in the vocabulary's order; in every unit if asked.

    Other arguments and errors are those of ``place``.
    """
    words = vocabulary or load()
    judged = tuple(judgements)
    own = evidence.filter(pl.col("typology") == typology)
    places = {("", field) for field in own["field"].drop_nulls()}
    if units:
        places = set(own.select("unit", "field").drop_nulls().iter_rows())
    order = {field: place for place, field in enumerate(words.fields)}
    known = sorted((pair for pair in places if pair[1] in order), key=lambda p: (p[0], order[p[1]]))
    return tuple(
        place(evidence, typology, field, unit, judgements=judged, vocabulary=words, **options)
        for unit, field in known
    )


def _scheme(words: Vocabulary, typology: str, field: str) -> Scheme:
    if typology not in TYPOLOGIES:
        raise SamspillError(
            Message("There is no typology “{name}”.", name=typology),
            Message("Choose among {names}.", names=", ".join(TYPOLOGIES)),
        )
    if field not in words.fields:
        raise SamspillError(
            Message("The vocabulary has no field “{name}”.", name=field),
            Message("Choose among {names}.", names=", ".join(words.fields)),
        )
    return words.schemes[typology]


def _counts(own: pl.DataFrame, axis: Concept) -> tuple[list[str], Floats]:
    """The sources with any evidence on any axis, and their pieces at each pole of this one."""
    first, second = (pole.identifier for pole in axis.narrower)
    here = pl.col("axis") == axis.identifier
    table = (
        own.group_by("source", maintain_order=True)
        .agg(
            (here & (pl.col("pole") == first)).sum().alias("first"),
            (here & (pl.col("pole") == second)).sum().alias("second"),
        )
        .sort("source")
    )
    return table["source"].to_list(), table.select("first", "second").to_numpy().astype(float)


def _drawn(counts: tuple[list[str], Floats], replicates: int, seed: int) -> Floats:
    """The share at the second pole in each replicate; NaN where it drew no evidence."""
    sources, table = counts
    if not sources:
        return np.full(replicates, np.nan)
    size = len(sources)
    times = np.random.default_rng(seed).multinomial(size, np.full(size, 1 / size), replicates)
    sums = times @ table
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(sums[:, 1] / sums.sum(axis=1))


def _position(
    own: pl.DataFrame,
    axis: Concept,
    side: str | None,
    counts: tuple[list[str], Floats],
    drawn: Floats,
    level: float,
    least: Minimum | None,
) -> dict[str, Any]:
    table = counts[1]
    first, second = (int(n) for n in (table.sum(axis=0) if table.size else (0, 0)))
    segments, sources = first + second, int((table.sum(axis=1) > 0).sum())
    known = drawn[np.isfinite(drawn)]
    row: dict[str, Any] = {
        "axis": axis.identifier,
        "side": side,
        "first_pole": axis.narrower[0].identifier,
        "second_pole": axis.narrower[1].identifier,
        "share": second / segments if segments else None,
        "segments": segments,
        "first": first,
        "second": second,
        "survey": _from(own, axis, SURVEY),
        "register": _from(own, axis, REGISTER),
        "sources": sources,
        "note": _too_little(segments, sources, least),
    }
    if sources < 2:
        return row | {"note": row["note"] or (ONE_SOURCE if sources else "")}
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return row | {"low": float(low), "high": float(high)}


def _from(own: pl.DataFrame, axis: Concept, origin: str) -> int:
    return own.filter(pl.col("axis") == axis.identifier, pl.col("origin") == origin).height


def _too_little(segments: int, sources: int, least: Minimum | None) -> str:
    if least is not None and segments < least.segments:
        return FEW_SEGMENTS
    if least is not None and sources < least.sources:
        return FEW_SOURCES
    return ""


def _candidates(scheme: Scheme, draws: list[Floats], *, one_source: bool) -> pl.DataFrame:
    """The combinations of poles with the share of replicates in each."""
    x, y = scheme.axes
    empty = [dict(cell) for cell in scheme.empty_cells]
    rows = []
    for i, j in product((0, 1), (0, 1)):
        poles = {x.identifier: x.narrower[i].identifier, y.identifier: y.narrower[j].identifier}
        types = scheme.having(**poles)
        here = _beyond(draws[0], i) & _beyond(draws[1], j)
        rows.append(
            {
                "row_pole": poles[x.identifier],
                "column_pole": poles[y.identifier],
                "ideal_type": types[0].identifier if types else None,
                "found": poles not in empty,
                "probability": None if one_source else float(here.mean()),
            }
        )
    return pl.DataFrame(rows, schema=CANDIDATES)


def _beyond(draws: Floats, pole: int) -> NDArray[np.bool_]:
    with np.errstate(invalid="ignore"):
        return np.asarray(draws > 0.5 if pole else draws < 0.5)


def _status(
    axes: pl.DataFrame, candidates: pl.DataFrame, least: Minimum
) -> tuple[Status, tuple[str | None, str | None]]:
    both = axes.filter(pl.col("side").is_null()).to_dicts()
    poles = tuple(_pole(row) for row in both)
    if any(_too_little(row["segments"], row["sources"], least) for row in both):
        return "not_enough_evidence", (poles[0], poles[1])
    if None in poles:
        return "undecided", (poles[0], poles[1])
    here = candidates.filter(pl.col("row_pole") == poles[0], pl.col("column_pole") == poles[1])
    return ("placed" if here["found"][0] else "not_found"), (poles[0], poles[1])


def _pole(row: dict[str, Any]) -> str | None:
    if row["share"] is None or row["first"] == row["second"]:
        return None
    return str(row["second_pole"] if row["second"] > row["first"] else row["first_pole"])


def _direct(own: pl.DataFrame) -> pl.DataFrame:
    """``ideal_type``, ``evidence``, ``segments``, ``sources``: what speaks for a type itself."""
    return (
        own.filter(pl.col("ideal_type").is_not_null())
        .group_by("ideal_type", "evidence", maintain_order=True)
        .agg(pl.len().cast(pl.Int64).alias("segments"),
             pl.col("source").n_unique().cast(pl.Int64).alias("sources"))
    )  # fmt: skip


def _judged(
    judgements: Iterable[Judgement], scheme: Scheme, typology: str, unit: str, field: str
) -> Judgement | None:
    about = [j for j in judgements if (j.typology, j.unit, j.field) == (typology, unit, field)]
    if not about:
        return None
    last = max(about, key=lambda j: j.when)
    if last.ideal_type not in scheme:
        raise SamspillError(
            Message("“{name}” is not an ideal type of {typology}.", name=last.ideal_type,
                    typology=typology),
            Message("Choose among {names}.", names=", ".join(scheme)),
        )  # fmt: skip
    return last
