"""Read a table of text from CSV or XLSX without running, or unpacking, what should not be.

Formulas are never evaluated: the value that the program saved beside a formula is read. Cells that
begin with an apostrophe before a sign that programs take for a formula lose it, as ``writing`` adds
it.
"""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import openpyxl  # type: ignore[import-untyped]
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]

from samspill.errors import SamspillError

LARGEST = 10_000_000
UNPACKED = 200_000_000
MOST_ROWS = 50_000
MOST_COLUMNS = 200
LONGEST = 2_000
SEPARATORS = ",;\t|"
FORMULA_SIGNS = ("=", "+", "-", "@")
_MARKED = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A heading and the rows under it; ``numbers`` are the rows' numbers in the file."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]

    def sample(self, column: str) -> list[str]:
        """The first different values of a column."""
        position = self.columns.index(column)
        return list(dict.fromkeys(row[position] for row in self.rows if row[position]))[:3]


def read_sheet(content: bytes, filename: str) -> Sheet:
    """The table in a file.

    Raises SamspillError where the file is too large, is neither CSV nor XLSX, or has no heading
    with a name of its own for each column.
    """
    if len(content) > LARGEST:
        raise SamspillError(
            _("The file is larger than 10 MB."), _("Take away columns that are not needed.")
        )
    if not content.strip():
        raise SamspillError(_("The file is empty."), _("Choose a file with a heading and rows."))
    is_workbook = content.startswith(b"PK\x03\x04")
    records = _workbook(content) if is_workbook else _delimited(content, filename)
    return _sheet(records)


def _sheet(records: Iterable[list[str]]) -> Sheet:
    kept = [
        (number, [_plain(cell) for cell in record])
        for number, record in enumerate(records, start=1)
        if any(cell.strip() for cell in record)
    ]
    if not kept:
        raise SamspillError(_("The file is empty."), _("Choose a file with a heading and rows."))
    heading = kept[0][1]
    while heading and not heading[-1]:
        heading.pop()
    _check_heading(heading)
    rows = []
    for number, cells in kept[1:]:
        if any(cells[len(heading) :]):
            raise SamspillError(
                _("Row %(row)s has more cells than the heading.") % {"row": number},
                _("Check its separators and quotation marks, or name the column."),
            )
        width = len(heading)
        rows.append(tuple((cells + [""] * width)[:width]))
    return Sheet(tuple(heading), tuple(rows), tuple(number for number, _cells in kept[1:]))


def _check_heading(heading: list[str]) -> None:
    if len(heading) > MOST_COLUMNS:
        raise SamspillError(
            _("The file has more than 200 columns."), _("Take away columns that are not needed.")
        )
    for position, name in enumerate(heading, start=1):
        if not name:
            raise SamspillError(
                _("Column %(number)s has no name.") % {"number": position},
                _("Name every column in the first row."),
            )
    twice = [name for name, times in Counter(heading).items() if times > 1]
    if twice:
        raise SamspillError(
            _("The column “%(name)s” stands more than once.") % {"name": twice[0]},
            _("Give each column a name of its own."),
        )


def _plain(cell: str) -> str:
    text = cell.strip()
    if text.startswith("'") and text[1:].startswith(FORMULA_SIGNS):
        return text[1:]
    return text


def _delimited(content: bytes, filename: str) -> list[list[str]]:
    text = _decoded(content, filename)
    heading = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return _few_enough(list(record) for record in reader)
    except csv.Error as error:
        raise SamspillError(
            _("Row %(row)s cannot be read.") % {"row": reader.line_num},
            _("Check its quotation marks."),
        ) from error


def _decoded(content: bytes, filename: str) -> str:
    for mark, encoding in _MARKED.items():
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                break
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise SamspillError(
            _("“%(name)s” is neither CSV nor XLSX.") % {"name": filename},
            _("Save it in one of these formats, and choose it again."),
        )
    return text


def _few_enough(records: Iterable[list[str]]) -> list[list[str]]:
    found: list[list[str]] = []
    for record in records:
        if len(found) > MOST_ROWS:
            raise SamspillError(
                _("The file has more than 50 000 rows."), _("Divide it into several files.")
            )
        found.append(record)
    return found


def _workbook(content: bytes) -> list[list[str]]:
    try:
        _refuse_bombs(content)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        try:
            sheet = book.worksheets[0]
            rows = sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True)
            return _few_enough([_cell(value) for value in row] for row in rows)
        finally:
            book.close()
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        IndexError,
        AttributeError,
        TypeError,
        SyntaxError,
        OSError,
    ) as error:
        raise SamspillError(
            _("The workbook cannot be read."),
            _("Open it in a spreadsheet program, save it as XLSX or CSV, and choose it again."),
        ) from error


def _refuse_bombs(content: bytes) -> None:
    """A workbook is packed text; what unpacks to very much, or declares entities, is refused."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = packed.infolist()
        if sum(part.file_size for part in parts) > UNPACKED or len(parts) > 5_000:
            raise ValueError("too large")
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with packed.open(part) as opened:
                    if b"<!" in opened.read(2_000).replace(b"<!--", b""):
                        raise ValueError("document type")


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case float() if value.is_integer():
            return str(int(value))
        case datetime.datetime():
            return value.date().isoformat()
        case datetime.date():
            return value.isoformat()
        case _:
            return str(value)
