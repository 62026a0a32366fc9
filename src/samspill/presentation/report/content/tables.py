"""Tables that several chapters write alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from samspill.presentation.report.content.material import (
    Material,
    Values,
    effect_row,
    model_row,
    share_row,
)
from samspill.presentation.report.document import Column, Row, TableBlock


def share_table(
    m: Material,
    identifier: str,
    title: str,
    rows: Sequence[Values],
    *,
    head: str = "",
    label: Callable[[Values], str] | None = None,
) -> TableBlock:
    """Shares with counts and two intervals: as a sample of many, and of the finite population.

    Where several indicators are shown in several fields, the indicators head groups of rows;
    ``head`` is what a row without a field is called, and ``label`` gives its name.
    """
    by_field = any(row["field"] for row in rows)
    grouped = by_field and len({row["indicator"] for row in rows}) > 1
    narrowed = _finite(m, rows)
    columns = (
        Column(m.word("Field") if by_field else head, flexible=True),
        Column("n", "right"),
        Column(m.word("Yes"), "right"),
        Column(m.word("Share"), "right"),
        Column(m.word("95% interval"), "right"),
        Column(m.word("95% interval,\nfinite population"), "right"),
        *_weighted_column(m, rows, "share_weighted"),
    )
    written = []
    for row in rows:
        name = m.label(row["field"] if by_field else row["indicator"])
        name = label(row) if label else name
        low, high = narrowed.get((row["indicator"], row["field"]), (None, None))
        cells = (
            name,
            m.number(row["n"]),
            m.number(row["count"]),
            m.percent(row["share"], 1),
            m.span(row["low"], row["high"], 1),
            m.span(low, high, 1),
            *_weighted_share(m, rows, row),
        )
        group = m.label(row["indicator"]) if grouped else ""
        written.append(Row(cells, share_row(row), group, m.source(row)))
    return TableBlock(
        id=identifier,
        label=m.table_label(),
        title=title,
        columns=columns,
        rows=tuple(written),
        basis=m.basis(rows),
    )


def _finite(m: Material, rows: Sequence[Values]) -> dict[tuple[str, str], tuple[float, float]]:
    found = {}
    for name in dict.fromkeys(row["indicator"] for row in rows):
        fields = [row["field"] for row in rows if row["indicator"] == name and row["field"]]
        options = {"fields": fields} if fields else {}
        for row in m.shares(name, finite_population=True, **options):
            found[name, row["field"]] = (row["low"], row["high"])
    return found


def _weighted_column(m: Material, rows: Sequence[Values], name: str) -> tuple[Column, ...]:
    """A column for weighted numbers, where any row has them."""
    if not _is_weighted(rows, name):
        return ()
    return (Column(m.word("Weighted\n(95% interval)"), "right"),)


def _is_weighted(rows: Sequence[Values], name: str) -> bool:
    return any(row.get(name) is not None for row in rows)


def _weighted_share(m: Material, rows: Sequence[Values], row: Values) -> tuple[str, ...]:
    if not _is_weighted(rows, "share_weighted"):
        return ()
    if row.get("share_weighted") is None:
        return ("–",)
    span = m.span(row["low_weighted"], row["high_weighted"])
    return (f"{m.percent(row['share_weighted'], 1)} ({span})",)


def _weighted_difference(m: Material, rows: Sequence[Values], row: Values) -> tuple[str, ...]:
    if not _is_weighted(rows, "difference_weighted"):
        return ()
    if row.get("difference_weighted") is None:
        return ("–",)
    span = m.points_span(row["low_weighted"], row["high_weighted"])
    return (f"{m.points(row['difference_weighted'])} ({span})",)


def difference_table(
    m: Material, identifier: str, title: str, rows: Sequence[Values]
) -> TableBlock:
    """Differences by policy in percentage points, with p-values before and after correction."""
    columns = (
        Column(m.word("Field"), flexible=True),
        Column(m.word("Without"), "right"),
        Column(m.word("With"), "right"),
        Column(m.word("Difference,\npoints"), "right"),
        Column(m.word("95% interval"), "right"),
        Column("p", "right"),
        Column(m.word("p,\nHolm"), "right"),
        Column(m.word("p,\nBH"), "right"),
        *_weighted_column(m, rows, "difference_weighted"),
    )
    written = tuple(
        Row(
            (
                m.label(row["field"]),
                m.percent(row["share_reference"]),
                m.percent(row["share_comparison"]),
                m.points(row["difference"]),
                m.points_span(row["low"], row["high"]),
                m.p(row["p"]),
                m.p(row["p_holm"]),
                m.p(row["p_bh"]),
                *_weighted_difference(m, rows, row),
            ),
            effect_row(row),
            m.label(row["indicator"]),
            model_row(row),
        )
        for row in rows
    )
    note = m.word(
        "Shares without and with a policy; difference in percentage points with Newcombe's "
        "interval; p from the Wald test of the log odds ratio, then corrected for all {k} "
        "comparisons by Holm and by Benjamini–Hochberg (BH).",
        k=len(rows),
    )
    return TableBlock(
        id=identifier,
        label=m.table_label(),
        title=title,
        columns=columns,
        rows=written,
        note=note,
        basis=group_basis(m, rows),
    )


def group_basis(m: Material, rows: Sequence[Values]) -> str:
    """The sizes of the two groups and the provenance of their counts."""
    groups = sorted({(row["n_reference"], row["n_comparison"]) for row in rows})
    how = m.provenances(rows)
    sizes = [
        m.word("{without} without and {with_policy} with", without=a, with_policy=b)
        for a, b in groups
    ]
    if len(sizes) > 3:
        return m.word("n differs from row to row. Counts: {provenance}.", provenance=how)
    return m.word("n = {sizes}. Counts: {provenance}.", sizes=m.joined(sizes), provenance=how)
