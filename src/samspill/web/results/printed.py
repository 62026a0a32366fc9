"""Printed and recomputed: every printed number of a study beside what its answers give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from samspill.presentation.report.content.recomputed import described
from samspill.web.results import words
from samspill.web.results.chapters import material
from samspill.web.results.checking import checked
from samspill.web.results.explorer import splits
from samspill.web.results.explorer_page import origin_query
from samspill.web.results.published import Edition


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A printed number, as written. ``origin`` is the query of its indicator's page, with
    ``indicator`` empty where the number rests on no indicator of the study."""

    identifier: str
    source: str
    source_label: str
    what: str
    statistic: str
    printed: str
    recomputed: str
    n: str
    verdict: str
    verdict_label: str
    evidence: str
    indicator: str
    origin: str
    explanation: str


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """``verdicts`` and ``sources``: what can be chosen, with label and how many."""

    summary: str
    rows: tuple[PrintedRow, ...]
    verdicts: tuple[tuple[str, str, int], ...]
    sources: tuple[tuple[str, str, int], ...]

    @property
    def disagreeing(self) -> tuple[PrintedRow, ...]:
        return tuple(row for row in self.rows if row.verdict == "disagrees")


@dataclass(frozen=True, slots=True)
class PrintedChoice:
    """Empty is all."""

    verdict: str = ""
    source: str = ""

    @property
    def query(self) -> str:
        given = {"verdict": self.verdict, "source": self.source}
        return urlencode({name: value for name, value in given.items() if value})

    def chosen(self, rows: tuple[PrintedRow, ...]) -> tuple[PrintedRow, ...]:
        """The rows that are asked for, those that disagree first."""
        fitting = [
            row
            for row in rows
            if self.verdict in ("", row.verdict) and self.source in ("", row.source)
        ]
        return tuple(sorted(fitting, key=lambda row: row.verdict != "disagrees"))


def read_printed_choice(given: Mapping[str, str], page: PrintedPage) -> PrintedChoice:
    """The choice that an address asks for; what the study does not have is left out."""
    verdict, source = given.get("verdict", ""), given.get("source", "")
    return PrintedChoice(
        verdict if verdict in {name for name, _, _ in page.verdicts} else "",
        source if source in {name for name, _, _ in page.sources} else "",
    )


def printed_page(edition: Edition) -> PrintedPage:
    """Every printed number, in the page's language."""
    found = checked(edition)
    table = edition.analysis.study.printed
    by = dict(table.select("id", "split").iter_rows()) if table.height else {}
    told = material(edition)
    rows = tuple(
        _row(edition, row, described(told, dict(row)), by.get(row["id"]) or "", found.explanations)
        for row in found.rows
    )
    verdicts = Counter(row.verdict for row in rows)
    sources = Counter(row.source for row in rows)
    labels = {row.source: row.source_label for row in rows}
    return PrintedPage(
        found.summary,
        rows,
        tuple(
            (name, words.verdict(name), verdicts[name])
            for name in words.VERDICTS
            if name in verdicts
        ),
        tuple((name, labels[name], number) for name, number in sources.items()),
    )


def _row(
    edition: Edition,
    row: Mapping[str, Any],
    what: str,
    split: str,
    explanations: Mapping[str, str],
) -> PrintedRow:
    analysis = edition.analysis
    indicator = row["indicator"] if row["indicator"] in analysis.definitions else ""
    field = row["field"] or ""
    known = field in ("", *analysis.all_fields) and split in ("", *splits(analysis))
    group = row["group"] or ""
    if split and group not in analysis.groups(split):
        group = ""
    return PrintedRow(
        identifier=row["id"],
        source=row["source"],
        source_label=words.source(row["source"]),
        what=what[:1].upper() + what[1:],
        statistic=words.statistic(row["statistic"]),
        printed=row["printed"] or "–",
        recomputed=row["recomputed"] or "–",
        n="–" if row["n"] is None else str(row["n"]),
        verdict=row["verdict"],
        verdict_label=words.verdict(row["verdict"]),
        evidence=words.evidence(row["evidence"]) if row["evidence"] else "",
        indicator=indicator if known else "",
        origin=origin_query(field, split if group else "", group if split else "", ""),
        explanation=explanations.get(row["id"], ""),
    )
