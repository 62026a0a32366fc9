"""Folders that are written whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """An empty folder beside ``target`` to write in, which is put in its place at the end.

    Where writing fails, ``target`` is left as it was. Raises OSError where it cannot be written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        yield draft
        _put_in_place(draft, target)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def copy_into(paths: list[Path], folder: Path) -> None:
    """Copy files and folders, with all that is in them, into a folder."""
    for path in paths:
        (shutil.copytree if path.is_dir() else shutil.copy2)(path, folder / path.name)


def _put_in_place(draft: Path, target: Path) -> None:
    mask = os.umask(0)
    os.umask(mask)
    draft.chmod(0o777 & ~mask)
    if not target.exists():
        draft.rename(target)
        return
    earlier = Path(tempfile.mkdtemp(prefix=f".{target.name}-earlier-", dir=target.parent))
    earlier.rmdir()
    target.rename(earlier)
    try:
        draft.rename(target)
    except BaseException:
        earlier.rename(target)
        raise
    shutil.rmtree(earlier, ignore_errors=True)
