"""What a model learns from: passages of coded texts, and which codes they carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.errors import Message, SamspillError
from samspill.qualitative.sentences import lines, sentences
from samspill.qualitative.tables import Tables

Unit = Literal["sentence", "paragraph"]
LEAST_EXAMPLES, LEAST_SOURCES = 8, 3


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or paragraph: ``[start, end)`` of a source."""

    source: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """Passages with ``marks`` of shape (passages, codes): whether any coder gave the code there.

    ``too_few`` are the codes that are not learnt, with the number of passages and of sources that
    carry them.
    """

    passages: tuple[Passage, ...]
    codes: tuple[str, ...]
    marks: NDArray[np.bool_]
    too_few: tuple[tuple[str, int, int], ...]
    unit: Unit

    @property
    def sources(self) -> list[str]:
        """The source of each passage."""
        return [passage.source for passage in self.passages]

    @property
    def texts(self) -> list[str]:
        return [passage.text for passage in self.passages]


def passages(
    tables: Tables, unit: Unit = "sentence", sources: Sequence[str] | None = None
) -> tuple[Passage, ...]:
    """The sentences or paragraphs of the sources (all unless named), in order.

    Raises SamspillError for another unit.
    """
    if unit not in get_args(Unit):
        raise SamspillError(
            Message("Codes are not suggested by “{name}”.", name=unit),
            Message("Choose among {names}.", names=", ".join(get_args(Unit))),
        )
    chosen = tables.sources.select("source", "text")
    if sources is not None:
        chosen = chosen.filter(pl.col("source").is_in(list(sources)))
    return tuple(
        Passage(source, start, end, text[start:end])
        for source, text in chosen.iter_rows()
        for start, end in (sentences(text) if unit == "sentence" else lines(text))
    )


def examples(
    tables: Tables,
    unit: Unit = "sentence",
    *,
    least_examples: int = LEAST_EXAMPLES,
    least_sources: int = LEAST_SOURCES,
) -> Examples:
    """What can be learnt from the texts that somebody has coded.

    A passage carries a code that any coding touches. A code is learnt if ``least_examples``
    passages in ``least_sources`` sources carry it. Texts without a single coding are left out:
    that nobody has coded them says nothing of what they hold.
    """
    coded = tables.codings["source"].unique().to_list()
    found = passages(tables, unit, coded)
    marks = _marks(tables, found)
    codes, learnt, too_few = [], [], []
    order = tables.codes["code"].to_list()
    of = np.array([passage.source for passage in found])
    for code in [code for code in order if code in marks]:
        column = marks[code]
        n, sources = int(column.sum()), len(set(of[column])) if len(of) else 0
        if n >= least_examples and sources >= least_sources:
            codes.append(code)
            learnt.append(column)
        else:
            too_few.append((code, n, sources))
    whole = np.stack(learnt, axis=1) if learnt else np.zeros((len(found), 0), dtype=bool)
    return Examples(found, tuple(codes), whole, tuple(too_few), unit)


def _marks(tables: Tables, found: Sequence[Passage]) -> dict[str, NDArray[np.bool_]]:
    """For each code that is used, whether each passage carries it."""
    first: dict[str, int] = {}
    spans: dict[str, list[Passage]] = {}
    for place, passage in enumerate(found):
        first.setdefault(passage.source, place)
        spans.setdefault(passage.source, []).append(passage)
    ends = {source: np.array([p.end for p in own]) for source, own in spans.items()}
    starts = {source: np.array([p.start for p in own]) for source, own in spans.items()}
    marks: dict[str, NDArray[np.bool_]] = {}
    for source, code, start, end in tables.codings.select(
        "source", "code", "start", "end"
    ).iter_rows():
        column = marks.setdefault(code, np.zeros(len(found), dtype=bool))
        if source in first:
            low = int(np.searchsorted(ends[source], start, side="right"))
            high = int(np.searchsorted(starts[source], end, side="left"))
            column[first[source] + low : first[source] + max(low, high)] = True
    return marks
