"""Possible contradictions, with the latest verdict on each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from samspill.qualitative import Tables
from samspill.qualitative.queries import Judgement, contradictions
from samspill.web.interviews.models import Verdict
from samspill.web.studies.models import Study

Place = tuple[str, str, str, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Contradicting:
    """Rows of the library's ``Contradictions``, each with its ``Verdict`` or None. ``unused``
    counts the verdicts on what contradicts no more."""

    rows: list[tuple[dict[str, Any], Verdict | None]]
    unused: int


def contradicting(study: Study, tables: Tables) -> Contradicting:
    """Where the sides may contradict each other in a study, and what people have said of it."""
    made = study.verdicts.select_related("one", "other", "unit", "by").order_by("at", "pk")
    latest = {_place(verdict): verdict for verdict in made}
    found = contradictions(tables, judgements=[_judgement(row) for row in latest.values()])
    rows = [
        (row, latest.get((row["one"], row["other"], row["says_one"], row["field"], row["unit"])))
        for row in found.frame.iter_rows(named=True)
    ]
    return Contradicting(rows, len(found.unused))


def _place(row: Verdict) -> Place:
    unit = row.unit.identifier if row.unit else None
    return str(row.one.guid), str(row.other.guid), row.says_one, row.field or None, unit


def _judgement(row: Verdict) -> Judgement:
    one, other, says_one, field, unit = _place(row)
    return Judgement(
        one=one,
        other=other,
        says_one=says_one,
        where={"field": field, "unit": unit},
        verdict=row.verdict,  # type: ignore[arg-type]
        reason=row.reason,
        by=row.by.name,
        date=row.at.date().isoformat(),
    )
