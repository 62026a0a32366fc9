"""Presentation: how results look, as figures, tables and documents in every language.

``figure`` and ``table`` give one numbered drawing or table of a study; ``build_report`` writes the
whole report, and ``headline_findings`` the sentences that it opens with. ``matrix_figure`` and
``matrix_table`` show what coded texts say.
"""

from __future__ import annotations

from samspill.presentation.figures import Figure, figure, figure_numbers, placement_figure
from samspill.presentation.figures.codes import matrix_figure
from samspill.presentation.figures.coverage import coverage_figure, coverage_table
from samspill.presentation.report import build_report, headline_findings
from samspill.presentation.tables import Column, Table, table, table_numbers
from samspill.presentation.tables.cases import selected_table
from samspill.presentation.tables.codes import matrix_table
from samspill.presentation.tables.joint import joint_table

__all__ = [
    "Column",
    "Figure",
    "Table",
    "build_report",
    "coverage_figure",
    "coverage_table",
    "figure",
    "figure_numbers",
    "headline_findings",
    "joint_table",
    "matrix_figure",
    "matrix_table",
    "placement_figure",
    "selected_table",
    "table",
    "table_numbers",
]
