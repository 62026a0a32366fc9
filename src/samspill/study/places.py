"""Folders and files as the system gives them: what a person is told where it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from samspill.errors import Message, SamspillError


@contextmanager
def writing_to(place: Path) -> Iterator[None]:
    """Turn the system's refusal (an ``OSError``) to write in ``place`` into a ``SamspillError``."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error) or type(error).__name__
        raise SamspillError(
            Message("“{place}” cannot be written: {reason}.", place=str(place), reason=reason),
            "Check that it is a folder that you may write in, and that the disk has room.",
        ) from error


def in_words(folder: Path) -> str:
    """A study's folder as messages name it."""
    return Message("The study in “{name}”", name=folder.resolve().name or str(folder))
