"""Coded text goes in and out of other programs from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from samspill.cli.text_exchange import COMMANDS
from samspill.errors import SamspillError
from samspill.qualitative import (
    Coding,
    Project,
    Source,
    open_project,
    save_project,
    shipped_codebook,
)
from samspill.qualitative.refi import read_qdc, read_qdpx, write_qdpx

GUID = "00000000-0000-4000-8000-00000000000{}"


@pytest.fixture
def text() -> click.Group:
    group = click.Group("text")
    for command in COMMANDS:
        group.add_command(command)
    return group


@pytest.fixture
def project(tmp_path: Path) -> Path:
    codes = shipped_codebook("nb")
    source = Source(GUID.format(1), "Samtale", "Vi har ingen oversikt.")
    coding = Coding(GUID.format(2), source.guid, 7, 21, codes[2].guid)
    file = tmp_path / "p.qdpx"
    made = Project("Prøve", codes=codes, sources=(source,), codings=(coding,), guid=GUID.format(3))
    write_qdpx(made, file)
    return file


def test_the_shipped_codebook_is_written(text: click.Group, tmp_path: Path) -> None:
    file = tmp_path / "koder.qdc"
    done = CliRunner().invoke(text, ["codebook", "--lang", "nn", "--output", str(file)])
    assert (done.exit_code, done.output.strip()) == (0, str(file))
    assert read_qdc(file).codes == shipped_codebook("nn")


def test_check_says_what_is_in_a_project(text: click.Group, project: Path) -> None:
    done = CliRunner().invoke(text, ["check", str(project), "--lang", "nb"])
    assert done.exit_code == 0
    assert "Kodepunkter, fordi Samspill skrev filen." in done.output
    told = json.loads(CliRunner().invoke(text, ["check", str(project), "--json"]).output)
    assert (told["contents"]["Coding"], told["problems"], told["lost"]) == (1, [], [])


def test_a_project_becomes_a_project_or_a_codebook(
    text: click.Group, project: Path, tmp_path: Path
) -> None:
    for name in ("q.qdpx", "q.qdc"):
        done = CliRunner().invoke(text, ["convert", str(project), str(tmp_path / name)])
        assert done.exit_code == 0, done.output
    assert read_qdpx(tmp_path / "q.qdpx").project == read_qdpx(project).project
    assert read_qdc(tmp_path / "q.qdc").codes == read_qdpx(project).project.codes


def test_a_project_becomes_a_folder_and_comes_back_the_same(
    text: click.Group, project: Path, tmp_path: Path
) -> None:
    for line in (
        [str(project), str(tmp_path / "folder")],
        [str(tmp_path / "folder"), str(tmp_path / "again.qdpx")],
    ):
        done = CliRunner().invoke(text, ["convert", *line])
        assert done.exit_code == 0, done.output
    assert read_qdpx(tmp_path / "again.qdpx").project == read_qdpx(project).project


REAL = sorted(Path("../shared/samples/qda").glob("*.qdpx"))


@pytest.mark.skipif(not REAL, reason="the files of other programs are not here")
def test_what_other_programs_made_comes_through_a_folder_whole(tmp_path: Path) -> None:
    for file in REAL:
        held = open_project(file)
        assert open_project(save_project(held, tmp_path / file.stem)) == held


def test_what_cannot_be_converted_is_told_and_nothing_is_written(
    text: click.Group, project: Path, tmp_path: Path
) -> None:
    done = CliRunner().invoke(text, ["convert", str(project), str(tmp_path / "q.docx")])
    assert isinstance(done.exception, SamspillError)
    assert not (tmp_path / "q.docx").exists()
