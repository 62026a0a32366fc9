"""Read Enhetsregisteret from files and choose the organisations that are asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from samspill.errors import Message, Problem, SamspillError
from samspill.register.national.entities import Entity, entity
from samspill.register.national.opening import Progress, opened, silent, whole
from samspill.register.national.pieces import (
    CUT_OFF,
    CUT_OFF_STEP,
    NOT_BULK,
    NOT_BULK_STEP,
    CsvPieces,
    Piece,
    Pieces,
    Values,
    pieces,
)
from samspill.register.national.rows import is_voluntary, row
from samspill.register.national.voluntary import VoluntaryOrganisation, VoluntaryRegister

LARGEST_PAGE = 256_000_000
MOST_PROBLEMS = 1_000
_EVERY = 4_096

BROKEN = "The entity {number} on line {line} cannot be read, and is left out."
BROKEN_NAMELESS = "The entity on line {line} cannot be read, and is left out."
BROKEN_STEP = "Download the file again, or look the organisation up in the register."
NO_ENTITY = "The entity has no valid organisation number or no name, and is left out."
NO_ENTITY_STEP = "Look the organisation up in the register."
TOO_MANY = "“{file}” has more than {n} entities that cannot be read."
TOO_MANY_STEP = "Download it again; nothing is changed."


@dataclass(frozen=True, slots=True)
class Selection:
    """Which entities are taken.

    ``municipalities``: codes, of the business address or else the postal one; none means all.
    Those in Frivillighetsregisteret are taken, and of ``forms`` (codes such as FLI) all.
    ``numbers`` are taken in any case: those that the register already has.
    """

    municipalities: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()

    def takes(self, found: Entity, voluntary: VoluntaryOrganisation | None) -> bool:
        if found.number in self.numbers:
            return True
        if self.municipalities and found.municipality_code not in self.municipalities:
            return False
        return is_voluntary(found, voluntary) or found.legal_form in self.forms


@dataclass(frozen=True, slots=True)
class National:
    """What the registers say of the organisations that were asked for.

    ``rows`` are rows of ``organisations`` in the order of the files, each number once;
    ``looked_at`` counts all entities met, ``unread`` are the numbers of those that cannot be read.
    ``complete`` says that a number that is neither here nor there stands in no register any more,
    if it was asked for by number.
    """

    rows: tuple[dict[str, str], ...]
    problems: tuple[Problem, ...] = ()
    looked_at: int = 0
    unread: frozenset[str] = frozenset()
    complete: bool = False


def read_national(
    files: Iterable[Path],
    selection: Selection,
    voluntary: VoluntaryRegister | None = None,
    progress: Progress = silent,
) -> National:
    """Read bulk downloads (JSON or CSV, plain or .gz) and saved pages, and join what is voluntary.

    An entity that cannot be read is a problem with its place, and is skipped. One that is not asked
    for is looked at only so far that brackets and quotation marks come in pairs.

    Raises SamspillError where a file is none of the register, or has too much that is broken.
    """
    reading = _Reading(selection, voluntary or VoluntaryRegister())
    for path in files:
        with opened(path) as source:
            is_page = source.start[:1] == b"{"
            if not is_page:
                cut = pieces(source)
                for piece in cut:
                    if piece.row % _EVERY == 0:
                        progress(source.position(), source.size, source.name)
                    reading.take_piece(cut, piece, source.name)
                reading.end(cut, source.name)
        if is_page:
            reading.take_page(_page(path), path.name)
    return reading.result()


def entities_of_page(content: Any, file: str) -> list[Mapping[str, Any]]:
    """The entities of a page in decoded JSON, or the one entity that it is.

    Raises SamspillError where it is neither.
    """
    if isinstance(content, dict) and "organisasjonsnummer" in content:
        return [content]
    embedded = content.get("_embedded", {}) if isinstance(content, dict) else None
    if not isinstance(embedded, dict) or not (embedded or "_links" in content):
        raise SamspillError(Message(NOT_BULK, file=file), NOT_BULK_STEP)
    lists = (embedded.get(name) or [] for name in ("enheter", "underenheter"))
    return [entry for entries in lists for entry in entries if isinstance(entry, dict)]


def national_of_pages(
    pages: Iterable[tuple[str, Any]], selection: Selection, voluntary: VoluntaryRegister | None
) -> National:
    """The same from decoded pages, each with the name that problems carry."""
    reading = _Reading(selection, voluntary or VoluntaryRegister())
    for name, content in pages:
        reading.take_page(content, name)
    return reading.result()


def _page(path: Path) -> Any:
    try:
        return json.loads(whole(path, LARGEST_PAGE))
    except (ValueError, RecursionError) as error:
        raise SamspillError(Message(NOT_BULK, file=path.name), NOT_BULK_STEP) from error


@dataclass(slots=True)
class _Reading:
    selection: Selection
    voluntary: VoluntaryRegister
    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    looked_at: int = 0
    complete: bool = True

    def take_piece(self, cut: Pieces, piece: Piece, file: str) -> None:
        self.looked_at += 1
        if not self._may_be_asked_for(cut, piece) and cut.in_pairs(piece):
            return
        try:
            self._take(cut.decoded(piece), file, piece.row)
        except (ValueError, RecursionError):
            before = _whole_before_the_fault(cut, piece)
            if before is None:
                self._broken(piece, piece.number, piece.line, file)
                return
            values, line = before
            self._broken(piece, "", line, file)
            self._take(values, file, piece.row)

    def end(self, cut: Pieces, file: str) -> None:
        if not cut.whole:
            self._problem(Problem(file, None, None, CUT_OFF, CUT_OFF_STEP))
            self.complete = False

    def take_page(self, content: Any, file: str) -> None:
        self.complete = False
        for n, values in enumerate(entities_of_page(content, file), 1):
            self.looked_at += 1
            self._take(values, file, n)

    def result(self) -> National:
        return National(
            tuple(self.rows.values()),
            tuple(self.problems),
            self.looked_at,
            frozenset(self.unread - self.rows.keys()),
            self.complete and self.looked_at > 0,
        )

    def _may_be_asked_for(self, cut: Pieces, piece: Piece) -> bool:
        if not piece.number or piece.number in self.selection.numbers:
            return True
        codes = self.selection.municipalities
        if codes and not any(map(piece.has, codes)):
            return False
        if piece.number in self.voluntary or cut.says_voluntary(piece):
            return True
        return any(map(piece.has, self.selection.forms))

    def _take(self, values: Values, file: str, place: int) -> None:
        found = entity(values)
        if found is None:
            self.complete = False
            self._problem(Problem(file, place, None, NO_ENTITY, NO_ENTITY_STEP))
            return
        voluntary = self.voluntary.get(found.number)
        if self.selection.takes(found, voluntary):
            self.rows[found.number] = row(found, voluntary)

    def _broken(self, piece: Piece, number: str, line: int, file: str) -> None:
        if number:
            self.unread.add(number)
            message = Message(BROKEN, number=number, line=line)
        else:
            self.complete = False
            message = Message(BROKEN_NAMELESS, line=line)
        self._problem(Problem(file, piece.row, None, message, BROKEN_STEP))

    def _problem(self, problem: Problem) -> None:
        if len(self.problems) == MOST_PROBLEMS:
            raise SamspillError(
                Message(TOO_MANY, file=problem.file, n=MOST_PROBLEMS), TOO_MANY_STEP
            )
        self.problems.append(problem)


def _whole_before_the_fault(cut: Pieces, piece: Piece) -> tuple[Values, int] | None:
    """The entity that a piece begins with, and the line where the fault after it begins.

    A broken entity whose first key cannot be read is cut off together with the one before it.
    """
    if isinstance(cut, CsvPieces):
        return None
    text = "{" + piece.content.decode("utf-8", errors="replace")
    try:
        values, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    following = len(text) - len(text[end:].lstrip(" ,\r\n\t"))
    return values, piece.line + text.count("\n", 0, following)
