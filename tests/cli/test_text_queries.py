"""Questions asked of texts on the command line: what is printed, and what stands in the files."""

from __future__ import annotations

import json

import polars as pl
import pytest
from click.testing import CliRunner
from qualitative.queries.conversation import conversation

from samspill.cli.text import text
from samspill.errors import SamspillError
from samspill.qualitative.folder import write_project

WARNING = "Oppdiktede data: sier ingenting om virkelige kommuner"


PROJECT = "project"


@pytest.fixture(autouse=True)
def _project(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    write_project(conversation(), tmp_path / PROJECT)


def _run(*arguments: str):
    line = [arguments[0], PROJECT, *arguments[1:]]
    return CliRunner().invoke(text, line, catch_exceptions=False)


def _json(*arguments: str):
    return json.loads(_run(*arguments, "--json").stdout)


def test_matrix_counts_by_the_attributes_asked_for():
    told = _json("matrix", "--by", "side", "--measure", "share_of_sources")
    found = {(row["name"], row["side"]): row["share"] for row in told["rows"]}
    assert found["No meeting points", "organisation"] == 1
    assert found["No meeting points", "municipality"] == 0.5
    assert "Invented" in told["warning"]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "html", "svg", "json"])
def test_matrix_is_written_as_the_name_says(tmp_path, ending):
    target = tmp_path / f"matrix.{ending}"
    assert _run("matrix", "--lang", "nb", "--output", str(target)).exit_code == 0
    written = target.read_bytes()
    assert written
    if ending in ("csv", "html", "svg", "json"):
        assert WARNING in written.decode("utf-8").replace("\u00a0", " ")


def test_sides_say_who_was_not_asked():
    rows = _json("sides", "--by", "unit", "--by", "field")["rows"]
    assert "not asked" in {row["organisation_state"] for row in rows}
    found = _json("sides", "--by", "field", "--by", "unit", "--contradictions")
    assert len(found["rows"]) == 1


def test_cooccurrence_within_sources():
    rows = _json("cooccurrence", "No meeting points", "Meeting points", "--within", "source")[
        "rows"
    ]
    assert [(row["both"], row["n_a"], row["n_b"], row["n"]) for row in rows] == [(0, 5, 1, 7)]


def test_search_finds_and_writes_every_hit(tmp_path):
    assert "møteplasser" in _run("search", "møteplassen").stdout
    target = tmp_path / "hits.csv"
    _run("search", "møteplassen", "--limit", "1", "--output", str(target), "--lang", "nb")
    written = pl.read_csv(target)
    assert written.height == 5
    assert set(written["warning"]) == {WARNING}


def test_quotes_never_tell_the_unit(tmp_path):
    target, names = tmp_path / "quotes.md", tmp_path / "names.txt"
    names.write_text("Fjord\n\n", encoding="utf-8")
    result = _run("quotes", "Coordination", "--lang", "nb", "-o", str(target),
                  "--known-names", str(names))  # fmt: skip
    assert result.exit_code == 0
    written = target.read_text(encoding="utf-8")
    assert "informant i en organisasjon" in written
    assert "fjord" not in written
    assert "Oppdiktet" in written


def test_a_file_that_cannot_be_written_is_refused(tmp_path):
    with pytest.raises(SamspillError, match="not written"):
        _run("sides", "--output", str(tmp_path / "sides.docx"))
