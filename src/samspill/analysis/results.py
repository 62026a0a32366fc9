"""The result of a question to a study."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from samspill.statistics.results import Result


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class FieldResult(Result):
    """Numbers per indicator and field, with n and provenance.

    ``frame`` has the columns that the verb documents. ``title`` is the line above the table;
    ``details`` holds, where there are models, the fits by field.
    """

    title: str = ""
    details: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def heading(self) -> str:
        return self.title
