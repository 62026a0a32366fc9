"""``samspill text`` as a person or a script uses it."""

from __future__ import annotations

import json

import docx
import pytest
from click.testing import CliRunner
from study.study_examples import example

from samspill.cli.main import commands
from samspill.errors import SamspillError
from samspill.qualitative import Code, Coding
from samspill.qualitative.folder import read_project, write_project
from samspill.study import write_study

INTERVIEW = """Intervjuer: Hvordan går samarbeidet?
Kari: Vi har ingen oversikt i Fjellvik kommune. Karis liste er gammel.
Intervjuer: Og ellers?
Kari: Ordfører Hansen vil hjelpe.
"""


def run(*arguments, code: int = 0):
    result = CliRunner().invoke(commands, ["text", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


def told(*arguments, code: int = 0):
    return json.loads(run(*arguments, "--json", code=code).stdout)


@pytest.fixture
def project(tmp_path):
    (tmp_path / "kari.txt").write_text(INTERVIEW, encoding="utf-8")
    run("read", tmp_path / "kari.txt", "--into", tmp_path / "project", "--side", "municipality")
    return tmp_path / "project"


def test_files_are_read_into_a_project_each_with_its_result(tmp_path):
    document = docx.Document()
    document.add_paragraph("Notat om møteplasser.")
    document.save(tmp_path / "notat.docx")
    (tmp_path / "tom.txt").touch()
    files = [tmp_path / "notat.docx", tmp_path / "tom.txt"]
    found = told("read", *files, "--into", tmp_path / "p", "--unit", "u1", code=1)
    assert [row.get("format") for row in found["files"]] == ["docx", None]
    assert "is empty" in found["files"][1]["fault"]
    assert found["added"] == 1
    (source,) = read_project(tmp_path / "p").sources
    assert (source.text, source.unit) == ("Notat om møteplasser.", "u1")
    assert told("read", *files, "--into", tmp_path / "p", code=1)["added"] == 0


def test_a_fault_is_told_in_the_language(tmp_path):
    (tmp_path / "tom.txt").touch()
    shown = run("read", tmp_path / "tom.txt", "--lang", "nn", code=1).stdout
    assert "«tom.txt» er tom." in shown


def test_info_says_what_a_project_holds(project):
    facts = told("info", project)
    assert (facts["sources"], facts["sides"]) == (1, {"municipality": 1})
    assert "municipality 1" in run("info", project).stdout


def test_names_are_suggested_replaced_and_put_back(tmp_path, project):
    rows = {row["name"]: row for row in told("names", project)["rows"]}
    assert rows["Fjellvik"]["kind"] == "place"
    run("names", project, "--output", tmp_path / "names.csv")
    key, public, named = tmp_path / "key.json", tmp_path / "public", tmp_path / "named"
    run("pseudonymise", project, "--names", tmp_path / "names.csv", "--key", key, "--into", public)
    text = read_project(public).sources[0].text
    assert not any(name in text for name in ("Kari", "Fjellvik", "Hansen"))
    run("restore", public, "--key", key, "--into", named)
    assert read_project(named) == read_project(project)


def test_the_key_is_not_put_beside_the_texts(tmp_path, project):
    arguments = ["pseudonymise", project, "--key", tmp_path / "out" / "key.json"]
    run(*arguments, "--into", tmp_path / "out", code=2)
    assert not (tmp_path / "out").exists()


def test_a_corrected_text_keeps_its_codings_and_tells_those_lost(tmp_path, project):
    coded = read_project(project)
    text = coded.sources[0].text
    spans = [text.index("ingen oversikt"), text.index("Karis liste er gammel.")]
    codings = tuple(
        Coding(f"c{n}", coded.sources[0].guid, start, start + length, "k")
        for n, (start, length) in enumerate(zip(spans, (14, 22), strict=True))
    )
    named = type(coded)(
        coded.name, codes=(Code("k", "Oversikt"),), sources=coded.sources, codings=codings
    )
    write_project(named, project, overwrite=True)
    new = INTERVIEW.replace("Vi har", "Her i huset har vi").replace(" Karis liste er gammel.", "")
    (tmp_path / "new.txt").write_text(new, encoding="utf-8")
    assert told("edit", project, "kari", tmp_path / "new.txt", code=1)["lost"] == [
        {"coding": "c1", "words": "Karis liste er gammel."}
    ]
    again = read_project(project)
    (left,) = again.codings
    assert again.sources[0].text[left.start : left.end] == "ingen oversikt"


@pytest.fixture
def study(tmp_path):
    """A study with an open question that one of its units has answered."""
    return write_study(example(), tmp_path / "study")


def test_answers_become_sources_with_what_is_known_of_their_units(tmp_path, study):
    into = tmp_path / "answers"
    found = told("answers", study, "challenge", "--into", into)
    assert found == {"answers": 1, "added": 1, "project": str(into)}
    (source,) = read_project(into).sources
    assert source.text == 'For lite tid,\nog "rom"; ellers bra.'
    assert (source.unit, source.side, source.kind) == ("Ås", "municipality", "open_answer")
    assert source.attributes["population"] == 20000
    assert told("answers", study, "challenge", "--into", into)["added"] == 0


def test_answers_join_what_the_project_has(project, study):
    shown = run("answers", study, "challenge", "--into", project, "--lang", "nb").stderr
    assert "1 nye, 2 kilder i alt" in shown
    assert {s.kind for s in read_project(project).sources} == {"interview", "open_answer"}


@pytest.mark.parametrize(
    ("name", "question", "said"),
    [("study", "relations2", "Nobody has answered"), ("nowhere", "challenge", "no study")],
)
def test_a_question_or_study_there_is_not_writes_nothing(tmp_path, study, name, question, said):
    with pytest.raises(SamspillError, match=said):
        run("answers", study.parent / name, question, "--into", tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "1 new, 2 sources in all"),
        ("nb", "1 nye, 2 kilder i alt"),
        ("nn", "1 nye, 2 kjelder i alt"),
    ],
)
def test_what_is_written_is_said_in_the_language(tmp_path, project, language, said):
    (tmp_path / "ola.txt").write_text("Ola: Det går bra.\n", encoding="utf-8")
    shown = run("read", tmp_path / "ola.txt", "--into", project, "--lang", language)
    assert said in shown.stderr


@pytest.mark.parametrize(
    ("language", "said"), [("nb", "Samtykke"), ("nn", "kan siterast utan namn 1")]
)
def test_what_a_project_holds_is_said_in_the_language(project, language, said):
    assert said in run("info", project, "--lang", language).stdout
