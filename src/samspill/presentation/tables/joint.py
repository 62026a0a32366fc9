"""The joint display as a table: what every source says, and how they stand together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from samspill.language import translator
from samspill.presentation.tables.model import Column, Table
from samspill.triangulation.themes import COLUMNS, INTERVIEWS, MUNICIPALITY, ORGANISATION
from samspill.triangulation.words import Words

if TYPE_CHECKING:
    from samspill.triangulation import JointDisplay, Row

NUMBER = "sources"


def joint_table(display: JointDisplay, language: str, rows: Sequence[Row] | None = None) -> Table:
    """A row for each theme and field, the open contradictions first."""
    t, words = translator(language), Words(language)
    shown = display.rows if rows is None else rows
    columns = (
        Column("theme", t("Theme")),
        Column("field", t("Field")),
        *(Column(name, words.column(name)) for name in COLUMNS),
        Column("assessment", t("How they stand")),
        Column("standing", t("Contradiction")),
        Column("margin", t("Answers it hangs on"), "integer"),
    )
    written = [_row(row, words) for row in shown]
    schema = {c.name: pl.Int64 if c.name == "margin" else pl.String for c in columns}
    return Table(
        number=NUMBER,
        title=t("Do the sources say the same?"),
        note=t(
            "What is said follows from counts by rules: an ordering where intervals of the "
            "differences exclude zero, presence where all agree or the interval of the share lies "
            "on one side of a half. Answers it hangs on: how many would have to be otherwise."
        ),
        columns=columns,
        frame=pl.DataFrame(written, schema=schema, orient="row"),
        language=language,
        provenance=_weakest(display),
    )


def _weakest(display: JointDisplay) -> str:
    known = set(display.frame["provenance"])
    return next((p for p in ("invented", "consistent with what is printed") if p in known), "")


def _row(row: Row, words: Words) -> tuple[object, ...]:
    said = {p.column: words.says(row.theme, p) for p in row.positions}
    if INTERVIEWS in said:
        both = f"{words.column(INTERVIEWS)}. {said[INTERVIEWS]}"
        said |= {MUNICIPALITY: both, ORGANISATION: both}
    return (
        row.theme.label(words.language),
        words.field(row.field),
        *(said.get(name, "") for name in COLUMNS),
        words.assessment(row.holds),
        words.standing(row.standing),
        row.margin,
    )
