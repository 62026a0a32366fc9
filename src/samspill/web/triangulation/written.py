"""What people have written of the comparisons, as the library knows it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language

from samspill.triangulation import Decision, Evidence, Memos, Reason, Statement
from samspill.triangulation.memo import parse_statement
from samspill.triangulation.themes import find_theme
from samspill.web.studies.models import Study


def state_of(study: Study) -> str:
    """Changes whenever anything written of the study's comparisons does."""
    held = (
        study.source_statements,
        study.reasons,
        study.reason_evidence,
        study.source_decisions,
    )
    parts = [rows.aggregate(n=models.Count("pk"), last=models.Max("pk")) for rows in held]
    return ";".join(f"{part['n']}:{part['last']}" for part in parts)


def memos_of(study: Study, before: Memos) -> Memos:
    """What is written in the application; evidence for a reason of ``before`` stands in a reason
    of the same identity, which takes its place."""
    language = get_language() or "nb"
    reasons: dict[tuple[str, str], tuple[Reason, ...]] = {}
    evidence = list(study.reason_evidence.order_by("at", "pk"))
    for row in study.reasons.order_by("at", "pk"):
        own = tuple(_evidence(each, language) for each in evidence if each.reason_id == row.pk)
        made = Reason(
            row.kind,
            {language: row.text},
            own,
            row.by,
            timezone.localdate(row.at).isoformat(),
            row.source,
            str(row.guid),
        )
        place = (row.theme, row.field)
        reasons[place] = (*reasons.get(place, ()), made)
    for place, known in before.reasons.items():
        added = [each for each in evidence if each.about in {reason.id for reason in known}]
        for each in added:
            reasons[place] = (
                *reasons.get(place, ()),
                Reason("other", {}, (_evidence(each, language),), id=each.about),
            )
    decisions: dict[tuple[str, str], tuple[Decision, ...]] = {}
    for one in study.source_decisions.order_by("at", "pk"):
        made_decision = Decision(
            one.kind,
            {language: one.text},
            one.by,
            one.fingerprint,
            one.value,
            timezone.localdate(one.at).isoformat(),
            str(one.guid),
        )
        place = (one.theme, one.field)
        decisions[place] = (*decisions.get(place, ()), made_decision)
    return Memos(tuple(_statements(study, language)), reasons, decisions)


def _evidence(row: models.Model, language: str) -> Evidence:
    return Evidence(
        row.direction,  # type: ignore[attr-defined]
        {language: row.text},  # type: ignore[attr-defined]
        row.source,  # type: ignore[attr-defined]
        row.by,  # type: ignore[attr-defined]
        timezone.localdate(row.at).isoformat(),  # type: ignore[attr-defined]
        str(row.guid),  # type: ignore[attr-defined]
    )


def _statements(study: Study, language: str) -> list[Statement]:
    found = []
    for row in study.source_statements.order_by("at", "pk"):
        order, verdicts = parse_statement(find_theme(row.theme), row.says)
        texts = {language: row.text} if row.text else {}
        found.append(
            Statement(
                row.theme, row.field, row.column, order, verdicts, texts, row.source, str(row.guid)
            )
        )
    return found
