"""Errors a person can act on: one sentence that says what is wrong, one that says what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


class Message(str):
    """An English text that remembers what it was made of, so that it can be translated.

    ``template`` has the named ``fields`` in braces; a field may itself be a message. Without fields
    a plain text is enough. ``samspill.language.translate`` says both in a language.
    """

    __slots__ = ("fields", "template")

    template: str
    fields: Mapping[str, object]

    def __new__(cls, template: str, /, **fields: object) -> Message:
        made = super().__new__(cls, template.format(**fields))
        made.template = template
        made.fields = fields
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, object]]:
        return (self.template,), dict(self.fields)


class SamspillError(Exception):
    """What is wrong (``message``) and what to do about it (``next_step``), one sentence each.

    Both are English; one with fields is a ``Message``.
    """

    def __init__(self, message: str, next_step: str = "") -> None:
        super().__init__(f"{message} {next_step}".strip())
        self.message = message
        self.next_step = next_step


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in an input, with its place.

    ``row`` counts from 1 at the first line of data under the heading; ``row`` and ``column``
    are None where the fault is that of the whole file.
    """

    file: str
    row: int | None
    column: str | None
    message: str
    next_step: str

    def __str__(self) -> str:
        place = self.file
        if self.row is not None:
            place += f", row {self.row}"
        if self.column is not None:
            place += f", column {self.column}"
        return f"{place}: {self.message} {self.next_step}"


class InvalidInput(SamspillError):
    """An input with one or more faults; all are listed in ``problems`` and nothing was written."""

    def __init__(self, what: str, problems: Sequence[Problem]) -> None:
        if len(problems) == 1:
            message = Message("{what} has 1 fault.", what=what)
        else:
            message = Message("{what} has {n} faults.", what=what, n=len(problems))
        super().__init__(message, "Each is listed with its place.")
        self.problems = tuple(problems)
