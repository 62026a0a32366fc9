"""Data files that go out hold every label whole, and every column can be followed back."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import polars as pl
import pyarrow.parquet as pq
import pyreadstat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from study.study_examples import example, table

from samspill.errors import InvalidInput, SamspillError
from samspill.study import Study, export_study, read_study, shipped_studies
from samspill.study.wide import column_name, parse_column
from samspill.vocabulary import load

FIELDS = list(load().fields)
READERS = {"sav": pyreadstat.read_sav, "dta": pyreadstat.read_dta}


def read(path: Path):
    reader = READERS[path.suffix[1:]]
    return reader(str(path), output_format="polars", user_missing=True)


def relabelled(variable: str, label: str) -> Study:
    chosen = pl.col("variable") == variable
    return example(
        variables=example().variables.with_columns(
            pl.when(chosen).then(pl.lit(label)).otherwise("label_nb").alias("label_nb")
        )
    )


def recategorised(value: str, label: str) -> Study:
    chosen = (pl.col("variable") == "relations") & (pl.col("value") == value)
    return example(
        categories=example().categories.with_columns(
            pl.when(chosen).then(pl.lit(label)).otherwise("label_nb").alias("label_nb")
        )
    )


def test_sav_holds_labels_codes_missing_values_and_measures(tmp_path: Path) -> None:
    data, codebook = export_study(example(), tmp_path, "sav", language="nn")
    assert (data.name, codebook.name) == ("small-example.sav", "small-example-codebook-sav.csv")
    frame, meta = read(data)
    assert frame["unit"].to_list() == example().units["unit"].to_list()
    assert frame["meeting_point__culture_leisure"].to_list() == [1.0, 9.0, None]
    assert frame["population"].to_list() == [20000.0, 6000.0, None]
    labels = meta.column_names_to_labels
    assert labels["meeting_point__health_care"] == "Møtepunkt: Helse og omsorg"
    assert labels["has_policy"] == "Politikk"
    assert meta.variable_value_labels["relations__culture_leisure"] == {
        1.0: "Få",
        2.0: "Nokre",
        3.0: "Mange",
    }
    assert meta.variable_value_labels["has_policy"] == {1.0: "Nei", 2.0: "Ja"}
    assert meta.missing_ranges["meeting_point__health_care"] == [{"lo": 9.0, "hi": 9.0}]
    assert meta.variable_measure["relations__culture_leisure"] == "ordinal"
    assert meta.file_label == "Eit lite døme"


def test_dta_holds_labels_and_names_fields_by_number(tmp_path: Path) -> None:
    data, codebook = export_study(example(), tmp_path, "dta", language="en")
    frame, meta = read(data)
    assert frame["meeting_point__1"].to_list() == [1, 9, None]
    assert meta.column_names_to_labels["meeting_point__2"] == "Meeting point: Health and care"
    assert meta.variable_value_labels["has_policy"] == {1: "No", 2: "Yes"}
    rows = pl.read_csv(codebook, infer_schema=False).filter(pl.col("column") == "meeting_point__2")
    assert rows["variable"].unique().to_list() == ["meeting_point"]
    assert rows["field"].unique().to_list() == ["health_care"]
    assert rows["missing"].to_list() == ["false", "false", "true"]


def test_parquet_holds_labels_in_the_metadata_of_its_fields(tmp_path: Path) -> None:
    data, _ = export_study(example(), tmp_path, "parquet")
    schema = pq.read_schema(data)
    about = {k.decode(): v.decode() for k, v in schema.field("has_policy").metadata.items()}
    assert about["label"] == "Politikk"
    assert json.loads(about["value_labels"]) == {"no": "Nei", "yes": "Ja"}
    frame = pl.read_parquet(data)
    assert frame["has_policy"].to_list() == ["yes", "no", None]
    assert frame["relations__culture_leisure"].to_list() == [3.0, 1.0, None]


def test_csv_and_codebook_together_hold_everything(tmp_path: Path) -> None:
    data, codebook = export_study(example(), tmp_path, "csv")
    frame = pl.read_csv(data, infer_schema=False)
    assert frame["meeting_point__culture_leisure"].to_list() == ["1", "9", None]
    assert frame["density"].to_list() == ["2.5", "3", None]
    assert frame["challenge"][0] == example().answers["value"][3]
    rows = pl.read_csv(codebook, infer_schema=False).filter(pl.col("column") == "has_policy")
    assert rows.select("code", "value", "value_label").rows() == [
        ("no", "no", "Nei"),
        ("yes", "yes", "Ja"),
    ]


@pytest.mark.parametrize("kind", ["csv", "parquet", "sav", "dta"])
def test_every_answer_can_be_followed_back_from_the_wide_table(tmp_path: Path, kind: str) -> None:
    data, codebook = export_study(example(), tmp_path, kind)
    if kind in READERS:
        frame = read(data)[0]
    else:
        frame = pl.read_csv(data) if kind == "csv" else pl.read_parquet(data)
    found = set()
    book = pl.read_csv(codebook, infer_schema=False).fill_null("")
    for name, variable, field in (
        book.select("column", "variable", "field").unique(maintain_order=True).iter_rows()
    ):
        if variable in example().units.columns:
            continue
        codes = dict(book.filter(pl.col("column") == name).select("code", "value").iter_rows())
        for unit, cell in zip(frame["unit"], frame[name], strict=True):
            if cell not in (None, ""):
                text = str(int(cell)) if isinstance(cell, float) else str(cell)
                found.add((unit, field, variable, codes.get(text, text)))
    assert found == set(example().answers.iter_rows())


@given(st.sampled_from(["", *FIELDS]), st.from_regex(r"[a-z][a-z_]{0,20}[a-z]", fullmatch=True))
def test_names_of_wide_columns_are_reversible(field: str, variable: str) -> None:
    if parse_column(variable, FIELDS) == (variable, ""):
        assert parse_column(column_name(variable, field), FIELDS) == (variable, field)


LABELS = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=300)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(["sav", "dta"]), LABELS, LABELS)
def test_a_label_goes_out_whole_or_not_at_all(kind: str, label: str, category: str) -> None:
    chosen = (pl.col("variable") == "relations") & (pl.col("value") == "3")
    categories = recategorised("3", category).categories
    assert categories.filter(chosen)["label_nb"].item() == category
    study = relabelled("challenge", label).with_tables(categories=categories)
    with tempfile.TemporaryDirectory() as folder:
        try:
            data, _ = export_study(study, folder, kind)
        except InvalidInput:
            assert list(Path(folder).iterdir()) == []
            size = len if kind == "dta" else lambda text: len(text.encode())
            limits = (80, 32_000) if kind == "dta" else (256, 120)
            assert size(label) > limits[0] or size(category) > limits[1]
            return
        _, meta = read(data)
        assert meta.column_names_to_labels["challenge"] == label
        (held,) = (
            labels for name, labels in meta.variable_value_labels.items() if "relations" in name
        )
        assert held[3.0] == category


@pytest.mark.parametrize(
    ("kind", "study", "column", "said"),
    [
        ("sav", relabelled("challenge", "æ" * 129), "challenge", "258 bytes"),
        ("dta", relabelled("challenge", "æ" * 81), "challenge", "81 characters"),
        ("dta", relabelled("meeting_point", "æ" * 70), "meeting_point__1", "variable label"),
        ("sav", recategorised("2", "å" * 61), "relations__culture_leisure", "122 bytes"),
        ("dta", recategorised("2", "å" * 32_001), "relations__1", "32001 characters"),
    ],
)
def test_labels_that_would_be_cut_are_refused(
    tmp_path: Path, kind: str, study: Study, column: str, said: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        export_study(study, tmp_path, kind)
    assert any(p.column == column and said in p.message for p in caught.value.problems)
    assert list(tmp_path.iterdir()) == []


def with_attribute(name: str) -> Study:
    return example(units=example().units.with_columns(pl.lit("x").alias(name)))


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("sav", "2nd"),
        ("sav", "with"),
        ("sav", "a b"),
        ("sav", "Population"),
        ("dta", "int"),
        ("dta", "a.b"),
    ],
)
def test_names_that_the_format_does_not_take_are_refused_or_renamed(
    tmp_path: Path, kind: str, name: str
) -> None:
    study = with_attribute(name)
    with pytest.raises(InvalidInput) as caught:
        export_study(study, tmp_path, kind)
    assert {p.column for p in caught.value.problems} == {name}
    data, codebook = export_study(study, tmp_path, kind, names={name: "renamed"})
    assert "renamed" in read(data)[0].columns
    rows = pl.read_csv(codebook, infer_schema=False).filter(pl.col("column") == "renamed")
    assert rows["variable"].to_list() == [name]


@pytest.mark.parametrize(("kind", "limit"), [("sav", 64), ("dta", 32)])
def test_names_too_long_for_the_format_end_in_a_number_and_stand_in_the_codebook(
    tmp_path: Path, kind: str, limit: int
) -> None:
    long = ["a" * (limit + 1), "a" * (limit + 2)]
    study = example(units=example().units.with_columns(pl.lit(n).alias(n) for n in long))
    data, codebook = export_study(study, tmp_path, kind)
    book = pl.read_csv(codebook, infer_schema=False).filter(pl.col("variable").is_in(long))
    assert len(set(book["column"])) == 2
    frame, meta = read(data)
    for name, variable in book.select("column", "variable").iter_rows():
        assert len(name) == limit
        assert meta.column_names_to_labels[name] == variable
        assert set(frame[name]) == {variable}
    with pytest.raises(InvalidInput) as caught:
        export_study(study, tmp_path / "named", kind, names={long[0]: "b" * (limit + 1)})
    assert [p.column for p in caught.value.problems] == ["b" * (limit + 1)]


def test_every_label_of_the_shipped_studies_goes_out_in_every_format_and_language(
    tmp_path: Path,
) -> None:
    for name, folder in shipped_studies().items():
        study = read_study(folder)
        for kind in READERS:
            target = tmp_path / kind
            data, codebook = export_study(study, target, kind, language=study.languages[-1])
            _, meta = read(data)
            book = pl.read_csv(codebook, infer_schema=False).fill_null("")
            assert meta.column_names_to_labels == dict(book.select("column", "label").iter_rows())
            labelled = book.filter((pl.col("code") != "") & pl.col("type").ne("text"))
            held = {
                (column, str(int(code)), label)
                for column, labels in meta.variable_value_labels.items()
                for code, label in labels.items()
            }
            told = set(labelled.select("column", "code", "value_label").iter_rows())
            assert held == told, name


def test_a_title_too_long_gives_way_to_the_identifier(tmp_path: Path) -> None:
    study = replace(example(), title={"nb": "æ" * 33})
    assert read(export_study(study, tmp_path, "sav")[0])[1].file_label == "small-example"
    assert read(export_study(study, tmp_path, "dta")[0])[1].file_label == "æ" * 33


def test_missing_codes_that_spss_cannot_hold_are_refused(tmp_path: Path) -> None:
    codes = example().categories.with_columns(
        missing=pl.col("missing") | ((pl.col("variable") == "relations") & (pl.col("value") != "2"))
    )
    data, _ = export_study(example(categories=codes), tmp_path / "two", "sav")
    ranges = read(data)[1].missing_ranges["relations__culture_leisure"]
    assert [r["lo"] for r in ranges] == [1.0, 3.0]
    more = table(
        "variable value order missing label_nb label_nn label_en",
        *(("relations", str(v), v, True, "x", "x", "x") for v in (0, 4)),
    )
    with pytest.raises(InvalidInput) as caught:
        export_study(example(categories=pl.concat([codes, more])), tmp_path / "four", "sav")
    assert ["three missing values" in p.message for p in caught.value.problems] == [True]
    assert not (tmp_path / "four").exists()


def test_long_answers_go_out_whole_or_are_refused(tmp_path: Path) -> None:
    answers = example().answers.with_columns(
        pl.when(pl.col("variable") == "challenge")
        .then(pl.lit("ø" * 15_000))
        .otherwise("value")
        .alias("value")
    )
    for kind in ("sav", "dta"):
        data, _ = export_study(example(answers=answers), tmp_path, kind, overwrite=True)
        assert read(data)[0]["challenge"][0] == "ø" * 15_000
    longer = answers.with_columns(pl.col("value").str.replace_all("ø", "øøø"))
    with pytest.raises(InvalidInput) as caught:
        export_study(example(answers=longer), tmp_path / "longer", "sav")
    assert [(p.row, p.column) for p in caught.value.problems] == [(1, "challenge")]


def test_unknown_format_language_and_standing_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SamspillError, match="csv, parquet, sav, dta"):
        export_study(example(), tmp_path, "xls")
    with pytest.raises(SamspillError, match="nb, nn, en"):
        export_study(example(), tmp_path, "csv", language="fi")
    with pytest.raises(SamspillError, match="no column “absent”"):
        export_study(example(), tmp_path, "csv", names={"absent": "x"})
    with pytest.raises(SamspillError, match="Two columns"):
        export_study(example(), tmp_path, "csv", names={"density": "population"})
    export_study(example(), tmp_path, "csv")
    with pytest.raises(SamspillError, match="stands there already"):
        export_study(example(), tmp_path, "csv")
    with pytest.raises(InvalidInput):
        export_study(replace(example(), year=0), tmp_path / "unsound", "csv")
    assert not (tmp_path / "unsound").exists()


def test_columns_that_could_stem_from_two_variables_are_refused(tmp_path: Path) -> None:
    study = with_attribute("meeting_point__health_care")
    with pytest.raises(SamspillError, match="more than one variable"):
        export_study(study, tmp_path, "csv")


@pytest.mark.parametrize("kind", ["csv", "parquet", "sav", "dta"])
def test_a_place_where_nothing_can_be_written_is_told(tmp_path: Path, kind: str) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("keep me", encoding="utf-8")
    for target in (letter, letter / "inside"):
        with pytest.raises(SamspillError, match="cannot be written") as caught:
            export_study(example(), target, kind, overwrite=True)
        assert caught.value.next_step
    assert letter.read_text(encoding="utf-8") == "keep me"
    assert list(tmp_path.iterdir()) == [letter]


def test_a_fault_while_writing_the_codebook_leaves_no_data_file(tmp_path: Path) -> None:
    fault = patch("samspill.study.exporting.codebook", side_effect=OSError(28, "No space left"))
    with fault, pytest.raises(SamspillError, match="No space left"):
        export_study(example(), tmp_path, "csv")
    assert list(tmp_path.iterdir()) == []
