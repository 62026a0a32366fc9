"""Where coders differ, and that a settled difference is no longer open."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.qualitative import Code, Coding, Project, Source
from samspill.qualitative.agreement import Settlement, disagreements, open_disagreements

CODES = (Code("money", "Penger"), Code("time", "Tid"))


def _tables(*codings):
    made = tuple(
        Coding(f"c{i}", "s0", start, end, code, coder)
        for i, (start, end, code, coder) in enumerate(codings)
    )
    return Project("Prøve", (), CODES, (Source("s0", "S", "abcdefghij" * 5),), made).tables()


READ = {"anne": ["s0"], "bo": ["s0"]}


def _found(*codings):
    return disagreements(_tables(*codings), ["anne", "bo"], read=READ)


def test_each_kind_of_difference():
    found = _found(
        (0, 10, "money", "anne"), (0, 10, "money", "bo"),
        (12, 20, "money", "anne"), (14, 22, "money", "bo"),
        (25, 30, "money", "anne"), (26, 32, "time", "bo"),
        (40, 45, "time", "bo"),
    )  # fmt: skip
    kinds = found.select("kind", "start", "end", "shared").rows()
    assert kinds == [
        ("boundaries", 12, 22, 6), ("different_code", 25, 32, 4), ("one_only", 40, 45, 0),
    ]  # fmt: skip
    assert found["text"][0] == "cdefghijab"
    last = found.row(2, named=True)
    assert last["first_code"] is None
    assert last["second_code"] == "time"


def test_a_settled_difference_is_not_open():
    found = _found((25, 30, "money", "anne"), (26, 32, "time", "bo"), (40, 45, "time", "bo"))
    row = found.row(0, named=True)
    decided = Settlement(
        "s0", 25, 32, (row["first_coding"], row["second_coding"]), "time", "cato",
        "Det handler om timer, ikke kroner.",
    )  # fmt: skip
    assert open_disagreements(found, [decided])["kind"].to_list() == ["one_only"]
    assert decided.when
    assert open_disagreements(found, []).height == 2


def test_a_settlement_has_somebody_and_a_reason():
    with pytest.raises(SamspillError, match="by somebody, for a reason"):
        Settlement("s0", 0, 3, ("c0",), "time", "cato", "  ")


MARKS = st.lists(
    st.tuples(
        st.integers(0, 38), st.integers(1, 10), st.sampled_from(["money", "time"]),
        st.sampled_from(["anne", "bo"]),
    ),
    max_size=10,
)  # fmt: skip


@given(MARKS)
@settings(max_examples=30, deadline=None)
def test_every_coding_is_agreed_or_in_a_difference_and_sides_can_be_swapped(marks):
    codings = [(at, at + long, code, coder) for at, long, code, coder in marks]
    found = _found(*codings)
    named = set(found["first_coding"].to_list()) | set(found["second_coding"].to_list())
    for i, (start, end, code, coder) in enumerate(codings):
        same = [
            c for c in codings if c[2] == code and c[3] != coder and c[0] < end and start < c[1]
        ]
        if not same:
            assert f"c{i}" in named
        if (start, end) in [c[:2] for c in same]:
            assert f"c{i}" not in named
    swapped = disagreements(_tables(*codings), ["bo", "anne"], read=READ)
    assert sorted(found["kind"].to_list()) == sorted(swapped["kind"].to_list())
