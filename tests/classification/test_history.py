"""Following codes through a table of changes, in cases small enough to see through."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.classification import (
    ChangeTable,
    CodeChange,
    Comparability,
    EventKind,
    comparable_groups,
    events,
    trace,
)
from samspill.errors import SamspillError

BEFORE, DAY, AFTER = (datetime.date(year, 1, 1) for year in (2019, 2020, 2021))


def change(old: str, new: str, day: datetime.date = DAY) -> CodeChange:
    return CodeChange(day, old, old and f"Name {old}", new, new and f"Name {new}")


def table(*pairs: tuple[str, str]) -> ChangeTable:
    return ChangeTable.of(change(old, new) for old, new in pairs)


@pytest.mark.parametrize(
    ("pairs", "kind", "comparability"),
    [
        ([("1", "1")], EventKind.RENAMED, Comparability.SAME),
        ([("1", "2")], EventKind.RECODED, Comparability.SAME),
        ([("1", "3"), ("2", "3")], EventKind.MERGED, Comparability.MERGED),
        ([("1", "1"), ("2", "1")], EventKind.MERGED, Comparability.MERGED),
        ([("1", "2"), ("1", "3")], EventKind.SPLIT, Comparability.SPLIT),
        ([("1", "3"), ("1", "4"), ("2", "4")], EventKind.REGROUPED, Comparability.REGROUPED),
        ([("1", "")], EventKind.CEASED, Comparability.CEASED),
        ([("", "1")], EventKind.BEGAN, Comparability.BEGAN),
    ],
)
def test_each_change_has_its_kind(pairs, kind, comparability):
    history = trace(table(*pairs))
    (event,) = events(history)
    assert event.kind is kind
    (group,) = history.compare(BEFORE, AFTER)
    assert group.comparability is comparability


def test_a_code_that_takes_in_others_without_a_row_of_its_own_is_merged_when_known_to_hold():
    changes = table(("2", "1"))
    assert events(trace(changes))[0].kind is EventKind.RECODED
    known = trace(changes, [("1", "One"), ("2", "Two")])
    assert events(known)[0].kind is EventKind.MERGED
    assert [p.name for p in known.valid_on(BEFORE)] == ["One", "Two"]


def test_two_codes_that_change_places_are_not_mixed_up():
    history = trace(table(("1", "2"), ("2", "1")))
    (heir,) = history.successors("1", BEFORE, AFTER)
    assert heir.code == "2"
    assert {g.comparability for g in history.compare(BEFORE, AFTER)} == {Comparability.SAME}


def test_a_code_that_is_used_again_is_another():
    years = [datetime.date(year, 1, 1) for year in (1964, 1977)]
    history = trace(ChangeTable.of([change("1", "2", years[0]), change("", "1", years[1])]))
    (heir,) = history.successors("1", datetime.date(1960, 1, 1), AFTER)
    assert heir.code == "2"
    assert history.predecessors("1", AFTER, datetime.date(1960, 1, 1)) == ()


def test_a_change_holds_from_its_own_day():
    history = trace(table(("1", "2")))
    assert [p.code for p in history.valid_on(DAY - datetime.timedelta(days=1))] == ["1"]
    assert [p.code for p in history.valid_on(DAY)] == ["2"]


def test_a_code_that_has_ceased_cannot_change():
    changes = ChangeTable.of([change("1", "2"), change("1", "3", AFTER)])
    with pytest.raises(SamspillError, match="'1' changes on 2021-01-01, but ceased on 2020-01-01"):
        trace(changes)


def test_dates_are_compared_from_the_earlier():
    with pytest.raises(SamspillError, match="earlier of the two dates first"):
        trace(table(("1", "2"))).compare(AFTER, BEFORE)


def test_a_code_that_does_not_hold_is_said_so():
    with pytest.raises(SamspillError, match="did not hold"):
        trace(table(("1", "2"))).successors("2", BEFORE, AFTER)


CODES = st.sampled_from("ABCDEFGH")


@given(st.lists(st.tuples(CODES, CODES), max_size=12))
def test_groups_divide_both_sides_and_no_link_crosses_them(links):
    """Components of the links: each node in one group, each link inside one."""
    before = sorted({f"{a}0" for a in "ABCDEFGH"})
    after = sorted({f"{a}1" for a in "ABCDEFGH"})
    pairs = [(f"{a}0", f"{b}1") for a, b in links]
    groups = comparable_groups(before, after, pairs)
    assert sorted(n for g in groups for n in g.before) == before
    assert sorted(n for g in groups for n in g.after) == after
    home = {n: i for i, g in enumerate(groups) for n in (*g.before, *g.after)}
    assert all(home[a] == home[b] for a, b in pairs)
    for group in groups:
        _is_one_piece(group, pairs)


def _is_one_piece(group, pairs):
    nodes = {*group.before, *group.after}
    reached = {next(iter(nodes))}
    while True:
        more = {n for pair in pairs if reached & set(pair) for n in pair} | reached
        if more == reached:
            break
        reached = more
    assert reached == nodes
