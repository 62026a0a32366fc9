"""Opening a project wherever it is kept."""

from __future__ import annotations

from pathlib import Path

from samspill.qualitative.model import Project


def open_project(path: Path) -> Project:
    """The project in a folder of Samspill's own, or in a ``.qdpx`` or ``.qde`` of any program.

    Raises SamspillError where it cannot be read; InvalidInput lists the faults of a folder.
    """
    if path.is_dir():
        from samspill.qualitative.folder import read_project

        return read_project(path)
    from samspill.qualitative.refi import read_qdpx

    return read_qdpx(path).project
