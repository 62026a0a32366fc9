"""Tables: labelled columns over raw values, as HTML, CSV and XLSX.

``table(analysis, number, language)`` gives the founding report's tables and the comparisons by
policy with everything its readers never saw; every figure brings a ``Table`` of its own.
"""

from __future__ import annotations

from samspill.errors import SamspillError
from samspill.presentation.tables.appendix import appendix_table, comparisons_table
from samspill.presentation.tables.cases import cases_table, interviews_table
from samspill.presentation.tables.model import Column, Table
from samspill.presentation.tables.source import Analysis, LacksAnswers

__all__ = ["Column", "Table", "table", "table_numbers"]

_TABLES = {
    "1.1": cases_table,
    "1.2": interviews_table,
    "A1.1": appendix_table,
    "policy_effects": comparisons_table,
}


def table_numbers(analysis: Analysis | None = None) -> tuple[str, ...]:
    """The numbers of all tables in the report's order, or of those that a study can fill."""
    return tuple(n for n in _TABLES if analysis is None or _fills(analysis, n))


def _fills(analysis: Analysis, number: str) -> bool:
    try:
        table(analysis, number, "en")
    except LacksAnswers:
        return False
    return True


def table(analysis: Analysis, number: str, language: str) -> Table:
    """The table of this number in this language.

    Raises SamspillError for an unknown number or language, or where the study lacks the answers.
    """
    if number not in _TABLES:
        raise SamspillError(
            f"There is no table '{number}'.", f"Choose one of: {', '.join(_TABLES)}."
        )
    return _TABLES[number](analysis, number, language)
