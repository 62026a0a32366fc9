"""Documents that are zip archives, with bounds: on size, number, ratio, paths and XML entities."""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from samspill.errors import Message, SamspillError

MOST_MEMBERS = 5_000
MOST_BYTES = 200_000_000
MOST_RATIO = 200
_SMALL = 1_000_000
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    EOFError,
    LookupError,
    RuntimeError,
    ValueError,
)
_ENTITIES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)
_TEXT_PARTS = re.compile(r"(?:\[Content_Types\]\.xml|(?:.*/)?[^/]*\.(?:xml|rels)|mimetype)", re.I)
_AGAIN = "Open it in a word processor, save it anew, and read that."


def open_archive(content: bytes, name: str) -> zipfile.ZipFile:
    """The archive, when it is whole and within bounds.

    Raises:
        SamspillError: it is cut short, has a password, or unpacks to more than it should.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except DAMAGED as error:
        raise SamspillError(
            Message("“{name}” is cut short or damaged.", name=name),
            "Copy it anew from where it came from.",
        ) from error
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if any(member.flag_bits & 1 for member in members):
        raise SamspillError(
            Message("“{name}” has a password.", name=name), "Save it without one, and read that."
        )
    wrong_path = any(
        PurePosixPath(member.filename).is_absolute()
        or ".." in PurePosixPath(member.filename.replace("\\", "/")).parts
        for member in members
    )
    packed_hard = any(
        member.file_size > max(_SMALL, MOST_RATIO * member.compress_size) for member in members
    )
    if len(members) > MOST_MEMBERS or unpacked > MOST_BYTES or wrong_path or packed_hard:
        raise SamspillError(
            Message("“{name}” does not unpack as a document does.", name=name), _AGAIN
        )
    return archive


def text_parts(
    content: bytes, name: str, changes: Mapping[str, Callable[[bytes], bytes]] | None = None
) -> bytes:
    """The archive anew with its XML alone: no pictures, fonts, objects or macros. ``changes`` are
    made to the parts that they name.

    Raises:
        SamspillError: a part is damaged, or declares entities.
    """
    archive = open_archive(content, name)
    kept = io.BytesIO()
    left = MOST_BYTES
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for member in archive.infolist():
            if member.is_dir() or not _TEXT_PARTS.fullmatch(member.filename):
                continue
            part = _part(archive, member, left, name)
            left -= len(part)
            if _ENTITIES.search(part.replace(b"\0", b"")):
                raise SamspillError(
                    Message("“{name}” declares XML entities, which no document needs.", name=name),
                    _AGAIN,
                )
            change = (changes or {}).get(member.filename)
            out.writestr(member.filename, change(part) if change else part)
    return kept.getvalue()


def _part(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int, name: str) -> bytes:
    try:
        with archive.open(member) as file:
            part = file.read(most + 1)
    except DAMAGED as error:
        raise SamspillError(
            Message("“{name}” is cut short or damaged.", name=name),
            "Copy it anew from where it came from.",
        ) from error
    if len(part) > most:
        raise SamspillError(
            Message("“{name}” does not unpack as a document does.", name=name), _AGAIN
        )
    return part
