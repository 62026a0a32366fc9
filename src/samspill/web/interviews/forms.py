"""The forms of the workspace."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.web.interviews.models import Code
from samspill.web.interviews.reading import branches
from samspill.web.studies.models import Study


class QuoteForm(forms.Form):
    """A passage, as a paragraph's number and words of it, and the code that it gets."""

    paragraph = forms.IntegerField(label=_("Paragraph"), min_value=1)
    words = forms.CharField(
        label=_("Words"),
        required=False,
        help_text=_("As they stand in the text. Leave it empty for the whole paragraph."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    code = forms.TypedChoiceField(label=_("Code"))

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tree = branches(list(study.codes.order_by("order", "pk")))
        self._codes = {str(b.code.pk): b.code for b in tree if b.code.codable}
        field = self.fields["code"]
        if not isinstance(field, forms.TypedChoiceField):
            raise TypeError
        field.coerce = self._code
        field.choices = [("", "")] + [
            (str(b.code.pk), " › ".join(b.path)) for b in tree if b.code.codable
        ]

    def _code(self, key: str) -> Code:
        return self._codes[key]
