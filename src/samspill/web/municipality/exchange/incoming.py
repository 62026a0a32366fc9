"""Files from the national registers on their way to the worker: too large for a row."""

from __future__ import annotations

import shutil
import time
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

KEPT = 24 * 3600


def make_place() -> Path:
    """A new folder; those that nobody has read for a day are removed."""
    home = Path(settings.MEDIA_ROOT) / "incoming"
    home.mkdir(parents=True, exist_ok=True)
    for path in home.iterdir():
        if time.time() - path.stat().st_mtime > KEPT:
            shutil.rmtree(path, ignore_errors=True)
    made = home / str(uuid.uuid4())
    made.mkdir()
    return made


def place(name: str) -> Path:
    """The folder of this name."""
    return Path(settings.MEDIA_ROOT) / "incoming" / str(uuid.UUID(name))


def write(folder: Path, prefix: str, files: Iterable[UploadedFile[Any]]) -> list[str]:
    """Write uploaded files into a folder; gives their names there."""
    names = []
    for number, file in enumerate(files, 1):
        name = f"{prefix}-{number}-{Path(file.name or 'file').name[-100:]}"
        with (folder / name).open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        names.append(name)
    return names
