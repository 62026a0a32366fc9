"""A measure, what is known of it, and the collection they are looked up in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from samspill.errors import Message, SamspillError
from samspill.vocabulary import Concept, Vocabulary


@dataclass(frozen=True, slots=True)
class Term:
    """One class of a scale, such as a grade of evidence or an owner, in every language."""

    identifier: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Source:
    """A published source. ``grade`` is the best it can carry.

    ``year`` is None for a page without a date; ``checked`` names how it was checked (a term of the
    scale ``check``); ``found`` is the address where its record or text was seen, empty where it
    was not seen.
    """

    identifier: str
    author: str
    year: int | None
    title: str
    publisher: str
    address: str
    grade: str
    checked: str
    found: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A source of a measure: its chapters, and the grade it carries for this measure.

    ``chapters`` is empty where the whole source is meant.
    """

    source: Source
    grade: str
    chapters: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """A column of the municipality's register in which one sees that a measure is done."""

    table: str
    column: str


@dataclass(frozen=True, slots=True)
class Measure:
    """What a municipality can do, linked to barriers by their paths.

    ``barriers`` are paths under the scheme, ``coordination`` or ``coordination/poor_overview``;
    ``fields`` is empty where the measure fits every field. Texts map a language code to text:
    ``titles``, ``actions`` (what to do), ``signs`` (how one sees that it is done) and ``known``
    (what studies have linked it to; association, never cause). ``cost``, ``effort`` and ``owner``
    are terms of the scales, and our own estimate.
    """

    identifier: str
    barriers: tuple[str, ...]
    fields: tuple[str, ...]
    cost: str
    effort: str
    owner: str
    seen_in: tuple[RegisterColumn, ...]
    citations: tuple[Citation, ...]
    titles: Mapping[str, str]
    actions: Mapping[str, str]
    signs: Mapping[str, str]
    known: Mapping[str, str]

    @property
    def grade(self) -> str:
        """The best grade that any of its citations carries: A, B or C."""
        return min(citation.grade for citation in self.citations)

    def fits_field(self, field: str) -> bool:
        return not self.fields or field in self.fields


@dataclass(frozen=True, slots=True)
class Advice:
    """All measures with their sources and scales.

    ``scales`` are ``grade``, ``cost``, ``effort``, ``owner`` and ``check``, each a mapping of
    identifier to term, in order.
    """

    vocabulary: Vocabulary
    scales: Mapping[str, Mapping[str, Term]]
    sources: Mapping[str, Source]
    measures: tuple[Measure, ...]

    def measure(self, identifier: str) -> Measure:
        """The measure of this name; SamspillError where there is none."""
        for measure in self.measures:
            if measure.identifier == identifier:
                return measure
        raise SamspillError(
            Message("There is no measure “{name}”.", name=identifier), "Check the spelling."
        )

    def for_barrier(self, path: str, field: str | None = None) -> tuple[Measure, ...]:
        """Measures linked to a barrier, the best evidence first, then the closest fit.

        ``path`` is a barrier or a sub-theme: ``coordination``, ``coordination/poor_overview``, the
        same below ``barriers/``, or the name alone. A barrier has the measures of its sub-themes
        too; a sub-theme has those of the whole barrier last within a grade. With ``field``,
        measures that fit it, those made for it before those for every field.

        Raises:
            SamspillError: the vocabulary has no such barrier or field.
        """
        wanted = self.barrier(path)
        if field is not None and field not in self.vocabulary.fields:
            raise _unknown("There is no field “{name}”.", field, tuple(self.vocabulary.fields))
        fitting = [
            (measure.grade, _distance(measure, wanted), bool(field) and not measure.fields, measure)
            for measure in self.measures
            if _linked(measure, wanted) and (field is None or measure.fits_field(field))
        ]
        return tuple(measure for *_, measure in sorted(fitting, key=lambda entry: entry[:3]))

    def barrier(self, name: str) -> str:
        """The path of a barrier or sub-theme below the scheme, from its path or name."""
        paths = barrier_paths(self.vocabulary)
        asked = name.removeprefix("barriers/")
        for path in paths:
            if asked in (path, path.rpartition("/")[2]):
                return path
        barriers = tuple(self.vocabulary.barriers)
        raise _unknown("There is no barrier “{name}”.", name, barriers)


def barrier_paths(vocabulary: Vocabulary) -> Mapping[str, Concept]:
    """Every barrier and sub-theme by its path below the scheme, in the vocabulary's order."""
    paths = {}
    for barrier in vocabulary.barriers.concepts:
        paths[barrier.identifier] = barrier
        for theme in barrier.narrower:
            paths[f"{barrier.identifier}/{theme.identifier}"] = theme
    return MappingProxyType(paths)


def _linked(measure: Measure, wanted: str) -> bool:
    return any(
        link == wanted or link.startswith(f"{wanted}/") or wanted.startswith(f"{link}/")
        for link in measure.barriers
    )


def _distance(measure: Measure, wanted: str) -> int:
    """0 for a measure linked to exactly this, 1 to a part of it, 2 to the barrier above it."""
    if wanted in measure.barriers:
        return 0
    return 1 if any(link.startswith(f"{wanted}/") for link in measure.barriers) else 2


def _unknown(template: str, name: str, choices: tuple[str, ...]) -> SamspillError:
    return SamspillError(
        Message(template, name=name), Message("Choose one of {names}.", names=", ".join(choices))
    )
