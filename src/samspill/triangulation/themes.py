"""What the sources are compared on, read from data: themes, items, and what speaks for them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, get_args

from samspill.errors import Message, SamspillError
from samspill.vocabulary import Concept, Vocabulary, load

Kind = Literal["order", "presence"]
MUNICIPALITY, ORGANISATION, SURVEY, REGISTER = "municipality", "organisation", "survey", "register"
COLUMNS = (MUNICIPALITY, ORGANISATION, SURVEY, REGISTER)
INTERVIEWS = "interviews"
"""The column of a written statement that does not tell the two sides of the interviews apart."""
SPOKEN = (MUNICIPALITY, ORGANISATION, INTERVIEWS)
WHOLE = ""
"""The field of a theme that is asked of the unit as a whole."""


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One alternative of a theme, and what speaks for it in each source.

    ``codes`` and ``against`` are concepts of codes (codes below count too), ``indicators`` of the
    survey, ``variables`` of the register; ``axis`` is ``typology/axis``, whose evidence is taken
    instead of all of these. ``yes`` and ``no`` are the words for what is found.
    """

    identifier: str
    labels: Mapping[str, str]
    codes: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    axis: str = ""
    yes: Mapping[str, str] | None = None
    no: Mapping[str, str] | None = None

    def label(self, language: str) -> str:
        return self.labels[language]


@dataclass(frozen=True, slots=True, eq=False)
class Theme:
    """A question that several sources may answer.

    ``kind`` is ``order`` (of which item is there most?) or ``presence`` (is each item there?);
    ``per_field`` says whether it is asked of each field or of the unit as a whole.
    """

    identifier: str
    kind: Kind
    per_field: bool
    chapter: int
    labels: Mapping[str, str]
    questions: Mapping[str, str]
    items: tuple[Item, ...]

    def label(self, language: str) -> str:
        return self.labels[language]

    def question(self, language: str) -> str:
        return self.questions[language]

    def item(self, identifier: str) -> Item:
        """Raises SamspillError where the theme has no such item."""
        for item in self.items:
            if item.identifier == identifier:
                return item
        raise SamspillError(
            Message("The theme “{theme}” has no “{item}”.", theme=self.identifier, item=identifier),
            Message("It has: {known}.", known=", ".join(i.identifier for i in self.items)),
        )

    def fields(self, vocabulary: Vocabulary | None = None) -> tuple[str, ...]:
        """The fields that the theme is asked of, in the vocabulary's order; ``WHOLE`` for one that
        is asked of the unit as a whole."""
        if not self.per_field:
            return (WHOLE,)
        scheme = (vocabulary or load()).fields
        return tuple(name for name in scheme if scheme[name].attributes.get("in_depth"))


@cache
def themes() -> tuple[Theme, ...]:
    """The themes that come with Samspill, in order."""
    text = files("samspill.triangulation").joinpath("themes.toml").read_text(encoding="utf-8")
    return _themes(tomllib.loads(text))


def read_themes(path: Path | str) -> tuple[Theme, ...]:
    """The themes of a TOML file of one's own, of the form of ``themes.toml``.

    Raises SamspillError for a file that cannot be read, or that lacks a key.
    """
    try:
        return _themes(tomllib.loads(Path(path).read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SamspillError(
            Message("The themes in “{path}” cannot be read: {error}.", path=path, error=error),
            "Give a TOML file in UTF-8, of the form that the method page shows.",
        ) from error


def find_theme(identifier: str, among: tuple[Theme, ...] | None = None) -> Theme:
    """A theme by its identifier. Raises SamspillError where there is none."""
    known = among or themes()
    for theme in known:
        if theme.identifier == identifier:
            return theme
    raise SamspillError(
        Message("There is no theme “{name}”.", name=identifier),
        Message("Choose among: {known}.", known=", ".join(t.identifier for t in known)),
    )


def _themes(raw: Mapping[str, Any]) -> tuple[Theme, ...]:
    words = load()
    try:
        found = tuple(_theme(row, words) for row in raw["theme"])
    except KeyError as error:
        raise SamspillError(
            Message("A theme lacks “{key}”.", key=error.args[0]),
            "Give it, as in the themes that come with Samspill.",
        ) from error
    return found


def _theme(row: Mapping[str, Any], words: Vocabulary) -> Theme:
    if row["kind"] not in get_args(Kind):
        raise SamspillError(
            Message("“{kind}” is not a kind of theme.", kind=row["kind"]),
            Message("Choose one of: {known}.", known=", ".join(get_args(Kind))),
        )
    items = tuple(_item(item, row, words) for item in row["item"])
    return Theme(
        row["identifier"],
        row["kind"],
        row["fields"] != "whole",
        row.get("chapter", 0),
        row["label"],
        row["question"],
        items,
    )


def _item(row: Mapping[str, Any], theme: Mapping[str, Any], words: Vocabulary) -> Item:
    axis = _axis(row["axis"], words) if "axis" in row else None
    concept = axis or words.concept(row["concept"])
    return Item(
        row["identifier"],
        row.get("label") or {name: concept.short_label(name) for name in concept.labels},
        tuple(row.get("codes", ())),
        tuple(row.get("against", ())),
        tuple(row.get("indicators", ())),
        tuple(row.get("variables", ())),
        row.get("axis", ""),
        dict(axis.narrower[1].labels) if axis else theme.get("yes"),
        dict(axis.narrower[0].labels) if axis else theme.get("no"),
    )


def _axis(path: str, words: Vocabulary) -> Concept:
    scheme, _, name = path.partition("/")
    axes = words.schemes[scheme].axes if scheme in words.schemes else ()
    found = next((axis for axis in axes if axis.identifier == name), None)
    if found is None:
        raise SamspillError(
            Message("The vocabulary has no axis “{axis}”.", axis=path),
            "Name the typology and the axis, as policy_models/formality.",
        )
    return found
