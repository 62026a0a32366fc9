"""A project's folder gives the project back, and tells its faults."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.errors import InvalidInput, SamspillError
from samspill.qualitative import Code, Coder, Coding, Memo, Project, Source, TimePoint
from samspill.qualitative.folder import read_project, write_project

TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
GUIDS = st.uuids().map(str)


@st.composite
def projects(draw):
    coders = draw(st.lists(st.builds(Coder, GUIDS, TEXT, TEXT), max_size=2))
    codes = draw(st.lists(st.builds(Code, GUIDS, TEXT, definition=TEXT, codable=st.booleans())))
    values = TEXT | st.integers() | st.floats(allow_nan=False) | st.booleans()
    source = st.builds(
        Source,
        GUIDS,
        TEXT,
        TEXT,
        fields=st.lists(TEXT).map(tuple),
        speakers=st.lists(TEXT).map(tuple),
        times=st.lists(st.builds(TimePoint, st.integers(0, 9), st.integers(0))).map(tuple),
        attributes=st.dictionaries(TEXT, values, max_size=3),
        invented=st.booleans(),
    )
    sources = draw(st.lists(source, max_size=3))
    codings = []
    for guid in draw(st.lists(GUIDS, max_size=4)) if codes and sources else ():
        on = draw(st.sampled_from(sources))
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(on.text))] * 2)))
        code = draw(st.sampled_from(codes)).guid
        codings.append(Coding(guid, on.guid, start, end, code, created=draw(TEXT)))
    memo = st.builds(Memo, GUIDS, TEXT, TEXT, st.lists(GUIDS, max_size=2).map(tuple))
    memos = draw(st.lists(memo, max_size=2))
    return Project(
        draw(TEXT), tuple(coders), tuple(codes), tuple(sources), tuple(codings), tuple(memos)
    )


@settings(max_examples=25, deadline=None)
@given(projects())
def test_a_project_comes_back_as_it_was(project):
    with TemporaryDirectory() as folder:
        assert read_project(write_project(project, Path(folder) / "p")) == project


EXAMPLE = Project(
    "Prøve",
    codes=(Code("k", "Oversikt"),),
    sources=(Source("s", "Leder i Ås", "Vi har ingen oversikt."),),
    codings=(Coding("c", "s", 7, 21, "k"),),
)


def test_a_person_can_read_the_files(tmp_path):
    folder = write_project(EXAMPLE, tmp_path / "p")
    text = (folder / "sources" / "0001-leder-i-as.txt").read_text(encoding="utf-8")
    assert text == "Vi har ingen oversikt."
    assert "ingen oversikt" in (folder / "codings.csv").read_text(encoding="utf-8")


def test_only_a_project_is_overwritten_and_other_files_stay(tmp_path):
    folder = write_project(EXAMPLE, tmp_path / "p")
    (folder / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(SamspillError, match="exists and is not empty"):
        write_project(EXAMPLE, folder)
    write_project(EXAMPLE, folder, overwrite=True)
    assert (folder / "mine.txt").exists()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a").touch()
    with pytest.raises(SamspillError, match="something other than a project"):
        write_project(EXAMPLE, tmp_path / "other", overwrite=True)
    assert read_project(folder) == EXAMPLE
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "p"]


def test_a_text_changed_by_hand_is_noticed(tmp_path):
    folder = write_project(EXAMPLE, tmp_path / "p")
    (folder / "sources" / "0001-leder-i-as.txt").write_text("Nå har vi oversikt over alt.")
    with pytest.raises(InvalidInput) as told:
        read_project(folder)
    (problem,) = told.value.problems
    assert (problem.file, problem.row) == ("codings.csv", 1)


@pytest.mark.parametrize("file", ["../secret.txt", "/etc/passwd", ""])
def test_no_file_outside_the_folder_is_read(tmp_path, file):
    folder = write_project(EXAMPLE, tmp_path / "p")
    descriptor = json.loads((folder / "project.json").read_text(encoding="utf-8"))
    descriptor["sources"][0]["file"] = file
    (folder / "project.json").write_text(json.dumps(descriptor), encoding="utf-8")
    with pytest.raises(InvalidInput) as told:
        read_project(folder)
    assert "is no file of the project" in told.value.problems[0].message


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"format": "other", "version": 1}'])
def test_what_is_no_project_is_said(tmp_path, content):
    (tmp_path / "project.json").write_text(content, encoding="utf-8")
    with pytest.raises(SamspillError, match="holds no project"):
        read_project(tmp_path)


def test_what_another_program_gave_is_never_lost_in_silence(tmp_path):
    project = Project("p", carried={"graph": 1})
    with pytest.raises(SamspillError, match="carries parts"):
        write_project(project, tmp_path / "p")
    folder = write_project(
        project,
        tmp_path / "p",
        write_carried=lambda carried, place: (place / "a.json").write_text(json.dumps(carried)),
    )
    again = read_project(folder, read_carried=lambda p: json.loads((p / "a.json").read_text()))
    assert again.carried == project.carried
    write_project(read_project(folder), folder, overwrite=True)
    assert (folder / "carried" / "a.json").exists()
