"""Identifiers of the material in the page's words: units, fields, sides, coders, attributes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samspill.language import language, languages
from samspill.vocabulary import load
from samspill.web.interviews.models import Source
from samspill.web.studies.frame.forms import attribute_choices
from samspill.web.studies.models import Study, UnitName, in_language

DIMENSIONS = ("field", "side", "unit", "coder", "consent", "language")


@dataclass(frozen=True, slots=True)
class Words:
    """``values`` maps a dimension to its identifiers' words, ``dimensions`` a dimension to its
    name. Both hold the study's own attributes beside those of every source."""

    dimensions: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]

    def of(self, dimension: str, value: str | None) -> str:
        """A value in words; itself where it has none."""
        if value is None:
            return _("Not known")
        return self.values.get(dimension, {}).get(value, value)


def words_of(study: Study, locale: str) -> Words:
    """The words of a study's material in a language."""
    attributes = list(study.attributes.all())
    names = UnitName.objects.filter(unit__study=study).values_list("unit__identifier", "name")
    coders = study.coders.values_list("guid", "name")
    return Words(
        {
            "field": _("Field"),
            "side": _("Side"),
            "unit": _("Unit"),
            "coder": _("Coder"),
            "consent": _("Consent"),
            "language": _("Language"),
            **{a.identifier: in_language(a.label) or a.identifier for a in attributes},
        },
        {
            "field": {c.identifier: c.short_label(locale) for c in load().fields.concepts},
            "side": {key: str(label) for key, label in Source.SIDES.items()},
            "unit": dict(names),
            "coder": {str(guid): name for guid, name in coders},
            "consent": {key: str(label) for key, label in Source.CONSENTS.items()},
            "language": {code: language(code).name for code in languages()},
            **{a.identifier: dict(attribute_choices(a)) for a in attributes},
        },
    )
