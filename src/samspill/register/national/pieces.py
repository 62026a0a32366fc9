"""Cut a bulk download into the pieces that are one entity each, without reading into them.

Every entity begins with its organisation number, in JSON as the first key and in CSV as the first
cell. Cutting there needs no understanding of what lies between, works for any layout, and puts a
broken entity between two that are whole. ``"organisasjonsnummer"`` cannot stand within a JSON text,
where its quotation marks would be escaped.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

import pydantic_core

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
_NO_SHAPE = bytes(set(range(256)) - set(b'{}[]"\n'))
_VOLUNTARY = re.compile(rb'"registrertIFrivillighetsregisteret"\s*:\s*true')


@dataclass(slots=True)
class Piece:
    """The bytes of an entity; ``row`` counts entities and ``line`` lines of the file, from 1.

    ``number`` is empty where it cannot be read. ``in_pairs`` says that brackets and quotation marks
    come in pairs, which is cheaper to see than whether the entity can be read; it may be False for
    a sound entity with brackets in its texts.
    """

    row: int
    line: int
    number: str
    content: bytes
    in_pairs: bool


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
            at = rest.find(_KEY)
            if at < 0:
                continue
            if at > 0:
                if rest[:at].strip(_OPENING):
                    row += 1
                    yield Piece(row, line, "", rest[:at], in_pairs=False)
                line += rest.count(b"\n", 0, at)
            while (following := rest.find(_KEY, at + len(_KEY))) >= 0:
                row += 1
                content = rest[at:following]
                shape = content.translate(None, _NO_SHAPE)
                yield _piece(row, line, content, shape)
                line += shape.count(b"\n")
                at = following
            rest = rest[at:]
        self.whole = rest.rstrip().endswith(b"]")
        if rest.startswith(_KEY):
            yield _piece(row + 1, line, rest, rest.rstrip(_BETWEEN).translate(None, _NO_SHAPE))

    @staticmethod
    def says_voluntary(piece: Piece) -> bool:
        """Whether the entity says that it stands in the register of voluntary organisations."""
        return _VOLUNTARY.search(piece.content) is not None

    @staticmethod
    def decoded(piece: Piece) -> Values:
        """The entity. Raises ValueError where the piece is broken."""
        value = pydantic_core.from_json(b"{" + piece.content.rstrip(_BETWEEN))
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
        piece: Piece | None = None
        for line, content in enumerate(
            iter(partial(self._source.stream.readline, LARGEST), b""), 2
        ):
            begins = self._beginning.match(content)
            if piece is not None and not begins:
                piece.content += content
                piece.in_pairs = False
                if len(piece.content) > LARGEST:
                    raise SamspillError(Message(NOT_BULK, file=self._source.name), NOT_BULK_STEP)
                continue
            if piece is not None:
                yield piece
            number = begins[1].decode() if begins else ""
            in_pairs = content.count(b'"') % 2 == 0
            piece = Piece(piece.row + 1 if piece else 1, line, number, content, in_pairs)
        if piece is not None:
            yield piece

    @staticmethod
    def says_voluntary(piece: Piece) -> bool:  # noqa: ARG004
        """Always: only reading the row tells."""
        return True

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


def _piece(row: int, line: int, content: bytes, shape: bytes) -> Piece:
    """``content`` begins after the bracket that opens the entity, and may end with the next one."""
    number = _NUMBER.match(content)
    opened = shape.count(b"{") - shape.rstrip(b"\n").endswith(b"{") + 1
    in_pairs = (
        opened == shape.count(b"}")
        and shape.count(b"[") == shape.count(b"]")
        and shape.count(b'"') % 2 == 0
    )
    return Piece(row, line, number[1].decode() if number else "", content, in_pairs)
