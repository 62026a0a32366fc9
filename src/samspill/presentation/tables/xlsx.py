"""Tables as workbooks: numbers stay numbers, the format of the cell shows them as per cent."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from samspill.language import translator

if TYPE_CHECKING:
    from samspill.presentation.tables.model import Column, Table

FONT = "Arial"


def write_workbook(table: Table, path: Path) -> Path:
    """Write ``table`` to ``path``; an existing file is replaced only by a whole new one."""
    import xlsxwriter

    handle, draft = tempfile.mkstemp(suffix=".xlsx", dir=path.parent)
    os.close(handle)
    try:
        with xlsxwriter.Workbook(draft, {"nan_inf_to_errors": True}) as book:
            book.set_properties({"title": table.title, "comments": table.note})
            _numbers(book, table)
            _notes(book, table)
        Path(draft).replace(path)
    finally:
        Path(draft).unlink(missing_ok=True)
    return path


def _number_format(column: Column) -> str:
    digits = "0" + ("." + "0" * column.decimals if column.decimals else "")
    return {
        "integer": "0",
        "share": f"{digits} %",
        "points": f"+{digits};−{digits};{digits}",
        "number": digits,
        "p": "0.0000",
    }.get(column.kind, "General")


def _numbers(book: Any, table: Table) -> None:
    t = translator(table.language)
    sheet = book.add_worksheet(t("Table"))
    for position, column in enumerate(table.columns):
        align = "right" if column.numeric else "left"
        head = book.add_format(
            {"bold": True, "bottom": 1, "align": align, "text_wrap": True, "font_name": FONT}
        )
        cell = book.add_format({"num_format": _number_format(column), "font_name": FONT})
        sheet.write_string(0, position, column.label, head)
        sheet.set_column(position, position, _width(table, position))
        for row, value in enumerate(table.frame[column.name], start=1):
            _write(sheet, row, position, column, value, cell)
    if table.warning:
        _warn(book, sheet, table)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, table.frame.height, len(table.columns) - 1)


def _warn(book: Any, sheet: Any, table: Table) -> None:
    """What must be said of invented numbers: in a last column of every row, and on every page."""
    red = book.add_format({"bold": True, "font_color": "#A3262A", "font_name": FONT})
    for row in range(table.frame.height + 1):
        sheet.write_string(row, len(table.columns), table.warning, red)
    sheet.set_column(len(table.columns), len(table.columns), len(table.warning))
    sheet.set_header(f"&C{table.warning}")


def _write(sheet: Any, row: int, position: int, column: Column, value: Any, cell: Any) -> None:
    if value is None:
        sheet.write_blank(row, position, None, cell)
    elif column.numeric and isinstance(value, int | float):
        sheet.write_number(row, position, 100 * value if column.kind == "points" else value, cell)
    else:
        sheet.write_string(row, position, str(value), cell)


def _width(table: Table, position: int) -> float:
    column = table.columns[position]
    longest_word = max((len(word) for word in column.label.split()), default=0)
    longest = max((len(row[position]) for row in table.rows()), default=0)
    return float(min(60, max(longest, longest_word, 6) + 3))


def _notes(book: Any, table: Table) -> None:
    t = translator(table.language)
    sheet = book.add_worksheet(t("Notes"))
    bold = book.add_format({"bold": True, "valign": "top", "font_name": FONT})
    text = book.add_format({"text_wrap": True, "valign": "top", "font_name": FONT})
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 90)
    lines = [(t("Number"), table.number), (t("Title"), table.title), (t("Note"), table.note)]
    lines += [(t("Provenance"), table.warning)] if table.warning else []
    for row, (name, value) in enumerate(lines):
        sheet.write_string(row, 0, name, bold)
        sheet.write_string(row, 1, value, text)
