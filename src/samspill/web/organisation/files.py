"""An organisation's data as files: every row that names it, in one JSON file and as tables."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from pathlib import Path

from samspill.register import TABLES, Register
from samspill.register.interchange.tables import write_tables
from samspill.register.labels import table_label
from samspill.register.values import text_of
from samspill.web.organisation.own import HIDDEN


def archive(own: Register, about: str, language: str) -> bytes:
    """A zip archive of what an organisation sees; ``about`` stands first in its README."""
    columns = {
        table: [column.name for column in TABLES[table].columns if column.name not in HIDDEN]
        for table in TABLES
        if own.rows(table)
    }
    buffer = io.BytesIO()
    with (
        tempfile.TemporaryDirectory() as folder,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as book,
    ):
        lines = [about, ""]
        for path in write_tables(own, Path(folder), columns):
            book.write(path, path.name)
            count = len(own.rows(path.stem))
            lines.append(f"{path.name}: {table_label(path.stem, language)} ({count})")
        content = {
            "municipality": own.municipality_code,
            "invented": own.invented,
            **{
                table: [{name: _json(row[name]) for name in names} for row in own.rows(table)]
                for table, names in columns.items()
            },
        }
        book.writestr("organisation.json", json.dumps(content, ensure_ascii=False, indent=2))
        book.writestr("README.txt", "\n".join(lines) + "\n")
    return buffer.getvalue()


def _json(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    return value if value is None or isinstance(value, (bool, int, float, str)) else text_of(value)  # type: ignore[arg-type]
