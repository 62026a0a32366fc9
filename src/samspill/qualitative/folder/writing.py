"""Write a project to a folder, whole or not at all."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from samspill.errors import Message, SamspillError
from samspill.folders import copy_into, written_whole
from samspill.qualitative.folder.layout import (
    CARRIED,
    DESCRIPTOR,
    FORMAT,
    SOURCES,
    TABLES,
    VERSION,
    file_name,
)
from samspill.qualitative.model import Project, Source

CarriedWriter = Callable[[object, Path], None]


def write_project(
    project: Project,
    folder: Path | str,
    *,
    overwrite: bool = False,
    write_carried: CarriedWriter | None = None,
) -> Path:
    """Write a project; gives the folder.

    With ``overwrite`` a project that is there is replaced; files that are not a project's stay.
    ``write_carried`` writes ``project.carried`` into the folder ``carried``; a project that carries
    another program's parts is not written without it, for they would be lost.

    Raises:
        SamspillError: the folder exists and may not be replaced, or cannot be written.
    """
    target = Path(folder).expanduser().resolve()
    _refuse(project, target, overwrite, write_carried)
    try:
        with written_whole(target) as draft:
            _write(project, draft, write_carried)
            copy_into(_foreign_files(target, draft), draft)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SamspillError(
            Message("“{place}” cannot be written: {reason}.", place=str(target), reason=reason),
            "Check that it is a folder that you may write in, and that the disk has room.",
        ) from error
    return target


def _refuse(
    project: Project, target: Path, overwrite: bool, write_carried: CarriedWriter | None
) -> None:
    if project.carried is not None and write_carried is None:
        raise SamspillError(
            Message("The project carries parts of another program's project."),
            "Write it as qdpx, which has room for them.",
        )
    if target.is_file():
        raise SamspillError(
            Message("“{name}” is a file.", name=target.name), "Name a folder for the project."
        )
    if not target.exists() or not any(target.iterdir()):
        return
    if not overwrite:
        raise SamspillError(
            Message("The folder “{name}” exists and is not empty.", name=target.name),
            "Choose another, or allow overwriting (overwrite).",
        )
    if not (target / DESCRIPTOR).is_file():
        raise SamspillError(
            Message("The folder “{name}” holds something other than a project.", name=target.name),
            "Choose another folder; only a project is overwritten.",
        )


def _write(project: Project, folder: Path, write_carried: CarriedWriter | None) -> None:
    files = {s.guid: file_name(s.name, n) for n, s in enumerate(project.sources, 1)}
    (folder / SOURCES).mkdir()
    for source in project.sources:
        (folder / SOURCES / files[source.guid]).write_bytes(source.text.encode())
    descriptor = {
        "format": FORMAT,
        "version": VERSION,
        "guid": project.guid,
        "name": project.name,
        "coders": [asdict(coder) for coder in project.coders],
        "sources": [_about(source, files[source.guid]) for source in project.sources],
    }
    written = json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n"
    (folder / DESCRIPTOR).write_bytes(written.encode())
    texts = {source.guid: source.text for source in project.sources}
    _table(
        folder,
        "codes.csv",
        ({**asdict(c), "parent": c.parent or "", "codable": int(c.codable)} for c in project.codes),
    )
    _table(
        folder,
        "codings.csv",
        ({**asdict(c), "words": texts.get(c.source, "")[c.start : c.end]} for c in project.codings),
    )
    _table(folder, "memos.csv", ({**asdict(m), "about": ";".join(m.about)} for m in project.memos))
    if project.carried is not None and write_carried is not None:
        (folder / CARRIED).mkdir()
        write_carried(project.carried, folder / CARRIED)


def _about(source: Source, file: str) -> dict[str, Any]:
    return {
        "guid": source.guid,
        "file": file,
        "name": source.name,
        "kind": source.kind,
        "unit": source.unit,
        "side": source.side,
        "fields": list(source.fields),
        "role": source.role,
        "date": source.date,
        "language": source.language,
        "consent": source.consent,
        "speakers": list(source.speakers),
        "times": [[time.position, time.milliseconds] for time in source.times],
        "attributes": dict(source.attributes),
        "invented": source.invented,
    }


def _table(folder: Path, name: str, rows: Iterable[dict[str, Any]]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, TABLES[name], lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    (folder / name).write_bytes(text.getvalue().encode())


def _foreign_files(target: Path, draft: Path) -> list[Path]:
    if not target.exists():
        return []
    own = {DESCRIPTOR, SOURCES, *TABLES, *(path.name for path in draft.iterdir())}
    return [path for path in target.iterdir() if path.name not in own]
