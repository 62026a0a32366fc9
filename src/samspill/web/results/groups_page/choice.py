"""Which groups are read: by what they are made, of which indicator, in which field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from samspill.analysis import StudyAnalysis
from samspill.web.results.explorer import Option, UnknownChoice, menu
from samspill.web.results.words import language

FIELDS = "field"
CROSSED = "field-"
FEWEST = 3


@dataclass(frozen=True, slots=True)
class GroupChoice:
    """``groups`` is ``field``, an attribute, or ``field-`` and an attribute that fields are crossed
    with; ``field`` is where an attribute's groups are read, empty for the unit as a whole."""

    indicator: str
    groups: str = FIELDS
    field: str = ""

    @property
    def query(self) -> str:
        """The choice as the query of an address."""
        given = {"indicator": self.indicator, "groups": self.groups, "field": self.field}
        return urlencode({name: value for name, value in given.items() if value})

    @property
    def filename(self) -> str:
        return "-".join(part for part in (self.indicator, self.groups, self.field) if part)

    @property
    def attribute(self) -> str:
        """The attribute of the units that the groups are made by; empty for fields alone."""
        return "" if self.groups == FIELDS else self.groups.removeprefix(CROSSED)

    @property
    def by(self) -> tuple[str, ...]:
        """The groups as ``StudyAnalysis.pooled`` takes them."""
        if self.groups == FIELDS:
            return ()
        return (FIELDS, self.attribute) if self.groups.startswith(CROSSED) else (self.attribute,)


@dataclass(frozen=True, slots=True)
class GroupMenu:
    """What can be chosen, with labels in the page's language."""

    indicators: tuple[tuple[str, tuple[Option, ...]], ...]
    groups: tuple[Option, ...]
    fields: tuple[Option, ...]


def read_group_choice(given: Mapping[str, str], analysis: StudyAnalysis) -> GroupChoice:
    """The choice that an address asks for; what it does not say is the first that there is.

    Raises UnknownChoice with one sentence for what the study does not have.
    """
    offered = [name for name in analysis.definitions if groupings(analysis, name)]
    if not offered:
        raise UnknownChoice(
            _("The study has no groups to read together: it takes three or more."),
            _("Give the units an attribute of three categories or more."),
        )
    indicator = given.get("indicator", "") or _first(analysis, offered)
    if indicator not in offered:
        raise UnknownChoice(
            _("The study has no indicator called “%(name)s”.") % {"name": indicator},
            _("Choose one from the list."),
        )
    known = groupings(analysis, indicator)
    groups = given.get("groups", "") or known[0]
    if groups not in known and given.get("groups", "") in all_groupings(analysis):
        groups = known[0]
    if groups not in known:
        raise UnknownChoice(
            _("Nothing is known of the units called “%(name)s”.") % {"name": groups},
            _("Choose one from the list."),
        )
    fields = analysis.asked([indicator], None)
    field = given.get("field", "")
    if field and field not in analysis.all_fields:
        raise UnknownChoice(
            _("The study has no field called “%(name)s”.") % {"name": field},
            _("Choose one from the list."),
        )
    alone = groups != FIELDS and not groups.startswith(CROSSED)
    if not alone:
        return GroupChoice(indicator, groups)
    return GroupChoice(indicator, groups, field if field in fields else fields[0])


def groupings(analysis: StudyAnalysis, indicator: str) -> tuple[str, ...]:
    """What groups an indicator can be read by: three of them at least."""
    definition = analysis.definition(indicator)
    if set(analysis.study.units.columns).issuperset(definition.variables):
        return ()
    fields = analysis.asked([indicator], None)
    several = len([field for field in fields if field]) >= FEWEST
    names = [FIELDS] if several else []
    for name in _attributes(analysis):
        if len(analysis.groups(name)) >= FEWEST:
            names.append(name)
    if several:
        names += [f"{CROSSED}{name}" for name in _attributes(analysis)]
    return tuple(names)


def all_groupings(analysis: StudyAnalysis) -> tuple[str, ...]:
    """Every way to make groups that some indicator can be read by."""
    found = (name for indicator in analysis.definitions for name in groupings(analysis, indicator))
    return tuple(dict.fromkeys(found))


def group_menu(analysis: StudyAnalysis) -> GroupMenu:
    """What can be chosen of a study."""
    whole = menu(analysis)
    indicators = tuple(
        (label, kept)
        for label, options in whole.indicators
        if (kept := tuple(o for o in options if groupings(analysis, o.value)))
    )
    groups = tuple(Option(name, groups_label(analysis, name)) for name in all_groupings(analysis))
    return GroupMenu(indicators, groups, whole.fields)


def groups_label(analysis: StudyAnalysis, groups: str) -> str:
    """What the groups are made by, in the page's language."""
    if groups == FIELDS:
        return _("Fields")
    label = analysis.label(groups.removeprefix(CROSSED), language())
    return _("Fields and: %(label)s") % {"label": label} if groups.startswith(CROSSED) else label


def _attributes(analysis: StudyAnalysis) -> tuple[str, ...]:
    """The attributes of the units with two groups or more, and few enough to be groups."""
    response = analysis.study.response_attribute
    units = analysis.study.units
    found = []
    for name in units.columns:
        if name in ("unit", response) or units[name].dtype.is_float():
            continue
        if 2 <= len(analysis.groups(name)) < units.height / 2:
            found.append(name)
    return tuple(found)


def _first(analysis: StudyAnalysis, offered: list[str]) -> str:
    """The first indicator of 0 and 1 that has groups."""
    return next((name for name in offered if analysis.is_binary(name)), offered[0])
