"""The mirror's forms."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.web.fieldwork.forms import ClosingDay
from samspill.web.mirror.questions import Answer, choices

OPEN_FOR = datetime.timedelta(days=21)


class ReviewForm(forms.Form):
    """What holds, and why where it is not what the register says."""

    value = forms.CharField(required=False)
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("Needed where you correct it. Write no names."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any, *, answer: Answer) -> None:
        held = answer.review
        super().__init__(
            data, initial={"value": answer.value, "reason": held.reason if held else ""}
        )
        options = choices(answer)
        if options:
            self.fields["value"] = forms.ChoiceField(
                label=_("What holds"),
                choices=options,
                required=False,
                widget=forms.RadioSelect,
            )
        else:
            self.fields["value"] = forms.CharField(
                label=_("What holds"),
                help_text=_("Write no names, nor anything you must keep confidential."),
                required=False,
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 5}),
            )
        self.order_fields(["value", "reason"])


class PrefillForm(forms.Form):
    """The link to a questionnaire that the municipality has been sent."""

    address = forms.CharField(
        label=_("The link that the municipality was sent"),
        help_text=_("Only reviewed answers are filled in, and only where nothing is answered yet."),
        max_length=500,
    )


class RoundForm(forms.Form):
    """Until when a round of the pulse is open."""

    closes_at = ClosingDay()

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"closes_at": timezone.now() + OPEN_FOR})
        self.fields["closes_at"].required = True
        self.fields["closes_at"].help_text = ""
