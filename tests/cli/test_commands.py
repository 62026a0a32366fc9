"""The commands as a person or a script uses them: what they print, and their exit codes."""

from __future__ import annotations

import contextvars
import json
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

import samspill
from samspill.cli.main import commands, main
from samspill.errors import SamspillError
from samspill.study import locate_study

SLIPS = 3


def _run(*arguments: str):
    return CliRunner().invoke(commands, list(arguments), catch_exceptions=False)


def _json(*arguments: str):
    return json.loads(_run(*arguments, "--json").stdout)


def test_check_names_the_slips_and_leaves_with_one():
    result = _run("check", "norway-2018", "--only-disagreements", "--lang", "nb")
    assert result.exit_code == 1
    assert "0,54" in result.stdout
    assert len(_json("check", "norway-2018", "--only-disagreements")["rows"]) == SLIPS


def test_study_info_says_who_answered():
    facts = _json("study", "info", "norway-2018")
    assert facts["units answering"] == 241
    assert facts["population"] == 440


def test_a_shipped_study_has_no_faults():
    result = _run("study", "validate", "norway-2018")
    assert result.exit_code == 0
    assert "no faults" in result.stdout


def test_a_broken_study_is_told_with_its_place_and_leaves_with_one(tmp_path):
    folder = tmp_path / "broken"
    shutil.copytree(locate_study("norway-2018"), folder)
    lines = (folder / "answers.csv").read_text(encoding="utf-8").splitlines()
    lines[7] = lines[7].rsplit(",", 1)[0] + ",7"
    (folder / "answers.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = _run("study", "validate", str(folder))
    assert result.exit_code == 1
    assert "answers.csv, row 7, column value" in result.stdout


def test_reconstruct_finds_the_group_sizes_and_forty_tables():
    found = _json("reconstruct", "norway-2018")
    assert "164" in found["summary"][0]
    models = [row for row in found["tables"] if row["split"] == "has_policy"]
    assert len(models) == 40
    assert sum(row["status"] == "unique" for row in models) == 39


def test_an_impossible_table_leaves_with_one_and_its_readings_can_be_listed():
    result = _run("reconstruct", "norway-2018", "--show", "explanations")
    assert result.exit_code == 1
    assert "0,54" in result.stdout


def test_check_gives_a_program_what_it_gives_a_person():
    assert len(_json("check", "norway-2018")["explanations"]) == SLIPS


def test_model_without_an_indicator_gives_the_family_of_forty():
    rows = _json("model", "norway-2018")["rows"]
    assert len(rows) == 40
    assert sum(row["p_bh"] < 0.05 for row in rows) == 2


def test_a_numeric_indicator_gets_least_squares():
    rows = _json("model", "norway-2018", "number_of_relations", "--field", "integration")["rows"]
    assert {row["n"] for row in rows} == {174}
    assert "r_squared" in rows[0]


def test_shares_carry_base_interval_and_provenance():
    rows = _json("shares", "norway-2018", "meeting_point", "--by", "has_policy")["rows"]
    assert all(row["low"] < row["share"] < row["high"] for row in rows)
    assert {row["provenance"] for row in rows} == {"reconstructed exactly"}


@pytest.mark.parametrize("suffix", [".svg", ".png", ".json"])
def test_a_figure_is_written_in_the_format_of_its_name(tmp_path, suffix):
    target = tmp_path / f"figure{suffix}"
    result = _run("figure", "norway-2018", "4.8", "--lang", "nn", "--output", str(target))
    assert result.exit_code == 0
    assert target.stat().st_size > 1000


@pytest.mark.parametrize("suffix", [".html", ".csv", ".xlsx"])
def test_a_table_is_written_in_the_format_of_its_name(tmp_path, suffix):
    target = tmp_path / f"table{suffix}"
    result = _run("table", "norway-2018", "1.1", "--output", str(target))
    assert result.exit_code == 0
    assert target.exists()


def test_convert_writes_labelled_data(tmp_path):
    result = _run("study", "convert", "norway-2018", str(tmp_path / "out"), "--format", "sav")
    assert result.exit_code == 0, result.output
    assert list((tmp_path / "out").glob("*.sav"))


def test_disclosure_finds_the_small_cells_of_the_printed_models():
    result = _run("disclosure", "norway-2018", "--threshold", "5")
    assert result.exit_code == 1
    assert "has_relation culture_leisure" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "nowhere-1999"),
        ("shares", "norway-2018", "meeting"),
        ("figure", "norway-2018", "9.9"),
        ("table", "norway-2018", "1.1", "--output", "table.doc"),
        ("reconstruct", "no-such-file.csv"),
        ("figure", "norway-2018", "4.8", "--output", "no-folder/figure.svg"),
        ("table", "norway-2018", "1.1", "--output", "no-folder/table.csv"),
    ],
)
def test_what_cannot_be_used_gets_one_sentence_and_exit_code_three(arguments, tmp_path):
    program = [sys.executable, "-c", "from samspill.cli import main; main()", *arguments]
    result = subprocess.run(program, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert result.returncode == 3, result.stderr
    assert result.stderr.startswith("samspill: ")
    assert "Traceback" not in result.stderr
    assert not list(tmp_path.iterdir())


def test_what_is_not_understood_leaves_with_two():
    assert _run("figures").exit_code == 2
    assert _run("report", "norway-2018", "--format", "odt").exit_code == 2


def test_every_command_has_help_with_an_example():
    for name, command in commands.commands.items():
        groups = getattr(command, "commands", None)
        for sub in groups or [""]:
            words = [name, sub] if sub else [name]
            text = _run(*words, "--help").stdout
            assert "Example" in text, words


def test_the_public_names_exist_and_importing_them_is_cheap():
    for name in samspill.__all__:
        assert getattr(samspill, name) is not None
    heavy = "scipy.stats scipy.optimize altair duckdb pandas statsmodels typst pyarrow frictionless"
    script = (
        "import sys, samspill as sp; [getattr(sp, n) for n in sp.__all__];"
        f"print([m for m in {heavy.split()} if m in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"


def test_the_faults_of_a_study_are_told_in_the_language(tmp_path):
    (tmp_path / "datapackage.json").write_text("[]", encoding="utf-8")
    result = _run("study", "validate", str(tmp_path), "--lang", "nn")
    assert result.exit_code == 1
    assert "Fila inneheld ikkje noko JSON-objekt." in result.stdout
    assert _json("study", "validate", str(tmp_path), "--lang", "nb")["problems"][0]["message"] == (
        "Filen inneholder ikke noe JSON-objekt."
    )


def test_what_cannot_be_used_is_told_in_the_language(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["samspill", "study", "validate", "nowhere", "--lang", "nb"])
    with pytest.raises(SystemExit) as left:
        contextvars.copy_context().run(main)
    assert left.value.code == 3
    assert "samspill: Det finnes ingen undersøkelse «nowhere»." in capsys.readouterr().err


def test_sensitivity_says_what_the_silent_would_have_to_be():
    found = _json("sensitivity", "norway-2018", "activity_grant", "--by", "has_policy")
    (row,) = (row for row in found["rows"] if row["field"] == "integration")
    assert row["silent"] == 199
    assert row["silent_difference_interval"] < 0 < row["low"]
    shares = _json("sensitivity", "norway-2018", "has_relation", "--threshold", "0.8")["rows"]
    assert {row["threshold"] for row in shares} == {0.8}


def test_response_names_what_is_not_known_of_the_silent():
    assert _json("response", "norway-2018")["unknown"] == ["has_policy"]
    assert "Nothing is known of every unit" in _run("response", "norway-2018").stdout


def test_weights_are_tried_out_and_declared():
    tried = ("weight", "norway-2018", "--method", "post_stratification", "--by", "response")
    with pytest.raises(SamspillError, match="Nobody with response = none answered"):
        _run(*tried)
    with pytest.raises(SamspillError, match="declares no weighting"):
        _run("weight", "norway-2018")
    with pytest.raises(SamspillError, match="No attribute"):
        _run("weight", "norway-2018", "--method", "raking")
