"""Cut a bulk download into the pieces that are one entity each, without reading into them.

Every entity begins with its organisation number, in JSON as the first key and in CSV as the first
cell. Cutting there needs no understanding of what lies between, works for any layout, and puts a
broken entity between two that are whole. ``"organisasjonsnummer"`` cannot stand within a JSON text,
where its quotation marks would be escaped.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from samspill.errors import Message, SamspillError
from samspill.register.national.opening import Opened

CHUNK = 4_000_000
LARGEST = 16_000_000
"""Bytes of one entity; the largest real ones have some thousand."""

NOT_BULK = "“{file}” is not a download from Enhetsregisteret."
NOT_BULK_STEP = "Use the file as it was downloaded, in JSON or CSV, or pages of the interface."
CUT_OFF = "The file ends in the middle of the list."
CUT_OFF_STEP = "Download it again; what came before is read."

Values: TypeAlias = Mapping[str, Any]
"""An entity as it stands: nested in JSON, by dotted column in CSV."""

_KEY = b'"organisasjonsnummer"'
_NUMBER = re.compile(rb'"organisasjonsnummer"\s*:\s*"(\d{9})"')
_BEGINNING = re.compile(rb"\[\s*\{")
_EMPTY = re.compile(rb"\[\s*\]\s*")
_OPENING = b" \t\r\n[{"
_BETWEEN = b" \t\r\n,{]"
_NO_SHAPE = bytes(set(range(256)) - set(b'{}[]"'))
_VOLUNTARY = re.compile(rb'"registrertIFrivillighetsregisteret"\s*:\s*true')


@dataclass(slots=True)
class Stretch:
    """Bytes that were read together; ``line`` is the number of the line that they begin on.

    ``in_pairs`` says that brackets and quotation marks come in pairs, which is far cheaper to see
    than whether the entities can be read.
    """

    content: bytes
    line: int
    in_pairs: bool


@dataclass(slots=True)
class Piece:
    """An entity's place in a stretch; ``row`` counts the entities of the file, from 1.

    ``number`` is empty where it cannot be read.
    """

    row: int
    number: str
    stretch: Stretch
    start: int
    end: int

    @property
    def content(self) -> bytes:
        return self.stretch.content[self.start : self.end]

    @property
    def line(self) -> int:
        """The line of the file that it begins on, from 1."""
        return self.stretch.line + self.stretch.content.count(b"\n", 0, self.start)

    def has(self, text: str) -> bool:
        return self.stretch.content.find(text.encode(), self.start, self.end) >= 0


class JsonPieces:
    """The entities of a JSON array."""

    def __init__(self, source: Opened) -> None:
        begins = _BEGINNING.match(source.start) and _KEY in source.start
        if not begins and not _EMPTY.fullmatch(source.start):
            raise SamspillError(Message(NOT_BULK, file=source.name), NOT_BULK_STEP)
        self._source = source
        self.whole = False
        """Whether the array was closed; known when all pieces are taken."""

    def __iter__(self) -> Iterator[Piece]:
        row, line, rest = 0, 1, b""
        for chunk in iter(partial(self._source.stream.read, CHUNK), b""):
            rest += chunk
            if len(rest) > LARGEST + CHUNK:
                raise SamspillError(Message(NOT_BULK, file=self._source.name), NOT_BULK_STEP)
            last = rest.rfind(_KEY)
            if last <= 0:
                continue
            stretch = _stretch(rest[:last], line)
            for piece in _cut(stretch, row):
                row = piece.row
                yield piece
            line += stretch.content.count(b"\n")
            rest = rest[last:]
        self.whole = rest.rstrip().endswith(b"]")
        yield from _cut(Stretch(rest, line, in_pairs=False), row)

    @staticmethod
    def says_voluntary(piece: Piece) -> bool:
        """Whether the entity says that it stands in the register of voluntary organisations."""
        found = _VOLUNTARY.search(piece.stretch.content, piece.start, piece.end)
        return found is not None

    @staticmethod
    def in_pairs(piece: Piece) -> bool:
        """Whether brackets and quotation marks of the entity come in pairs.

        They may not in a sound entity that has brackets in its texts.
        """
        if piece.stretch.in_pairs:
            return True
        shape = piece.content.rstrip(_BETWEEN).translate(None, _NO_SHAPE)
        return shape.count(b"}") == shape.count(b"{") + 1 and _even(shape)

    @staticmethod
    def decoded(piece: Piece) -> Values:
        """The entity. Raises ValueError or RecursionError where the piece is broken."""
        value = json.loads(b"{" + piece.content.rstrip(_BETWEEN))
        if not isinstance(value, dict):
            raise ValueError
        return value


class CsvPieces:
    """The entities of a CSV file."""

    def __init__(self, source: Opened) -> None:
        heading = source.stream.readline(LARGEST).decode("utf-8", errors="replace")
        self._sign = ";" if heading.count(";") > heading.count(",") else ","
        self._columns = next(csv.reader([heading], delimiter=self._sign), [])
        if not self._columns or self._columns[0].strip() != "organisasjonsnummer":
            raise SamspillError(Message(NOT_BULK, file=source.name), NOT_BULK_STEP)
        self._source = source
        self._beginning = re.compile(rb'"?(\d{9})"?[' + self._sign.encode() + rb"\r\n]")
        self.whole = True

    def __iter__(self) -> Iterator[Piece]:
        row, first, number, record = 0, 0, "", b""
        for line, content in enumerate(
            iter(partial(self._source.stream.readline, LARGEST), b""), 2
        ):
            begins = self._beginning.match(content)
            if record and not begins:
                record += content
                if len(record) > LARGEST:
                    raise SamspillError(Message(NOT_BULK, file=self._source.name), NOT_BULK_STEP)
                continue
            if record:
                yield _record(row, first, number, record)
            row, first, record = row + 1, line, content
            number = begins[1].decode() if begins else ""
        if record:
            yield _record(row, first, number, record)

    @staticmethod
    def says_voluntary(piece: Piece) -> bool:  # noqa: ARG004
        """Always: only reading the row tells."""
        return True

    @staticmethod
    def in_pairs(piece: Piece) -> bool:
        """Whether quotation marks come in pairs, and the record is one line."""
        return piece.stretch.in_pairs

    def decoded(self, piece: Piece) -> Values:
        """The row by column. Raises ValueError where the piece is broken."""
        text = io.StringIO(piece.content.decode("utf-8"), newline="")
        try:
            (cells,) = [row for row in csv.reader(text, delimiter=self._sign, strict=True) if row]
        except csv.Error as error:
            raise ValueError from error
        return dict(zip(self._columns, cells, strict=True))


Pieces: TypeAlias = JsonPieces | CsvPieces


def pieces(source: Opened) -> Pieces:
    """The entities of a bulk download. Raises SamspillError where it is none."""
    return JsonPieces(source) if source.start[:1] == b"[" else CsvPieces(source)


def _stretch(content: bytes, line: int) -> Stretch:
    """``content`` begins and ends where an entity does, so that its brackets come in pairs."""
    shape = content.translate(None, _NO_SHAPE)
    return Stretch(content, line, shape.count(b"{") == shape.count(b"}") and _even(shape))


def _even(shape: bytes) -> bool:
    return shape.count(b"[") == shape.count(b"]") and shape.count(b'"') % 2 == 0


def _cut(stretch: Stretch, row: int) -> Iterator[Piece]:
    """The entities of a stretch; what stands before the first, where it is more than brackets."""
    content = stretch.content
    at = content.find(_KEY)
    if content[: max(at, 0)].strip(_OPENING):
        row += 1
        yield Piece(row, "", Stretch(content[:at], stretch.line, in_pairs=False), 0, at)
    while at >= 0:
        following = content.find(_KEY, at + len(_KEY))
        end = following if following >= 0 else len(content)
        number = _NUMBER.match(content, at, end)
        row += 1
        yield Piece(row, number[1].decode() if number else "", stretch, at, end)
        at = following


def _record(row: int, line: int, number: str, record: bytes) -> Piece:
    in_pairs = record.count(b'"') % 2 == 0 and record.count(b"\n") <= 1
    return Piece(row, number, Stretch(record, line, in_pairs), 0, len(record))
