"""LimeSurvey's relevance equations (ExpressionScript) that say the same as our expressions.

https://manual.limesurvey.org/ExpressionScript_-_Presentation: comparison in symbols or letters,
and, or, not, is_empty(), + - * /. A variable without ``.NAOK`` makes the whole equation false
where its question is closed, which ours does not; such are taken only where it is always open.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from samspill.errors import Message, SamspillError
from samspill.instrument.expressions import (
    And,
    Answer,
    Arithmetic,
    Comparison,
    Expression,
    Negative,
    Not,
    Number,
    Or,
    Selected,
    Text,
)

MAXIMUM_LENGTH = 5_000
MAXIMUM_DEPTH = 40
_TOKEN = re.compile(
    r"""\s*(?:
      (?P<text>'[^'\\]*'|"[^"\\]*")
    | (?P<number>[0-9]+(?:\.[0-9]+)?)
    | (?P<name>[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z]+)?)
    | (?P<symbol>==|!=|<=|>=|&&|\|\||[<>!()+*/-])
    )""",
    re.VERBOSE,
)
_COMPARISONS = {
    "==": "=",
    "!=": "!=",
    "<": "<",
    "<=": "<=",
    ">": ">",
    ">=": ">=",
    "eq": "=",
    "ne": "!=",
    "lt": "<",
    "le": "<=",
    "gt": ">",
    "ge": ">=",
}
_OPPOSITE = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_SUMS = {"+": "+", "-": "-"}
_PRODUCTS = {"*": "*", "/": "div"}


class Meaning(NamedTuple):
    """What a name in an equation stands for.

    ``category`` is set for an option of a question with several answers; ``codes`` maps
    LimeSurvey's codes to the values of the variable where they differ.
    """

    variable: str
    category: str = ""
    codes: Mapping[str, str] | None = None
    always_open: bool = True


@dataclass(frozen=True, slots=True)
class _Option:
    """An option in an equation before it is compared with “Y”."""

    of: Selected


_Term = Expression | _Option


def parse_relevance(text: str, names: Mapping[str, Meaning]) -> Expression | None:
    """The expression of a relevance equation; None where it is always true.

    Raises:
        SamspillError: it has something without counterpart here; the message says where.
    """
    written = text.strip()
    while written.startswith("{") and written.endswith("}"):
        written = written[1:-1].strip()
    if written in {"", "1"}:
        return None
    if len(written) > MAXIMUM_LENGTH:
        raise SamspillError("The equation is too long.", "Split the question.")
    return _Parser(written, names).whole()


class _Token(NamedTuple):
    kind: str
    text: str
    position: int


class _Parser:
    def __init__(self, text: str, names: Mapping[str, Meaning]) -> None:
        self.names = names
        self.tokens = list(_tokens(text))
        self.at = 0
        self.depth = 0

    @property
    def token(self) -> _Token:
        return self.tokens[self.at]

    def accept(self, *texts: str) -> str | None:
        if self.token.kind in {"symbol", "name"} and self.token.text in texts:
            self.at += 1
            return self.tokens[self.at - 1].text
        return None

    def refuse(self) -> SamspillError:
        token = self.token
        what = f"“{token.text}”" if token.text else Message("its end")
        return _unsupported(what, token.position)

    def whole(self) -> Expression:
        found = self.plain(self.either())
        if self.token.kind != "end":
            raise self.refuse()
        return found

    def plain(self, term: _Term) -> Expression:
        if isinstance(term, _Option):
            raise SamspillError(
                Message("The option “{value}” is not compared with “Y”.", value=term.of.value),
                'Write == "Y", or is_empty().',
            )
        return term

    def either(self) -> _Term:
        self.depth += 1
        if self.depth > MAXIMUM_DEPTH:
            raise SamspillError("The equation is nested too deeply.", "Split the question.")
        found = self.both()
        while self.accept("or", "||"):
            found = Or(self.plain(found), self.plain(self.both()))
        self.depth -= 1
        return found

    def both(self) -> _Term:
        found = self.comparison()
        while self.accept("and", "&&"):
            found = And(self.plain(found), self.plain(self.comparison()))
        return found

    def comparison(self) -> _Term:
        left = self.total()
        written = self.accept(*_COMPARISONS)
        if written is None:
            return left
        operator = _COMPARISONS[written]
        right = self.total()
        if isinstance(left, _Option):
            return _option(left, operator, right)
        if isinstance(right, _Option):
            return _option(right, operator, left)
        return self.coded(Comparison(operator, left, right))

    def coded(self, found: Comparison) -> Comparison:
        """The comparison with the variable's values in place of LimeSurvey's codes."""
        codes = {m.variable: m.codes for m in self.names.values() if m.codes is not None}
        for of, other in ((found.left, found.right), (found.right, found.left)):
            if not isinstance(of, Answer) or of.variable not in codes:
                continue
            known = codes[of.variable] or {}
            if not isinstance(other, Text) or found.operator not in {"=", "!="}:
                raise SamspillError(
                    Message(
                        "“{variable}” is compared with something else than its answers.",
                        variable=of.variable,
                    ),
                    Message("Compare it with one of {names}.", names=", ".join(known)),
                )
            return Comparison(found.operator, of, Text(known.get(other.value, other.value)))
        return found

    def total(self) -> _Term:
        found = self.product()
        while operator := self.accept(*_SUMS):
            found = Arithmetic(_SUMS[operator], self.plain(found), self.plain(self.product()))
        return found

    def product(self) -> _Term:
        found = self.operand()
        while operator := self.accept(*_PRODUCTS):
            found = Arithmetic(_PRODUCTS[operator], self.plain(found), self.plain(self.operand()))
        return found

    def operand(self) -> _Term:
        if self.accept("(") is not None:
            found = self.either()
            self.close()
            return found
        for sign, made in (("!", Not), ("not", Not), ("-", Negative)):
            if self.accept(sign):
                return self.nested(made)
        token = self.token
        self.at += 1
        if token.kind == "text":
            return Text(token.text[1:-1])
        if token.kind == "number":
            return Number(float(token.text))
        if token.kind == "name":
            return self.empty() if token.text == "is_empty" else self.meaning(token)
        self.at -= 1
        raise self.refuse()

    def nested(self, made: type[Not] | type[Negative]) -> Expression:
        self.depth += 1
        if self.depth > MAXIMUM_DEPTH:
            raise SamspillError("The equation is nested too deeply.", "Split the question.")
        term = self.plain(self.operand())
        self.depth -= 1
        return made(term)

    def close(self) -> None:
        if self.accept(")") is None:
            raise self.refuse()

    def empty(self) -> Expression:
        if self.accept("(") is None:
            raise self.refuse()
        term = self.either()
        self.close()
        if isinstance(term, _Option):
            return Not(term.of)
        return Comparison("=", term, Text(""))

    def meaning(self, token: _Token) -> _Term:
        name, _, suffix = token.text.partition(".")
        meaning = self.names.get(name)
        if meaning is None or suffix not in {"", "NAOK"}:
            raise _unsupported(f"“{token.text}”", token.position)
        if not suffix and not meaning.always_open:
            raise SamspillError(
                Message(
                    "“{name}” may be closed, and then makes the whole equation false.", name=name
                ),
                Message(
                    "Write {name}.NAOK, and say what is meant where it is not asked.", name=name
                ),
            )
        answer = Answer(meaning.variable)
        return _Option(Selected(answer, meaning.category)) if meaning.category else answer


def _option(option: _Option, operator: str, other: _Term) -> Expression:
    if operator in {"=", "!="} and isinstance(other, Text) and other.value in {"Y", ""}:
        chosen = (operator == "=") == (other.value == "Y")
        return option.of if chosen else Not(option.of)
    raise SamspillError(
        Message(
            "The option “{value}” is compared with something else than “Y”.", value=option.of.value
        ),
        'Write == "Y" or != "Y".',
    )


def _tokens(text: str) -> list[_Token]:
    found = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            rest = text[position:].lstrip()
            raise _unsupported(f"“{rest[:12]}”", len(text) - len(rest))
        kind = str(match.lastgroup)
        found.append(_Token(kind, match[kind], match.start(kind)))
        position = match.end()
    found.append(_Token("end", "", len(text)))
    return found


def _unsupported(what: str, position: int) -> SamspillError:
    return SamspillError(
        Message(
            "The equation has {what} at position {position}, which is not supported.",
            what=what,
            position=position + 1,
        ),
        "Use answers with .NAOK, comparisons, and, or, not, is_empty() and + - * /.",
    )
