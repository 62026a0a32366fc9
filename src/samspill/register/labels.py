"""What tables, columns and choices are called in each language (``labels.toml``)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("labels.toml")


def table_label(table: str, language: str) -> str:
    """The name of a table, such as “Organisasjoner”. KeyError for an unknown table or language."""
    return _label("table", table, language)


def table_description(table: str, language: str) -> str:
    """One sentence on what a table holds. KeyError for an unknown table or language."""
    return _label("table_description", table, language)


def column_label(table: str, column: str, language: str) -> str:
    """The heading of a column in a table; one heading stands once in a table.

    KeyError for an unknown column or language.
    """
    own = _labels()["column_in"].get(table, {})
    if column in own:
        return str(own[column][language])
    return _label("column", column, language)


def choice_label(choice: str, language: str) -> str:
    """The name of a choice, the same in every column. KeyError for an unknown one."""
    return _label("choice", choice, language)


def _label(what: str, name: str, language: str) -> str:
    return str(_labels()[what][name][language])


@cache
def _labels() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
