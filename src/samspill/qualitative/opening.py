"""A project opened and saved wherever it is kept, with what it carries of other programs."""

from __future__ import annotations

from pathlib import Path

from samspill.qualitative.model import Project

CARRIED = "project.qdpx"
"""In a project's folder ``carried``: the whole project as REFI-QDA, for what only that can hold."""


def open_project(path: Path) -> Project:
    """The project in a folder of Samspill's own, or in a ``.qdpx`` or ``.qde`` of any program.

    Raises SamspillError where it cannot be read; InvalidInput lists the faults of a folder.
    """
    from samspill.qualitative.refi import read_qdpx

    if not path.is_dir():
        return read_qdpx(path).project
    from samspill.qualitative.folder import read_project

    return read_project(path, read_carried=lambda there: read_qdpx(there / CARRIED).project.carried)


def save_project(project: Project, folder: Path, *, overwrite: bool = False) -> Path:
    """Write a project as a folder of open files; gives the folder.

    Raises SamspillError where the folder exists and is not to be replaced, or cannot be written.
    """
    from samspill.qualitative.folder import write_project
    from samspill.qualitative.refi import write_qdpx

    def write_carried(_: object, there: Path) -> None:
        write_qdpx(project, there / CARRIED)

    return write_project(project, folder, overwrite=overwrite, write_carried=write_carried)
