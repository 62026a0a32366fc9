"""Write a register to files of a standard, whole or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from samspill.errors import Message, SamspillError
from samspill.register.cells import headings
from samspill.register.interchange.audience import for_audience
from samspill.register.interchange.calendar import calendar
from samspill.register.interchange.catalogue import GIVING, HSDS, File, Publication, catalogue
from samspill.register.interchange.flat import flattened
from samspill.register.interchange.grants import grants
from samspill.register.interchange.hsds import hsds
from samspill.register.interchange.tables import shown_columns, write_tables
from samspill.register.model import Register
from samspill.register.readme import README, readme
from samspill.register.schema import TABLES
from samspill.register.spreadsheet import write_workbook
from samspill.study.places import writing_to


@dataclass(frozen=True, slots=True)
class Wishes:
    """How an export is made: the language of its texts, whether it is for the municipality itself
    (``internal``), when it is written, the address that it is published at, and the municipality's
    organisation number and e-mail address (empty where they are not told)."""

    language: str
    now: datetime
    internal: bool = False
    address: str = ""
    number: str = ""
    email: str = ""


def export(register: Register, to: str, folder: Path | str, wishes: Wishes) -> list[Path]:
    """Write the files of one of ``FORMATS`` into ``folder``, which is made. Gives the files.

    A file of the same name is replaced; all are written before the first is.

    Raises:
        SamspillError: there is no such format, the address is missing, or the folder cannot be
            written.
    """
    if to not in FORMATS:
        raise SamspillError(
            Message("There is no format “{name}”.", name=to),
            Message("Use one of: {names}.", names=", ".join(FORMATS)),
        )
    folder = Path(folder)
    with writing_to(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".export-", dir=folder) as draft:
            FORMATS[to](register, Path(draft), wishes)
            written = sorted(Path(draft).iterdir())
            for path in written:
                shutil.move(path, folder / path.name)
    return [folder / path.name for path in written]


def _hsds(register: Register, folder: Path, wishes: Wishes) -> None:
    day = wishes.now.date()
    content = hsds(register, wishes.language, day=day, internal=wishes.internal)
    for name, objects in content.items():
        _write_json(folder / f"{name}.json", objects)


def _grants(register: Register, folder: Path, wishes: Wishes) -> None:
    import csv

    import xlsxwriter

    found = grants(register, wishes.language, funder_number=wishes.number, internal=wishes.internal)
    _write_json(folder / "grants-360giving.json", found.package)
    table = flattened(found.package["grants"])
    with (folder / "grants-360giving.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(table)
    with xlsxwriter.Workbook(folder / "grants-360giving.xlsx") as book:
        sheet = book.add_worksheet("grants")
        for number, row in enumerate(table):
            for position, cell in enumerate(row):
                if isinstance(cell, int | float):
                    sheet.write_number(number, position, cell)
                elif cell is not None:
                    sheet.write_string(number, position, str(cell))


def _ics(register: Register, folder: Path, wishes: Wishes) -> None:
    content = calendar(register, wishes.language, stamp=wishes.now, internal=wishes.internal)
    (folder / "calendar.ics").write_bytes(content)


def _csv(register: Register, folder: Path, wishes: Wishes) -> None:
    seen, columns = _shown(register, wishes)
    write_tables(seen, folder, columns)
    text = readme(seen, columns, internal=wishes.internal)
    (folder / README).write_text(text, encoding="utf-8")


def _xlsx(register: Register, folder: Path, wishes: Wishes) -> None:
    seen, columns = _shown(register, wishes)
    write_workbook(seen, folder / "register.xlsx", wishes.language, columns)


def _shown(register: Register, wishes: Wishes) -> tuple[Register, dict[str, list[str]]]:
    seen = for_audience(register, internal=wishes.internal)
    if wishes.internal:
        return seen, {table: headings(table) for table in TABLES}
    return seen, shown_columns(seen)


def _dcat(register: Register, folder: Path, wishes: Wishes) -> None:
    if not wishes.address.startswith(("https://", "http://")):
        raise SamspillError(
            "A catalogue of open data says where they are, and no address is given.",
            "Give the address of the folder where the files are published (address).",
        )
    publication = Publication(wishes.address, wishes.number, wishes.email, wishes.now.date())
    graph = catalogue(register, published_files(register), publication)
    for name, how in (("catalogue.ttl", "turtle"), ("catalogue.jsonld", "json-ld")):
        graph.serialize(folder / name, format=how, encoding="utf-8")


def published_files(register: Register) -> list[File]:
    """The files that the other formats write of what anyone may see."""
    columns = shown_columns(for_audience(register, internal=False))
    files = [File(f"{table}.csv", table, "text/csv", "CSV") for table in columns]
    more = (
        File("organizations.json", "organisations", "application/json", "JSON", HSDS),
        File("services.json", "organisations", "application/json", "JSON", HSDS),
        File("grants-360giving.json", "grants", "application/json", "JSON", GIVING),
        File("grants-360giving.csv", "grants", "text/csv", "CSV", GIVING),
        File("calendar.ics", "meetings", "text/calendar"),
    )
    return files + [file for file in more if file.table in columns]


def _write_json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def now() -> datetime:
    """The time, in UTC and whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


FORMATS: Mapping[str, Callable[[Register, Path, Wishes], None]] = {
    "hsds": _hsds,
    "360giving": _grants,
    "ics": _ics,
    "dcat": _dcat,
    "xlsx": _xlsx,
    "csv": _csv,
}
"""What a register can be written as."""
