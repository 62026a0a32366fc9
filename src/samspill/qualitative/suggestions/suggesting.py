"""Suggestions for passages, without what has been coded already."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from samspill.errors import SamspillError
from samspill.qualitative.suggestions.examples import Unit, passages
from samspill.qualitative.suggestions.protocol import SuggestionModel
from samspill.qualitative.tables import Tables

SUGGESTIONS: dict[str, pl.DataType | type[pl.DataType]] = {
    "source": pl.String,
    "start": pl.Int64,
    "end": pl.Int64,
    "code": pl.String,
    "score": pl.Float64,
    "why": pl.List(pl.String()),
    "text": pl.String,
    "model": pl.String,
}


def suggest(
    tables: Tables,
    model: SuggestionModel,
    unit: Unit = "sentence",
    *,
    sources: Sequence[str] | None = None,
    coder: str | None = None,
    least: float = 0.5,
    most: int = 3,
) -> pl.DataFrame:
    """Codes that ``model`` proposes for passages of ``sources`` (all unless named).

    At most ``most`` a passage, with a score of ``least`` or more; none that touches a coding with
    the same code (by ``coder``, or by anybody). Columns: source, start, end, code, score (0 to
    1), why (what weighed most), text, model. In the order of the text; nothing is coded.

    Raises SamspillError where the model does not answer for each passage.
    """
    found = passages(tables, unit, sources)
    guesses = model.guess([passage.text for passage in found]) if found else []
    if len(guesses) != len(found):
        raise SamspillError(
            "The model did not answer for every passage.", "Look at the model's own log."
        )
    known = set(tables.codes.filter("codable")["code"].to_list())
    given = tables.codings
    if coder is not None:
        given = given.filter(pl.col("coder") == coder)
    done: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for source, code, start, end in given.select("source", "code", "start", "end").iter_rows():
        done.setdefault((source, code), []).append((start, end))
    rows = []
    for passage, options in zip(found, guesses, strict=True):
        new = [
            guess
            for guess in options
            if guess.score >= least
            and guess.code in known
            and not any(
                start < passage.end and passage.start < end
                for start, end in done.get((passage.source, guess.code), ())
            )
        ]
        best = sorted(new, key=lambda guess: -guess.score)[:most]
        rows += [
            (passage.source, passage.start, passage.end, g.code, g.score, list(g.why),
             passage.text, model.name)
            for g in best
        ]  # fmt: skip
    return pl.DataFrame(rows, schema=SUGGESTIONS, orient="row")
