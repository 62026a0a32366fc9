"""The register as files for the municipality itself."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Collection
from pathlib import Path

from django.utils import timezone

from samspill.register import Register, write_register
from samspill.register.cells import headings
from samspill.register.interchange.tables import write_tables
from samspill.register.spreadsheet import write_workbook
from samspill.web.municipality.content import register_of, rows_of
from samspill.web.municipality.models import Municipality

FORMS = ("csv", "xlsx")


def folder(municipality: Municipality) -> bytes:
    """The whole register as a zip archive of its folder. Raises InvalidInput for its faults."""
    with tempfile.TemporaryDirectory(prefix="samspill-") as place:
        written = write_register(
            register_of(municipality), Path(place) / f"register-{municipality.code}"
        )
        return archived({f"{written.name}/{p.name}": p.read_bytes() for p in written.iterdir()})


def workbook(municipality: Municipality, language: str) -> bytes:
    """The whole register as a workbook."""
    with tempfile.TemporaryDirectory(prefix="samspill-") as place:
        path = Path(place) / "register.xlsx"
        return write_workbook(register_of(municipality), path, language).read_bytes()


def table(
    municipality: Municipality, name: str, form: str, language: str, chosen: Collection[str]
) -> bytes:
    """The ``chosen`` rows of a table, by identifier, as one of ``FORMS``."""
    rows = [r for r in rows_of(municipality, [name])[name] if r["identifier"] in chosen]
    held = Register.of(
        municipality.code, municipality.name, {name: rows}, invented=municipality.invented
    )
    columns = {name: headings(name)}
    with tempfile.TemporaryDirectory(prefix="samspill-") as place:
        if form == "csv":
            (path,) = write_tables(held, Path(place), columns)
        else:
            path = write_workbook(held, Path(place) / "table.xlsx", language, columns)
        return path.read_bytes()


def archived(files: dict[str, bytes]) -> bytes:
    """Files by name as a zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(name, content)
    return buffer.getvalue()


def file_name(municipality: Municipality, what: str, ending: str) -> str:
    """What a file that is taken out is called: what it is, whose, and of which day."""
    return f"{what}-{municipality.code}-{timezone.localdate().isoformat()}.{ending}"
