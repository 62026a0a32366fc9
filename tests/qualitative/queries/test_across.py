"""What the other side says of a theme: the same field first, silence only from those asked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from qualitative.queries.conversation import conversation

from samspill.errors import SamspillError
from samspill.qualitative.queries import across, sides

PROJECT = conversation()
TABLES = PROJECT.tables()


def test_the_same_field_comes_first_and_in_it_the_same_unit():
    found = across(TABLES, "4", "absent")
    assert found.side == "municipality"
    assert found.frame["source"].to_list() == ["3", "7"]
    assert found.frame["same_field"].to_list() == [True, True]
    other = across(TABLES, "7", "absent")
    assert other.frame["source"].to_list() == ["4", "6", "2"]
    assert other.frame.select("same_field", "same_unit").rows() == [
        (True, False),
        (False, True),
        (False, False),
    ]


@pytest.mark.parametrize("source", ["1", "2", "3", "4", "5", "6", "7"])
@pytest.mark.parametrize("code", ["absent", "present", "barriers"])
def test_counts_are_those_of_the_sides_compared(source, code):
    own = next(s for s in PROJECT.sources if s.guid == source)
    found = across(TABLES, source, code)
    names = {"side": found.side}
    for by, said, asked in (
        ((), found.said, found.asked),
        ("field", found.said_here, found.asked_here),
    ):
        frame = sides(TABLES, code, by=by).frame
        row = next(
            row
            for row in frame.iter_rows(named=True)
            if row["code"] == code and (by == () or row["field"] == own.fields[0])
        )
        assert (row[f"{names['side']}_sources"], row[f"{names['side']}_n"]) == (said, asked)


def test_a_field_in_which_nobody_was_asked_has_no_one_to_be_silent():
    alone = replace(PROJECT.sources[0], fields=("emergency",))
    project = replace(PROJECT, sources=(alone, *PROJECT.sources[1:]))
    found = across(project.tables(), "1", "absent")
    assert (found.said_here, found.asked_here) == (0, 0)
    assert (found.said, found.asked) == (3, 3)


def test_a_source_without_fields_shares_none():
    bare = replace(PROJECT.sources[0], fields=(), unit="")
    project = replace(PROJECT, sources=(bare, *PROJECT.sources[1:]))
    found = across(project.tables(), "1", "absent")
    assert (found.asked_here, found.frame["same_unit"].any()) == (0, False)


def test_a_source_of_neither_side_has_no_other_side():
    bare = replace(PROJECT.sources[0], side="")
    project = replace(PROJECT, sources=(bare, *PROJECT.sources[1:]))
    with pytest.raises(SamspillError, match="neither side"):
        across(project.tables(), "1", "absent")
    with pytest.raises(SamspillError, match="no source"):
        across(TABLES, "nowhere", "absent")
