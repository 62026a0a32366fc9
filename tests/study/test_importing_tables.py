"""Data files of other programs become a study by a mapping file."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyreadstat
import pytest
from study.study_examples import example

from samspill.errors import InvalidInput, SamspillError
from samspill.study import Study, export_study, import_table, read_study, write_study

SAMPLES = Path(__file__).parents[3] / "shared" / "samples" / "instruments"

MAPPING = """
[study]
identifier = "imported"
title = { nb = "Lest inn", en = "Imported" }
year = 2024
response_attribute = "response"

[table]
unit = "id"
no_answer = ["NA"]

[attributes.response]
type = "nominal"
recode = { "1" = "complete", "2" = "partial" }
categories = [
    { value = "complete", label = { nb = "Fullført", en = "Complete" } },
    { value = "partial", label = { nb = "Delvis", en = "Partial" } },
]

[attributes.population]
column = "pop"
type = "count"
label = { nb = "Innbyggere", en = "Population" }

[variables.meeting_point]
type = "binary"
columns = { culture_leisure = "q4_1", health_care = "q4_2" }
label = { nb = "Møtepunkt", en = "Meeting point" }
question = { nb = "Har kommunen …?" }
recode = { "2" = "0" }
missing = ["8"]
no_answer = ["99"]

[variables.satisfaction]
column = "q7"
type = "ordinal"

[variables.comment]
column = "q9"
type = "text"

[indicators.meeting_point]
rule = "variable"
variables = ["meeting_point"]
label = { nb = "Møtepunkt", en = "Meeting point" }
"""
ROWS = pl.DataFrame(
    {
        "id": ["Ås", "Bø", "Eid"],
        "response": [1, 2, 1],
        "pop": [20000, None, 300],
        "q4_1": [1, 2, 8],
        "q4_2": [99, None, 1],
        "q7": [10, 9, None],
        "q9": ["Bra, takk", "NA", None],
    }
)
ANSWERS = {
    ("Ås", "culture_leisure", "meeting_point", "1"),
    ("Bø", "culture_leisure", "meeting_point", "0"),
    ("Eid", "culture_leisure", "meeting_point", "8"),
    ("Eid", "health_care", "meeting_point", "1"),
    ("Ås", "", "satisfaction", "10"),
    ("Bø", "", "satisfaction", "9"),
    ("Ås", "", "comment", "Bra, takk"),
}


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "mapping.toml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


def write(frame: pl.DataFrame, path: Path) -> Path:
    writers = {
        ".csv": lambda: frame.write_csv(path),
        ".parquet": lambda: frame.write_parquet(path),
        ".xlsx": lambda: frame.write_excel(path),
        ".sav": lambda: pyreadstat.write_sav(frame, str(path)),
        ".dta": lambda: pyreadstat.write_dta(frame, str(path)),
    }
    writers[path.suffix]()
    return path


def change(mapping: Path, old: str, new: str) -> Path:
    text = mapping.read_text(encoding="utf-8")
    assert old in text
    mapping.write_text(text.replace(old, new), encoding="utf-8")
    return mapping


def faults(file: Path, mapping: Path) -> set[tuple[str, int | None, str | None]]:
    with pytest.raises(InvalidInput) as caught:
        import_table(file, mapping)
    return {(p.file, p.row, p.column) for p in caught.value.problems}


@pytest.mark.parametrize("ending", [".csv", ".parquet", ".xlsx", ".sav", ".dta"])
def test_every_format_gives_the_same_study(tmp_path: Path, mapping: Path, ending: str) -> None:
    study = import_table(write(ROWS, tmp_path / f"data{ending}"), mapping)
    assert set(study.answers.iter_rows()) == ANSWERS
    assert study.units.rows() == [
        ("Ås", "complete", 20000),
        ("Bø", "partial", None),
        ("Eid", "complete", 300),
    ]
    assert study.population_size == 3
    assert study.categories.select("variable", "value", "order", "missing").rows() == [
        ("response", "complete", 1, False),
        ("response", "partial", 2, False),
        ("meeting_point", "8", 1, True),
        ("satisfaction", "9", 1, False),
        ("satisfaction", "10", 2, False),
    ]
    assert set(study.provenance["provenance"]) == {"observed"}
    assert read_study(write_study(study, tmp_path / "study")) == study


def test_labels_of_the_file_are_used_where_the_mapping_gives_none(
    tmp_path: Path, mapping: Path
) -> None:
    path = tmp_path / "data.sav"
    pyreadstat.write_sav(
        ROWS,
        str(path),
        column_labels={"q7": "Hvor fornøyd?", "q4_1": "Ikke brukt"},
        variable_value_labels={"q7": {9: "Ganske", 10: "Svært", 98: "Vet ikke"}},
        missing_ranges={"q7": [98]},
    )
    study = import_table(path, mapping)
    labels = dict(study.variables.select("variable", "label_nb").iter_rows())
    assert labels["satisfaction"] == "Hvor fornøyd?"
    assert labels["meeting_point"] == "Møtepunkt"
    satisfaction = study.categories.filter(pl.col("variable") == "satisfaction")
    assert satisfaction.select("value", "label_en", "missing").rows() == [
        ("9", "Ganske", False),
        ("10", "Svært", False),
        ("98", "Vet ikke", True),
    ]


def test_semicolons_decimal_commas_and_old_encodings_are_read(
    tmp_path: Path, mapping: Path
) -> None:
    change(
        mapping, 'unit = "id"', 'unit = "id"\ndelimiter = ";"\ndecimal = ","\nencoding = "latin-1"'
    )
    change(mapping, 'type = "count"', 'type = "number"')
    text = "id;response;pop;q4_1;q4_2;q7;q9\nÅs;1;2,50;1;;3;a,b\n"
    path = tmp_path / "data.csv"
    path.write_bytes(text.encode("latin-1"))
    study = import_table(path, mapping)
    assert study.units.rows() == [("Ås", "complete", 2.5)]
    assert "a,b" in study.answers["value"].to_list()


@pytest.mark.parametrize(("sign", "written"), [(";", ";"), ("\t", "\\t")])
def test_the_next_step_for_another_separator_is_one_that_works(
    tmp_path: Path, mapping: Path, sign: str, written: str
) -> None:
    path = tmp_path / "data.csv"
    text = "id,response,pop,q4_1,q4_2,q7,q9\nÅs,1,2,1,,3,a\n"
    path.write_text(text.replace(",", sign), encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        import_table(path, mapping)
    (problem,) = caught.value.problems
    setting = f'delimiter = "{written}"'
    assert setting in problem.next_step
    change(mapping, 'unit = "id"', f'unit = "id"\n{setting}')
    assert import_table(path, mapping).units.height == 1


@pytest.mark.parametrize("kind", ["sav", "parquet", "csv"])
def test_what_went_out_comes_in_again(tmp_path: Path, kind: str) -> None:
    study = example(answers=example().answers.filter(pl.col("variable") != "challenge"))
    data, _ = export_study(study, tmp_path, kind)
    recode = 'recode = { "1" = "no", "2" = "yes" }' if kind == "sav" else ""
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(
        f"""
[study]
identifier = "back"
title = {{ nb = "Tilbake" }}
year = 2020

[table]
unit = "unit"

[attributes.has_policy]
type = "nominal"
{recode}

[variables.meeting_point]
type = "binary"
missing = ["9"]
[variables.meeting_point.columns]
culture_leisure = "meeting_point__culture_leisure"
health_care = "meeting_point__health_care"

[variables.relations]
type = "ordinal"
columns = {{ culture_leisure = "relations__culture_leisure" }}
""",
        encoding="utf-8",
    )
    back = import_table(data, mapping)
    assert set(back.answers.iter_rows()) == set(study.answers.iter_rows())
    assert back.units.rows() == study.units.select("unit", "has_policy").rows()
    if kind != "csv":
        wanted = {"has_policy", "meeting_point", "relations"}
        columns = ("variable", "value", "missing", "label_nb")
        held = [
            set(s.categories.filter(pl.col("variable").is_in(wanted)).select(columns).iter_rows())
            for s in (back, study)
        ]
        if kind == "sav":
            assert held[0] == held[1]
        else:
            assert {row[:2] + row[3:] for row in held[1] if row[1] != "2"} <= {
                row[:2] + row[3:] for row in held[0]
            }


def test_wrong_cells_are_told_with_the_files_own_row_and_column(
    tmp_path: Path, mapping: Path
) -> None:
    frame = ROWS.with_columns(
        q4_1=pl.Series([1, 5, 8]), response=pl.Series([1, 2, 3]), pop=pl.Series(["x", None, "3"])
    )
    path = write(frame, tmp_path / "data.csv")
    assert faults(path, mapping) == {
        ("data.csv", 2, "q4_1"),
        ("data.csv", 3, "response"),
        ("data.csv", 1, "pop"),
    }


def test_units_need_names_of_their_own(tmp_path: Path, mapping: Path) -> None:
    frame = ROWS.with_columns(id=pl.Series(["Ås", None, "Ås"]))
    path = write(frame, tmp_path / "data.csv")
    assert faults(path, mapping) == {("data.csv", 2, "id"), ("data.csv", 3, "id")}


def test_columns_and_fields_that_are_not_there_are_told(tmp_path: Path, mapping: Path) -> None:
    change(mapping, '"q7"', '"Q7"')
    change(mapping, "health_care =", "health =")
    path = write(ROWS, tmp_path / "data.csv")
    assert faults(path, mapping) == {
        ("mapping.toml", None, "variables.satisfaction"),
        ("mapping.toml", None, "variables.meeting_point.columns"),
    }


def test_every_fault_of_the_mapping_is_told_with_its_key(tmp_path: Path, mapping: Path) -> None:
    change(mapping, "year = 2024", 'year = "2024"\nauthor = "me"')
    change(mapping, 'type = "ordinal"', 'type = "likert"')
    change(mapping, 'column = "q9"', "")
    change(mapping, 'missing = ["8"]', "missing = 8")
    change(mapping, 'unit = "id"', "")
    path = write(ROWS, tmp_path / "data.csv")
    assert faults(path, mapping) == {
        ("mapping.toml", None, "study.year"),
        ("mapping.toml", None, "study.author"),
        ("mapping.toml", None, "variables.satisfaction.type"),
        ("mapping.toml", None, "variables.comment.column"),
        ("mapping.toml", None, "variables.meeting_point.missing"),
        ("mapping.toml", None, "table.unit"),
    }


@pytest.mark.parametrize(
    "text", ["", "study = 3\n", "[study]\n[variables]\nx = 1\n", "[[variables]]\n", "= 3", "\x00"]
)
def test_a_mapping_of_any_shape_is_told(tmp_path: Path, text: str) -> None:
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(text, encoding="utf-8")
    path = write(ROWS, tmp_path / "data.csv")
    assert {place[0] for place in faults(path, mapping)} == {"mapping.toml"}


@pytest.mark.parametrize("ending", [".parquet", ".xlsx", ".sav", ".dta"])
def test_files_that_cannot_be_read_are_told(tmp_path: Path, mapping: Path, ending: str) -> None:
    path = tmp_path / f"data{ending}"
    with pytest.raises(SamspillError, match="no file"):
        import_table(path, mapping)
    path.write_bytes(b"not such a file at all")
    with pytest.raises(SamspillError, match="cannot be read"):
        import_table(path, mapping)


def test_text_files_that_cannot_be_read_are_told(tmp_path: Path, mapping: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes("id,response\nÅs,1\n".encode("latin-1"))
    with pytest.raises(SamspillError, match="not text in the encoding"):
        import_table(path, mapping)
    path.write_bytes(b"id,response\na,1,2\n")
    assert faults(path, mapping) == {("data.csv", 1, None)}
    path.write_bytes(b"")
    assert faults(path, mapping) == {("data.csv", None, None)}
    with pytest.raises(SamspillError, match="are not read"):
        import_table(tmp_path / "data.ods", mapping)


def sample(name: str) -> Path:
    path = SAMPLES / name
    if not path.exists():
        pytest.skip("the samples are not at hand")
    return path


def imported(tmp_path: Path, name: str, body: str) -> Study:
    mapping = tmp_path / "mapping.toml"
    head = '[study]\nidentifier = "sample"\ntitle = { en = "Sample" }\nyear = 2018\n'
    mapping.write_text(head + body, encoding="utf-8")
    return import_table(sample(name), mapping)


def test_a_real_stata_file_is_read_with_its_labels(tmp_path: Path) -> None:
    study = imported(
        tmp_path,
        "stata_pyreadstat_sample.dta",
        '[table]\nunit = "mychar"\n'
        '[attributes.mylabl]\ntype = "nominal"\n'
        '[variables.myord]\ntype = "ordinal"\ncolumn = "myord"\n'
        '[variables.mynum]\ntype = "number"\ncolumn = "mynum"\n'
        '[variables.mydate]\ntype = "text"\ncolumn = "mydate"\n',
    )
    labels = dict(study.variables.select("variable", "label_en").iter_rows())
    assert labels == {
        "mylabl": "labeled",
        "myord": "ordinal",
        "mynum": "numeric",
        "mydate": "date",
    }
    ordinal = study.categories.filter(pl.col("variable") == "myord")
    assert ordinal.select("value", "label_en").rows() == [
        ("1", "low"),
        ("2", "medium"),
        ("3", "high"),
    ]
    assert ("c", "", "mynum", "-1000.3") in set(study.answers.iter_rows())
    assert ("a", "", "mydate", "2018-05-06") in set(study.answers.iter_rows())


def test_a_real_spss_file_is_read_with_labels_and_missing_values(tmp_path: Path) -> None:
    study = imported(
        tmp_path,
        "spss_pyreadstat_multiple_response.sav",
        '[table]\nunit = "x"\n[variables.z]\ntype = "number"\ncolumn = "z"\n'
        '[variables.first]\ntype = "nominal"\ncolumn = "ca_subvar_1"\n',
    )
    z = study.categories.filter(pl.col("variable") == "z")
    assert z.select("value", "missing", "label_en").rows() == [
        ("-9", True, "-9"),
        ("999", True, "skipped"),
    ]
    answers = study.answers.filter(pl.col("variable") == "z").select("unit", "value").rows()
    assert answers == [("1", "-9"), ("3", "1.234"), ("4", "999"), ("8", "3.14159")]
    labels = dict(study.variables.select("variable", "label_en").iter_rows())
    assert labels["z"] == "Numberic variable with missing value range"


def test_repeated_units_of_a_real_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        imported(
            tmp_path,
            "spss_dataverse_frequency-test.sav",
            '[table]\nunit = "Var1"\n[variables.age]\ntype = "ordinal"\ncolumn = "Var2"\n',
        )
    assert {p.column for p in caught.value.problems} == {"Var1"}


def test_a_title_in_one_more_language_asks_for_its_labels(tmp_path: Path, mapping: Path) -> None:
    change(mapping, 'en = "Imported" }', 'en = "Imported", fi = "Tuotu" }')
    study = import_table(write(ROWS, tmp_path / "data.csv"), mapping)
    assert study.languages == ("nb", "en", "fi")


def test_a_table_without_rows_is_refused(tmp_path: Path, mapping: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text("id,response,pop,q4_1,q4_2,q7,q9\n", encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        import_table(path, mapping)
    assert [problem.message for problem in caught.value.problems] == [
        "There are no rows under the heading."
    ]
