"""The commands on coded texts: what they print, and that they change nothing."""

import json

import click
import pytest
from click.testing import CliRunner

from samspill.cli import text_agreement
from samspill.errors import SamspillError
from samspill.qualitative import Code, Coder, Coding, Project, Source
from samspill.qualitative.folder import write_project

CODES = (
    Code("f", "Formell arena", concept="placement_evidence/formal_arena"),
    Code("d", "Ensidig", concept="placement_evidence/one_sided_dependence"),
    Code("m", "Penger"),
)
SAID = "Vi møtes i rådet. De bestemmer alt. Pengene rekker ikke. "


def _project(invented=False):
    sources = tuple(
        Source(f"s{i}", f"Samtale {i}", SAID * 5, fields=("health_care",), invented=invented)
        for i in range(4)
    )
    codings = []
    for i in range(4):
        for k in range(5):
            at = k * len(SAID)
            for coder in ("anne", "bo"):
                spans = [("f", 0, 17), ("d", 18, 35)]
                spans += [("m", 36, 56)] if coder == "anne" or k else []
                codings += [
                    Coding(f"{i}{k}{code}{coder}", f"s{i}", at + a, at + b, code, coder)
                    for code, a, b in spans
                ]
    coders = (Coder("anne", "Anne Vik", "AV"), Coder("bo", "Bo Li", "BL"))
    return Project("P", coders, CODES, sources, tuple(codings))


@pytest.fixture
def run(tmp_path):
    def made(command, *arguments, project=None, as_json=True):
        folder = write_project(project or _project(), tmp_path / "project", overwrite=True)
        line = [str(folder), *arguments, *(["--json"] if as_json else [])]
        result = CliRunner().invoke(command, line, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout) if as_json else result.stdout

    return made


def test_agree_tells_each_code_and_all_together(run):
    found = run(text_agreement.agree, "--coder", "AV", "--coder", "Bo Li")
    rows = {(row["name"], row["coefficient"]): row for row in found["rows"]}
    assert rows["Formell arena", "cohen"]["estimate"] == 1
    assert rows["Penger", "percent_agreement"]["estimate"] == pytest.approx(1 - 4 / 60)
    assert rows["all codes together", "cohen"]["first"] == "Anne Vik"
    few = rows["Penger", "cohen"]["note"]
    assert few == "few sources: the interval is rough"
    nynorsk = run(text_agreement.agree, "--lang", "nn")["rows"]
    assert {row["note"] for row in nynorsk if row["note"]}.isdisjoint({few})


def test_agree_lists_where_coders_differ(run):
    found = run(text_agreement.agree, "--disagreements")
    assert [row["kind"] for row in found["rows"]] == ["one_only"] * 4
    assert found["rows"][0]["text"] == "Pengene rekker ikke."
    assert found["rows"][0]["first_code"] == "Penger"
    assert "Samtale 0" in run(text_agreement.agree, "--disagreements", as_json=False)


def test_suggest_validates_and_suggests(run):
    validated = run(text_agreement.suggest, "--validate")
    assert {row["code"] for row in validated["rows"]} == {"Formell arena", "Ensidig", "Penger"}
    assert validated["folds"] == 4
    assert run(text_agreement.suggest)["rows"] == []


def test_place_names_the_type_and_says_what_is_invented(run, tmp_path):
    found = run(text_agreement.place, "--lang", "nb")
    row = found["rows"][0]
    assert (row["field"], row["ideal_type"]) == ("Helse og omsorg", "Formell modell")
    assert row["probability"] == 1
    assert run(text_agreement.place, project=_project(invented=True))["invented"] is True
    axes = run(text_agreement.place, "--show", "axes")["rows"]
    assert {row["axis"] for row in axes} == {"formality", "hierarchy"}
    evidence = run(text_agreement.place, "--show", "evidence")["rows"]
    assert len(evidence) == 4 * 5 * 2
    target = tmp_path / "map.svg"
    run(text_agreement.place, "--output", str(target), as_json=False)
    assert "Formal model" in target.read_text(encoding="utf-8")


def test_place_takes_the_survey_as_further_evidence(run):
    alone = run(text_agreement.place, "--show", "axes")["rows"]
    more = run(text_agreement.place, "--show", "axes", "--study", "norway-2018")["rows"]

    def survey(rows, axis):
        return sum(r["survey"] for r in rows if r["axis"] == axis and r["side"] is None)

    assert survey(alone, "formality") == 0
    assert survey(more, "formality") > 100
    assert survey(more, "hierarchy") == 0


def test_what_is_not_there_is_said(run):
    for command, arguments, said in (
        (text_agreement.agree, ["--coder", "XX"], "names no coder"),
        (text_agreement.agree, ["--code", "XX"], "no code “XX”"),
        (text_agreement.place, ["--typology", "activity_models"], "coded as evidence"),
    ):
        with pytest.raises(SamspillError, match=said):
            run(command, *arguments)


def test_the_commands_can_be_put_in_a_group():
    group = click.Group(
        "text", [text_agreement.agree, text_agreement.suggest, text_agreement.place]
    )
    shown = CliRunner().invoke(group, ["--help"]).output
    assert all(name in shown for name in ("agree", "suggest", "place"))
