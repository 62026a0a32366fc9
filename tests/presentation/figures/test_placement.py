"""The map of a typology says in words and numbers what it draws."""

import xml.etree.ElementTree as ET
from pathlib import Path

import polars as pl
import pytest

from samspill.errors import SamspillError
from samspill.language import languages
from samspill.presentation import placement_figure
from samspill.qualitative import Code, Coding, Project, Source
from samspill.typology import Judgement, evidence, place_all
from samspill.vocabulary import load

WORDS = load()
CODES = tuple(
    Code(name, name, concept=f"placement_evidence/{name}")
    for name in ("formal_arena", "informal_contact", "one_sided_dependence", "mutual_dependence")
)


def _evidence(field, *said):
    sources = [Source(f"s{i}", "S", "ord " * 20, fields=(field,)) for i in range(len(said))]
    codings = [
        Coding(f"{i}-{k}", f"s{i}", 4 * k, 4 * k + 3, code)
        for i, codes in enumerate(said)
        for k, code in enumerate(codes)
    ]
    return evidence(Project("P", (), CODES, tuple(sources), tuple(codings)).tables())


FORMAL = ["formal_arena"] * 2 + ["one_sided_dependence"] * 2
EQUAL = ["formal_arena"] * 2 + ["mutual_dependence"] * 2
JUDGED = Judgement("policy_models", "", "integration", "informal_model", "Kari Vik", "Skuffen.")


@pytest.fixture(scope="module")
def placements():
    found = [
        _evidence("culture_leisure", FORMAL, EQUAL, FORMAL),
        _evidence("integration", EQUAL, EQUAL),
        _evidence("health_care", FORMAL[:1]),
    ]
    return place_all(pl.concat(found), "policy_models", judgements=[JUDGED], provenance="invented")


@pytest.mark.parametrize("language", languages())
def test_every_field_is_told_with_its_type_and_a_person_s_judgement(placements, language):
    shown = placement_figure(placements, language)
    models = WORDS.policy_models
    for text in (shown.alt, shown.table.to_csv()):
        assert WORDS.fields["culture_leisure"].label(language) in text
        assert models["formal_model"].label(language) in text
        assert models["development_model"].label(language) in text
        assert models["informal_model"].label(language) in text
    assert "Kari Vik" in shown.alt
    assert "Skuffen." in shown.note
    assert WORDS.fields["health_care"].label(language) in shown.note
    assert shown.n == 12 + 8 + 1
    assert shown.warning
    root = ET.fromstring(shown.to_svg())
    assert root.get("role") == "img"
    drawn = " ".join(root.itertext())
    assert WORDS.fields["culture_leisure"].label(language) in drawn
    assert WORDS.fields["health_care"].label(language) not in drawn.replace(shown.alt, "")


def test_one_typology_at_a_time(placements):
    other = place_all(_evidence("integration", EQUAL), "policy_models")
    with pytest.raises(SamspillError, match="one typology"):
        placement_figure([], "nb")
    with pytest.raises(SamspillError, match="a name for each"):
        placement_figure(other, "nb", names=["a", "b"])


def test_it_is_saved_like_any_figure(placements, tmp_path: Path):
    shown = placement_figure(placements, "nn", names=["A", "B", "C"])
    for ending in ("svg", "json", "csv"):
        assert shown.save(tmp_path / f"map.{ending}").stat().st_size > 100
    assert shown.warning in (tmp_path / "map.csv").read_text(encoding="utf-8")
