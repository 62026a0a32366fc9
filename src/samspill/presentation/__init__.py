"""Presentation: how results look, as figures, tables and documents in every language.

``figure`` and ``table`` give one numbered drawing or table of a study; ``build_report`` writes the
whole report, and ``headline_findings`` the sentences that it opens with.
"""

from __future__ import annotations

from samspill.presentation.figures import Figure, figure, figure_numbers, placement_figure
from samspill.presentation.report import build_report, headline_findings
from samspill.presentation.tables import Table, table, table_numbers

__all__ = [
    "Figure",
    "Table",
    "build_report",
    "figure",
    "figure_numbers",
    "headline_findings",
    "placement_figure",
    "table",
    "table_numbers",
]
