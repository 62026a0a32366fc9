"""The explorer's choice: which indicator, in which field, split by what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from samspill.analysis import StudyAnalysis
from samspill.errors import SamspillError
from samspill.web.results.words import language

Kind = Literal["share", "category", "mean"]


class UnknownChoice(SamspillError):
    """The address asks for what the study does not have."""


@dataclass(frozen=True, slots=True)
class Choice:
    """``field`` is empty for all fields, ``split`` for all units together."""

    indicator: str
    field: str = ""
    split: str = ""

    @property
    def query(self) -> str:
        """The choice as the query of an address."""
        given = {"indicator": self.indicator, "field": self.field, "split": self.split}
        return urlencode({name: value for name, value in given.items() if value})

    @property
    def filename(self) -> str:
        return "-".join(part for part in (self.indicator, self.field, self.split) if part)


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Menu:
    """What can be chosen, with labels in the page's language; indicators in named groups."""

    indicators: tuple[tuple[str, tuple[Option, ...]], ...]
    fields: tuple[Option, ...]
    splits: tuple[Option, ...]


def read_choice(given: Mapping[str, str], analysis: StudyAnalysis) -> Choice:
    """The choice that an address asks for; the first indicator where it names none.

    Raises UnknownChoice with one sentence for what the study does not have.
    """
    indicator = given.get("indicator", "") or next(iter(analysis.definitions))
    field, split = given.get("field", ""), given.get("split", "")
    if indicator not in analysis.definitions:
        raise UnknownChoice(
            _("The study has no indicator called “%(name)s”.") % {"name": indicator},
            _("Choose one from the list."),
        )
    if field and field not in analysis.all_fields:
        raise UnknownChoice(
            _("The study has no field called “%(name)s”.") % {"name": field},
            _("Choose one from the list."),
        )
    if split and split not in splits(analysis):
        raise UnknownChoice(
            _("Nothing is known of the units called “%(name)s”.") % {"name": split},
            _("Choose one from the list."),
        )
    if not analysis.definition(indicator).per_field:
        field = ""
    return Choice(indicator, field, split)


def splits(analysis: StudyAnalysis) -> tuple[str, ...]:
    """The attributes of the units that numbers can be split by."""
    return tuple(name for name in analysis.study.units.columns if name != "unit")


def kind_of(analysis: StudyAnalysis, choice: Choice) -> Kind:
    """Shares of a binary indicator; of others their categories, or means where they are split."""
    if analysis.is_binary(choice.indicator):
        return "share"
    definition = analysis.definition(choice.indicator)
    ordered = definition.rule == "variable" and bool(analysis.categories(definition.variables[0]))
    return "category" if ordered and not choice.split else "mean"


def menu(analysis: StudyAnalysis) -> Menu:
    """What can be chosen of a study."""

    def options(names: tuple[str, ...]) -> tuple[Option, ...]:
        return tuple(Option(name, analysis.label(name, language())) for name in names)

    groups = _groups(analysis)
    return Menu(
        tuple((label, options(names)) for label, names in groups),
        options(analysis.all_fields),
        options(splits(analysis)),
    )


def _groups(analysis: StudyAnalysis) -> list[tuple[str, tuple[str, ...]]]:
    """The indicators by what they are about, in the study's order."""
    schemes = analysis.labels.vocabulary.schemes
    attributes = set(analysis.study.units.columns)
    labels = {
        "relations": _("Relations in each field"),
        "coordination": _("Coordination"),
        "forms": _("Forms of collaboration"),
        "phases": _("Phases of the process"),
        "economic_relations": _("Economic relations"),
        "unit": _("The unit as a whole"),
        "response": _("Response"),
    }
    found: dict[str, list[str]] = {name: [] for name in labels}
    for name, definition in analysis.definitions.items():
        scheme = next((key for key in labels if key in schemes and name in schemes[key]), "")
        if attributes.issuperset(definition.variables):
            scheme = "response"
        found[scheme or ("relations" if definition.per_field else "unit")].append(name)
    return [(labels[key], tuple(names)) for key, names in found.items() if names]
