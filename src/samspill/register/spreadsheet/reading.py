"""Read a register from a workbook, or one table from a sheet or a CSV file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from samspill.errors import InvalidInput, Message, Problem
from samspill.language import languages
from samspill.register.cells import rows_of
from samspill.register.checks import check_facts, check_register
from samspill.register.labels import column_label, table_label
from samspill.register.model import Register, Row
from samspill.register.schema import TABLES, Column
from samspill.register.spreadsheet.about import is_about, read_about
from samspill.register.spreadsheet.sheets import Lines, read_csv, read_sheets
from samspill.register.values import Value
from samspill.register.wording import in_identifiers
from samspill.vocabulary import Vocabulary


def read_workbook(path: Path | str, vocabulary: Vocabulary | None = None) -> Register:
    """The register in a workbook, whatever language its headings are in.

    A sheet of another name is left alone.

    Raises:
        InvalidInput: with every fault and its place.
    """
    path = Path(path)
    sheets = read_sheets(path)
    facts: dict[str, str] = {}
    for sheet, lines in sheets.items():
        if is_about(sheet):
            facts.update(read_about(lines))
    code, name = facts.get("municipality_code", ""), facts.get("name", "")
    problems = check_facts(code, name, file=path.name)
    if facts.get("invented") not in {"true", "false"}:
        message = "The workbook does not say whether its data are invented."
        step = "Write true or false on the sheet about the register."
        problems.append(Problem(path.name, None, "invented", message, step))
    tables: dict[str, list[Row]] = {}
    files: dict[str, str] = {}
    for sheet, lines in sheets.items():
        table = table_called(sheet)
        if table:
            files[table] = Message("{file}, sheet {sheet}", file=path.name, sheet=sheet)
            tables[table], faults = _rows(table, lines, files[table], {}, partial=False)
            problems.extend(faults)
    register = Register.of(code, name, tables, invented=facts.get("invented") == "true")
    problems = problems or check_register(register, files=files, vocabulary=vocabulary)
    if problems:
        raise InvalidInput(Message("The file “{name}”", name=path.name), problems)
    return register


def read_tables(
    path: Path | str,
) -> tuple[dict[str, list[Row]], dict[str, Message], dict[str, str]]:
    """The tables that a workbook has sheets for, each with the columns that its sheet has.

    Gives rows by table, what the sheet of each table is called, and what the sheet about the
    register says (``municipality_code``, ``name``, ``invented``), where there is one.

    Raises:
        InvalidInput: with every fault and its place.
    """
    path = Path(path)
    tables: dict[str, list[Row]] = {}
    files: dict[str, Message] = {}
    facts: dict[str, str] = {}
    problems: list[Problem] = []
    for sheet, lines in read_sheets(path).items():
        table = table_called(sheet)
        if is_about(sheet):
            facts.update(read_about(lines))
        elif table:
            files[table] = Message("{file}, sheet {sheet}", file=path.name, sheet=sheet)
            rows, faults = _rows(table, lines, files[table], {}, partial=True)
            tables[table] = rows
            problems += faults or _unnamed(files[table], rows)
    if problems:
        raise InvalidInput(Message("The file “{name}”", name=path.name), problems)
    return tables, files, facts


def is_workbook(path: Path | str) -> bool:
    """Whether a file is a workbook of a whole register: one with a sheet that says whose it is.

    Raises:
        InvalidInput: it is called a workbook and cannot be read as one.
    """
    path = Path(path)
    return path.suffix.lower() == ".xlsx" and any(is_about(name) for name in read_sheets(path))


def read_table(
    path: Path | str, table: str, headings: Mapping[str, str] | None = None
) -> list[Row]:
    """The rows of one table in a CSV file, or in the first sheet that holds it of a workbook.

    Rows have the columns that the file has, which must include ``identifier``. ``headings`` says
    which column a heading of the file's own stands for; one mapped to ``""`` is left out.

    Raises:
        InvalidInput: with every fault and its place.
    """
    path = Path(path)
    if path.suffix.lower() == ".csv":
        lines = read_csv(path)
    else:
        sheets = read_sheets(path)
        named = next((name for name in sheets if table_called(name) == table), None)
        lines = sheets[named] if named else next(iter(sheets.values()), [])
    rows, problems = _rows(table, lines, path.name, headings or {}, partial=True)
    problems = problems or _unnamed(path.name, rows)
    if problems:
        raise InvalidInput(Message("The file “{name}”", name=path.name), problems)
    return rows


def table_called(name: str) -> str | None:
    """The table of this name in any language, or of this technical name."""
    wanted = name.strip().casefold()
    for table in TABLES:
        if wanted in {table, *(table_label(table, code).casefold() for code in languages())}:
            return table
    return None


def column_called(table: str, heading: str) -> str | None:
    """The column of a table with this heading in any language, or of this technical name."""
    wanted = heading.strip().casefold()
    for column in TABLES[table].columns:
        told = {column_label(table, column.name, code).casefold() for code in languages()}
        if wanted in {column.name, *told}:
            return column.name
    return None


def _rows(
    table: str, lines: Lines, file: str, headings: Mapping[str, str], *, partial: bool
) -> tuple[list[Row], list[Problem]]:
    if not lines:
        problem = Problem(file, None, None, "The file has no heading.", "Name the columns.")
        return [], [problem]
    own = {heading.strip().casefold(): column for heading, column in headings.items()}
    heading = [cell.strip() for cell in lines[0]]
    technical = len(lines) > 1 and _is_technical(table, lines[1])
    below = lines[2:] if technical else lines[1:]
    names = [
        lines[1][position].strip()
        if technical and position < len(lines[1])
        else own.get(cell.casefold(), column_called(table, cell) or cell)
        for position, cell in enumerate(heading)
    ]
    kept = [position for position, name in enumerate(names) if name]
    problems = _twice(file, [names[position] for position in kept])
    if problems:
        return [], problems
    known = {column.name: column for column in TABLES[table].columns}
    cells = [
        [
            _in_identifiers(known, names[position], line[position]) if position < len(line) else ""
            for position in kept
        ]
        for line in below
    ]
    return rows_of(table, [names[position] for position in kept], cells, file, partial=partial)


def _unnamed(file: str, rows: Sequence[Row]) -> list[Problem]:
    problems = []
    seen: dict[Value, int] = {}
    for number, row in enumerate(rows, start=1):
        identifier = row["identifier"]
        if identifier is None:
            step = "Fill it, or take the row away."
            problems.append(Problem(file, number, "identifier", "The cell is empty.", step))
        elif seen.setdefault(identifier, number) != number:
            first = seen[identifier]
            message = Message("“{value}” stands in row {row} too.", value=identifier, row=first)
            step = "Keep one of them, or correct one."
            problems.append(Problem(file, number, "identifier", message, step))
    return problems


def _is_technical(table: str, line: Sequence[str]) -> bool:
    names = {column.name for column in TABLES[table].columns}
    filled = [cell.strip() for cell in line if cell.strip()]
    return "identifier" in filled and names.issuperset(filled)


def _in_identifiers(known: Mapping[str, Column], name: str, text: str) -> str:
    return in_identifiers(known[name], text) if name in known else text


def _twice(file: str, names: Sequence[str]) -> list[Problem]:
    return [
        Problem(
            file,
            None,
            name,
            Message("The column stands {times} times.", times=names.count(name)),
            "Keep one of them.",
        )
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]
