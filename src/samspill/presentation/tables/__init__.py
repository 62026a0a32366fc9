"""Tables: labelled columns over raw values, as HTML, CSV and XLSX.

``table(analysis, number, language)`` gives the founding report's tables and the forty comparisons
by policy with everything its readers never saw; every figure brings a ``Table`` of its own.
"""

from __future__ import annotations

from samspill.presentation.tables.model import Column, Table

__all__ = ["Column", "Table"]
