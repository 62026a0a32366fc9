"""What is wrong in a file, with its place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault in a row and column as the file counts them: the heading is row 1."""

    row: int
    column: str
    message: str
    next_step: str


class FrameFaults(Exception):
    """Rows that cannot be imported; nothing was changed."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults
