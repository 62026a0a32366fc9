"""A study in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import polars as pl

from samspill.study.schema import TABLES


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """A study: its identity and its tables, as described in ``docs/study-format.md``.

    ``title`` maps a language to the study's name; ``population_size`` is the number of units in
    the frame; ``response_attribute`` names the attribute of ``units`` that says who answered
    (empty where there is none). Frames have the columns of the files. In them

    - ``answers.value`` and everything in ``printed`` is text, byte for byte;
    - an attribute of ``units`` is text, or a number where ``variables.type`` is ``number``
      (Float64) or ``count`` (Int64); an unknown attribute is null;
    - any other empty text cell is ``""`` (``answers.field`` of a question about the whole unit),
      an empty number is null;
    - ``per_field`` and ``missing`` are Boolean, ``order`` and ``chapter`` Int64.
    """

    identifier: str
    title: Mapping[str, str]
    population_size: int
    year: int
    response_attribute: str
    units: pl.DataFrame
    answers: pl.DataFrame
    variables: pl.DataFrame
    categories: pl.DataFrame
    indicators: pl.DataFrame
    printed: pl.DataFrame
    provenance: pl.DataFrame
    cases: pl.DataFrame | None = None
    triangulation: pl.DataFrame | None = None

    @property
    def tables(self) -> dict[str, pl.DataFrame]:
        """The frames that the study has, by resource name, in the order of the package."""
        found = {name: getattr(self, name) for name in TABLES}
        return {name: frame for name, frame in found.items() if frame is not None}

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the variables are labelled in, in the order of the columns."""
        prefix = "label_"
        names = self.variables.columns
        return tuple(name.removeprefix(prefix) for name in names if name.startswith(prefix))

    @property
    def is_invented(self) -> bool:
        """Whether anything in the study is invented and must be shown as such."""
        return bool((self.provenance["provenance"] == "invented").any())

    def with_tables(self, **frames: pl.DataFrame | None) -> Study:
        """The same study with some of its tables replaced."""
        return replace(self, **frames)  # type: ignore[arg-type]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Study):
            return NotImplemented
        facts = [f.name for f in fields(self) if f.name not in TABLES]
        if any(getattr(self, name) != getattr(other, name) for name in facts):
            return False
        mine, theirs = self.tables, other.tables
        return mine.keys() == theirs.keys() and all(
            frame.schema == theirs[name].schema and frame.equals(theirs[name])
            for name, frame in mine.items()
        )

    __hash__ = None  # type: ignore[assignment]
