"""The studies that come with Samspill, and studies found by name or folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from samspill.errors import Message, SamspillError
from samspill.study.package import DESCRIPTOR

_STUDIES = Path(__file__).parents[1] / "studies"


def shipped_studies() -> dict[str, Path]:
    """The folder of each study that comes with Samspill, by name, in alphabetical order."""
    if not _STUDIES.is_dir():
        return {}
    folders = sorted(path for path in _STUDIES.iterdir() if (path / DESCRIPTOR).is_file())
    return {path.name.replace("_", "-"): path for path in folders}


def locate_study(name_or_folder: str | Path) -> Path:
    """The folder of a study that comes with Samspill, or the folder itself.

    Raises:
        SamspillError: there is neither.
    """
    shipped = shipped_studies()
    if not str(name_or_folder).strip():
        raise SamspillError("The name of the study is empty.", _choices(shipped))
    if isinstance(name_or_folder, str) and name_or_folder in shipped:
        return shipped[name_or_folder]
    folder = Path(name_or_folder).expanduser()
    if folder.is_dir():
        return folder
    raise SamspillError(
        Message("There is no study “{name}”.", name=name_or_folder), _choices(shipped)
    )


def refuse_shipped(folder: Path) -> None:
    """Raise SamspillError where ``folder`` is, or lies in, a study that comes with Samspill."""
    if folder.resolve().is_relative_to(_STUDIES.resolve()):
        raise SamspillError(
            "This study comes with Samspill and is not changed.",
            "Copy its folder first, and work on the copy.",
        )


def _choices(shipped: Iterable[str]) -> str:
    named = ", ".join(shipped) or Message("none at all")
    return Message("Give a study's folder, or one that comes with Samspill: {named}.", named=named)
