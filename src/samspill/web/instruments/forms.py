"""Forms about questionnaires."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class UploadForm(forms.Form):
    """A file with a questionnaire."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("XLSForm (.xlsx), LimeSurvey (.lss) or Samspill's format (.toml), to 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.lss,.toml"}),
        max_length=200,
    )
    language = forms.ChoiceField(
        label=_("Language of texts that do not name theirs"),
        choices=settings.LANGUAGES,
        help_text=_("Only where an XLSForm has columns without a language."),
    )


class DefinitionForm(forms.Form):
    """A questionnaire written in the browser. ``base`` is the digest of what the writer saw."""

    definition = forms.CharField(
        label=_("The questionnaire as text"),
        help_text=_("Samspill's own format, TOML. It is checked before it is saved."),
        strip=False,
        max_length=1_000_000,
        widget=forms.Textarea(
            attrs={"rows": 32, "spellcheck": "false", "class": "ds-input definition"}
        ),
    )
    base = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
