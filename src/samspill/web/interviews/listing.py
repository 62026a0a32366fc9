"""The texts as a table: what each is about, and how far it is coded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.db.models import F, Func, IntegerField, QuerySet
from django.utils.translation import gettext_lazy as _

from samspill.vocabulary import load
from samspill.web.interviews.models import Coding, Source
from samspill.web.studies.models import Study, UnitName

STATES = {
    "none": _("Not coded"),
    "one": _("Coded by one"),
    "several": _("Coded by several"),
}


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A text, its unit's name, the labels of its fields, its length, and who has coded it."""

    source: Source
    unit: str
    fields: tuple[str, ...]
    characters: int
    codings: int
    coders: tuple[str, ...]

    @property
    def state(self) -> str:
        """A key of ``STATES``."""
        return ("none", "one", "several")[min(len(self.coders), 2)]

    @property
    def state_label(self) -> str:
        return str(STATES[self.state])


class SourceFilter(forms.Form):
    """Which texts to show; everything may be left open."""

    q = forms.CharField(label=_("Name or role"), required=False, max_length=100)
    side = forms.ChoiceField(label=_("Side"), required=False)
    field = forms.ChoiceField(label=_("Field"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: object, locale: str, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        everything = ("", _("All"))
        labels = {c.identifier: c.label(locale) for c in load().fields.concepts}
        for name, choices in (("side", Source.SIDES), ("field", labels), ("state", STATES)):
            self.fields[name].choices = [everything, *choices.items()]  # type: ignore[attr-defined]

    def keeps(self, row: SourceRow) -> bool:
        """Whether a row is among those asked for."""
        if not self.is_valid():
            return True
        wanted = self.cleaned_data
        told = f"{row.source.name} {row.source.role} {row.unit}".casefold()
        return (
            wanted["q"].casefold() in told
            and wanted["side"] in ("", row.source.side)
            and (not wanted["field"] or wanted["field"] in row.source.fields)
            and wanted["state"] in ("", row.state)
        )


def source_rows(study: Study, locale: str) -> list[SourceRow]:
    """All texts of a study, in their order, without reading the texts themselves."""
    found = _with_length(study.sources.defer("text", "times", "attributes"))
    counts, coders = _coded(study)
    units = dict(UnitName.objects.filter(unit__study=study).values_list("unit", "name"))
    labels = {c.identifier: c.short_label(locale) for c in load().fields.concepts}
    return [
        SourceRow(
            source=source,
            unit=units.get(source.unit_id or 0, ""),
            fields=tuple(labels.get(field, field) for field in source.fields),
            characters=source.characters,  # type: ignore[attr-defined]
            codings=counts.get(source.pk, 0),
            coders=tuple(sorted(coders.get(source.pk, ()))),
        )
        for source in found.order_by("order", "pk")
    ]


def _with_length(sources: QuerySet[Source]) -> QuerySet[Source]:
    length = Func(F("text"), function="LENGTH", output_field=IntegerField())
    return sources.annotate(characters=length)


def _coded(study: Study) -> tuple[Mapping[int, int], Mapping[int, set[str]]]:
    counts: dict[int, int] = {}
    coders: dict[int, set[str]] = {}
    pairs = Coding.objects.filter(source__study=study).values_list("source", "coder__initials")
    for source, initials in pairs.iterator():
        counts[source] = counts.get(source, 0) + 1
        coders.setdefault(source, set()).add(initials or "–")
    return counts, coders
