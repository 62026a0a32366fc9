"""The shipped codebook: the vocabulary as codes, in three languages and visible colours."""

from __future__ import annotations

from itertools import combinations, pairwise
from uuid import UUID

import pytest

from samspill.errors import SamspillError
from samspill.qualitative import Code, Project, shipped_codebook
from samspill.vocabulary import load

LANGUAGES = load().languages


def test_every_concept_of_its_schemes_is_a_code_under_a_heading() -> None:
    codes = shipped_codebook("en")
    headings = [code for code in codes if not code.codable]
    assert [h.name for h in headings] == ["Barriers", "Enablers", "Evidence of placement"]
    vocabulary = load()
    schemes = (vocabulary.barriers, vocabulary.enablers, vocabulary.placement_evidence)
    concepts = [concept for scheme in schemes for concept in scheme.walk()]
    coded = [code for code in codes if code.codable]
    assert [code.name for code in coded] == [concept.label("en") for concept in concepts]
    assert [vocabulary.concept(code.concept) for code in coded] == concepts


def test_the_tree_holds_together() -> None:
    codes = shipped_codebook("nb")
    frame = Project("Bok", codes=codes).tables().codes
    assert frame["code"].to_list() == [code.guid for code in codes]
    assert frame["depth"].max() == 2
    assert len({code.guid for code in codes}) == len(codes)
    assert all(str(UUID(code.guid)) == code.guid for code in codes)


def test_a_code_is_the_same_in_every_language_and_speaks_each() -> None:
    books = [shipped_codebook(language) for language in LANGUAGES]
    for same in zip(*books, strict=True):
        assert len({(code.guid, code.parent, code.colour, code.concept) for code in same}) == 1
        assert all(code.name and (code.definition or not code.codable) for code in same)
    law = [next(c for c in book if c.concept == "placement_evidence/law") for book in books]
    assert len({code.example for code in law}) == len(LANGUAGES)


def test_identities_never_change_as_projects_out_there_hold_them() -> None:
    guids = {code.concept: code.guid for code in shipped_codebook("en")}
    assert guids["barriers/coordination/poor_overview"] == "014c9a33-d4eb-52fd-8c1b-bb673b071e99"
    assert guids["placement_evidence/general_support"] == "6feb9c55-87e9-5487-930c-a2992031bd20"


def test_a_language_that_is_not_there_is_told() -> None:
    with pytest.raises(SamspillError, match="nb, nn, en"):
        shipped_codebook("fi")


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_colours_show_on_light_and_dark_and_are_told_apart() -> None:
    codes: list[Code] = [code for code in shipped_codebook("en") if code.codable]
    for code in codes:
        assert contrast(code.colour, "#ffffff") >= 3, code
        assert contrast(code.colour, "#121212") >= 3, code
    assert len({code.colour for code in codes}) == len(codes)
    top = [code for code in codes if code.concept.count("/") == 1]
    steps = [distance(a.colour, b.colour) for a, b in pairwise(top)]
    assert min(steps) > 25
    assert min(distance(a.colour, b.colour) for a, b in combinations(top, 2)) > 12


def distance(one: str, other: str) -> float:
    """Compuphase's weighted distance in RGB, of 0 to 765."""
    a, b = ([int(c[at : at + 2], 16) for at in (1, 3, 5)] for c in (one, other))
    mean = (a[0] + b[0]) / 2
    red, green, blue = ((x - y) ** 2 for x, y in zip(a, b, strict=True))
    return ((2 + mean / 256) * red + 4 * green + (2 + (255 - mean) / 256) * blue) ** 0.5
