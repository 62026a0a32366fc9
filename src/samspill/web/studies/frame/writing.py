"""The units of a study as a table on a day, as CSV or XLSX that can be imported again."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

from samspill.web.studies.frame.reading import FORMULA_SIGNS
from samspill.web.studies.listing import UnitRow
from samspill.web.studies.models import Attribute

FIRST = ("identifier", "code", "name", "valid_from")
LAST = ("ceased_on",)


def heading(attributes: Iterable[Attribute]) -> list[str]:
    """The columns, named as import knows them in every language."""
    return [*FIRST, *(attribute.identifier for attribute in attributes)]


def table(rows: Iterable[UnitRow], attributes: Sequence[Attribute]) -> list[list[str]]:
    """The heading and a row for each unit."""
    found = [[*heading(attributes), *LAST]]
    for row in rows:
        found.append(
            [
                row.unit.identifier,
                row.code,
                row.name,
                _day(row.valid_from),
                *(row.values.get(attribute.pk, "") for attribute in attributes),
                _day(row.unit.ceased_on),
            ]
        )
    return found


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a byte order mark, which spreadsheet programs need; nothing reads as a formula."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
    return written.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Iterable[Sequence[str]]) -> bytes:
    """Every cell as text, so that codes keep their zeros and nothing is a formula."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        text = book.add_format({"num_format": "@"})
        bold = book.add_format({"bold": True, "num_format": "@"})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 200, 16, text)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell, text if number else bold)
    return written.getvalue()


def _harmless(cell: str) -> str:
    if cell.startswith(FORMULA_SIGNS) and not _is_number(cell):
        return f"'{cell}"
    return cell


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _day(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""
