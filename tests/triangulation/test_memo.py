"""A contradiction stays open until a person closes it, for what was said then."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from triangulation.conftest import counts, theme_of

from samspill.errors import InvalidInput, SamspillError
from samspill.triangulation import Decision, Memos, lay_beside, memo_frame, read_memo, sources_of
from samspill.triangulation.memo import parse_statement, with_entries
from samspill.triangulation.themes import find_theme

THEME = theme_of("presence", "a")


def _row(a: int, b: int, *decisions: Decision):
    memos = Memos(decisions={("t", ""): decisions})
    laid = counts(municipality={"a": (3, 0, 3)}, survey={"a": (a, b, a + b)})
    return lay_beside(laid, memos, chosen=[THEME]).rows[0]


def _decision(kind: str, fingerprint: str, value: str = "") -> Decision:
    return Decision(kind, {"en": "Because."}, "A. Person", fingerprint, value)


@given(st.integers(0, 30), st.integers(70, 100))
@settings(max_examples=60, deadline=None)
def test_a_closed_contradiction_opens_again_if_and_only_if_what_is_said_changes(a, b):
    first = _row(10, 90)
    assert first.standing == "open"
    closed = _decision("close", first.fingerprint)
    assert _row(10, 90, closed).standing == "closed"
    again = _row(a, b, closed)
    assert again.assessment == "contradictory"
    assert again.standing == ("closed" if (a, b) == (10, 90) else "reopened")


def test_a_person_may_open_it_again_and_close_it_again():
    mark = _row(10, 90).fingerprint
    closed, opened = _decision("close", mark), _decision("reopen", mark)
    assert _row(10, 90, closed, opened).standing == "open"
    assert _row(10, 90, closed, opened, closed).standing == "closed"


def test_an_overruling_holds_for_what_was_said_and_can_be_withdrawn():
    mark = _row(10, 90).fingerprint
    ruled = _decision("overrule", mark, "complementary")
    row = _row(10, 90, ruled)
    assert (row.assessment, row.holds, row.standing) == ("contradictory", "complementary", "")
    changed = _row(11, 89, ruled)
    assert (changed.holds, changed.lapsed) == ("contradictory", ruled)
    assert _row(10, 90, ruled, _decision("withdraw", mark)).holds == "contradictory"


@pytest.mark.parametrize("texts", [{}, {"en": "  "}])
def test_a_decision_without_a_reason_is_refused(texts):
    with pytest.raises(SamspillError, match="a reason and a person"):
        Decision("close", texts, "A", "0")


def test_the_memo_is_kept_in_an_open_table_and_comes_back_the_same():
    kept = sources_of("norway-2018").memos
    mark = Decision("close", {"en": "It is explained."}, "A", "abc", date="2026-01-01")
    kept = with_entries(kept, Memos(decisions={("barriers", ""): (mark,)}))
    frame = memo_frame(kept)
    assert memo_frame(read_memo(frame)).equals(frame)
    assert read_memo(frame).decisions["barriers", ""][0].texts == {"en": "It is explained."}


def test_every_fault_of_a_memo_is_told_with_its_row(tmp_path):
    path = tmp_path / "memo.csv"
    pl.DataFrame(
        [
            {"id": "1", "entry": "reason", "theme": "barriers", "kind": "mood"},
            {"id": "2", "entry": "statement", "theme": "nothing", "kind": ""},
            {"id": "3", "entry": "evidence", "theme": "barriers", "kind": "for"},
        ]
    ).write_csv(path)
    with pytest.raises(InvalidInput) as caught:
        read_memo(path)
    assert [problem.row for problem in caught.value.problems] == [1, 2, 3]


def test_a_statement_is_an_order_or_a_finding_and_never_against_itself():
    phases = find_theme("extent_by_phase")
    order, _ = parse_statement(phases, "activity > transition > policy_development")
    assert ("activity", "policy_development") in order
    with pytest.raises(SamspillError, match="contradicts itself"):
        parse_statement(phases, "activity > transition; transition > activity")
    with pytest.raises(SamspillError, match="has no “nothing”"):
        parse_statement(phases, "activity > nothing")
