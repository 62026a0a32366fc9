"""Projects and codebooks in and out of other programs, by REFI-QDA 1.5."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from samspill.errors import Message, Problem, SamspillError
from samspill.qualitative.model import Code, Project
from samspill.qualitative.refi.container import (
    Archive,
    Bounds,
    archive_bytes,
    read_archive,
    write_file,
)
from samspill.qualitative.refi.elements import CodeBook, ProjectElement, Set
from samspill.qualitative.refi.identities import sound
from samspill.qualitative.refi.incoming import read_codes, to_project
from samspill.qualitative.refi.instruction import read_instruction
from samspill.qualitative.refi.offsets import OffsetEvidence, OffsetPolicy
from samspill.qualitative.refi.outgoing import ORIGIN, code_elements, from_project
from samspill.qualitative.refi.parsing import parse_codebook, parse_project
from samspill.qualitative.refi.remarks import Remarks
from samspill.qualitative.refi.values import derived
from samspill.qualitative.refi.walk import walk
from samspill.qualitative.refi.writing import codebook_xml, project_xml


@dataclass(frozen=True, slots=True)
class Reading:
    """A project that was read, how its passages were placed, and what the file was not as the
    standard has it. ``origin`` is the program that says it wrote the file."""

    project: Project
    offsets: OffsetEvidence
    problems: tuple[Problem, ...]
    origin: str
    document: ProjectElement = field(repr=False)

    def contents(self) -> Mapping[str, int]:
        """How many of each element of the standard the file holds, by its name."""
        return dict(Counter(tag for tag, _ in walk(self.document)))


@dataclass(frozen=True, slots=True)
class CodebookReading:
    """A codebook that was read. ``sets`` are its sets of codes, as the standard has them."""

    codes: tuple[Code, ...]
    sets: tuple[Set, ...]
    problems: tuple[Problem, ...]
    origin: str


def read_qdpx(
    file: Path | str | bytes,
    *,
    name: str = "",
    policy: OffsetPolicy | None = None,
    bounds: Bounds | None = None,
) -> Reading:
    """The project in a ``.qdpx`` (or in a ``.qde`` alone), given by its path or its bytes.

    Args:
        file: where it is, or what it holds.
        name: what to call it in errors; its file name where it is given by path.
        policy: what its positions count, where that is known better than the evidence says.
        bounds: what the archive may hold.

    Raises:
        SamspillError: the file cannot be read, or is refused; nothing was written anywhere.
    """
    content, called = _content(file, name or "project.qdpx")
    if content[:2] == b"PK":
        archive = read_archive(content, called, bounds)
    elif content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" or content[:2] in (
        b"\xff\xfe",
        b"\xfe\xff",
    ):
        archive = Archive(called, content, {})
    else:
        raise SamspillError(
            Message("“{file}” is neither a .qdpx nor a .qde.", file=called),
            "Choose a project that a program has exported as REFI-QDA.",
        )
    remarks = Remarks(called)
    document, told = parse_project(archive.project, remarks)
    stem = called.rpartition(".")[0] or called
    fallback = Project(stem, guid=derived(hashlib.sha256(archive.project).hexdigest()))
    instruction = read_instruction(told)
    project, evidence = to_project(document, archive, instruction, remarks, policy, fallback)
    return Reading(project, evidence, remarks.problems(), document.origin or "", document)


def write_qdpx(project: Project, target: Path | str) -> None:
    """Write a project as ``.qdpx``; what would not survive, ``losses`` says beforehand.

    The file is in place when all of it is written, and the one that was there is kept until then.

    Raises:
        SamspillError: codes stand too deep for XML.
    """
    write_file(Path(target), qdpx_bytes(project))


def qdpx_bytes(project: Project) -> bytes:
    """What ``write_qdpx`` writes: the same for the same project."""
    outgoing = from_project(sound(project))
    xml = project_xml(outgoing.document, outgoing.instruction.text())
    return archive_bytes(xml, outgoing.files)


def read_qdc(file: Path | str | bytes, *, name: str = "") -> CodebookReading:
    """The codebook in a ``.qdc``; arguments and errors as ``read_qdpx``."""
    content, called = _content(file, name or "codebook.qdc")
    remarks = Remarks(called)
    codebook = parse_codebook(content, remarks)
    codes = read_codes(codebook.codes, remarks)
    return CodebookReading(codes, codebook.sets, remarks.problems(), codebook.origin or "")


def write_qdc(codes: tuple[Code, ...], target: Path | str, sets: tuple[Set, ...] = ()) -> None:
    """Write codes as ``.qdc``.

    Raises:
        SamspillError: there is no code, which the standard does not allow; or they stand too deep.
    """
    write_file(Path(target), qdc_bytes(codes, sets))


def qdc_bytes(codes: tuple[Code, ...], sets: tuple[Set, ...] = ()) -> bytes:
    """What ``write_qdc`` writes."""
    if not codes:
        raise SamspillError(
            "There is no code to write, and a codebook must have one.", "Add a code first."
        )
    codes = sound(Project("", codes=codes)).codes
    return codebook_xml(CodeBook(ORIGIN, code_elements(codes), sets))


def _content(file: Path | str | bytes, name: str) -> tuple[bytes, str]:
    if isinstance(file, bytes):
        return file, name
    path = Path(file)
    return path.read_bytes(), path.name
