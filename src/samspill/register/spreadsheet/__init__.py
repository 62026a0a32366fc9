"""A register as a workbook with a sheet a table, and single tables as CSV or XLSX.

What people read is in their language and comes back in any: headings, choices, concepts. Below the
headings stand the technical names, so that a heading may be changed without harm.
"""

from samspill.register.spreadsheet.reading import (
    is_workbook,
    read_table,
    read_tables,
    read_workbook,
    table_called,
)
from samspill.register.spreadsheet.writing import write_workbook

__all__ = [
    "is_workbook",
    "read_table",
    "read_tables",
    "read_workbook",
    "table_called",
    "write_workbook",
]
