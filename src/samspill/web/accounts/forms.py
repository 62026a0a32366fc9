"""Forms about accounts."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from samspill.web.accounts.models import User


class ProfileForm(forms.ModelForm[User]):
    """Name and language of an account."""

    language = forms.ChoiceField(label=_("Language of e-mails to you"), choices=settings.LANGUAGES)

    class Meta:
        model = User
        fields = ("name", "language")


class InvitationForm(forms.Form):
    """Whom to invite."""

    email = forms.EmailField(label=_("E-mail address"))
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
