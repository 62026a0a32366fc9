"""Rows of a single table into a register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

from samspill.register.model import Register, Row, complete_row


def merged(register: Register, table: str, rows: Iterable[Row]) -> Register:
    """The register with rows changed and added.

    A row whose identifier is there changes the columns that it has; another is added after the
    others. Nothing is taken away, and nothing is checked.
    """
    kept = register.by_identifier(table)
    for row in rows:
        identifier = str(row["identifier"])
        kept[identifier] = complete_row(table, {**kept.get(identifier, {}), **row})
    tables = {**register.tables, table: tuple(kept.values())}
    return replace(register, tables=MappingProxyType(tables))
