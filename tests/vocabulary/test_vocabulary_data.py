"""The vocabulary grows by its data alone, and faulty data are told, all at once."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from samspill.errors import InvalidInput, Problem
from samspill.vocabulary import load
from samspill.vocabulary.loading import DATA

FIELD = """
[[concept]]
identifier = "housing"
chapter = 5
attributes = { in_depth = false }
label = { nb = "Bolig", nn = "Bustad", en = "Housing" }
definition = { nb = "Bolig.", nn = "Bustad.", en = "Housing." }
"""
BARRIER = """
[[concept]]
identifier = "distance"
chapter = 4
label = { nb = "Avstand", nn = "Avstand", en = "Distance" }
definition = { nb = "Langt.", nn = "Langt.", en = "Far." }

[[concept.narrower]]
identifier = "no_bus"
chapter = 4
label = { nb = "Ingen buss", nn = "Ingen buss", en = "No bus" }
definition = { nb = "Ingen buss.", nn = "Ingen buss.", en = "No bus." }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def add_language(folder: Path, code: str) -> None:
    """What a translator does: one more text wherever there is an English one."""
    for path in folder.glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        text = text.replace('"en"]', f'"en", "{code}"]')
        text = re.sub(
            r'^((?:\w+\.)?)en = "(.*)"$', rf'\g<0>\n\1{code} = "{code}: \2"', text, flags=re.M
        )
        text = re.sub(r'en = "([^"]*)" \}', rf'en = "\1", {code} = "{code}: \1" }}', text)
        path.write_text(text, encoding="utf-8")


def problems(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(InvalidInput) as caught:
        load(folder)
    return caught.value.problems


def test_a_field_a_barrier_and_a_language_are_added_by_data_alone(folder: Path) -> None:
    append(folder / "fields.toml", FIELD)
    append(folder / "barriers.toml", BARRIER)
    add_language(folder, "fi")
    vocabulary = load(folder)
    assert vocabulary.languages == ("nb", "nn", "en", "fi")
    assert tuple(vocabulary.fields)[-1] == "housing"
    assert vocabulary.label("housing", "fi") == "fi: Housing"
    assert vocabulary.label("no_bus", "nn") == "Ingen buss"
    assert [c.identifier for c in vocabulary.barriers["distance"].narrower] == ["no_bus"]
    for concept in vocabulary.walk():
        assert concept.label("fi").startswith("fi: ")
        assert concept.definition("fi").startswith("fi: ")
    assert "housing" not in load().fields


def test_every_fault_is_listed_with_its_place(folder: Path) -> None:
    replace(folder / "fields.toml", 'nn = "Teknisk"\n', "")
    replace(folder / "forms.toml", '"transition"', '"later"')
    replace(folder / "sides.toml", "chapter = 1", 'chapter = "one"')
    replace(folder / "barriers.toml", 'identifier = "rent"', 'identifier = "integration"')
    replace(folder / "policy_models.toml", 'hierarchy = "horizontal"', 'hierarchy = "flat"')
    replace(folder / "phases.toml", "[concept.label]", "colour = 3\n\n[concept.label]")
    found = {(p.file, p.row, p.column) for p in problems(folder)}
    assert found == {
        ("fields.toml", 8, "technical_services.label.nn"),
        ("forms.toml", 3, "development_projects.attributes.phase"),
        ("sides.toml", 1, "municipality.chapter"),
        ("barriers.toml", 2, "conditions_resources.identifier"),
        ("policy_models.toml", 1, "empty_cell.hierarchy"),
        ("phases.toml", 1, "policy_development.colour"),
    }


def test_missing_broken_and_misencoded_files_are_named(folder: Path) -> None:
    (folder / "sides.toml").unlink()
    (folder / "phases.toml").write_text("label = [", encoding="utf-8")
    (folder / "forms.toml").write_bytes("# R\u00e5d".encode("latin-1"))
    found = {problem.file: problem.message for problem in problems(folder)}
    assert "missing" in found["sides.toml"]
    assert "not TOML" in found["phases.toml"]
    assert "not UTF-8" in found["forms.toml"]


def test_a_text_in_a_language_that_is_not_listed_is_a_fault(folder: Path) -> None:
    replace(folder / "sides.toml", 'nb = "Sider"', 'nb = "Sider"\nsv = "Sidor"')
    (problem,) = problems(folder)
    assert (problem.file, problem.column) == ("sides.toml", "label.sv")


@pytest.mark.parametrize("languages", ["[]", '"nb"', "[1]"])
def test_languages_must_be_a_list_of_codes(folder: Path, languages: str) -> None:
    (folder / "vocabulary.toml").write_text(f"languages = {languages}\n", encoding="utf-8")
    (problem,) = problems(folder)
    assert (problem.file, problem.column) == ("vocabulary.toml", "languages")


def test_a_key_of_the_wrong_shape_is_a_fault_and_no_crash(folder: Path) -> None:
    replace(folder / "forms.toml", '{ phase = "activity" }', '"activity"')
    replace(folder / "barriers.toml", "[[concept.narrower]]", "[concept.narrower2]")
    (folder / "sides.toml").write_text(
        'concept = "municipality"\nlabel = { nb = "S", nn = "S", en = "S" }\n', encoding="utf-8"
    )
    found = {(p.file, p.column) for p in problems(folder)}
    assert ("forms.toml", "operations_management.attributes") in found
    assert ("barriers.toml", "coordination.narrower2") in found
    assert ("sides.toml", "concept") in found
