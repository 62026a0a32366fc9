"""The page for the council, as a document that the house's writers print."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.utils import formats
from django.utils.translation import gettext as _

from samspill.language import language as conventions
from samspill.presentation.report.document import (
    Block,
    Bullets,
    Column,
    Document,
    Fact,
    Facts,
    Paragraph,
    Row,
    Section,
    Strong,
    TableBlock,
    Text,
    Wording,
)
from samspill.register.labels import choice_label
from samspill.web.municipality.models import Policy
from samspill.web.municipality.words import column_name, language, table_name
from samspill.web.planning.criteria import Point, checklist
from samspill.web.planning.progress import GoalLines, Line, late_lines, plan_of, progress_of
from samspill.web.planning.words import owner_of, state_name


def council_document(policy: Policy, today: datetime.date) -> Document:
    """A policy as the council is told of it on a day: decision, numbers, what is late and why,
    goals with measures, and the checklist."""
    plan = plan_of(policy, today)
    lines = [line for goal in plan for line in goal.lines]
    municipality = policy.municipality
    source = _("From the register of %(municipality)s on %(day)s.") % {
        "municipality": municipality,
        "day": _day(today),
    }
    invented = _("%(municipality)s is invented, with everything in it, for demonstration.") % {
        "municipality": municipality
    }
    return Document(
        identifier=f"council-{municipality.code}",
        title=policy.title,
        subtitle=decision(policy),
        description=_("How the plan for the voluntary sector stands."),
        author=municipality.name,
        tag=conventions(language()).tag,
        date=today,
        wording=Wording(
            contents=_("Contents"),
            language=_day(today),
            skip=_("Go to the content"),
            data_behind=source,
            formula="",
            source=source,
            limits="",
        ),
        opening=(_facts(lines), *_statement(policy)),
        sections=(
            *_late(plan, source),
            *(_goal(place, goal, source) for place, goal in enumerate(plan, start=1)),
            _points(checklist(policy, today), source),
        ),
        warning=invented if municipality.invented else "",
        short=True,
    )


def decision(policy: Policy) -> str:
    """When and in which case a policy was adopted, or that it is not."""
    if policy.adopted_on is None:
        return _("Not adopted yet.")
    told = _("Adopted %(day)s.") % {"day": _day(policy.adopted_on)}
    if policy.case_number:
        told += " " + _("Case %(case)s.") % {"case": policy.case_number}
    return told


def _facts(lines: Sequence[Line]) -> Block:
    progress = progress_of(lines)
    of = _("of %(n)s measures are done") % {"n": progress.total}
    return Facts(
        (
            Fact(Text(str(progress.done)), of),
            Fact(Text(str(progress.under_way)), _("are under way within their deadline")),
            Fact(Text(str(progress.late)), _("are late")),
        )
    )


def _statement(policy: Policy) -> tuple[Block, ...]:
    return (_paragraph(policy.statement),) if policy.statement.strip() else ()


def _late(plan: Sequence[GoalLines], source: str) -> tuple[Section, ...]:
    late = late_lines(plan)
    title = _("What is late, and why?")
    if not late:
        return (Section("late", "", title, (_paragraph(_("Nothing is late.")),)),)
    rows = tuple(
        Row(
            (
                line.measure.title,
                owner_of(line.measure),
                _day(line.measure.deadline),
                line.measure.late_because or _("No reason is given."),
            )
        )
        for line in late
    )
    table = TableBlock(
        id="late-table",
        label="",
        title=_("Measures past their deadline"),
        columns=(
            Column(column_name("measures", "title"), flexible=True),
            Column(column_name("measures", "municipal_unit"), flexible=True),
            Column(column_name("measures", "deadline")),
            Column(column_name("measures", "late_because"), flexible=True),
        ),
        rows=rows,
        basis=source,
    )
    return (Section("late", "", title, (table,)),)


def _goal(place: int, goal: GoalLines, source: str) -> Section:
    rows = tuple(_row(line) for line in goal.lines)
    if not rows:
        blocks: tuple[Block, ...] = (_paragraph(_("No measures yet.")),)
    else:
        blocks = (
            TableBlock(
                id=f"goal-{place}-table",
                label="",
                title=_("%(done)s of %(n)s measures done")
                % {"done": goal.progress.done, "n": goal.progress.total},
                columns=(
                    Column(column_name("measures", "title"), flexible=True),
                    Column(column_name("measures", "municipal_unit"), flexible=True),
                    Column(column_name("measures", "deadline")),
                    Column(column_name("measures", "status")),
                    Column(column_name("measures", "evidence"), flexible=True),
                    Column(column_name("measures", "decision"), flexible=True),
                ),
                rows=rows,
                basis=source,
            ),
        )
    return Section(f"goal-{place}", str(place), goal.goal.title, blocks)


def _row(line: Line) -> Row:
    measure = line.measure
    decided = ", ".join(part for part in (measure.decision, measure.case_number) if part)
    return Row(
        (
            measure.title,
            owner_of(measure),
            _day(measure.deadline),
            state_name(line.state),
            measure.evidence or "–",
            decided or "–",
        )
    )


def _points(points: Sequence[Point], source: str) -> Section:
    items = tuple(
        (
            Strong(f"{point.question} "),
            Text(
                f"{choice_label(point.judgement.verdict, language())}. {point.judgement.evidence}"
                if point.judgement
                else _("Not judged yet.")
            ),
        )
        for point in points
    )
    return Section("points", "", table_name("criteria"), (Bullets(items), _paragraph(source)))


def _paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def _day(day: datetime.date | None) -> str:
    return formats.date_format(day, "SHORT_DATE_FORMAT") if day else "–"
