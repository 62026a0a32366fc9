"""Tables that several chapters write alike."""

from __future__ import annotations

from collections.abc import Sequence

from samspill.presentation.report.content.material import (
    Material,
    Values,
    effect_row,
    share_row,
)
from samspill.presentation.report.document import Column, Row, TableBlock


def share_table(m: Material, identifier: str, title: str, rows: Sequence[Values]) -> TableBlock:
    """Shares with counts and two intervals: as a sample of many, and of the finite population."""
    several = len({row["indicator"] for row in rows}) > 1
    by_field = any(row["field"] for row in rows)
    narrowed = _finite(m, rows)
    heads = [m.word("What")] if several or not by_field else []
    heads += [m.word("Field")] if by_field else []
    columns = [
        *(Column(head, flexible=i == 0) for i, head in enumerate(heads)),
        Column(m.word("n"), "right"),
        Column(m.word("Yes"), "right"),
        Column(m.word("Share"), "right"),
        Column(m.word("95% interval"), "right"),
        Column(m.word("… finite population"), "right"),
    ]
    written = []
    for row in rows:
        names = [m.label(row["indicator"])] if several or not by_field else []
        names += (
            [m.label(row["field"]) if row["field"] else m.word("All units")] if by_field else []
        )
        low, high = narrowed.get((row["indicator"], row["field"]), (None, None))
        cells = (
            *names,
            m.number(row["n"]),
            m.number(row["count"]),
            m.percent(row["share"], 1),
            m.span(row["low"], row["high"], 1),
            m.span(low, high, 1),
        )
        written.append(Row(cells, share_row(row)))
    return TableBlock(
        id=identifier,
        label=m.table_label(),
        title=title,
        columns=tuple(columns),
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


def difference_table(
    m: Material, identifier: str, title: str, rows: Sequence[Values]
) -> TableBlock:
    """Differences by policy in percentage points, with p-values before and after correction."""
    columns = (
        Column(m.word("Indicator"), flexible=True),
        Column(m.word("Field")),
        Column(m.word("Without"), "right"),
        Column(m.word("With"), "right"),
        Column(m.word("Difference"), "right"),
        Column(m.word("95% interval"), "right"),
        Column("p", "right"),
        Column("Holm", "right"),
        Column("BH", "right"),
    )
    written = tuple(
        Row(
            (
                m.label(row["indicator"]),
                m.analysis.labels.short_label(row["field"], m.language),
                m.percent(row["share_reference"]),
                m.percent(row["share_comparison"]),
                m.points(row["difference"]),
                m.points_span(row["low"], row["high"]),
                m.p(row["p"]),
                m.p(row["p_holm"]),
                m.p(row["p_bh"]),
            ),
            effect_row(row),
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
    known = list(dict.fromkeys(row["provenance"] for row in rows if row.get("provenance")))
    groups = sorted({(row["n_reference"], row["n_comparison"]) for row in rows})
    how = m.joined([m.provenance(name) for name in known])
    sizes = [
        m.word("{without} without and {with_policy} with", without=a, with_policy=b)
        for a, b in groups
    ]
    if len(sizes) > 3:
        return m.word("n differs from row to row. Counts: {provenance}.", provenance=how)
    return m.word("n = {sizes}. Counts: {provenance}.", sizes=m.joined(sizes), provenance=how)
