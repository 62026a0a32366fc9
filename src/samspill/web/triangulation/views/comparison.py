"""One theme in one field: what each source says, how they stand, why, and what was decided."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from samspill.errors import SamspillError
from samspill.triangulation import Row
from samspill.triangulation.rules import STATES
from samspill.triangulation.words import MARKS, Words
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.interviews.project import tables_of
from samspill.web.studies.models import Study
from samspill.web.triangulation.forms import (
    DecisionForm,
    EvidenceForm,
    ReasonForm,
    StatementForm,
)
from samspill.web.triangulation.gathering import Gathered, gathered
from samspill.web.triangulation.shown import WHOLE, decisions, reasons, sides


@requires(Permission.CODE_TEXT)
def show(request: StudyRequest, study: str, theme: str, field: str) -> HttpResponse:
    """Do the sources say the same of a theme in a field, and if not, why?"""
    return page(request, theme, field)


def page(
    request: StudyRequest, theme: str, field: str, status: int = 200, **forms: Any
) -> HttpResponse:
    """The page, with forms that were not in order in place of empty ones."""
    found = gathered(request.study)
    row = row_of(found, theme, field)
    context = about(request.study, found, row, member=True)
    known = [(r.id, f"{r.kind}: {r.text}"[:90]) for r in context["reasons"]]
    own = request.study.reasons.filter(theme=row.theme.identifier, field__in=("", row.field))
    context |= {
        "reason_form": ReasonForm(auto_id="reason_%s"),
        "evidence_form": EvidenceForm(known=known, auto_id="evidence_%s") if known else None,
        "decision_form": DecisionForm(row=row, auto_id="decision_%s"),
        "statement_form": StatementForm(theme=row.theme, auto_id="statement_%s"),
        "own_reasons": {str(r.guid) for r in own},
        "statements": request.study.source_statements.filter(
            theme=row.theme.identifier, field__in=("", row.field)
        ),
        **forms,
    }
    return render(request, "triangulation/comparison.html", context, status=status)


def row_of(found: Gathered, theme: str, field: str) -> Row:
    """The comparison of an address; Http404 where there is none."""
    try:
        return found.display.row(theme, "" if field == WHOLE else field)
    except SamspillError as error:
        raise Http404 from error


def about(study: Study, found: Gathered, row: Row, *, member: bool) -> dict[str, Any]:
    """What the page says of a comparison, to members and to readers."""
    words = Words(get_language() or "nb")
    tables = tables_of(study) if found.interviewed else None
    return {
        "row": row,
        "theme": row.theme.identifier,
        "field": row.field or WHOLE,
        "label": row.theme.label(words.language),
        "field_label": words.field(row.field),
        "question": row.theme.question(words.language),
        "mark": MARKS[row.holds],
        "holds": words.assessment(row.holds),
        "by_rules": words.assessment(row.assessment),
        "standing": words.standing(row.standing),
        "relations": [
            words.relation(row.theme, r)
            for r in sorted(row.relations, key=lambda r: STATES.index(r.state))
        ],
        "margin": words.margin(row),
        "sides": sides(row, found, words, study, tables, member=member),
        "silent": [(words.column(p.column), words.state(p.state)) for p in row.silent],
        "reasons": reasons(row, found, words, study),
        "decisions": decisions(row, words, study),
    }
