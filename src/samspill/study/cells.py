"""Between the text of the files and the types of the frames, and what a cell may hold."""

from __future__ import annotations

import math
from collections.abc import Mapping

import polars as pl

from samspill.errors import Message, Problem
from samspill.study.schema import BOOLEAN, INTEGER, NUMBER, TEXT, Table, cell_type

INTEGER_PATTERN = r"^-?[0-9]{1,18}$"
NUMBER_PATTERN = r"^-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?$"
_PATTERNS = {INTEGER: INTEGER_PATTERN, NUMBER: NUMBER_PATTERN}
_DTYPES = {INTEGER: pl.Int64(), NUMBER: pl.Float64(), BOOLEAN: pl.Boolean(), TEXT: pl.String()}
_TOLD = {
    INTEGER: ("a whole number", "Write it in digits alone."),
    NUMBER: ("a number", "Write it in digits, with a point before the decimals."),
}


def check_columns(table: Table, columns: list[str], file: str) -> list[Problem]:
    """Columns that are missing from a table or not known in it."""
    problems = [
        Problem(file, None, column.name, "The column is missing.", "Add it to the heading.")
        for column in table.columns
        if column.name not in columns
    ]
    for texts in table.texts:
        if texts.required and not any(c.startswith(f"{texts.prefix}_") for c in columns):
            name = f"{texts.prefix}_<language>"
            example = Message("Add for example {prefix}_nb.", prefix=texts.prefix)
            problems.append(Problem(file, None, name, "There is no such column.", example))
    for name in columns:
        if table.column(name) is None:
            step = "Take it away, or correct its name."
            problems.append(Problem(file, None, name, "The column is not known.", step))
    return problems


def check_cells(
    table: Table, frame: pl.DataFrame, attributes: Mapping[str, str], file: str
) -> list[Problem]:
    """Cells that are empty but must not be, of the wrong type, or not among the choices."""
    problems = []
    for name in frame.columns:
        definition = table.column(name)
        if definition is None:
            continue
        cells = frame[name]
        if definition.filled:
            for row in rows_where(cells == ""):
                step = "Fill it, or take the row away."
                problems.append(Problem(file, row, name, "The cell is empty.", step))
        filled = cells != ""
        if definition.choices:
            step = Message("Use one of: {names}.", names=", ".join(definition.choices))
            for row in rows_where(filled & ~cells.is_in(definition.choices)):
                message = Message("“{value}” is not known.", value=cells[row - 1])
                problems.append(Problem(file, row, name, message, step))
        kind = cell_type(table, name, attributes)
        if kind in _PATTERNS:
            told, step = _TOLD[kind]
            for row in rows_where(filled & ~is_number(cells, kind)):
                message = Message(
                    "“{value}” is not {told}.", value=cells[row - 1], told=Message(told)
                )
                problems.append(Problem(file, row, name, message, step))
    return problems


def is_number(cells: pl.Series, kind: str) -> pl.Series:
    """Which cells of text are an integer or a finite number."""
    fits = cells.str.contains(_PATTERNS[kind])
    if kind == NUMBER:
        fits &= cells.cast(pl.Float64, strict=False).is_finite().fill_null(False)
    return fits


def rows_where(mask: pl.Series) -> list[int]:
    """The rows of a mask that are true, counted from 1."""
    return [int(index) + 1 for index in mask.arg_true()]


def typed(table: Table, frame: pl.DataFrame, attributes: Mapping[str, str]) -> pl.DataFrame:
    """A checked table of text with the types of a ``Study``'s frames."""
    columns = []
    for name in frame.columns:
        kind = cell_type(table, name, attributes)
        cells = frame[name]
        if kind == BOOLEAN:
            cells = cells == "true"
        elif kind in _PATTERNS or (table.open and name not in table.key):
            cells = pl.select(pl.when(cells != "").then(cells).cast(_DTYPES[kind])).to_series()
        columns.append(cells.alias(name))
    return pl.DataFrame(columns)


def as_text(frame: pl.DataFrame, file: str) -> tuple[pl.DataFrame, list[Problem]]:
    """A ``Study``'s frame as it is written: text without nulls, or what cannot be written."""
    columns, problems = [], []
    for column in frame.columns:
        cells = frame[column]
        if cells.dtype == pl.Boolean:
            text = pl.Series([{True: "true", False: "false"}.get(cell, "") for cell in cells])
        elif cells.dtype.is_float():
            for row in rows_where((cells.is_nan() | cells.is_infinite()).fill_null(False)):
                message, step = "The number is not finite.", "Leave the cell null or correct it."
                problems.append(Problem(file, row, column, message, step))
            text = pl.Series([_number(cell) for cell in cells])
        elif cells.dtype.is_integer() or cells.dtype in (pl.String, pl.Categorical, pl.Enum):
            text = cells.cast(pl.String).fill_null("")
        elif cells.dtype == pl.Null:
            text = pl.Series([""] * len(cells))
        else:
            message = Message("A column of {type} cannot be written.", type=str(cells.dtype))
            step = "Turn it into text or numbers first."
            problems.append(Problem(file, None, column, message, step))
            continue
        text = text.cast(pl.String).alias(column)
        for row in rows_where(text.str.contains("\0", literal=True)):
            problems.append(Problem(file, row, column, "There is a NUL character.", "Remove it."))
        columns.append(text)
    return pl.DataFrame(columns), problems


def _number(value: float | None) -> str:
    if value is None or not math.isfinite(value):
        return ""
    text = repr(value)
    return text.removesuffix(".0")
