"""A project as tidy frames: what every question is asked of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from samspill.qualitative.line import Line, lay_out
from samspill.qualitative.model import Project, Value

SOURCES: dict[str, pl.DataType | type[pl.DataType]] = {
    "source": pl.String,
    "name": pl.String,
    "kind": pl.String,
    "unit": pl.String,
    "side": pl.String,
    "fields": pl.List(pl.String),
    "role": pl.String,
    "date": pl.String,
    "language": pl.String,
    "consent": pl.String,
    "characters": pl.Int64,
    "text": pl.String,
    "speakers": pl.List(pl.String),
    "invented": pl.Boolean,
}
CODES = {
    "code": pl.String,
    "name": pl.String,
    "parent": pl.String,
    "order": pl.Int64,
    "depth": pl.Int64,
    "codable": pl.Boolean,
    "concept": pl.String,
}
CODINGS = {
    "coding": pl.String,
    "source": pl.String,
    "start": pl.Int64,
    "end": pl.Int64,
    "code": pl.String,
    "coder": pl.String,
}


@dataclass(frozen=True)
class Tables:
    """``sources``, ``codes`` and ``codings`` as Polars frames.

    The columns are those of ``SOURCES``, ``CODES`` and ``CODINGS`` in this module, and ``sources``
    has one more for each attribute that any source has (text, null where not known). Texts that
    are not given, such as a unit, are null.

    ``codes.order`` is the place in the tree read from top to bottom, ``depth`` 0 at the top.
    """

    sources: pl.DataFrame
    codes: pl.DataFrame
    codings: pl.DataFrame

    @cached_property
    def ancestry(self) -> pl.DataFrame:
        """``code``, ``ancestor``, ``distance``: each code with itself (0) and all above it."""
        above = dict(self.codes.select("code", "parent").iter_rows())
        rows = []
        for code in above:
            ancestor: str | None = code
            distance = 0
            while ancestor is not None:
                rows.append((code, ancestor, distance))
                ancestor = above.get(ancestor)
                distance += 1
        schema = {"code": pl.String, "ancestor": pl.String, "distance": pl.Int64}
        return pl.DataFrame(rows, schema=schema, orient="row")

    @cached_property
    def line(self) -> Line:
        """The codings with their sources laid end to end; every question begins here."""
        return lay_out(self)


def project_tables(project: Project) -> Tables:
    """The frames of a project, in its order; codes in the order of their tree."""
    return Tables(_sources(project), _codes(project), _codings(project))


def _sources(project: Project) -> pl.DataFrame:
    rows = [
        (
            source.guid,
            source.name,
            source.kind,
            source.unit or None,
            source.side or None,
            list(source.fields),
            source.role or None,
            source.date or None,
            source.language or None,
            source.consent,
            len(source.text),
            source.text,
            list(source.speakers),
            source.invented,
        )
        for source in project.sources
    ]
    frame = pl.DataFrame(rows, schema=SOURCES, orient="row")
    names = dict.fromkeys(name for source in project.sources for name in source.attributes)
    attributes = [
        pl.Series(name, [_text(s.attributes.get(name)) for s in project.sources], pl.String)
        for name in names
        if name not in SOURCES
    ]
    return frame.with_columns(attributes)


def _text(value: Value | None) -> str | None:
    return None if value is None else str(value)


def _codes(project: Project) -> pl.DataFrame:
    below: dict[str | None, list[int]] = {}
    known = {code.guid for code in project.codes}
    for place, code in enumerate(project.codes):
        below.setdefault(code.parent if code.parent in known else None, []).append(place)
    rows: list[tuple[object, ...]] = []
    waiting = [(place, 0) for place in reversed(below.get(None, []))]
    while waiting:
        place, depth = waiting.pop()
        code = project.codes[place]
        parent = code.parent if depth else None
        rows.append(
            (code.guid, code.name, parent, len(rows), depth, code.codable, code.concept or None)
        )
        waiting += [(child, depth + 1) for child in reversed(below.get(code.guid, []))]
    return pl.DataFrame(rows, schema=CODES, orient="row")


def _codings(project: Project) -> pl.DataFrame:
    rows = [(c.guid, c.source, c.start, c.end, c.code, c.coder or None) for c in project.codings]
    return pl.DataFrame(rows, schema=CODINGS, orient="row")
