"""The page for the council, on screen, paper and as PDF; and the page for anyone."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from samspill.presentation.report.typst import write_pdf
from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import at_desk, opened_or
from samspill.web.municipality.words import language
from samspill.web.planning.council import council_document, decision
from samspill.web.planning.criteria import checklist
from samspill.web.planning.progress import late_lines, plan_of, progress_of
from samspill.web.planning.public import (
    public_goals,
    public_policy,
    public_processes,
    shown_of,
)
from samspill.web.planning.views.finding import policy_of


@at_desk(DeskPermission.READ_REGISTER)
def page(request: DeskRequest, municipality: str) -> HttpResponse:
    """What the council is told."""
    policy, today = policy_of(request), timezone.localdate()
    plan = plan_of(policy, today)
    context = {
        "group": "plan",
        "part": "council",
        "policy": policy,
        "today": today,
        "decision": decision(policy),
        "progress": progress_of(line for goal in plan for line in goal.lines),
        "late": late_lines(plan),
        "goals": plan,
        "points": checklist(policy, today),
    }
    return render(request, "planning/council.html", context)


@at_desk(DeskPermission.READ_REGISTER)
def pdf(request: DeskRequest, municipality: str) -> HttpResponse:
    """The same as PDF/UA."""
    policy = policy_of(request)
    written = write_pdf(council_document(policy, timezone.localdate()))
    answer = HttpResponse(written, content_type="application/pdf")
    name = f"{municipality}-{policy.identifier}-{language()}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@opened_or(DeskPermission.READ_REGISTER)
def public(request: DeskRequest, municipality: str) -> HttpResponse:
    """What anyone may know of the plan, and how it was made."""
    policy = public_policy(request.municipality)
    goals = public_goals(policy, timezone.localdate()) if policy else []
    lines = [line for goal in goals for line in goal.lines]
    context = {
        "group": "plan",
        "policy": shown_of(policy) if policy else None,
        "goals": goals,
        "total": sum(line.state is not None and line.state != "dropped" for line in lines),
        "done": sum(line.state == "done" for line in lines),
        "late": sum(line.state == "late" for line in lines),
        "processes": public_processes(policy) if policy else [],
    }
    return render(request, "planning/public.html", context)
