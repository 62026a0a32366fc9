"""Write a register as a workbook: a sheet a table, choices as lists, dates as dates."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from samspill.language import translator
from samspill.register.labels import column_label, table_description, table_label
from samspill.register.model import Register, Row
from samspill.register.schema import LISTS, TABLES, Column, Kind
from samspill.register.spreadsheet.about import write_about
from samspill.register.values import Value
from samspill.register.wording import in_words, words
from samspill.study.places import writing_to

FIRST_ROW = 2
"""Rows above the data: the headings, and below them the technical names."""

_SPARE_ROWS = 2_000
_FIRST_DATE = date(1900, 3, 1)
"""A workbook counts days from 1900 and takes that year for a leap year (ECMA-376, 18.17.4.1)."""

_FORMATS = {
    Kind.DATE: "yyyy-mm-dd",
    Kind.TIME: "hh:mm",
    Kind.INTEGER: "0",
    Kind.AMOUNT: "#,##0",
    Kind.NUMBER: "General",
}


def write_workbook(
    register: Register,
    path: Path | str,
    language: str,
    columns: Mapping[str, Sequence[str]] | None = None,
) -> Path:
    """Write a register to ``path``, whole or not at all.

    ``columns`` names the columns of each table that are written; a table that it leaves out is
    not. All of all tables are written where it is left out.
    """
    import xlsxwriter

    target = Path(path)
    with writing_to(target):
        handle, draft = tempfile.mkstemp(suffix=".xlsx", dir=target.parent)
        os.close(handle)
        try:
            with xlsxwriter.Workbook(draft) as book:
                write_about(book, register, language)
                _Tables(book, register, language).write(columns or _all_columns())
            Path(draft).replace(target)
        finally:
            Path(draft).unlink(missing_ok=True)
    return target


def _all_columns() -> dict[str, list[str]]:
    return {table.name: [column.name for column in table.columns] for table in TABLES.values()}


class _Tables:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Any, register: Register, language: str) -> None:
        self._book, self._register, self._language = book, register, language
        self._bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._grey = book.add_format({"italic": True, "font_color": "#595959"})
        self._formats = {
            kind: book.add_format(
                {"num_format": _FORMATS.get(kind, "@"), "text_wrap": kind is Kind.LONG_TEXT}
            )
            for kind in Kind
        }
        self._lists: dict[tuple[str, ...], str] = {}

    def write(self, columns: Mapping[str, Sequence[str]]) -> None:
        for table, names in columns.items():
            self._sheet(table, [TABLES[table].column(name) for name in names], columns)
        self._write_lists()

    def _sheet(
        self, table: str, columns: Sequence[Column], written: Mapping[str, Sequence[str]]
    ) -> None:
        sheet = self._book.add_worksheet(table_label(table, self._language))
        rows = self._register.rows(table)
        sheet.freeze_panes(FIRST_ROW, 1)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        if self._register.invented:
            sheet.set_header("&C" + translator(self._language)("Invented data"))
        last = FIRST_ROW + len(rows) + _SPARE_ROWS
        for position, column in enumerate(columns):
            label = column_label(table, column.name, self._language)
            width = 40 if column.kind is Kind.LONG_TEXT else max(14, min(30, len(label) + 2))
            sheet.set_column(position, position, width, self._formats[column.kind])
            sheet.write_string(0, position, label, self._bold)
            sheet.write_string(1, position, column.name, self._grey)
            source = self._source(column, written)
            if source:
                rule = {"validate": "list", "source": source, "error_type": "warning"}
                sheet.data_validation(FIRST_ROW, position, last, position, rule)
        sheet.write_comment(0, 0, table_description(table, self._language))
        for number, row in enumerate(rows, start=FIRST_ROW):
            self._row(sheet, number, row, columns)

    def _row(self, sheet: Any, number: int, row: Row, columns: Sequence[Column]) -> None:
        for position, column in enumerate(columns):
            value, how = row[column.name], self._formats[column.kind]
            if isinstance(value, bool) or not _is_number(value):
                text = in_words(column, value, self._language)
                if text:
                    sheet.write_string(number, position, text, how)
            elif isinstance(value, int | float):
                sheet.write_number(number, position, value, how)
            else:
                sheet.write_datetime(number, position, value, how)

    def _source(self, column: Column, written: Mapping[str, Sequence[str]]) -> str | None:
        """The cells that the choices of a column stand in."""
        if column.kind is Kind.REFERENCE and column.of in written:
            last = FIRST_ROW + len(self._register.rows(column.of)) + _SPARE_ROWS
            return f"='{table_label(column.of, self._language)}'!$A${FIRST_ROW + 1}:$A${last}"
        if column.kind is Kind.BOOLEAN:
            told = tuple(in_words(column, value, self._language) for value in (True, False))
        else:
            told = () if column.kind in LISTS else tuple(words(column, self._language).values())
        if not told:
            return None
        if told not in self._lists:
            letter = _letters(len(self._lists))
            self._lists[told] = f"='_lists'!${letter}$1:${letter}${len(told)}"
        return self._lists[told]

    def _write_lists(self) -> None:
        sheet = self._book.add_worksheet("_lists")
        for position, told in enumerate(self._lists):
            for row, word in enumerate(told):
                sheet.write_string(row, position, word)
        sheet.hide()


def _is_number(value: Value) -> bool:
    """Whether a cell of a workbook holds the value as a number, a date or a time, unharmed."""
    if isinstance(value, datetime | date):
        return value >= _FIRST_DATE
    if isinstance(value, float):
        return float(f"{value:.16G}") == value
    return isinstance(value, int | time)


def _letters(position: int) -> str:
    first, last = divmod(position, 26)
    return (chr(64 + first) if first else "") + chr(65 + last)
