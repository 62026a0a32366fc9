"""Labels of everything a study speaks of: its own first, then the vocabulary's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from samspill.errors import SamspillError
from samspill.vocabulary import Vocabulary, load

if TYPE_CHECKING:
    from samspill.study import Study


class Labels:
    """Looks up labels by identifier and language."""

    def __init__(self, study: Study, vocabulary: Vocabulary | None = None) -> None:
        self.vocabulary = vocabulary or load()
        self._own = {
            **_rows(study.variables, "variable"),
            **_rows(study.indicators, "indicator"),
        }
        self._categories = {
            (row["variable"], row["value"]): row for row in study.categories.to_dicts()
        }

    def label(self, identifier: str, language: str) -> str:
        """The label of a concept, indicator or variable; raises SamspillError where none has it."""
        try:
            return self.vocabulary.label(identifier, language)
        except SamspillError:
            return self._of(self._own.get(identifier), identifier, language)

    def short_label(self, identifier: str, language: str) -> str:
        """The label for narrow places; the full one where there is no shorter."""
        try:
            return self.vocabulary.short_label(identifier, language)
        except SamspillError:
            return self.label(identifier, language)

    def category(self, variable: str, value: object, language: str) -> str:
        """The label of a category of a variable."""
        row = self._categories.get((variable, str(value)))
        return self._of(row, f"{variable} = {value}", language)

    @staticmethod
    def _of(row: dict[str, str] | None, identifier: str, language: str) -> str:
        text = (row or {}).get(f"label_{language}")
        if not text:
            raise SamspillError(
                f"'{identifier}' has no label in the language '{language}'.",
                "Add it to the study's tables or to the vocabulary.",
            )
        return text


def _rows(table: pl.DataFrame, key: str) -> dict[str, dict[str, str]]:
    return {row[key]: row for row in table.to_dicts()}
