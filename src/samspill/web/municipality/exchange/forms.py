"""Which file is taken in, and which files the national registers gave."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.register import TABLES
from samspill.web.municipality.exchange import registers, taking_in
from samspill.web.municipality.words import table_name

MOST_FILES = 1_000
MILLION = 1_000_000


class FileForm(forms.Form):
    """A file with rows of the register."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "A workbook (.xlsx), one table as CSV, or a register's folder as a zip archive; at "
            "most 50 MB. Headings are known in Bokmål, Nynorsk and English."
        ),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.zip"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        names = [(name, table_name(name)) for name in TABLES]
        self.fields["table"] = forms.ChoiceField(
            label=_("Table"),
            help_text=_("Only where the file's own name, or its sheet's, does not say it."),
            choices=[("", _("As the file says")), *names],
            required=False,
        )

    def clean_file(self) -> UploadedFile[Any]:
        return _bounded(self.cleaned_data["file"], taking_in.LARGEST)


class ManyFiles(forms.FileInput):
    """An input that takes several files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files, each at most as large as one from the registers."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files = data if isinstance(data, (list, tuple)) else [data]
        given = [super(ManyFilesField, self).clean(file, initial) for file in files or [None]]
        if len(given) > MOST_FILES:
            raise forms.ValidationError(_("Choose at most %(n)s files.") % {"n": MOST_FILES})
        return [_bounded(file, registers.LARGEST) for file in given if file]


class RegistersForm(forms.Form):
    """The downloads of both registers."""

    entities = ManyFilesField(
        label=gettext_lazy("Enhetsregisteret"),
        help_text=gettext_lazy(
            "The whole download as JSON or CSV, compressed (.gz) or not, at most 400 MB."
        ),
        widget=ManyFiles(attrs={"accept": ".json,.csv,.gz"}),
    )
    voluntary = ManyFilesField(
        label=gettext_lazy("Frivillighetsregisteret"),
        help_text=gettext_lazy(
            "Saved pages as JSON, one or several files. Without them categories are not known."
        ),
        required=False,
        widget=ManyFiles(attrs={"accept": ".json,.gz"}),
    )


def _bounded(file: UploadedFile[Any], most: int) -> UploadedFile[Any]:
    if (file.size or 0) > most:
        text = _("The file is larger than %(n)s MB. Check that it is the right file.")
        raise forms.ValidationError(text % {"n": most // MILLION})
    return file
