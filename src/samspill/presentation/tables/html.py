"""Tables as HTML that screen readers can walk: WCAG 2.2 technique H39 (caption) and H63 (scope)."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from samspill.language import language

if TYPE_CHECKING:
    from samspill.presentation.tables.model import Table


def html_table(table: Table) -> str:
    """``table`` as a ``<table>``; all text is escaped, and style is left to the page."""
    heads = "".join(_head(column.label, column.numeric) for column in table.columns)
    body = "".join(f"<tr>{_cells(table, row)}</tr>" for row in table.rows())
    note = (
        f'<tfoot><tr><td colspan="{len(table.columns)}">{escape(table.note)}</td></tr></tfoot>'
        if table.note
        else ""
    )
    return (
        f'<table class="samspill-table" lang="{language(table.language).tag}">'
        f"<caption>{escape(table.title)}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody>{note}</table>"
    )


def _head(label: str, numeric: bool) -> str:
    kind = ' class="number"' if numeric else ""
    return f'<th scope="col"{kind}>{escape(label)}</th>'


def _cells(table: Table, row: tuple[str, ...]) -> str:
    first, *rest = row
    cells = [f'<th scope="row">{escape(first)}</th>']
    for column, value in zip(table.columns[1:], rest, strict=True):
        kind = ' class="number"' if column.numeric else ""
        cells.append(f"<td{kind}>{escape(value)}</td>")
    return "".join(cells)
