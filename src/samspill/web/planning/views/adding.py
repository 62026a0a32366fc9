"""A new policy, goal or measure, with only what is needed to begin."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.errors import SamspillError
from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import at_desk
from samspill.web.planning.actions.measures import add_goal, add_measure, add_policy
from samspill.web.planning.advising import beginning
from samspill.web.planning.forms import GoalForm, MeasureForm, PolicyForm
from samspill.web.planning.progress import goals_of, policy_named
from samspill.web.planning.views.finding import policy_of


@at_desk(DeskPermission.EDIT_PLAN)
@require_POST
def policy(request: DeskRequest, municipality: str) -> HttpResponse:
    """Begin on a policy."""
    form = PolicyForm(request.POST)
    if not form.is_valid():
        context = {"group": "plan", "part": "overview", "form": form}
        return render(request, "planning/empty.html", context)
    made = add_policy(
        actor=request.user,
        municipality=request.municipality,
        title=form.cleaned_data["title"],
    )
    address = reverse("planning:new_goal", args=[municipality])
    return redirect(f"{address}?policy={made.identifier}")


@at_desk(DeskPermission.EDIT_PLAN)
def goal(request: DeskRequest, municipality: str) -> HttpResponse:
    """Add a goal."""
    found = policy_of(request)
    form = GoalForm(request.POST or None, municipality=request.municipality)
    if request.method == "POST" and form.is_valid():
        made = add_goal(actor=request.user, policy=found, values=form.values())
        messages.success(request, _("%(entry)s is added.") % {"entry": made})
        address = reverse("planning:new_measure", args=[municipality])
        return redirect(f"{address}?policy={found.identifier}&goal={made.identifier}")
    context = {"group": "plan", "part": "overview", "policy": found, "form": form}
    return render(request, "planning/goal.html", context)


@at_desk(DeskPermission.EDIT_PLAN)
def measure(request: DeskRequest, municipality: str) -> HttpResponse:
    """Add a measure; the address may name advice, a barrier, a field and a goal to begin with."""
    found = policy_named(request.municipality, request.GET.get("policy", ""))
    if found is None:
        messages.info(request, _("There is no plan yet. Begin with the policy and a goal."))
        return redirect("planning:overview", municipality)
    if not goals_of(found):
        messages.info(request, _("A measure stands under a goal. Add the first goal."))
        address = reverse("planning:new_goal", args=[municipality])
        return redirect(f"{address}?policy={found.identifier}")
    given = beginning(request.GET.dict())
    form = MeasureForm(request.POST or None, policy=found, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_measure(
                actor=request.user, municipality=request.municipality, values=form.values()
            )
        except SamspillError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(entry)s is added.") % {"entry": made})
            return redirect("planning:measure", municipality, made.identifier)
    context = {
        "group": "plan",
        "part": "overview",
        "policy": found,
        "form": form,
        "advised": bool(given.get("advice")),
    }
    return render(request, "planning/new_measure.html", context)
