"""The codebook that comes with Samspill: barriers, enablers and evidence of placement, as codes."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid5

from samspill.qualitative.colours import hue_at, shades, spread
from samspill.qualitative.model import Code
from samspill.vocabulary import Concept, Scheme, Vocabulary, load

NAMESPACE = UUID("6d0d3c51-7f0e-5d5b-9a53-1a2f8f0a7c11")
"""The identities of shipped codes are UUIDs of version 5 (RFC 9562) of their paths in here."""

HUES = {"barriers": (5.0, 85.0), "enablers": (115.0, 205.0), "placement_evidence": (235.0, 345.0)}
"""The schemes that the codebook ships, and between which hues the colours of each lie."""


def shipped_codebook(language: str) -> tuple[Code, ...]:
    """The codes of the founding study, in one of the vocabulary's languages.

    Each scheme is a heading that nothing is coded with; the concepts under it, and their
    sub-themes, are codes with ``concept`` set to their path. Identities are the same in every
    language, so that projects in different languages share their codes.

    Raises:
        SamspillError: the vocabulary does not speak the language.
    """
    vocabulary = load()
    return tuple(code for name in HUES for code in _scheme_codes(vocabulary, name, language))


def shipped_guid(path: str) -> str:
    """The identity of a shipped code: ``shipped_guid("barriers/coordination")``."""
    return str(uuid5(NAMESPACE, path))


def _scheme_codes(vocabulary: Vocabulary, name: str, language: str) -> Iterator[Code]:
    scheme: Scheme = vocabulary.schemes[name]
    heading = Code(shipped_guid(name), scheme.label(language), codable=False)
    yield heading
    colours = spread(HUES[name], len(scheme))
    for place, (concept, colour) in enumerate(zip(scheme.concepts, colours, strict=True)):
        path = f"{name}/{concept.identifier}"
        yield _code(concept, path, heading.guid, colour, language)
        hue = hue_at(HUES[name], place, len(scheme))
        for narrower, shade in zip(
            concept.narrower, shades(hue, len(concept.narrower)), strict=True
        ):
            yield from _below(narrower, path, shade, language)


def _below(concept: Concept, above: str, colour: str, language: str) -> Iterator[Code]:
    path = f"{above}/{concept.identifier}"
    yield _code(concept, path, shipped_guid(above), colour, language)
    for narrower in concept.narrower:
        yield from _below(narrower, path, colour, language)


def _code(concept: Concept, path: str, parent: str, colour: str, language: str) -> Code:
    return Code(
        shipped_guid(path),
        concept.label(language),
        parent,
        colour,
        definition=concept.definition(language),
        inclusion=concept.guide("inclusion", language),
        exclusion=concept.guide("exclusion", language),
        example=concept.guide("example", language),
        concept=path,
    )
