"""Who takes part in a study, and what each may do."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.errors import SamspillError
from samspill.web.access.models import PERMISSION_LABELS, ROLE_LABELS
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.roles import OWNER, ROLES
from samspill.web.access.rules import requires
from samspill.web.accounts.invitations import invitation_link
from samspill.web.accounts.models import User
from samspill.web.studies.actions.members import add_member, change_role, remove_member
from samspill.web.studies.forms import MemberForm
from samspill.web.studies.models import Study


@requires(Permission.READ_STUDY)
def members(request: StudyRequest, study: str) -> HttpResponse:
    """Who may do what in the study."""
    return _page(request, MemberForm(initial={"role": "reader"}))


@requires(Permission.MANAGE_MEMBERS)
@require_POST
def add(request: StudyRequest, study: str) -> HttpResponse:
    """Add a member by e-mail address."""
    form = MemberForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        membership, is_new = add_member(
            actor=request.user, study=request.study, **form.cleaned_data
        )
    except SamspillError as error:
        form.add_error("email", str(error))
        return _page(request, form)
    user: User = membership.user
    if is_new:
        _invite(request.study, user)
        text = _("%(email)s is a member, and has been sent a link to choose a password.")
    else:
        text = _("%(email)s is a member.")
    messages.success(request, text % {"email": user.email})
    return redirect("studies:members", study)


@requires(Permission.MANAGE_MEMBERS)
@require_POST
def change(request: StudyRequest, study: str, member: int) -> HttpResponse:
    """Give a member another role, or none."""
    membership = get_object_or_404(request.study.memberships, pk=member)
    email = membership.user.email
    try:
        if "remove" in request.POST:
            remove_member(actor=request.user, membership=membership)
            messages.success(request, _("%(email)s is no longer a member.") % {"email": email})
        else:
            role = request.POST.get("role", "")
            change_role(actor=request.user, membership=membership, role=role)
            messages.success(request, _("The role of %(email)s is saved.") % {"email": email})
    except SamspillError as error:
        messages.error(request, str(error))
    if membership.user_id == request.user.pk and "remove" in request.POST:
        return redirect("studies:list")
    return redirect("studies:members", study)


def _page(request: StudyRequest, form: MemberForm) -> HttpResponse:
    found = list(request.study.memberships.select_related("user").order_by("user__email"))
    context = {
        "part": "members",
        "form": form,
        "members": found,
        "owners": sum(membership.role == OWNER for membership in found),
        "roles": ROLE_LABELS,
        "table": [
            (label, [permission in ROLES[role] for role in ROLE_LABELS])
            for permission, label in PERMISSION_LABELS.items()
        ],
    }
    return render(request, "studies/members.html", context)


def _invite(study: Study, user: User) -> None:
    """The link goes to the address alone: whoever holds it comes in as that person."""
    context = {"study": study, "link": invitation_link(user)}
    send_mail(
        _("You are invited to a study in Samspill"),
        render_to_string("studies/invitation.txt.html", context),
        settings.DEFAULT_FROM_EMAIL,
        [user.email],
    )
