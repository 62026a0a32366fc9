"""One's tokens: make, see, take away."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samspill.web.access.request import UserRequest
from samspill.web.access.rules import signed_in
from samspill.web.accounts.models import User
from samspill.web.api import actions
from samspill.web.api.models import Token
from samspill.web.studies.models import Study


class TokenForm(forms.Form):
    """What a token is for, and for how long."""

    study = forms.ModelChoiceField(Study.objects.none(), label=gettext_lazy("Study"))
    name = forms.CharField(
        label=gettext_lazy("What it is for"),
        max_length=100,
        help_text=gettext_lazy("So that you know it again, such as the name of a program."),
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("How long it works"),
        coerce=int,
        choices=(
            (30, gettext_lazy("30 days")),
            (90, gettext_lazy("90 days")),
            (365, gettext_lazy("one year")),
        ),
    )

    def __init__(self, user: User, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        choices = Study.objects.filter(memberships__user=user)
        self.fields["study"].queryset = choices  # type: ignore[attr-defined]


@signed_in
def tokens(request: UserRequest) -> HttpResponse:
    """My tokens, and a form for a new one, whose secret is shown this once."""
    user = User.objects.get(pk=request.user.pk)
    form = TokenForm(user, request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        _token, secret = actions.create_token(user=user, **form.cleaned_data)
        form = TokenForm(user)
    mine = Token.objects.filter(user=user).select_related("study")
    return render(request, "api/tokens.html", {"form": form, "tokens": mine, "secret": secret})


@signed_in
@require_POST
def revoke(request: UserRequest, token: int) -> HttpResponse:
    """Take one of my tokens out of use."""
    found = get_object_or_404(Token, pk=token, user=request.user)
    actions.revoke_token(user=request.user, token=found)
    messages.success(request, _("The token does not work any more."))
    return redirect("tokens:list")
