"""The page of a register's tables says what the schema says."""

from __future__ import annotations

from pathlib import Path

from samspill.register import TABLES, Column
from samspill.register.labels import column_label, table_description

PAGE = Path(__file__).parents[2] / "docs" / "register-tables.md"
HEAD = "| column | what it is | kind | shown to anyone |\n|---|---|---|---|\n"


def kind(column: Column) -> str:
    told = column.kind.replace("_", " ")
    if column.of:
        told += f" of `{column.of}`"
    if column.choices:
        told += ": " + ", ".join(f"`{choice}`" for choice in column.choices)
    return told + (", must be filled" if column.filled else "")


def shown(column: Column) -> str:
    if column.personal:
        return "only where it is named"
    return "yes" if column.public else ""


def section(name: str) -> str:
    table = TABLES[name]
    rows = (
        f"| `{c.name}` | {column_label(name, c.name, 'en')} | {kind(c)} | {shown(c)} |\n"
        for c in table.columns
    )
    return f"## {name}\n\n{table_description(name, 'en')}\n\n{HEAD}{''.join(rows)}"


def test_every_table_stands_in_the_page_as_it_is():
    text = PAGE.read_text("utf-8")
    for name in TABLES:
        assert section(name) in text
    assert text.count("\n## ") == len(TABLES)
