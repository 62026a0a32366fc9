"""The checklist: what stands behind each point, and a person's judgement."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.register.schema import CRITERIA
from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import at_desk
from samspill.web.planning.actions.criteria import judge
from samspill.web.planning.criteria import checklist
from samspill.web.planning.forms import JudgementForm
from samspill.web.planning.views.finding import policy_of


@at_desk(DeskPermission.READ_REGISTER)
def points(request: DeskRequest, municipality: str) -> HttpResponse:
    """The seven points of a policy."""
    policy = policy_of(request)
    found = checklist(policy, timezone.localdate())
    verdicts = Counter(p.judgement.verdict for p in found if p.judgement)
    context = {
        "group": "plan",
        "part": "criteria",
        "policy": policy,
        "points": found,
        "met": verdicts["met"],
        "judged": verdicts.total(),
    }
    return render(request, "planning/criteria.html", context)


@at_desk(DeskPermission.EDIT_PLAN)
def judgement(request: DeskRequest, municipality: str, criterion: str) -> HttpResponse:
    """Judge a point, beside what the register shows."""
    if criterion not in CRITERIA:
        raise Http404
    policy = policy_of(request)
    point = next(p for p in checklist(policy, timezone.localdate()) if p.criterion == criterion)
    suggested = " ".join(one.sentence for one in point.evidence if one.holds)
    form = JudgementForm(
        request.POST or None, criterion=criterion, held=point.judgement, suggested=suggested
    )
    if request.method == "POST" and form.is_valid():
        try:
            judge(actor=request.user, policy=policy, criterion=criterion, **form.cleaned_data)
        except SamspillError as error:
            form.add_error("evidence", str(error))
        else:
            messages.success(request, _("The judgement is kept, with its evidence."))
            address = reverse("planning:criteria", args=[municipality])
            return redirect(f"{address}?policy={policy.identifier}")
    context = {
        "group": "plan",
        "part": "criteria",
        "policy": policy,
        "point": point,
        "form": form,
    }
    return render(request, "planning/judgement.html", context)
