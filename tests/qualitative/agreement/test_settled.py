"""The material as settled: what differed gives way to what was agreed, the rest stays."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from samspill.qualitative import Code, Coder, Coding, Project, Source
from samspill.qualitative.agreement import Settlement, as_settled
from samspill.qualitative.queries import matrix

PLACES = st.integers(0, 9)


def _project() -> Project:
    source = Source("s", "Interview", "0123456789" * 2, side="organisation")
    codes = (Code("a", "A"), Code("b", "B"))
    codings = (
        Coding("1", "s", 0, 5, "a", "k"),
        Coding("2", "s", 0, 6, "b", "l"),
        Coding("3", "s", 10, 15, "a", "k"),
        Coding("4", "s", 10, 15, "a", "l"),
    )
    return Project("P", (Coder("k", "K"), Coder("l", "L")), codes, (source,), codings)


TABLES = _project().tables()
SETTLED = Settlement("s", 0, 6, ("1", "2"), "a", by="K", reason="It is A.", guid="x")


def _rows(tables):
    return set(tables.codings.select("coding", "start", "end", "code", "coder").rows())


def test_what_holds_is_given_once_and_what_differed_is_not():
    assert _rows(as_settled(TABLES, [SETTLED])) == {
        ("x", 0, 6, "a", None),
        ("3", 10, 15, "a", "k"),
        ("4", 10, 15, "a", "l"),
    }


def test_where_no_code_holds_nothing_is_given():
    none = replace(SETTLED, holds="")
    assert {row[0] for row in _rows(as_settled(TABLES, [none]))} == {"3", "4"}


def test_codes_and_sources_that_are_gone_give_none():
    gone = [replace(SETTLED, holds="z"), replace(SETTLED, source="t")]
    assert {row[0] for row in _rows(as_settled(TABLES, gone))} == {"3", "4"}


def test_the_matrix_counts_what_was_settled():
    found = matrix(as_settled(TABLES, [SETTLED]), measure="codings").frame
    assert dict(found.group_by("code").agg(pl.col("codings").sum()).iter_rows()) == {"a": 3, "b": 0}


@given(
    st.lists(
        st.builds(
            lambda start, more, codings, holds: replace(
                SETTLED,
                start=start,
                end=start + 1 + more,
                codings=tuple(codings),
                holds=holds,
                guid=f"{start}-{more}-{holds}",
            ),
            PLACES,
            PLACES,
            st.lists(st.sampled_from("1234"), unique=True, min_size=1),
            st.sampled_from(["a", "b", ""]),
        ),
        max_size=6,
    )
)
def test_only_what_was_settled_is_touched(settlements):
    made = as_settled(TABLES, settlements)
    about = {coding for one in settlements for coding in one.codings}
    kept = {row for row in _rows(TABLES) if row[0] not in about}
    agreed = _rows(made) - kept
    assert kept <= _rows(made)
    assert {(start, end, code) for _, start, end, code, _ in agreed} == {
        (one.start, one.end, one.holds) for one in settlements if one.holds
    }
    assert made.codings["coding"].n_unique() == made.codings.height
