"""Where two coders differ, opened side by side, and how it was settled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import combinations
from typing import Any, NamedTuple

import polars as pl

from samspill.errors import SamspillError
from samspill.qualitative.agreement.units import material
from samspill.qualitative.model import new_guid
from samspill.qualitative.tables import Tables

BOUNDARIES, DIFFERENT_CODE, ONE_ONLY = "boundaries", "different_code", "one_only"
KINDS = (DIFFERENT_CODE, ONE_ONLY, BOUNDARIES)

DISAGREEMENTS = {
    "source": pl.String,
    "start": pl.Int64,
    "end": pl.Int64,
    "kind": pl.String,
    "first": pl.String,
    "first_coding": pl.String,
    "first_code": pl.String,
    "first_start": pl.Int64,
    "first_end": pl.Int64,
    "second": pl.String,
    "second_coding": pl.String,
    "second_code": pl.String,
    "second_start": pl.Int64,
    "second_end": pl.Int64,
    "shared": pl.Int64,
    "text": pl.String,
}


class Mark(NamedTuple):
    coding: str
    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Settlement:
    """What was decided about a disagreement.

    ``codings`` are the codings that differed, ``holds`` the code that stands from ``start`` to
    ``end`` of the source, or empty where none does; ``by`` is who decided, ``when`` ISO 8601.
    """

    source: str
    start: int
    end: int
    codings: tuple[str, ...]
    holds: str
    by: str
    reason: str
    when: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    guid: str = field(default_factory=new_guid)

    def __post_init__(self) -> None:
        if not self.by or not self.reason.strip():
            raise SamspillError(
                "A disagreement is settled by somebody, for a reason.", "Give both."
            )
        if not self.codings or self.end < self.start:
            raise SamspillError(
                "A settlement names the codings that differed and the stretch that it is about.",
                "Take them from the disagreement.",
            )


def disagreements(
    tables: Tables,
    coders: Sequence[str],
    *,
    codes: Sequence[str] | None = None,
    read: Mapping[str, Iterable[str]] | None = None,
) -> pl.DataFrame:
    """Where each two of ``coders`` differ, in the texts that both have read, one row a difference.

    ``kind`` is ``boundaries`` (the same code to overlapping stretches with other ends),
    ``different_code`` (overlapping stretches, each with a code that the other did not give there;
    one row a pair, the candidates for settling) or ``one_only`` (what the other gave no such code
    and no rival one). ``start`` and ``end`` enclose both, ``shared`` is the number of characters
    in common, ``text`` the words. Columns of a side that gave nothing are null.
    """
    every = tables.codes["code"].to_list() if codes is None else list(codes)
    m = material(tables, coders, read, every, with_descendants=False)
    texts = dict(tables.sources.select("source", "text").iter_rows())
    own = (
        tables.codings.filter(
            pl.col("source").is_in(list(m.sources)),
            pl.col("code").is_in(every),
            pl.col("coder").is_in(list(coders)),
            pl.col("end") > pl.col("start"),
        )
        .sort("start", "end", "code", "coding")
        .partition_by("source", "coder", as_dict=True)
    )
    rows: list[dict[str, Any]] = []
    for place, source in enumerate(m.sources):
        for (i, first), (j, second) in combinations(enumerate(coders), 2):
            if m.read[i, place] and m.read[j, place]:
                pair = [_marks(own.get((source, coder))) for coder in (first, second)]
                rows += [
                    {"source": source, "first": first, "second": second, **row}
                    for row in _compare(*pair)
                ]
    for row in rows:
        row["text"] = texts[row["source"]][row["start"] : row["end"]]
    order = ["source", "start", "end", "first", "second"]
    frame = pl.DataFrame(rows, schema=DISAGREEMENTS)
    places = {source: place for place, source in enumerate(m.sources)}
    return (
        frame.with_columns(pl.col("source").replace_strict(places, default=0).alias("place"))
        .sort("place", *order)
        .drop("place")
    )


def open_disagreements(found: pl.DataFrame, settled: Iterable[Settlement]) -> pl.DataFrame:
    """Those of ``disagreements`` that no settlement is about.

    A settlement is about a difference when it names all the codings that differ there.
    """
    done = [frozenset(settlement.codings) for settlement in settled]
    still = [
        not any({row["first_coding"], row["second_coding"]} - {None} <= codings for codings in done)
        for row in found.iter_rows(named=True)
    ]
    return found.filter(pl.Series(still, dtype=pl.Boolean))


def _marks(frame: pl.DataFrame | None) -> list[Mark]:
    if frame is None:
        return []
    return [Mark(*row) for row in frame.select("coding", "code", "start", "end").iter_rows()]


def _compare(first: list[Mark], second: list[Mark]) -> list[dict[str, Any]]:
    """The differences between two coders' marks on one text, both in order of their start."""
    touching = _touching(first, second)
    agreed = {(a, b) for a, b in touching if a.code == b.code}
    same_first, same_second = {a for a, _ in agreed}, {b for _, b in agreed}
    exact = {m for a, b in agreed if (a.start, a.end) == (b.start, b.end) for m in (a, b)}
    rows = [
        _row(BOUNDARIES, a, b) for a, b in touching
        if (a, b) in agreed and a not in exact and b not in exact
    ]  # fmt: skip
    rivals = [(a, b) for a, b in touching if a not in same_first and b not in same_second]
    rows += [_row(DIFFERENT_CODE, a, b) for a, b in rivals]
    rivalled = {mark for pair in rivals for mark in pair}
    rows += [_row(ONE_ONLY, a, None) for a in first if a not in same_first | rivalled]
    rows += [_row(ONE_ONLY, None, b) for b in second if b not in same_second | rivalled]
    return rows


def _touching(first: list[Mark], second: list[Mark]) -> list[tuple[Mark, Mark]]:
    """All pairs that have a character in common; a sweep, so that far apart ones never meet."""
    pairs = []
    waiting: list[Mark] = []
    upcoming = iter(second)
    following = next(upcoming, None)
    for a in first:
        while following is not None and following.start < a.end:
            waiting.append(following)
            following = next(upcoming, None)
        waiting = [b for b in waiting if b.end > a.start]
        pairs += [(a, b) for b in waiting if b.start < a.end]
    return pairs


def _row(kind: str, a: Mark | None, b: Mark | None) -> dict[str, Any]:
    marks = [mark for mark in (a, b) if mark is not None]
    start, end = min(m.start for m in marks), max(m.end for m in marks)
    shared = 0 if a is None or b is None else min(a.end, b.end) - max(a.start, b.start)
    row: dict[str, Any] = {"kind": kind, "start": start, "end": end, "shared": shared}
    for side, mark in (("first", a), ("second", b)):
        values = (None,) * 4 if mark is None else mark
        names = ("coding", "code", "start", "end")
        row |= {f"{side}_{n}": v for n, v in zip(names, values, strict=True)}
    return row
