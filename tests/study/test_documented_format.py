"""The examples of ``docs/study-format.md`` are sound."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import polars as pl
import pytest

from samspill.analysis import open_study
from samspill.study import import_table, read_study, seal_study, validate_study

PAGE = (Path(__file__).parents[2] / "docs" / "study-format.md").read_text(encoding="utf-8")


def example_files() -> dict[str, str]:
    """The files of the page's example study, exactly as shown."""
    found = re.findall(r"^`(\w+\.csv)`: .*?```csv\n(.*?)```", PAGE, re.DOTALL | re.MULTILINE)
    (descriptor,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    return {**dict(found), "datapackage.json": descriptor}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in example_files().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_example_study_is_sound_as_it_stands_on_the_page(folder: Path) -> None:
    assert validate_study(folder) == []
    assert read_study(folder).units.height == 3
    assert open_study(folder).check().sound


def test_sealing_the_example_gives_every_table_a_schema_and_a_digest(folder: Path) -> None:
    before = read_study(folder)
    seal_study(folder)
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in described["resources"]:
        with (folder / resource["path"]).open(encoding="utf-8", newline="") as stream:
            heading = next(csv.reader(stream))
        assert [field["name"] for field in resource["schema"]["fields"]] == heading
        assert resource["hash"].startswith("sha256:")
    types = {f["name"]: f["type"] for f in described["resources"][0]["schema"]["fields"]}
    assert types["population"] == "integer"
    assert validate_study(folder) == []
    assert read_study(folder) == before


def test_sealing_keeps_a_schema_that_is_declared(folder: Path) -> None:
    file = folder / "datapackage.json"
    described = json.loads(file.read_text(encoding="utf-8"))
    fields = [{"name": name} for name in ("unit", "response", "has_policy")]
    own = {"fields": [*fields, {"name": "population", "constraints": {"maxLength": 4}}]}
    described["resources"][0]["schema"] = own
    file.write_text(json.dumps(described), encoding="utf-8")
    seal_study(folder)
    assert json.loads(file.read_text(encoding="utf-8"))["resources"][0]["schema"] == own
    assert [(p.file, p.row, p.column) for p in validate_study(folder)] == [
        ("units.csv", 1, "population")
    ]
    assert read_study(folder).units.height == 3


def test_the_example_mapping_takes_a_table_in(tmp_path: Path) -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(text, encoding="utf-8")
    data = tmp_path / "data.csv"
    data.write_bytes("id;pol;q4_1;q4_2;q9\nÅs;1;2;-1;Lite rom\nBø;2;9;1;NA\n".encode("latin-1"))
    study = import_table(data, mapping)
    assert set(study.answers.iter_rows()) == {
        ("Ås", "culture_leisure", "meeting_point", "0"),
        ("Bø", "culture_leisure", "meeting_point", "9"),
        ("Bø", "health_care", "meeting_point", "1"),
        ("Ås", "", "challenge", "Lite rom"),
    }
    assert study.units.rows() == [("Ås", "yes"), ("Bø", "no")]
    missing = study.categories.filter(pl.col("missing"))
    assert missing.select("variable", "value").rows() == [("meeting_point", "9")]
