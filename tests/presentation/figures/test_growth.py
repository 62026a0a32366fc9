"""A field, a barrier or a form is added in data alone."""

from __future__ import annotations

import shutil
from pathlib import Path

from presentation.figures.fake_analysis import FakeAnalysis

import samspill.vocabulary
from samspill.presentation.figures import figure
from samspill.vocabulary import load

CONCEPT = """
[[concept]]
identifier = "{identifier}"
chapter = 5
attributes = {{ {attributes} }}

[concept.label]
nb = "{label}"
nn = "{label}"
en = "{label}"

[concept.definition]
nb = "d"
nn = "d"
en = "d"
"""


def _vocabulary_with(folder: Path, scheme: str, **concept: str):
    shutil.copytree(Path(samspill.vocabulary.__file__).parent / "data", folder)
    with (folder / f"{scheme}.toml").open("a", encoding="utf-8") as file:
        file.write(CONCEPT.format(**concept))
    return load(folder)


def test_a_field_of_the_vocabulary_becomes_a_row(tmp_path):
    vocabulary = _vocabulary_with(
        tmp_path / "v",
        "fields",
        identifier="sea_rescue",
        attributes="in_depth = false",
        label="Sea",
    )
    analysis = FakeAnalysis(vocabulary=vocabulary)
    before = figure(analysis, "4.1", "en")
    analysis.counts["has_relation", "sea_rescue", ""] = (7, 241)
    after = figure(analysis, "4.1", "en")
    assert after.data.height == before.data.height + 1
    assert after.data.row(-1, named=True)["row"] == "Sea"
    assert "Lowest: “Sea”, 3% (7 of 241)" in after.alt
    assert ">Sea<" in after.to_svg()


def test_a_field_in_depth_becomes_a_panel(tmp_path):
    vocabulary = _vocabulary_with(
        tmp_path / "v", "fields", identifier="sea_rescue", attributes="in_depth = true", label="Sea"
    )
    analysis = FakeAnalysis(vocabulary=vocabulary)
    for form in vocabulary.forms:
        analysis.counts[form, "sea_rescue", ""] = (7, 241)
    assert figure(analysis, "4.4", "en").data["panel"].n_unique() == 5


def test_a_form_takes_its_place_on_the_map(tmp_path):
    vocabulary = _vocabulary_with(
        tmp_path / "v",
        "forms",
        identifier="joint_projects",
        attributes='phase = "transition"',
        label="Joint",
    )
    analysis = FakeAnalysis(vocabulary=vocabulary)
    for field in ("culture_leisure", "health_care", "children_youth", "integration"):
        analysis.counts["joint_projects", field, ""] = (7, 241)
    data = figure(analysis, "4.11", "en").data
    assert data.filter(indicator="joint_projects")["phase"].to_list() == ["transition"]


def test_a_barrier_that_the_study_did_not_code_is_not_drawn(tmp_path):
    vocabulary = _vocabulary_with(
        tmp_path / "v", "barriers", identifier="geography", attributes="", label="Distance"
    )
    before = figure(FakeAnalysis(), "4.10", "en").data
    assert figure(FakeAnalysis(vocabulary=vocabulary), "4.10", "en").data.equals(before)
