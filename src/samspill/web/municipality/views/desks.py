"""The municipalities that a person has a role in, and a desk for a new one."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.errors import SamspillError
from samspill.web.access.request import UserRequest
from samspill.web.access.rules import administrator, signed_in
from samspill.web.accounts.models import User
from samspill.web.municipality.actions.municipalities import create_municipality
from samspill.web.municipality.models import Municipality, Organisation
from samspill.web.municipality.models.code import MUNICIPALITY_CODE


class DeskForm(forms.Form):
    """A municipality and its first coordinator."""

    code = forms.CharField(
        label=gettext_lazy("Municipality number"), max_length=6, validators=(MUNICIPALITY_CODE,)
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    coordinator = forms.ModelChoiceField(
        label=gettext_lazy("Coordinator"),
        help_text=gettext_lazy("Someone who has an account here; invite the person first."),
        queryset=User.objects.none(),
        to_field_name="email",
    )
    invented = forms.BooleanField(
        label=gettext_lazy("The municipality is invented"),
        help_text=gettext_lazy("For trial and teaching. Every page then says so."),
        required=False,
    )

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        people = User.objects.filter(is_active=True).order_by("email")
        self.fields["coordinator"].queryset = people  # type: ignore[attr-defined]


@signed_in
def desks(request: UserRequest) -> HttpResponse:
    """The desks where the reader has a role, and the organisations that the reader represents;
    straight to the only one."""
    found = list(
        Municipality.objects.filter(
            positions__user=request.user, positions__organisation=None
        ).distinct()
    )
    represented = list(
        Organisation.objects.filter(positions__user=request.user).select_related("municipality")
    )
    if not request.user.is_superuser and len(found) + len(represented) == 1:
        if found:
            return redirect("municipality:today", found[0].code)
        only = represented[0]
        return redirect("organisation:page", only.municipality.code, only.identifier)
    context = {"desks": found, "represented": represented}
    return render(request, "municipality/desks.html", context)


@administrator
def new(request: UserRequest) -> HttpResponse:
    """Make a municipality's desk."""
    form = DeskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_municipality(actor=request.user, **form.cleaned_data)
        except SamspillError as error:
            form.add_error("code", str(error))
        else:
            messages.success(request, _("%(name)s has a desk.") % {"name": made})
            return redirect("municipality:desks")
    return render(request, "municipality/new.html", {"form": form})
