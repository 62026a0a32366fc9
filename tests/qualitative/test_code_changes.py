"""Codes are changed without losing a coding, and every change can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.qualitative import Code, Coding, Memo, Project, Source
from samspill.qualitative.code_changes import (
    CodeChange,
    add_code,
    ancestors,
    delete_code,
    describe_code,
    merge_codes,
    move_code,
    recolour_code,
    rename_code,
    split_code,
    undo,
)
from samspill.qualitative.refi import qdpx_bytes, read_qdpx

from .refi.projects import projects

PROJECT = Project(
    "Bygda",
    codes=(
        Code("money", "Money"),
        Code("rent", "Rent", "money"),
        Code("hall", "The hall", "rent"),
        Code("time", "Time"),
        Code("heading", "Heading", codable=False),
    ),
    sources=(Source("s", "Samtale", "Leia er høg og tida knapp."),),
    codings=(
        Coding("1", "s", 0, 10, "rent", "a"),
        Coding("2", "s", 0, 10, "money", "a"),
        Coding("3", "s", 0, 10, "rent", "b"),
        Coding("4", "s", 14, 24, "time", "a"),
    ),
    memos=(Memo("m", "Sjå her.", about=("rent", "1", "2")), Memo("n", "Om leia.", about=("rent",))),
    guid="p",
)


def names(project: Project) -> list[tuple[str, str | None]]:
    return [(code.guid, code.parent) for code in project.codes]


def test_merged_codings_of_the_same_words_become_one_for_each_coder() -> None:
    project, change = merge_codes(PROJECT, ["rent"], "money")
    assert [(c.guid, c.code, c.coder) for c in project.codings] == [
        ("1", "money", "a"),
        ("3", "money", "b"),
        ("4", "time", "a"),
    ]
    assert (change.moved, change.collapsed) == (2, 1)
    assert project.memos[0].about == ("money", "1")
    assert names(project)[:2] == [("money", None), ("hall", "money")]


def test_a_code_may_be_merged_into_one_below_it() -> None:
    project, _ = merge_codes(PROJECT, ["money", "rent"], "hall")
    assert names(project) == [("hall", None), ("time", None), ("heading", None)]
    assert {coding.code for coding in project.codings} == {"hall", "time"}


def test_a_split_takes_the_chosen_codings_and_stands_beside() -> None:
    project, change = split_code(PROJECT, "rent", Code("halls", "Halls", "money"), {"3"})
    assert [c.code for c in project.codings] == ["rent", "money", "halls", "time"]
    assert [code.guid for code in project.codes][:3] == ["money", "rent", "halls"]
    assert change.moved == 1


def test_a_code_is_moved_with_what_is_below_it_and_never_below_itself() -> None:
    project, _ = move_code(PROJECT, "rent", None, before="time")
    assert names(project)[1:4] == [("hall", "rent"), ("rent", None), ("time", None)]
    with pytest.raises(SamspillError, match="below itself"):
        move_code(PROJECT, "money", "hall")
    with pytest.raises(SamspillError, match="below itself"):
        move_code(PROJECT, "money", "money")


def test_a_code_with_codings_is_deleted_only_when_they_have_somewhere_to_go() -> None:
    with pytest.raises(SamspillError, match="“Rent” has 2 codings"):
        delete_code(PROJECT, "rent")
    project, change = delete_code(PROJECT, "rent", codings_to="time")
    assert [c.code for c in project.codings] == ["time", "money", "time", "time"]
    assert ("hall", "money") in names(project)
    assert change.into == "time"
    empty, _ = delete_code(PROJECT, "hall")
    assert empty.codings == PROJECT.codings


def test_small_changes_change_what_they_say() -> None:
    project, _ = rename_code(PROJECT, "time", "Tid")
    project, _ = recolour_code(project, "time", "#0a7d55")
    project, _ = describe_code(project, "time", definition="For lite tid.")
    project, _ = add_code(project, Code("new", "Ny", "time"), before="time")
    time = next(code for code in project.codes if code.guid == "time")
    assert time == Code("time", "Tid", colour="#0a7d55", definition="For lite tid.")
    assert [code.guid for code in project.codes][3:5] == ["new", "time"]


@pytest.mark.parametrize(
    "change",
    [
        lambda: rename_code(PROJECT, "time", "  "),
        lambda: recolour_code(PROJECT, "time", "red"),
        lambda: rename_code(PROJECT, "nobody", "x"),
        lambda: add_code(PROJECT, Code("time", "Again")),
        lambda: add_code(PROJECT, Code("x", "X", "nobody")),
        lambda: merge_codes(PROJECT, ["rent"], "heading"),
        lambda: delete_code(PROJECT, "rent", codings_to="heading"),
        lambda: split_code(PROJECT, "rent", Code("x", "X"), {"4"}),
        lambda: describe_code(PROJECT, "time", codable=False),
        lambda: undo(PROJECT, rename_code(PROJECT, "time", "T")[1]),
    ],
)
def test_what_cannot_be_is_told_with_the_next_step(change: Callable[[], object]) -> None:
    with pytest.raises(SamspillError) as caught:
        change()
    assert caught.value.next_step


def test_undo_leaves_codings_that_came_since() -> None:
    project, change = merge_codes(PROJECT, ["rent"], "money")
    later = Coding("5", "s", 3, 5, "money", "b")
    project = replace(project, codings=(*project.codings, later))
    assert undo(project, change) == replace(PROJECT, codings=(*PROJECT.codings, later))


@settings(max_examples=60, deadline=None)
@given(projects(), st.data())
def test_every_change_can_be_undone_and_leaves_a_tree(
    project: Project, data: st.DataObject
) -> None:
    project, change = any_change(project, data)
    if change is None:
        return
    changed, made = change
    assert undo(changed, made) == project
    known = {code.guid for code in changed.codes}
    assert {coding.code for coding in changed.codings} <= known
    for code in changed.codes:
        assert code.parent is None or code.parent in known
        above = ancestors(changed.codes, code.guid)
        assert code.guid not in above
    assert read_qdpx(qdpx_bytes(changed)).project == changed


def any_change(
    project: Project, data: st.DataObject
) -> tuple[Project, tuple[Project, CodeChange] | None]:
    if not project.codes:
        return project, None
    project = replace(project, codes=tuple(replace(c, codable=True) for c in project.codes))
    guids = st.sampled_from([code.guid for code in project.codes])
    one, other = data.draw(guids), data.draw(guids)
    changes: dict[str, Callable[[], tuple[Project, CodeChange]]] = {
        "merge": lambda: merge_codes(project, data.draw(st.lists(guids, max_size=3)), other),
        "delete": lambda: delete_code(project, one, codings_to=None if one == other else other),
        "move": lambda: move_code(project, one, other),
        "split": lambda: split_code(
            project,
            one,
            Code("00000000-0000-4000-8000-000000000000", "x", other),
            [c.guid for c in project.codings if c.code == one][:1],
        ),
    }
    chosen = data.draw(st.sampled_from(sorted(changes)))
    try:
        return project, changes[chosen]()
    except SamspillError:
        return project, None
