"""Moving, merging and splitting codes: passages are kept, and all of it can be undone."""

from __future__ import annotations

import pytest

from samspill.errors import SamspillError
from samspill.web.interviews.actions import add_coding
from samspill.web.interviews.actions.codes import (
    add_code,
    edit_code,
    merge_codes,
    move_code,
    remove_code,
    split_code,
)
from samspill.web.interviews.changes import undo
from samspill.web.interviews.models import Code, Coding
from samspill.web.interviews.project import project_of
from samspill.web.interviews.tree import counted_codes


@pytest.fixture
def owner(study, make_user):
    return make_user("owner", study)


@pytest.fixture
def tree(study, owner):
    """a (a1 (a11), a2), b."""
    made = {}
    for name, parent in (("a", ""), ("a1", "a"), ("a11", "a1"), ("a2", "a"), ("b", "")):
        made[name] = add_code(actor=owner, study=study, name=name, parent=made.get(parent))
    return made


def shape(study):
    return [(branch.depth, branch.code.name, branch.codings) for branch in counted_codes(study)]


def test_a_code_moves_with_its_branch(study, owner, tree):
    move_code(actor=owner, code=tree["a1"], parent=tree["b"])
    assert [row[:2] for row in shape(study)] == [
        (0, "a"), (1, "a2"), (0, "b"), (1, "a1"), (2, "a11"),
    ]  # fmt: skip
    move_code(actor=owner, code=tree["b"], parent=None, before=tree["a"])
    assert shape(study)[0][1] == "b"


def test_a_code_does_not_stand_below_itself(owner, tree):
    with pytest.raises(SamspillError, match="below itself"):
        move_code(actor=owner, code=tree["a"], parent=tree["a11"])


def test_merging_keeps_passages_and_leaves_one_of_two_alike(study, owner, tree, source):
    add_coding(actor=owner, source=source, start=0, end=5, code=tree["a1"])
    add_coding(actor=owner, source=source, start=0, end=5, code=tree["b"])
    add_coding(actor=owner, source=source, start=1, end=4, code=tree["a1"])
    before = project_of(study)
    assert merge_codes(actor=owner, code=tree["a1"], into=tree["b"]) == 1
    assert [row for row in shape(study) if row[1] in ("b", "a11", "a1")] == [
        (0, "b", 2),
        (1, "a11", 0),
    ]
    undo(actor=owner, study=study)
    assert project_of(study) == before


def test_merging_into_its_own_branch_or_a_heading_is_refused(owner, tree):
    with pytest.raises(SamspillError, match="own branch"):
        merge_codes(actor=owner, code=tree["a"], into=tree["a1"])
    edit_code(actor=owner, code=tree["b"], codable=False)
    with pytest.raises(SamspillError, match="heading"):
        merge_codes(actor=owner, code=tree["a"], into=tree["b"])
    assert Code.objects.count() == 5


def test_splitting_gives_the_chosen_passages_a_code_beside(study, owner, tree, source):
    first = add_coding(actor=owner, source=source, start=0, end=5, code=tree["a1"])
    add_coding(actor=owner, source=source, start=2, end=6, code=tree["a1"])
    new = split_code(actor=owner, code=tree["a1"], name="half", codings=[first])
    assert new.parent == tree["a"]
    assert list(Coding.objects.filter(code=new)) == [first]
    with pytest.raises(SamspillError, match="another code by now"):
        split_code(actor=owner, code=tree["a1"], name="again", codings=[first])


def test_a_code_with_passages_is_not_removed(owner, tree, source):
    add_coding(actor=owner, source=source, start=0, end=5, code=tree["b"])
    with pytest.raises(SamspillError, match="Merge it into another"):
        remove_code(actor=owner, code=tree["b"])
    with pytest.raises(SamspillError, match="cannot become a heading"):
        edit_code(actor=owner, code=tree["b"], codable=False)


def test_what_is_below_a_removed_code_moves_up(study, owner, tree):
    remove_code(actor=owner, code=tree["a1"])
    assert [row[:2] for row in shape(study)] == [(0, "a"), (1, "a2"), (1, "a11"), (0, "b")]
