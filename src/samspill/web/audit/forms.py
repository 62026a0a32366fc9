"""Choosing among the entries of the log."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.web.audit.describing import action_label


class _Day(forms.DateInput):
    input_type = "date"


class LogFilter(forms.Form):
    """Who, what, when; everything may be left open."""

    who = forms.ChoiceField(label=_("Who"), required=False)
    action = forms.ChoiceField(label=_("What was done"), required=False)
    subject = forms.CharField(label=_("What was changed"), required=False, max_length=200)
    since = forms.DateField(label=_("From"), required=False, widget=_Day(format="%Y-%m-%d"))
    until = forms.DateField(label=_("To"), required=False, widget=_Day(format="%Y-%m-%d"))

    def __init__(self, *args: Any, actors: list[str], actions: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        everything = ("", _("Everything"))
        everyone = ("", _("Everyone"))
        self.fields["who"].choices = [everyone, *((name, name) for name in actors)]  # type: ignore[attr-defined]
        labelled = sorted((action_label(name), name) for name in actions)
        self.fields["action"].choices = [everything, *((n, label) for label, n in labelled)]  # type: ignore[attr-defined]
