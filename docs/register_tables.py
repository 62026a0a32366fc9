"""Write ``docs/register-tables.md`` from the tables of a register.

python3 start.py run python docs/register_tables.py
"""

from __future__ import annotations

from pathlib import Path

from samspill.register import TABLES, Column
from samspill.register.labels import column_label, table_description

PAGE = Path(__file__).with_name("register-tables.md")
HEAD = """\
# The tables of a register

What a municipality's [register](register.md) holds. Rows are told apart by `identifier`. Columns
marked “yes” are shown to anyone unless the row's cell `public` says otherwise; of offers,
enquiries, referrals, capacities and matches nothing is shown.

This page is written from the tables themselves by `docs/register_tables.py`.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(_section(name) for name in TABLES)])


def _section(name: str) -> str:
    rows = [
        f"| `{c.name}` | {column_label(name, c.name, 'en')} | {_kind(c)} | {_shown(c)} |\n"
        for c in TABLES[name].columns
    ]
    head = "| column | what it is | kind | shown to anyone |\n|---|---|---|---|\n"
    return f"## {name}\n\n{table_description(name, 'en')}\n\n{head}{''.join(rows)}"


def _kind(column: Column) -> str:
    told = column.kind.replace("_", " ")
    if column.of:
        told += f" of `{column.of}`"
    if column.choices:
        told += ": " + ", ".join(f"`{choice}`" for choice in column.choices)
    return told + (", must be filled" if column.filled else "")


def _shown(column: Column) -> str:
    if column.personal:
        return "only where it is named"
    return "yes" if column.public else ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
