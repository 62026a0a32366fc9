"""What changed in a classification, change by change."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class CodeChange:
    """From ``occurred_on`` the old code, or a part of what it stood for, is the new code.

    A code and its name are empty where something began or ceased.
    """

    occurred_on: datetime.date
    old_code: str
    old_name: str
    new_code: str
    new_name: str


@dataclass(frozen=True, slots=True)
class ChangeTable:
    """Changes in order of date and code, each once."""

    changes: tuple[CodeChange, ...]

    @classmethod
    def of(cls, changes: Iterable[CodeChange]) -> ChangeTable:
        """The table of these changes, whatever their order."""
        return cls(tuple(sorted(set(changes))))

    def __len__(self) -> int:
        return len(self.changes)

    def __iter__(self) -> Iterator[CodeChange]:
        return iter(self.changes)

    @property
    def dates(self) -> tuple[datetime.date, ...]:
        """The days on which something changed."""
        return tuple(sorted({change.occurred_on for change in self.changes}))

    def between(self, after: datetime.date | None, until: datetime.date | None) -> ChangeTable:
        """Changes later than ``after``, up to and including ``until``; None leaves an end open."""
        return ChangeTable(
            tuple(
                change
                for change in self.changes
                if (after is None or change.occurred_on > after)
                and (until is None or change.occurred_on <= until)
            )
        )
