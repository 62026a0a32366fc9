"""Expressions read from text in XLSForm's syntax.

Grammar: XPath 1.0 (W3C Recommendation 1999), section 3, without location paths; ``${name}`` and
the functions are those of XLSForm (https://docs.getodk.org/form-operators-functions/). Whatever
lies outside is refused with its position.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple, NoReturn

from samspill.errors import Message, SamspillError
from samspill.instrument.expressions import (
    And,
    Answer,
    Arithmetic,
    Comparison,
    Count,
    CountSelected,
    Expression,
    Length,
    Negative,
    Not,
    Number,
    Or,
    Own,
    Selected,
    Text,
    Truth,
)

MAXIMUM_LENGTH = 5_000
MAXIMUM_DEPTH = 40
_TOKEN = re.compile(
    r"""\s*(?:
      (?P<answer>\$\{\s*[^{}\s]+\s*\})
    | (?P<text>'[^']*'|"[^"]*")
    | (?P<number>[0-9]+(?:\.[0-9]+)?)
    | (?P<name>[A-Za-z_][A-Za-z0-9_-]*)
    | (?P<symbol>!=|<=|>=|[=<>+*().,\[\]-])
    )""",
    re.VERBOSE,
)
_COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")

_LEAVES: dict[str, Callable[[str], Expression]] = {
    "text": lambda text: Text(text[1:-1]),
    "number": lambda text: Number(float(text)),
    "answer": lambda text: Answer(text[2:-1].strip()),
}


class _Token(NamedTuple):
    kind: str
    text: str
    position: int


def parse_expression(text: str) -> Expression:
    """The tree of an expression in XLSForm's syntax.

    Raises:
        SamspillError: the text is not an expression, or uses something that is not supported;
            the message names the position, counted from 1.
    """
    if len(text) > MAXIMUM_LENGTH:
        raise SamspillError(
            Message("The expression is longer than {n} characters.", n=MAXIMUM_LENGTH),
            "Split the question.",
        )
    return _Parser(_tokens(text)).whole()


def _tokens(text: str) -> list[_Token]:
    found = []
    position = 0
    end = len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None:
            rest = text[position:].lstrip()
            start = len(text) - len(rest)
            raise _unsupported(f"“{rest[:12]}”", start)
        kind = str(match.lastgroup)
        found.append(_Token(kind, match[kind], match.start(kind)))
        position = match.end()
    found.append(_Token("end", "", end))
    return found


def _unsupported(what: str, position: int) -> SamspillError:
    return SamspillError(
        Message(
            "The expression has {what} at position {position}, which is not supported.",
            what=what,
            position=position + 1,
        ),
        "Use comparisons, and, or, not(), + - * div mod, "
        "selected(), count-selected(), count() and string-length().",
    )


class _Parser:
    """Recursive descent, one method for each level of precedence, lowest first."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    @property
    def token(self) -> _Token:
        return self.tokens[self.at]

    def whole(self) -> Expression:
        if self.token.kind == "end":
            raise SamspillError("The expression is empty.", "Write it, or leave it out.")
        found = self.either()
        if self.token.kind != "end":
            self.refuse()
        return found

    def refuse(self) -> NoReturn:
        token = self.token
        if token.kind == "end":
            raise SamspillError(
                Message(
                    "The expression breaks off at position {position}.", position=token.position + 1
                ),
                "Complete it; look for a missing bracket or operand.",
            )
        raise _unsupported(f"“{token.text}”", token.position)

    def accept(self, *texts: str) -> str | None:
        if self.token.kind in {"symbol", "name"} and self.token.text in texts:
            self.at += 1
            return self.tokens[self.at - 1].text
        return None

    def expect(self, text: str) -> None:
        if self.accept(text) is None:
            self.refuse()

    def either(self) -> Expression:
        self.depth += 1
        if self.depth > MAXIMUM_DEPTH:
            raise SamspillError("The expression is nested too deeply.", "Split the question.")
        found = self.both()
        while self.accept("or"):
            found = Or(found, self.both())
        self.depth -= 1
        return found

    def both(self) -> Expression:
        found = self.comparison()
        while self.accept("and"):
            found = And(found, self.comparison())
        return found

    def comparison(self) -> Expression:
        found = self.total()
        if operator := self.accept(*_COMPARISONS):
            found = Comparison(operator, found, self.total())
        return found

    def total(self) -> Expression:
        found = self.product()
        while operator := self.accept("+", "-"):
            found = Arithmetic(operator, found, self.product())
        return found

    def product(self) -> Expression:
        found = self.signed()
        while operator := self.accept("*", "div", "mod"):
            found = Arithmetic(operator, found, self.signed())
        return found

    def signed(self) -> Expression:
        signs = 0
        while self.accept("-"):
            signs += 1
            if signs > MAXIMUM_DEPTH:
                raise SamspillError("The expression has too many minus signs.", "Take them away.")
        found = self.operand()
        for _ in range(signs):
            found = Negative(found)
        return found

    def operand(self) -> Expression:
        token = self.token
        if token.kind in _LEAVES:
            self.at += 1
            return _LEAVES[token.kind](token.text)
        if self.accept("."):
            return Own()
        if self.accept("("):
            found = self.either()
            self.expect(")")
            return found
        if token.kind == "name" and token.text in _FUNCTIONS:
            self.at += 1
            return self.function(token.text)
        return self.refuse()

    def function(self, name: str) -> Expression:
        self.expect("(")
        found = _FUNCTIONS[name](self)
        self.expect(")")
        return found

    def subject(self) -> Answer | Own:
        found = self.operand()
        if not isinstance(found, Answer | Own):
            self.at -= 1
            self.refuse()
        return found

    def literal(self) -> str:
        token = self.token
        if token.kind == "text":
            self.at += 1
            return token.text[1:-1]
        return self.refuse()

    def selected(self) -> Expression:
        of = self.subject()
        self.expect(",")
        return Selected(of, self.literal())

    def count(self) -> Expression:
        if self.token.kind != "answer":
            self.refuse()
        variable = self.token.text[2:-1].strip()
        self.at += 1
        if not self.accept("["):
            return Count(variable)
        self.expect(".")
        self.expect("=")
        value = self.literal()
        self.expect("]")
        return Count(variable, value)


_FUNCTIONS: dict[str, Callable[[_Parser], Expression]] = {
    "not": lambda parser: Not(parser.either()),
    "selected": _Parser.selected,
    "count-selected": lambda parser: CountSelected(parser.subject()),
    "string-length": lambda parser: Length(parser.subject()),
    "count": _Parser.count,
    "true": lambda _: Truth(True),
    "false": lambda _: Truth(False),
}
