"""Figures and tables of the founding report, drawn once and shared by every format."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from samspill.presentation.report.document import Column, FigureBlock, Row, TableBlock
from samspill.presentation.tables.source import LacksAnswers

if TYPE_CHECKING:
    from samspill.analysis import StudyAnalysis
    from samspill.presentation.figures import Figure
    from samspill.presentation.tables import Table

Draw = Callable[["StudyAnalysis", str, str], "Figure"]
Tabulate = Callable[["StudyAnalysis", str, str], "Table"]


class Drawings:
    """Gives figures and tables by number, as blocks; None for one that the study cannot fill.

    ``notice`` is told the number of each drawing before it is made.
    """

    def __init__(
        self,
        analysis: StudyAnalysis,
        language: str,
        words: Callable[..., str],
        notice: Callable[[str], None],
        *,
        draw: Draw | None = None,
        tabulate: Tabulate | None = None,
    ) -> None:
        self._analysis = analysis
        self._language = language
        self._words = words
        self.notice = notice
        self._draw = draw
        self._tabulate = tabulate

    def figure(self, number: str, label: str = "") -> FigureBlock | None:
        from samspill.presentation.figures import figure

        self.notice(number)
        try:
            drawn = (self._draw or figure)(self._analysis, number, self._language)
        except LacksAnswers:
            return None
        return self.block(drawn, label or self._words("Figure {number}", number=number))

    def block(self, drawn: Figure, label: str, *, with_data: bool = True) -> FigureBlock:
        """A drawn figure as a block; ``with_data`` puts its own table beneath it."""
        identifier = f"figure-{drawn.number.replace('.', '-').replace('_', '-')}"
        return FigureBlock(
            id=identifier,
            label=label,
            title=drawn.title,
            alt=drawn.alt,
            svg=drawn.to_svg(),
            note=" ".join(line for line in (drawn.subtitle, drawn.note) if line),
            data=self._block(drawn.table, f"{identifier}-table")
            if with_data and drawn.table
            else None,
        )

    def table(self, number: str) -> TableBlock | None:
        from samspill.presentation.tables import table

        self.notice(number)
        try:
            found = (self._tabulate or table)(self._analysis, number, self._language)
        except LacksAnswers:
            return None
        return self._block(found, f"table-{number.replace('.', '-')}")

    def _block(self, table: Table, identifier: str) -> TableBlock:
        shown = [i for i, column in enumerate(table.columns) if column.name != table.group]
        columns = tuple(
            Column(
                table.columns[i].label,
                "right" if table.columns[i].numeric else "left",
                flexible=i == shown[0],
            )
            for i in shown
        )
        return TableBlock(
            id=identifier,
            label=self._words("Table {number}", number=table.number),
            title=table.title,
            columns=columns,
            rows=tuple(
                Row(tuple(row[i] for i in shown), group=name)
                for name, rows in table.grouped()
                for row in rows
            ),
            note=table.note,
        )
