"""All schemes together, looked up by identifier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from samspill.errors import SamspillError
from samspill.vocabulary.concept import Concept, Scheme

SCHEMES = (
    "fields",
    "forms",
    "phases",
    "economic_relations",
    "coordination",
    "policy_models",
    "activity_models",
    "barriers",
    "enablers",
    "placement_evidence",
    "sides",
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The concepts that a study speaks of.

    Identifiers are unique across all schemes but the qualified ones, whose concepts are found by
    path, such as ``placement_evidence/law``; every concept has one.
    """

    languages: tuple[str, ...]
    schemes: Mapping[str, Scheme]

    @property
    def fields(self) -> Scheme:
        return self.schemes["fields"]

    @property
    def forms(self) -> Scheme:
        return self.schemes["forms"]

    @property
    def phases(self) -> Scheme:
        return self.schemes["phases"]

    @property
    def economic_relations(self) -> Scheme:
        return self.schemes["economic_relations"]

    @property
    def coordination(self) -> Scheme:
        return self.schemes["coordination"]

    @property
    def policy_models(self) -> Scheme:
        return self.schemes["policy_models"]

    @property
    def activity_models(self) -> Scheme:
        return self.schemes["activity_models"]

    @property
    def barriers(self) -> Scheme:
        return self.schemes["barriers"]

    @property
    def enablers(self) -> Scheme:
        return self.schemes["enablers"]

    @property
    def placement_evidence(self) -> Scheme:
        return self.schemes["placement_evidence"]

    @property
    def sides(self) -> Scheme:
        return self.schemes["sides"]

    def walk(self) -> Iterator[Concept]:
        """Every concept of every scheme, narrower ones and axes included."""
        for scheme in self.schemes.values():
            yield from scheme.walk()

    def concept(self, identifier: str) -> Concept:
        """The concept of this name, or of this path (``barriers/coordination/poor_overview``).

        Raises:
            SamspillError: no scheme has it.
        """
        found = self._at(identifier) if "/" in identifier else self._named(identifier)
        if found is not None:
            return found
        raise SamspillError(
            f"The vocabulary has no concept “{identifier}”.",
            "Check the spelling, or add the concept to the vocabulary's data.",
        )

    def _named(self, identifier: str) -> Concept | None:
        named = (
            concept
            for scheme in self.schemes.values()
            if not scheme.qualified
            for concept in scheme.walk()
        )
        return next((c for c in named if c.identifier == identifier), None)

    def _at(self, path: str) -> Concept | None:
        scheme, *steps = path.split("/")
        level = self.schemes[scheme].concepts if scheme in self.schemes else ()
        found = None
        for step in steps:
            found = next((c for c in level if c.identifier == step), None)
            if found is None:
                return None
            level = found.narrower
        return found

    def label(self, identifier: str, language: str) -> str:
        """The label of any concept in a language."""
        return self.concept(identifier).label(language)

    def short_label(self, identifier: str, language: str) -> str:
        """The label for narrow places."""
        return self.concept(identifier).short_label(language)
