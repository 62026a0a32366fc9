"""The plan at a glance: goals with measures, what is late, who owns what."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import at_desk
from samspill.web.planning.filtering import PlanFilter
from samspill.web.planning.forms import PolicyForm, StatusForm
from samspill.web.planning.progress import (
    late_lines,
    plan_of,
    policies,
    policy_named,
    progress_of,
)


@at_desk(DeskPermission.READ_REGISTER)
def overview(request: DeskRequest, municipality: str) -> HttpResponse:
    """How the plan stands; the address may name another policy and what to look for."""
    policy = policy_named(request.municipality, request.GET.get("policy", ""))
    if policy is None:
        context = {"group": "plan", "part": "overview", "form": PolicyForm()}
        return render(request, "planning/empty.html", context)
    today = timezone.localdate()
    plan = plan_of(policy, today)
    form = PlanFilter(request.GET, plan=plan)
    chosen = form.chosen(plan)
    may_edit = DeskPermission.EDIT_PLAN in request.permissions
    context = {
        "group": "plan",
        "part": "overview",
        "policy": policy,
        "others": [other for other in policies(request.municipality) if other != policy],
        "form": form,
        "progress": progress_of(line for goal in plan for line in goal.lines),
        "late": late_lines(plan),
        "goals": [
            (
                goal,
                [
                    (line, StatusForm(measure=line.measure) if may_edit else None)
                    for line in goal.lines
                ],
            )
            for goal in chosen
        ],
        "found": sum(len(goal.lines) for goal in chosen),
        "address": request.GET.urlencode(),
    }
    return render(request, "planning/overview.html", context)
