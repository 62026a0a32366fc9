"""The examples of ``docs/study-format.md`` are sound."""

from __future__ import annotations

import json
import re
from pathlib import Path

import polars as pl

from samspill.study import import_table, read_study, validate_study
from samspill.study.package import Facts, descriptor

PAGE = (Path(__file__).parents[2] / "docs" / "study-format.md").read_text(encoding="utf-8")


def example_tables() -> dict[str, str]:
    found = re.findall(r"^`(\w+)\.csv`: .*?```csv\n(.*?)```", PAGE, re.DOTALL | re.MULTILINE)
    return dict(found)


def test_the_example_study_is_sound(tmp_path: Path) -> None:
    tables = example_tables()
    tables["printed"] = (
        "id,source,basis,indicator,field,split,group,statistic,printed,observations,note\n"
    )
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    (stated,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    facts = Facts(**json.loads("{" + stated + "}")["samspill"])
    columns = {name: text.split("\n")[0].split(",") for name, text in tables.items()}
    package = json.dumps(descriptor(facts, columns, {"population": "integer"}))
    (tmp_path / "datapackage.json").write_text(package, encoding="utf-8")
    assert validate_study(tmp_path) == []
    assert read_study(tmp_path).units.height == 3


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
