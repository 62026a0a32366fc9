"""Open a file of the registers: plain or compressed, with the progress of reading it."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from samspill.errors import Message, SamspillError

Progress: TypeAlias = Callable[[int, int, str], None]
"""Told how many bytes of how many are read, and of which file."""

_GZIP = b"\x1f\x8b"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_PEEK = 65_536

NO_FILE = "There is no file “{file}”."
NO_FILE_STEP = "Check its name and folder."
BROKEN_GZIP = "The compressed file “{file}” is not whole."
BROKEN_GZIP_STEP = "Download it again."
TOO_LARGE = "The file “{file}” is too large for a page of the register."
TOO_LARGE_STEP = "Use the pages as the register gives them."


def silent(done: int, of: int, label: str) -> None:
    """Progress that nobody looks at."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file's bytes, decompressed and without a byte order mark; ``start`` is how they begin."""

    name: str
    stream: io.BufferedReader[Any]
    start: bytes
    position: Callable[[], int]
    size: int


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """Open for streaming.

    Raises SamspillError where there is no such file, and while reading where it is compressed and
    not whole.
    """
    if not path.is_file():
        raise SamspillError(Message(NO_FILE, file=path.name), NO_FILE_STEP)
    with io.BufferedReader(io.FileIO(path), _PEEK) as file, _reporting(path.name):
        compressed = file.peek(2)[:2] == _GZIP
        unpacked: Any = gzip.GzipFile(fileobj=file)
        stream = io.BufferedReader(unpacked, _PEEK) if compressed else file
        if stream.peek(_PEEK).startswith(_BYTE_ORDER_MARK):
            stream.read(len(_BYTE_ORDER_MARK))
        start = stream.peek(_PEEK).lstrip()[:_PEEK]
        yield Opened(path.name, stream, start, file.tell, path.stat().st_size)


def whole(path: Path, largest: int) -> bytes:
    """All bytes of a file, decompressed. Raises SamspillError where they are more than largest."""
    with opened(path) as source:
        content = source.stream.read(largest + 1)
    if len(content) > largest:
        raise SamspillError(Message(TOO_LARGE, file=path.name), TOO_LARGE_STEP)
    return content


@contextmanager
def _reporting(file: str) -> Iterator[None]:
    try:
        yield
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise SamspillError(Message(BROKEN_GZIP, file=file), BROKEN_GZIP_STEP) from error
