"""What the rules promise: who contradicts whom follows from the numbers, and from nothing else."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from triangulation.conftest import counts, theme_of

from samspill.triangulation import lay_beside
from samspill.triangulation.intervals import paired_difference
from samspill.triangulation.position import Measure, judged, ordered, verdict
from samspill.triangulation.themes import COLUMNS

ORDER = theme_of("order", "a", "b", "c")
PRESENCE = theme_of("presence", "a", "b")


def _row(theme, **columns):
    return lay_beside(counts(**columns), chosen=[theme]).rows[0]


def test_opposite_orders_that_both_can_tell_contradict(order):
    row = _row(
        order,
        municipality={"a": (40, 0, 50), "b": (5, 0, 50)},
        survey={"a": (30, 0, 100), "b": (80, 0, 100)},
    )
    assert row.assessment == "contradictory"
    assert row.resting[0].on == (("a", "b"),)
    assert row.standing == "open"


def test_the_same_order_converges_and_a_silent_source_is_named(order):
    row = _row(
        order,
        municipality={"a": (40, 0, 50), "b": (5, 0, 50)},
        survey={"a": (80, 0, 100), "b": (30, 0, 100)},
        register={"a": (0, 0, 0), "b": (0, 0, 0)},
    )
    assert row.assessment == "convergent"
    states = {p.column: p.state for p in row.silent}
    assert states == {"register": "not asked", "organisation": "not brought"}


def test_orders_of_different_parts_complement_each_other(order):
    row = _row(
        order,
        municipality={"a": (40, 0, 50), "b": (5, 0, 50)},
        survey={"b": (80, 0, 100), "c": (30, 0, 100)},
    )
    assert row.assessment == "complementary"


def test_a_reversal_within_the_intervals_is_no_contradiction(order):
    row = _row(
        order,
        municipality={"a": (26, 0, 50), "b": (24, 0, 50)},
        survey={"a": (30, 0, 100), "b": (80, 0, 100)},
    )
    assert row.assessment == "silent"
    assert row.position("municipality").state == "unclear"


def test_asked_and_silent_is_not_the_same_as_not_asked(presence):
    row = _row(presence, municipality={"a": (0, 0, 7)}, organisation={"a": (0, 0, 0)})
    assert row.position("municipality").state == "silent"
    assert row.position("organisation").state == "not asked"


def test_there_and_lacking_contradict_and_divided_does_not(presence):
    clear = _row(presence, municipality={"a": (3, 0, 4)}, survey={"a": (30, 70, 100)})
    assert clear.assessment == "contradictory"
    mixed = _row(presence, municipality={"a": (3, 2, 4)}, survey={"a": (30, 70, 100)})
    assert mixed.assessment == "complementary"


def test_one_unit_that_differs_from_the_many_is_no_contradiction(presence):
    both = counts(survey={"a": (80, 20, 100)}, register={"a": (0, 1, 1)})
    frame = both.frame.to_dicts()
    frame[1]["base"] = "entries"
    row = lay_beside(type(both).of(frame), chosen=[presence]).rows[0]
    assert row.assessment == "complementary"
    assert row.relations[0].across == ("a",)


ITEMS = st.fixed_dictionaries({name: st.integers(0, 30) for name in "abc"})


@given(st.lists(ITEMS, min_size=2, max_size=4))
@settings(max_examples=60, deadline=None)
def test_swapping_sides_swaps_the_columns_and_nothing_else(drawn):
    given_ = dict(zip(COLUMNS, drawn, strict=False))
    swapped = {"municipality": given_["organisation"], "organisation": given_["municipality"]}
    turn = {"municipality": "organisation", "organisation": "municipality"}
    for theme in (ORDER, PRESENCE):
        rows = [
            _row(theme, **{c: {i: (n, 30 - n, 30) for i, n in v.items()} for c, v in each.items()})
            for each in (given_, {**given_, **swapped})
        ]
        assert rows[0].assessment == rows[1].assessment
        assert rows[0].margin == rows[1].margin
        for position in rows[0].positions:
            other = rows[1].position(turn.get(position.column, position.column))
            assert (other.order, other.verdicts, other.state) == (
                position.order, position.verdicts, position.state,
            )  # fmt: skip


@given(
    st.tuples(st.integers(0, 40), st.integers(0, 40)),
    st.tuples(st.integers(0, 40), st.integers(0, 40)),
    st.integers(1, 200),
)
@settings(max_examples=100, deadline=None)
def test_agreeing_evidence_never_makes_what_converges_contradict(one, other, more):
    """Of presence: where both say yes, more that say yes; where both say no, more that say no."""
    (a, b), (c, d) = one, other
    before = _row(PRESENCE, municipality={"a": (a, b, a + b)}, survey={"a": (c, d, c + d)})
    if before.assessment != "convergent":
        return
    yes = before.position("survey").verdicts["a"] == "yes"
    a, b = (a + more, b) if yes else (a, b + more)
    after = _row(PRESENCE, municipality={"a": (a, b, a + b)}, survey={"a": (c, d, c + d)})
    assert after.assessment == "convergent"


@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 40))
@settings(max_examples=100, deadline=None)
def test_agreeing_answers_never_reverse_an_order(x, y, more):
    """More units that have the first and not the second: an order that was there stays, and the
    opposite one does not come."""
    n = 60
    before = ordered([Measure("a", x, 0, n), Measure("b", y, 0, n)], {}, 0.95)[0]
    after = ordered([Measure("a", x + more, 0, n + more), Measure("b", y, 0, n + more)], {}, 0.95)[
        0
    ]
    if ("a", "b") in before:
        assert after == {("a", "b")}
    if ("b", "a") not in before:
        assert ("b", "a") not in after


@given(st.dictionaries(st.sampled_from("abcde"), st.integers(0, 40), min_size=2))
@settings(max_examples=60, deadline=None)
def test_ranks_are_those_of_every_order_that_fits(drawn):
    """Brute force: over all orders of the items that keep the pairs that can be told apart."""
    from samspill.triangulation.position import Position

    pairs, _ = ordered([Measure(i, c, 0, 40) for i, c in drawn.items()], {}, 0.95)
    items = sorted(drawn)
    fitting = [
        p for p in permutations(items) if all(p.index(more) < p.index(less) for more, less in pairs)
    ]
    ranks = Position("survey", "speaks", order=pairs).ranks(items)
    for item in items:
        places = [p.index(item) + 1 for p in fitting]
        assert ranks[item] == (min(places), max(places))


@given(st.integers(1, 40), st.integers(0, 40))
@settings(max_examples=100, deadline=None)
def test_what_a_verdict_hangs_on_is_the_fewest_answers_that_turn_it(count, contrary):
    verdicts, tips = judged([Measure("a", count, contrary, count + contrary)], 0.95)
    n, found = count + contrary, verdicts["a"]
    turned = [abs(k - count) for k in range(n + 1) if verdict(k, n - k, 0.95) != found]
    assert tips["a"] == min(turned)


@pytest.mark.parametrize(("more", "less", "n"), [(61, 42, 80), (30, 12, 40), (9, 0, 12)])
def test_what_an_order_hangs_on_is_the_fewest_answers_that_leave_it_open(more, less, n):
    def told(a, b):
        return paired_difference(a, b, n)[0] > 0

    _, tips = ordered([Measure("a", more, 0, n), Measure("b", less, 0, n)], {}, 0.95)
    fewest = min(
        taken + given_
        for taken in range(more + 1)
        for given_ in range(n - less + 1)
        if not told(more - taken, less + given_)
    )
    assert tips["a", "b"] == fewest
