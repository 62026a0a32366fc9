"""One's own page, and the accounts of an installation."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.errors import SamspillError
from samspill.web.access.request import UserRequest
from samspill.web.access.rules import administrator, signed_in
from samspill.web.accounts import actions
from samspill.web.accounts.forms import InvitationForm, ProfileForm
from samspill.web.accounts.invitations import invitation_link
from samspill.web.accounts.models import User


@signed_in
def me(request: UserRequest) -> HttpResponse:
    """Who I am here, and in which studies."""
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        actions.change_profile(user=request.user, **form.cleaned_data)
        messages.success(request, _("Your account is saved."))
        return redirect("accounts:me")
    memberships = request.user.memberships.select_related("study")
    return render(request, "accounts/me.html", {"form": form, "memberships": memberships})


@administrator
def people(request: UserRequest) -> HttpResponse:
    """Who has an account, for those who run the installation."""
    return _people(request, InvitationForm())


@administrator
@require_POST
def invite(request: UserRequest) -> HttpResponse:
    """Make an invitation and show its link, which is not kept anywhere."""
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _people(request, form)
    try:
        user = actions.invite(actor=request.user, **form.cleaned_data)
    except SamspillError as error:
        form.add_error("email", str(error))
        return _people(request, form)
    return _people(request, InvitationForm(), link=invitation_link(user))


@administrator
@require_POST
def activity(request: UserRequest, user: int) -> HttpResponse:
    """Close an account, or open it again."""
    chosen = get_object_or_404(User, pk=user)
    try:
        actions.set_active(
            actor=request.user, user=chosen, active=request.POST.get("active") == "1"
        )
    except SamspillError as error:
        messages.error(request, str(error))
    return redirect("accounts:people")


def _people(request: UserRequest, form: InvitationForm, link: str = "") -> HttpResponse:
    context = {"people": User.objects.all(), "form": form, "link": link}
    return render(request, "accounts/people.html", context)
