"""Tables as HTML that screen readers can walk: WCAG 2.2 technique H39 (caption) and H63 (scope)."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from samspill.language import language

if TYPE_CHECKING:
    from samspill.presentation.tables.model import Table


def html_table(table: Table) -> str:
    """``table`` as a ``<table>``; all text is escaped, and style is left to the page."""
    shown = [i for i, column in enumerate(table.columns) if column.name != table.group]
    heads = "".join(_head(table.columns[i].label, table.columns[i].numeric) for i in shown)
    body = "".join(
        f"<tbody>{_group(name, len(shown))}"
        + "".join(f"<tr>{_cells(table, row, shown)}</tr>" for row in rows)
        + "</tbody>"
        for name, rows in table.grouped()
    )
    warning = f'<strong class="warning">{escape(table.warning)}</strong> ' if table.warning else ""
    note = (
        f'<tfoot><tr><td colspan="{len(shown)}">{escape(table.note)}</td></tr></tfoot>'
        if table.note
        else ""
    )
    return (
        f'<table class="samspill-table" lang="{language(table.language).tag}">'
        f"<caption>{warning}{escape(table.title)}</caption>"
        f"<thead><tr>{heads}</tr></thead>{body}{note}</table>"
    )


def _head(label: str, numeric: bool) -> str:
    kind = ' class="number"' if numeric else ""
    return f'<th scope="col"{kind}>{escape(label)}</th>'


def _group(name: str, columns: int) -> str:
    if not name:
        return ""
    return f'<tr><th scope="rowgroup" colspan="{columns}">{escape(name)}</th></tr>'


def _cells(table: Table, row: tuple[str, ...], shown: list[int]) -> str:
    first, *rest = shown
    cells = [f'<th scope="row">{escape(row[first])}</th>']
    for i in rest:
        kind = ' class="number"' if table.columns[i].numeric else ""
        cells.append(f"<td{kind}>{escape(row[i])}</td>")
    return "".join(cells)
