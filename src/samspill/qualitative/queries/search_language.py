"""What may be written in a search: words, "phrases", prefix*, AND, OR, NOT, NEAR, parentheses.

``query := any ; any := all (OR all)* ; all := part (AND? part)* ; part := NOT part | near ;
near := term (NEAR(/n)? term)* ; term := ( query ) | "words" | word* | word``
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from samspill.errors import Message, SamspillError
from samspill.qualitative.queries.words import WORD

NEAR_WORDS = 10
OPERATORS = {
    "AND": "AND",
    "OG": "AND",
    "OR": "OR",
    "ELLER": "OR",
    "NOT": "NOT",
    "IKKE": "NOT",
    "IKKJE": "NOT",
    "NEAR": "NEAR",
    "NÆR": "NEAR",
}
DEEPEST = 50


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    start: str


@dataclass(frozen=True, slots=True)
class Near:
    one: Node
    other: Node
    words: int


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    what: Node


Node: TypeAlias = Phrase | Prefix | Near | All | Choice | Not

PIECE = re.compile(r'\s*("(?:[^"]*)"|[“«](?:[^”»]*)[”»]|\(|\)|[^\s()"“«]+)')


def parse(query: str) -> Node:
    """The query as a tree; raises SamspillError where it cannot be understood."""
    if query.count('"') % 2:
        raise SamspillError("A quotation mark is not closed.", 'Write phrases between two "…".')
    pieces = PIECE.findall(query)
    if not pieces:
        raise SamspillError("There is nothing to search for.", "Write a word or a phrase.")
    reader = _Reader(pieces)
    found = reader.any()
    if reader.here is not None:
        raise SamspillError(
            Message("The search cannot be read from “{here}” on.", here=reader.here),
            "Check its parentheses.",
        )
    if _says_nothing(found):
        raise SamspillError(
            "The search only says what is not there.", "Add a word that should be found."
        )
    return found


def _says_nothing(node: Node) -> bool:
    match node:
        case Not():
            return True
        case All(parts) | Choice(parts):
            return all(_says_nothing(part) for part in parts)
    return False


class _Reader:
    def __init__(self, pieces: list[str]) -> None:
        self.pieces = pieces
        self.place = 0
        self.depth = 0

    @property
    def here(self) -> str | None:
        return self.pieces[self.place] if self.place < len(self.pieces) else None

    def operator(self) -> str | None:
        name = (self.here or "").partition("/")[0]
        return OPERATORS.get(name)

    def any(self) -> Node:
        parts = [self.all()]
        while self.operator() == "OR":
            self.place += 1
            parts.append(self.all())
        return parts[0] if len(parts) == 1 else Choice(tuple(parts))

    def all(self) -> Node:
        parts = [self.part()]
        while self.here not in (None, ")") and self.operator() != "OR":
            if self.operator() == "AND":
                self.place += 1
            parts.append(self.part())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def part(self) -> Node:
        if self.operator() == "NOT":
            self.place += 1
            return Not(self.part())
        found = self.term()
        while self.operator() == "NEAR":
            _, _, words = str(self.here).partition("/")
            if words and not words.isdecimal():
                raise SamspillError(
                    Message("“{here}” is not a distance.", here=self.here),
                    "Write NEAR/5 for five words.",
                )
            self.place += 1
            found = Near(found, self.term(), int(words) if words else NEAR_WORDS)
        return found

    def term(self) -> Node:
        piece = self.here
        if piece is None or piece == ")" or self.operator() is not None:
            if piece:
                missing = Message("A word is missing before “{piece}”.", piece=piece)
            else:
                missing = Message("A word is missing at the end.")
            raise SamspillError(missing, 'Put words to find into "…".')
        self.place += 1
        if piece == "(":
            return self._inside()
        if piece.endswith("*") and piece[0] not in '"“«':
            return self._prefix(piece)
        words = tuple(WORD.findall(piece))
        if not words:
            raise SamspillError(
                Message("“{piece}” holds no word.", piece=piece), "Write a word or a phrase."
            )
        return Phrase(words)

    def _inside(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise SamspillError("The search has too many parentheses.", "Write it shorter.")
        found = self.any()
        if self.here != ")":
            raise SamspillError("A parenthesis is not closed.", "Write as many ) as (.")
        self.place += 1
        self.depth -= 1
        return found

    def _prefix(self, piece: str) -> Node:
        words = WORD.findall(piece)
        if len(words) != 1:
            raise SamspillError(
                Message("“{piece}” is not the beginning of one word.", piece=piece),
                "Write letters and then *.",
            )
        return Prefix(words[0])
