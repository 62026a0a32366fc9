"""The vocabulary says what the founding report's concepts are, in three languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from samspill.errors import SamspillError
from samspill.language import languages
from samspill.vocabulary import load

REPORT = Path(__file__).parents[3] / "shared" / "source" / "report.txt"


def test_fields_keep_the_reports_order_with_the_four_in_depth_first() -> None:
    fields = load().fields
    assert tuple(fields)[:4] == ("culture_leisure", "health_care", "children_youth", "integration")
    assert [concept.identifier for concept in fields.having(in_depth=True)] == list(fields)[:4]
    assert len(fields) == 10


def test_each_phase_has_two_forms() -> None:
    vocabulary = load()
    assert {phase: len(vocabulary.forms.having(phase=phase)) for phase in vocabulary.phases} == {
        "policy_development": 2,
        "transition": 2,
        "activity": 2,
    }


@pytest.mark.parametrize("name", ["policy_models", "activity_models"])
def test_ideal_types_and_the_empty_cell_fill_the_two_by_two_table(name: str) -> None:
    scheme = load().schemes[name]
    first, second = scheme.axes
    table = {
        (one.identifier, other.identifier) for one in first.narrower for other in second.narrower
    }
    names = [axis.identifier for axis in scheme.axes]
    found = [tuple(concept.attributes[n] for n in names) for concept in scheme.values()]
    empty = [tuple(cell[n] for n in names) for cell in scheme.empty_cells]
    assert len(table) == 4
    assert sorted(found + empty) == sorted(table)
    assert len(empty) == 1


def test_barriers_have_sub_themes_and_the_open_answers_two_more_themes() -> None:
    barriers = load().barriers
    assert len(barriers) == 6
    with_sub_themes = [name for name, barrier in barriers.items() if barrier.narrower]
    assert with_sub_themes == list(barriers)[:4]


def test_evidence_of_placement_names_poles_and_ideal_types_that_there_are() -> None:
    vocabulary = load()
    evidence = vocabulary.placement_evidence
    poles = set()
    for concept in evidence.values():
        typology = vocabulary.schemes[str(concept.attributes["typology"])]
        if "ideal_type" in concept.attributes:
            assert concept.attributes["ideal_type"] in typology
        else:
            (axis,) = (a for a in typology.axes if a.identifier == concept.attributes["axis"])
            assert concept.attributes["pole"] in [pole.identifier for pole in axis.narrower]
            poles.add(concept.attributes["pole"])
    all_axes = (*vocabulary.policy_models.axes, *vocabulary.activity_models.axes)
    assert poles == {pole.identifier for axis in all_axes for pole in axis.narrower}


def test_a_concept_is_found_by_its_path_and_a_qualified_scheme_by_path_alone() -> None:
    vocabulary = load()
    assert vocabulary.concept("barriers/coordination/poor_overview").label("en") == "Poor overview"
    pole = vocabulary.concept("general_support")
    assert vocabulary.concept("placement_evidence/general_support") != pole
    assert pole in [p for axis in vocabulary.activity_models.axes for p in axis.narrower]
    for path in ("barriers/rent", "barriers", "law", "nowhere/law", "placement_evidence/"):
        with pytest.raises(SamspillError, match="no concept"):
            vocabulary.concept(path)


def test_guidance_is_given_in_every_language_or_not_at_all() -> None:
    vocabulary = load()
    law = vocabulary.concept("placement_evidence/law")
    for language in vocabulary.languages:
        assert all(law.guide(kind, language) for kind in ("inclusion", "exclusion", "example"))
    assert vocabulary.concept("rent").guide("example", "nb") == ""


def test_every_concept_speaks_every_language() -> None:
    vocabulary = load()
    for concept in vocabulary.walk():
        for language in vocabulary.languages:
            assert concept.label(language)
            assert concept.short_label(language)
            assert concept.definition(language).endswith(".")
        assert 1 <= concept.chapter <= 6


def test_the_vocabulary_speaks_the_languages_of_samspill() -> None:
    assert load().languages == languages()


def test_label_finds_any_concept_by_identifier() -> None:
    vocabulary = load()
    assert vocabulary.label("service_delivery", "nn") == "Samarbeid om tenesteyting"
    assert vocabulary.label("rent", "en") == "Rent"
    assert vocabulary.short_label("culture_leisure", "nb") == "Kultur"
    assert vocabulary.label("horizontal", "nb") == "Horisontal"


def test_unknown_concept_and_unknown_language_say_what_to_do() -> None:
    vocabulary = load()
    with pytest.raises(SamspillError, match="no concept “sport”"):
        vocabulary.label("sport", "nb")
    with pytest.raises(SamspillError, match="nb, nn, en"):
        vocabulary.label("rent", "fi")
    with pytest.raises(KeyError):
        vocabulary.fields["sport"]


@pytest.mark.skipif(not REPORT.exists(), reason="the founding report is not at hand")
def test_no_definition_repeats_the_report() -> None:
    report = " ".join(REPORT.read_text(encoding="utf-8").lower().split())
    for concept in load().walk():
        words = concept.definition("nb").lower().split()
        for start in range(len(words) - 6):
            run = " ".join(words[start : start + 7])
            assert run not in report, f"{concept.identifier}: {run}"
