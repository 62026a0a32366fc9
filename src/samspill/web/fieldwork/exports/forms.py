"""What is asked before answers are taken out or in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from samspill.web.fieldwork.exports.files import DDI, FOLDER, FORMATS

MOST_BYTES = 30_000_000
LABELS = {
    FOLDER: _("Study folder: open tables that Samspill, and any spreadsheet, can read"),
    "sav": _("SPSS (.sav), with labels"),
    "dta": _("Stata (.dta), with labels"),
    "parquet": _("Parquet, with labels in its metadata"),
    "csv": _("CSV, one row for each unit"),
    DDI: _("DDI-Codebook 2.5: the questionnaire for an archive"),
}


class ExportForm(forms.Form):
    """Which files, with labels in which language."""

    formats = forms.MultipleChoiceField(
        label=_("Files"),
        choices=[(name, LABELS[name]) for name in FORMATS],
        widget=forms.CheckboxSelectMultiple,
        initial=[FOLDER],
    )
    language = forms.ChoiceField(label=_("Language of the labels"), choices=settings.LANGUAGES)
    break_offs = forms.BooleanField(
        label=_("Also answers of those that broke off with too few answers"), required=False
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["language"].initial = translation.get_language()


class ImportForm(forms.Form):
    """A study folder to take answers from."""

    archive = forms.FileField(
        label=_("Study folder (.zip)"),
        help_text=_("As given out by this page: the folder “study”, packed as one file."),
    )

    def clean_archive(self) -> Any:
        archive = self.cleaned_data["archive"]
        if archive.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 30 MB."))
        return archive
