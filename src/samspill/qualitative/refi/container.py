"""The ``.qdpx`` archive: one project file and the files of its sources. Knows no XML.

Archives are read in memory within bounds and never unpacked to a folder; a name that leads outside
is refused, so that nothing which is written later can either.
"""

from __future__ import annotations

import lzma
import os
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import MappingProxyType

from samspill.errors import Message, SamspillError

PROJECT_FILE = "project.qde"
SOURCES = "Sources/"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an archive may hold: files, bytes of one and of all when unpacked, and how many times
    its packed size a file of more than a megabyte may grow."""

    files: int = 20_000
    file_bytes: int = 1 << 30
    all_bytes: int = 2 << 30
    ratio: int = 400


@dataclass(frozen=True, slots=True)
class Archive:
    """``project`` is the project file, ``files`` all others by their path, whose first part is
    ``Sources/`` where the archive says ``sources/``."""

    project_name: str
    project: bytes
    files: Mapping[str, bytes]

    def find(self, reference: str) -> str | None:
        """The path that a source's reference means: ``internal://name``, ``relative://…`` or
        ``absolute://…`` (whose file may be in the archive all the same), or a bare path."""
        _, scheme, rest = reference.partition("://")
        path = (rest if scheme else reference).replace("\\", "/").lstrip("/")
        name = path.rpartition("/")[2]
        for wanted in (SOURCES + path, path, SOURCES + name, name):
            if wanted in self.files:
                return wanted
        folded = {known.casefold(): known for known in self.files}
        return folded.get((SOURCES + name).casefold())


def read_archive(content: bytes, file: str, bounds: Bounds | None = None) -> Archive:
    """The archive in ``content``; ``file`` is its name in errors.

    Raises:
        SamspillError: it is no archive, breaks a bound, has a name that leads outside or comes
            twice, is encrypted or damaged, or holds no project.
    """
    bounds = bounds or Bounds()
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = _checked(archive.infolist(), file, bounds)
            files = {path: _unpacked(archive, info) for path, info in members.items()}
    except _DAMAGE as error:
        reason = str(error).rstrip(".") or type(error).__name__
        raise SamspillError(
            Message(
                "“{file}” is not a .qdpx that can be read: {reason}.", file=file, reason=reason
            ),
            "Export it again from the program that made it.",
        ) from None
    name = _project_file(files, file)
    project = files.pop(name)
    return Archive(name, project, MappingProxyType(files))


def write_file(target: Path, content: bytes) -> None:
    """Write a file that is in place when all of it is written, and not before."""
    with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as waiting:
        try:
            waiting.write(content)
            waiting.close()
            os.chmod(waiting.name, 0o644)
            os.replace(waiting.name, target)
        except BaseException:
            waiting.close()
            Path(waiting.name).unlink(missing_ok=True)
            raise


def archive_bytes(project: bytes, files: Mapping[str, bytes]) -> bytes:
    """The archive as bytes, the same for the same content whenever it is written."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [(PROJECT_FILE, project), *files.items()]:
            info = zipfile.ZipInfo(name, _EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content, compresslevel=1)
    return made.getvalue()


def _checked(
    infos: Iterable[zipfile.ZipInfo], file: str, bounds: Bounds
) -> dict[str, zipfile.ZipInfo]:
    members: dict[str, zipfile.ZipInfo] = {}
    total = 0
    for info in infos:
        path = _path(info.filename, file)
        if path.endswith("/") or path.startswith("__MACOSX/"):
            continue
        if path in members:
            raise _refused(file, Message("it holds “{name}” twice", name=path))
        members[path] = info
        total += info.file_size
        if len(members) > bounds.files:
            raise _refused(file, Message("it holds more than {n} files", n=bounds.files))
        if info.file_size > bounds.file_bytes or total > bounds.all_bytes:
            raise _refused(file, Message("it is larger than {n} MB", n=bounds.all_bytes >> 20))
        grows = info.file_size > bounds.ratio * max(info.compress_size, 1)
        if info.file_size > 1 << 20 and grows:
            raise _refused(
                file, Message("“{name}” grows more than {n} times", name=path, n=bounds.ratio)
            )
    return members


def _path(name: str, file: str) -> str:
    path = name.replace("\\", "/")
    parts = path.split("/")
    outside = path.startswith("/") or ".." in parts or ":" in parts[0] or "\0" in path
    if outside or not path:
        raise _refused(file, Message("“{name}” leads outside of it", name=name[:80]))
    if len(parts) > 1 and parts[0].casefold() == "sources":
        path = SOURCES + "/".join(parts[1:])
    return path


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as member:
        content = member.read(info.file_size + 1)
    if len(content) != info.file_size:
        raise zipfile.BadZipFile(f"{info.filename} is not as large as the archive says")
    return content


def _project_file(files: Mapping[str, bytes], file: str) -> str:
    named = [name for name in files if name.casefold().endswith(".qde")]
    first = sorted(named, key=lambda name: (name.count("/"), name.casefold() != PROJECT_FILE))
    if not first:
        raise SamspillError(
            Message("“{file}” holds no project file (.qde).", file=file),
            "Export it again as REFI-QDA project from the program that made it.",
        )
    return first[0]


def _refused(file: str, reason: Message) -> SamspillError:
    return SamspillError(
        Message("“{file}” is refused: {reason}.", file=file, reason=reason),
        "Look at where the file comes from before you use it.",
    )
