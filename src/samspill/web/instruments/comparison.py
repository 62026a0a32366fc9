"""What a new version keeps comparable with an earlier one, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspill.instrument import Instrument, VariableChange, compare
from samspill.web.instruments.outline import tongue

CHANGES: Mapping[str, str | Promise] = MappingProxyType(
    {
        "type": _("kind of question"),
        "level": _("asked per field or of the whole"),
        "wording": _("wording"),
        "hint": _("hint"),
        "categories": _("categories"),
        "category wording": _("wording of categories"),
        "category order": _("order of categories"),
        "relevance": _("when it is asked"),
        "implied value": _("value where it is not asked"),
        "label": _("short name"),
        "required": _("whether it must be answered"),
        "constraint": _("which answers are accepted"),
        "place": _("place among the questions"),
    }
)


@dataclass(frozen=True, slots=True)
class ComparedVariable:
    """A variable: what became of it, what changed, in which languages.

    ``before`` is the wording in the earlier version where it was another.
    """

    variable: str
    text: str
    before: str
    status: str
    comparable: bool
    changes: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """The variables of two versions, and how many of each outcome."""

    variables: tuple[ComparedVariable, ...]

    def _count(self, status: str) -> int:
        return sum(variable.status == status for variable in self.variables)

    @property
    def comparable(self) -> int:
        return sum(variable.comparable for variable in self.variables)

    @property
    def broken(self) -> int:
        """Variables in both versions whose answers do not mean the same."""
        return self._count("unchanged") + self._count("changed") - self.comparable

    @property
    def new(self) -> int:
        return self._count("new")

    @property
    def gone(self) -> int:
        return self._count("gone")


def compared(old: Instrument, new: Instrument, page_language: str) -> Compared:
    """The comparison of two versions, those that differ first."""
    variables = [
        _variable(change, old, new, page_language) for change in compare(old, new).variables
    ]
    return Compared(tuple(sorted(variables, key=lambda v: v.status == "unchanged")))


def _variable(
    change: VariableChange, old: Instrument, new: Instrument, page_language: str
) -> ComparedVariable:
    text = _text(old if change.status == "gone" else new, change.variable, page_language)
    before = _text(old, change.variable, page_language) if "wording" in change.changes else ""
    return ComparedVariable(
        variable=change.variable,
        text=text,
        before=before if before != text else "",
        status=change.status,
        comparable=change.comparable,
        changes=tuple(str(CHANGES[name]) for name in change.changes),
        languages=tuple(tongue(code).name for code in change.languages),
    )


def _text(instrument: Instrument, variable: str, page_language: str) -> str:
    codes = instrument.languages
    language = page_language if page_language in codes else codes[0]
    return instrument.question(variable).text[language]
