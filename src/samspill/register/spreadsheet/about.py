"""The first sheet of a workbook: whose register it is, and whether it is invented."""

from __future__ import annotations

from typing import Any

from samspill.language import languages, translator
from samspill.register.model import Register
from samspill.register.spreadsheet.sheets import Lines

FACTS = ("municipality_code", "name", "invented")
_TITLE = "About the register"


def title(language: str) -> str:
    """What the sheet is called."""
    return translator(language)(_TITLE)


def is_about(sheet: str) -> bool:
    """Whether a sheet of this name says whose register it is, in any language."""
    return sheet.strip().casefold() in {title(code).casefold() for code in languages()}


def write_about(book: Any, register: Register, language: str) -> None:
    """Add the sheet to an ``xlsxwriter`` workbook."""
    t = translator(language)
    sheet = book.add_worksheet(title(language))
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    text = book.add_format({"num_format": "@"})
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 2, 22)
    labels = (t("Municipality number"), t("Name of the municipality"), t("Invented data"))
    values = (
        register.municipality_code,
        register.name,
        "true" if register.invented else "false",
    )
    for row, (label, value, fact) in enumerate(zip(labels, values, FACTS, strict=True)):
        sheet.write_string(row, 0, label, bold)
        sheet.write_string(row, 1, value, text)
        sheet.write_string(row, 2, fact)
    notes = [
        t("Each sheet is a table. The row below the headings has the technical names; keep it."),
        t("Several things in one cell have a semicolon between them."),
    ]
    if register.invented:
        notes.insert(0, t("Invented data: no organisation, person or number here is real."))
    for row, note in enumerate(notes, start=len(FACTS) + 1):
        sheet.merge_range(row, 0, row, 2, "", wrapped)
        sheet.write_string(row, 0, note, wrapped)


def read_about(lines: Lines) -> dict[str, str]:
    """The facts that the sheet holds, by technical name."""
    return {
        line[2].strip(): line[1].strip()
        for line in lines
        if len(line) > 2 and line[2].strip() in FACTS
    }
