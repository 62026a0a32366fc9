"""A register as a folder of open files: one CSV a table, ``datapackage.json`` and a README."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from samspill.errors import InvalidInput, Message, Problem, SamspillError
from samspill.folders import copy_into, written_whole
from samspill.register.cells import file_names, headings, lines_of, rows_of
from samspill.register.checks import check_register
from samspill.register.model import Register, Row
from samspill.register.package import descriptor, is_register, read_facts, table_paths
from samspill.register.readme import README, readme
from samspill.register.schema import TABLES
from samspill.study.delimited import read_csv, write_csv
from samspill.study.package import DESCRIPTOR, read_descriptor
from samspill.study.places import writing_to
from samspill.study.seal import write_descriptor
from samspill.vocabulary import Vocabulary

LARGEST = 200 * 1024 * 1024
"""Bytes of one file of a register; a larger one is not read."""


def read_register(folder: Path | str, vocabulary: Vocabulary | None = None) -> Register:
    """The register in a folder.

    Raises:
        InvalidInput: with every fault and its place.
    """
    folder = Path(folder)
    register, problems = _read(folder, vocabulary)
    if problems or register is None:
        name = folder.resolve().name or str(folder)
        raise InvalidInput(Message("The register in “{name}”", name=name), problems)
    return register


def validate_register(folder: Path | str, vocabulary: Vocabulary | None = None) -> list[Problem]:
    """Everything that is wrong with the register in a folder; empty where it is sound."""
    return _read(Path(folder), vocabulary)[1]


def write_register(
    register: Register,
    folder: Path | str,
    *,
    overwrite: bool = False,
    vocabulary: Vocabulary | None = None,
) -> Path:
    """Write a register: its tables, ``datapackage.json`` and a README. Gives the folder.

    Everything is written beside the folder first and put in its place in one step, so that a
    fault leaves what was there. With ``overwrite`` an existing register is replaced; files in its
    folder that are not the register's stay.

    Raises:
        InvalidInput: the register is not sound; all faults are listed, nothing is written.
        SamspillError: the folder exists and may not be replaced, or cannot be written.
    """
    problems = check_register(register, vocabulary=vocabulary)
    if problems:
        raise InvalidInput("The register", problems)
    target = Path(folder).expanduser().resolve()
    with writing_to(target):
        _refuse_target(target, overwrite)
        with written_whole(target) as draft:
            _write(register, draft)
            copy_into(_foreign_files(target), draft)
    return target


def _read(folder: Path, vocabulary: Vocabulary | None) -> tuple[Register | None, list[Problem]]:
    content, problems = read_descriptor(folder)
    if problems:
        return None, problems
    (code, name, invented), problems = read_facts(content)
    paths, faults = table_paths(content, folder)
    problems.extend(faults)
    tables: dict[str, list[Row]] = {}
    for table, path in paths.items():
        tables[table], faults = _read_table(folder / path, table, path)
        problems.extend(faults)
    if problems:
        return None, problems
    register = Register.of(code, name, tables, invented=invented)
    return register, check_register(register, files=file_names(paths), vocabulary=vocabulary)


def _read_table(path: Path, table: str, file: str) -> tuple[list[Row], list[Problem]]:
    if path.is_file() and path.stat().st_size > LARGEST:
        message = Message("The file is larger than {limit} MB.", limit=LARGEST // 1024**2)
        return [], [Problem(file, None, None, message, "Check that it is the right file.")]
    frame, problems = read_csv(path, file)
    if frame is None:
        return [], problems
    return rows_of(table, frame.columns, frame.iter_rows(), file)


def _write(register: Register, folder: Path) -> None:
    for table, rows in register.tables.items():
        names, lines = headings(table), lines_of(table, rows)
        schema = dict.fromkeys(names, pl.String())
        write_csv(pl.DataFrame(lines, schema=schema, orient="row"), folder / f"{table}.csv")
    write_descriptor(folder, descriptor(register))
    (folder / README).write_bytes(readme(register).encode("utf-8"))


def _refuse_target(target: Path, overwrite: bool) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise SamspillError(
            Message("“{name}” is a file.", name=target.name), "Name a folder for the register."
        )
    if not any(target.iterdir()):
        return
    if not overwrite:
        raise SamspillError(
            Message("The folder “{name}” exists and is not empty.", name=target.name),
            "Choose another, or allow overwriting (overwrite).",
        )
    if not is_register(read_descriptor(target)[0]):
        raise SamspillError(
            Message("The folder “{name}” holds something other than a register.", name=target.name),
            "Choose another folder; only a register is overwritten.",
        )


def _foreign_files(target: Path) -> list[Path]:
    own = {DESCRIPTOR, README, *(f"{table}.csv" for table in TABLES)}
    return [path for path in target.iterdir() if path.name not in own] if target.exists() else []
