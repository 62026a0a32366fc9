"""A concept of the vocabulary and an ordered scheme of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from samspill.errors import SamspillError

Attribute: TypeAlias = str | int | float | bool | tuple[str, ...]
GUIDANCE = ("inclusion", "exclusion", "example")


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept with its words in every language.

    ``labels``, ``short_labels`` and ``definitions`` map a language code to text; ``chapter`` is
    the founding report's; ``narrower`` holds the concepts under this one, in order. ``guidance``
    is for those who code texts: what to count in (``inclusion``), what to leave out
    (``exclusion``) and an invented ``example``, as far as they are given.
    """

    identifier: str
    chapter: int
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    short_labels: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    narrower: tuple[Concept, ...] = ()
    guidance: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def label(self, language: str) -> str:
        return _in_language(self.labels, language, self.identifier)

    def short_label(self, language: str) -> str:
        """The label for narrow places, such as a figure's axis; the full label if none is given."""
        if language in self.short_labels:
            return self.short_labels[language]
        return self.label(language)

    def definition(self, language: str) -> str:
        return _in_language(self.definitions, language, self.identifier)

    def guide(self, kind: str, language: str) -> str:
        """The guidance of a kind (one of ``GUIDANCE``); empty where none is given."""
        texts = self.guidance.get(kind)
        return _in_language(texts, language, self.identifier) if texts else ""

    def walk(self) -> Iterator[Concept]:
        """The concept itself and everything narrower, depth first."""
        yield self
        for concept in self.narrower:
            yield from concept.walk()


@dataclass(frozen=True, slots=True)
class Scheme(Mapping[str, Concept]):
    """Concepts of one kind, in the order that figures and tables keep.

    Ideal types also have ``axes`` (each a concept whose ``narrower`` are its poles) and
    ``empty_cells`` (axis → pole), the combinations that were not found. The concepts of a
    ``qualified`` scheme may be named like others, and are found by path alone.
    """

    identifier: str
    labels: Mapping[str, str]
    concepts: tuple[Concept, ...]
    axes: tuple[Concept, ...] = ()
    empty_cells: tuple[Mapping[str, str], ...] = ()
    qualified: bool = False

    def __getitem__(self, identifier: str) -> Concept:
        for concept in self.concepts:
            if concept.identifier == identifier:
                return concept
        raise KeyError(identifier)

    def __iter__(self) -> Iterator[str]:
        return (concept.identifier for concept in self.concepts)

    def __len__(self) -> int:
        return len(self.concepts)

    def label(self, language: str) -> str:
        return _in_language(self.labels, language, self.identifier)

    def having(self, **attributes: Attribute) -> tuple[Concept, ...]:
        """The concepts with these attributes, in order: ``forms.having(phase="activity")``."""
        return tuple(
            concept
            for concept in self.concepts
            if all(concept.attributes.get(name) == value for name, value in attributes.items())
        )

    def walk(self) -> Iterator[Concept]:
        """Every concept, narrower ones and axes included."""
        for concept in (*self.concepts, *self.axes):
            yield from concept.walk()


def _in_language(texts: Mapping[str, str], language: str, identifier: str) -> str:
    try:
        return texts[language]
    except KeyError:
        raise SamspillError(
            f"“{identifier}” has no text in the language “{language}”.",
            f"Choose one of {', '.join(texts)}, or add the text to the vocabulary's data.",
        ) from None
