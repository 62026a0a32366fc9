"""Errors a person can act on: one sentence that says what is wrong, one that says what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class SamspillError(Exception):
    """What is wrong (``message``) and what to do about it (``next_step``), one sentence each."""

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
        count = len(problems)
        faults = "1 fault" if count == 1 else f"{count} faults"
        super().__init__(f"{what} has {faults}.", "Each is listed with its place.")
        self.problems = tuple(problems)
