"""A study written and read again is the same study, and a fault leaves nothing behind."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from study.study_examples import example

from samspill.errors import InvalidInput, SamspillError
from samspill.study import Study, read_study, seal_study, validate_study, write_study
from samspill.vocabulary import load

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
FILLED = TEXT.filter(bool)
VALUES = {
    "count": (pl.Int64, st.integers(0, 10**17)),
    "number": (pl.Float64, st.floats(allow_nan=False, allow_infinity=False)),
    "text": (pl.String, FILLED),
}
ATTRIBUTES = st.from_regex(r"[a-z]{1,6}", fullmatch=True).filter(
    lambda name: name not in {"unit", "open"}
)


def like(name: str, rows: list[dict[str, object]]) -> pl.DataFrame:
    """A table of the example's form, with other rows; cells not given are empty."""
    frame = example().tables[name]
    empty = {c: "" for c, dtype in frame.schema.items() if dtype == pl.String}
    return pl.DataFrame([empty | row for row in rows], schema=frame.schema)


@st.composite
def studies(draw: st.DrawFn) -> Study:
    """Studies with any text in every place, and attributes of every type."""
    units = draw(st.lists(FILLED, min_size=1, max_size=6, unique=True))
    kinds = draw(st.dictionaries(ATTRIBUTES, st.sampled_from(sorted(VALUES)), max_size=4))
    columns = [pl.Series("unit", units, pl.String)]
    for name, kind in kinds.items():
        dtype, values = VALUES[kind]
        columns.append(pl.Series(name, [draw(st.none() | values) for _ in units], dtype))
    places = st.tuples(st.sampled_from(units), st.sampled_from(list(load().fields)))
    answers = [
        {"unit": unit, "field": field, "variable": "open", "value": draw(FILLED)}
        for unit, field in draw(st.lists(places, max_size=6, unique=True))
    ]
    texts = {"label_nb": FILLED, "label_nn": FILLED, "label_en": FILLED, "question_nb": TEXT}
    variables = [
        {"variable": name, "type": kind, "per_field": name == "open"}
        | {column: draw(text) for column, text in texts.items()}
        for name, kind in {"open": "text", **kinds}.items()
    ]
    outside = {"basis": "outside", "statistic": "count"}
    printed = [
        outside
        | {"id": name, "source": draw(FILLED), "indicator": draw(FILLED)}
        | {"printed": draw(FILLED), "note": draw(TEXT)}
        for name in draw(st.lists(FILLED, max_size=4, unique=True))
    ]
    return replace(
        example(),
        response_attribute="",
        population_size=10,
        units=pl.DataFrame(columns),
        answers=like("answers", answers),
        variables=like("variables", variables),
        printed=like("printed", printed),
        **{name: like(name, []) for name in ("categories", "indicators", "provenance")},
        cases=None,
    )


@settings(deadline=None, max_examples=30)
@given(studies())
def test_a_study_written_and_read_again_is_the_same_study(study: Study) -> None:
    with tempfile.TemporaryDirectory() as parent:
        folder = write_study(study, Path(parent) / "study")
        assert read_study(folder) == study


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    one = write_study(example(), tmp_path / "one")
    other = write_study(read_study(one), tmp_path / "other")
    for path in one.iterdir():
        assert path.read_bytes() == (other / path.name).read_bytes()


def test_frictionless_finds_the_written_package_valid(tmp_path: Path) -> None:
    from frictionless import Package

    folder = write_study(example(), tmp_path / "study")
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["message"])


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("units", "20000", "many"),
        ("answers", "Ås,culture", "Os,culture"),
        ("answers", "health_care", "culture_leisure"),
        ("answers", "meeting_point,0", "meeting_point,"),
        ("variables", "nominal", "nominel"),
        ("provenance", "observed", "seen"),
        ("categories", "response,complete,1", "response,complete,first"),
    ],
)
def test_what_frictionless_finds_in_a_cell_is_found_by_reading_too(
    tmp_path: Path, table: str, old: str, new: str
) -> None:
    from frictionless import Package

    folder = write_study(example(), tmp_path / "study")
    path = folder / f"{table}.csv"
    path.write_bytes(path.read_bytes().decode().replace(old, new, 1).encode())
    seal_study(folder)
    errors = Package(str(folder / "datapackage.json")).validate().flatten(["rowNumber"])
    rows = {row - 1 for (row,) in errors}
    with pytest.raises(InvalidInput) as caught:
        read_study(folder)
    assert rows
    assert rows <= {p.row for p in caught.value.problems if p.file == path.name}


def test_an_unsound_study_is_not_written(tmp_path: Path) -> None:
    answers = example().answers.with_columns(pl.lit("nowhere").alias("field"))
    with pytest.raises(InvalidInput) as caught:
        write_study(example(answers=answers), tmp_path / "study")
    assert {p.file for p in caught.value.problems} == {"answers.csv"}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "column", "value"),
    [
        ("units", "density", float("nan")),
        ("units", "response", "a\0b"),
        ("answers", "value", ["a", "b"]),
    ],
)
def test_cells_that_no_file_holds_are_refused(
    tmp_path: Path, name: str, column: str, value: object
) -> None:
    frame = example().tables[name]
    cells = pl.Series(column, [value] * frame.height)
    with pytest.raises(InvalidInput) as caught:
        write_study(example(**{name: frame.with_columns(cells)}), tmp_path / "study")
    assert {(p.file, p.column) for p in caught.value.problems} == {(f"{name}.csv", column)}


def test_wrong_facts_are_refused(tmp_path: Path) -> None:
    study = replace(example(), identifier="Norway 2018", title={}, year=0)
    with pytest.raises(InvalidInput) as caught:
        write_study(study, tmp_path / "study")
    assert {p.column for p in caught.value.problems} == {
        "samspill.identifier",
        "samspill.title",
        "samspill.year",
    }


def test_an_existing_study_is_replaced_only_when_asked(tmp_path: Path) -> None:
    folder = write_study(example(), tmp_path / "study")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    later = replace(example(cases=None), year=2021, response_attribute="")
    later = later.with_tables(printed=later.printed.filter(pl.col("basis") != "cases"))
    with pytest.raises(SamspillError, match="not empty"):
        write_study(later, folder)
    assert read_study(folder) == example()
    write_study(later, folder, overwrite=True)
    assert read_study(folder) == later
    assert not (folder / "cases.csv").exists()
    assert (folder / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["study"]


def test_a_folder_that_is_no_study_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(SamspillError, match="something other than a study"):
        write_study(example(), tmp_path / "letters", overwrite=True)
    with pytest.raises(SamspillError, match="is a file"):
        write_study(example(), tmp_path / "letters" / "a.txt", overwrite=True)
    assert [path.name for path in (tmp_path / "letters").iterdir()] == ["a.txt"]


def test_a_fault_while_writing_leaves_what_was_there(tmp_path: Path) -> None:
    folder = write_study(example(), tmp_path / "study")
    with (
        patch("samspill.study.writing.readme", side_effect=OSError("disk full")),
        pytest.raises(SamspillError, match="disk full"),
    ):
        write_study(replace(example(), year=2021), folder, overwrite=True)
    assert read_study(folder) == example()
    assert [path.name for path in tmp_path.iterdir()] == ["study"]


def test_the_readme_warns_of_invented_data(tmp_path: Path) -> None:
    provenance = example().provenance
    plain = write_study(example(), tmp_path / "plain")
    assert "Invented" not in (plain / "README.md").read_text(encoding="utf-8")
    made_up = provenance.with_columns(pl.lit("invented").alias("provenance"))
    study = example(provenance=made_up)
    assert study.is_invented
    folder = write_study(study, tmp_path / "made-up")
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert text.index("**Invented data.**") < text.index("Identifier")


def test_a_language_is_added_by_columns(tmp_path: Path) -> None:
    variables = example().variables.with_columns(pl.col("label_en").alias("label_fi"))
    study = example(variables=variables)
    folder = write_study(study, tmp_path / "study")
    assert validate_study(folder) == []
    assert read_study(folder).languages == ("nb", "nn", "en", "fi")
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    schema = next(r for r in descriptor["resources"] if r["name"] == "variables")["schema"]
    assert "label_fi" in [field["name"] for field in schema["fields"]]


def test_a_place_where_no_folder_can_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("keep me", encoding="utf-8")
    with pytest.raises(SamspillError, match="cannot be written") as caught:
        write_study(example(), tmp_path / "letter.txt" / "study")
    assert caught.value.next_step
    with (
        patch("pathlib.Path.mkdir", side_effect=PermissionError(13, "Permission denied")),
        pytest.raises(SamspillError, match="Permission denied"),
    ):
        write_study(example(), tmp_path / "new" / "study")
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
