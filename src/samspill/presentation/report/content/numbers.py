"""The table that most chapters have: what a row is about, then its numbers."""

from __future__ import annotations

from collections.abc import Sequence

from samspill.presentation.report.content.material import Material
from samspill.presentation.report.document import Column, Row, TableBlock


def table_of_numbers(
    m: Material,
    identifier: str,
    title: str,
    headings: Sequence[str],
    rows: tuple[Row, ...],
    *,
    note: str = "",
    basis: str = "",
) -> TableBlock:
    """The next table of the report. The first of ``headings`` is of the words that head a row, and
    its column takes the width that is left; the others are of numbers, set to the right."""
    first, *others = headings
    return TableBlock(
        id=identifier,
        label=m.table_label(),
        title=title,
        columns=(Column(first, flexible=True), *(Column(other, "right") for other in others)),
        rows=rows,
        note=note,
        basis=basis,
    )
