"""Who has which role at the desk, and whether its public pages are open."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samspill.errors import SamspillError
from samspill.web.access.models import DESK_PERMISSION_LABELS, DESK_ROLE_LABELS
from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.roles import DESK_ROLES
from samspill.web.access.rules import at_desk
from samspill.web.municipality.actions.municipalities import open_desk
from samspill.web.municipality.actions.positions import give_position, take_position
from samspill.web.municipality.inviting import send_invitation
from samspill.web.municipality.models import Municipality, Organisation


class PositionForm(forms.Form):
    """A person and the role that she is to have."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"))
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, required=False)
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=list(DESK_ROLE_LABELS.items()))
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organisation"),
        help_text=gettext_lazy("For a representative alone."),
        queryset=Organisation.objects.none(),
        to_field_name="identifier",
        required=False,
    )

    def __init__(self, data: object = None, *, municipality: Municipality) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        found = Organisation.objects.filter(municipality=municipality).order_by("name")
        self.fields["organisation"].queryset = found  # type: ignore[attr-defined]


@at_desk(DeskPermission.READ_REGISTER)
def people(request: DeskRequest, municipality: str) -> HttpResponse:
    """Who may do what here."""
    return _page(request, PositionForm(municipality=request.municipality))


@at_desk(DeskPermission.MANAGE_POSITIONS)
@require_POST
def give(request: DeskRequest, municipality: str) -> HttpResponse:
    """Give a person a role; whoever has no account is sent a link to choose a password."""
    form = PositionForm(request.POST, municipality=request.municipality)
    if not form.is_valid():
        return _page(request, form)
    try:
        position, is_new = give_position(
            actor=request.user, municipality=request.municipality, **form.cleaned_data
        )
    except SamspillError as error:
        form.add_error("email", str(error))
        return _page(request, form)
    text = _("%(email)s has the role.")
    if is_new:
        send_invitation(position.user, request.municipality)
        text = _("%(email)s has the role, and has been sent a link to choose a password.")
    messages.success(request, text % {"email": position.user.email})
    return redirect("municipality:people", municipality)


@at_desk(DeskPermission.MANAGE_POSITIONS)
@require_POST
def take(request: DeskRequest, municipality: str, position: int) -> HttpResponse:
    """Take a role away."""
    found = get_object_or_404(request.municipality.positions.select_related("user"), pk=position)
    try:
        take_position(actor=request.user, position=found)
    except SamspillError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("%(email)s has no role any more.") % {"email": found.user.email}
        )
    return redirect("municipality:people", municipality)


@at_desk(DeskPermission.OPEN_DESK)
@require_POST
def switch(request: DeskRequest, municipality: str) -> HttpResponse:
    """Open the public pages, or close them."""
    opened = request.POST.get("opened") == "true"
    open_desk(actor=request.user, municipality=request.municipality, opened=opened)
    said = _("The public pages are open.") if opened else _("The public pages are closed.")
    messages.success(request, said)
    return redirect("municipality:published", municipality)


def _page(request: DeskRequest, form: PositionForm) -> HttpResponse:
    positions = request.municipality.positions.select_related("user", "organisation")
    table = [
        (label, [role for role in DESK_ROLES if permission in DESK_ROLES[role]])
        for permission, label in DESK_PERMISSION_LABELS.items()
    ]
    context = {
        "group": "people",
        "form": form,
        "positions": positions,
        "roles": DESK_ROLE_LABELS,
        "table": table,
    }
    return render(request, "municipality/people.html", context)
